"""The other calls: standby, fade out, show stop with its guard, enables."""

from __future__ import annotations

from playwright.async_api import Page, expect

from show_control.documents import StopView
from tests.browser.night import RUN, at, at_cue_4, at_cue_8
from tests.browser.stage import on_stage


async def test_arrows_select_a_cue_and_enter_stands_it_by(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("ArrowDown")
        await expect(page.get_by_test_id("cue-6")).to_have_attribute("aria-selected", "true")
        await page.keyboard.press("Enter")
        asked = await service.called("standby")
    assert asked.path == f"/api/v1/runs/{RUN}/standby"
    assert asked.body["standby"] == "6"


async def test_a_tap_selects_and_its_button_stands_by(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await page.get_by_test_id("cue-8").click()
        assert service.calls("standby") == []
        await page.get_by_test_id("put-in-standby").click()
        assert (await service.called("standby")).body["standby"] == "8"


async def test_escape_fades_out_but_only_closes_a_dialog(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await page.keyboard.press("?")
        await expect(page.get_by_test_id("keys-list")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.get_by_test_id("keys-list")).to_be_hidden()
        assert service.calls("fade_out") == []
        await page.keyboard.press("Escape")
        assert (await service.called("fade_out")).path == f"/api/v1/runs/{RUN}/fade_out"


async def test_with_no_run_escape_fades_out_everything(page: Page) -> None:
    night = at_cue_4()
    night.runs_at_all = False
    async with on_stage(page, night) as service:
        await page.keyboard.press("Escape")
        assert (await service.called("fade_out")).path == "/api/v1/calls/fade_out"


async def test_show_stop_is_guarded(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await page.get_by_test_id("show-stop").click()
        confirm = page.get_by_test_id("show-stop-confirm")
        await confirm.click()
        await confirm.click()
        await page.get_by_test_id("show-stop-reason").fill("person on the steps")
        await confirm.click()
        await expect(confirm).to_contain_text("PRESS AGAIN")
        assert service.calls("show_stop") == []
        await confirm.click()
        asked = await service.called("show_stop")
    assert asked.body["reason"] == "person on the steps"


async def test_show_stop_held_for_a_second_needs_no_reason(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await page.get_by_test_id("show-stop").click()
        await page.get_by_test_id("show-stop-confirm").hover()
        await page.mouse.down()
        asked = await service.called("show_stop")
        await page.mouse.up()
    assert asked.body["reason"] == "no reason given"
    assert len(service.calls("show_stop")) == 1


async def test_show_stop_by_a_held_key(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await page.get_by_test_id("show-stop").click()
        await page.get_by_test_id("show-stop-confirm").focus()
        await page.keyboard.down("Enter")
        await service.called("show_stop")
        await page.keyboard.up("Enter")


async def test_a_stopped_show_restarts_by_name(page: Page) -> None:
    night = at_cue_8()
    night.stopped, night.status = StopView(by="Lee", at=at("20:11:20"), reason="rain"), "holding"
    async with on_stage(page, night) as service:
        await expect(page.get_by_test_id("stopped")).to_contain_text(
            "SHOW STOP by Lee, 20:11:20: rain"
        )
        await expect(page.get_by_test_id("go")).to_be_disabled()
        await expect(page.get_by_test_id("restart")).to_contain_text("Kim")
        await page.get_by_test_id("restart").click()
        await page.get_by_test_id("restart-confirm").click()
        assert (await service.called("restore")).path == "/api/v1/calls/restore"


async def test_a_hazard_output_is_enabled_by_name_and_confirmation(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await page.get_by_test_id("enable-bridge-laser").click()
        await expect(page.get_by_test_id("enable-confirm")).to_have_text(
            "ENABLE LASER bridge-laser"
        )
        assert service.calls("enable") == []
        await page.get_by_test_id("enable-confirm").click()
        assert (await service.called("enable")).path == "/api/v1/outputs/bridge-laser/enable"
        service.night.enabled["bridge-laser"] = "Kim"
        service.publish()
        await page.get_by_test_id("disable-bridge-laser").click()
        await service.called("disable")


async def test_a_refused_call_is_told(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        service.answers = lambda _: (409, {"reason": "no cue stands by", "by": None})
        await page.get_by_test_id("skip").click()
        await expect(page.get_by_test_id("notice")).to_have_text("SKIP refused: no cue stands by")
