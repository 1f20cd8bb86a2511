"""Nothing moves under the finger: the list of cues, and what a GO means."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from show_control.documents import StopView
from tests.browser.looks import looks, speak
from tests.browser.night import RUN, at, at_cue_4
from tests.browser.stage import Asked, FakeService, on_stage
from tests.browser.views import PHONE


async def top_of(page: Page, cue: str) -> float:
    found = await page.get_by_test_id(f"cue-{cue}").bounding_box()
    assert found is not None
    return found["y"]


def go_on(service: FakeService) -> None:
    """4 goes and brings the rest; 8 stands by: a list that follows would scroll by five rows."""
    night = service.night
    night.standby, night.count, night.running = "8", 6, ("6",)
    night.went |= {number: service.now() for number in ("4", "5", "6")}
    service.publish()


async def moved_on(page: Page) -> None:
    await expect(page.get_by_test_id("standby-number")).to_have_text("8")
    await expect(page.get_by_test_id("cue-8")).to_have_attribute("aria-current", "step")


async def test_the_list_follows_the_night_but_not_under_a_pointer(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await page.get_by_test_id("cue-5").hover()
        before = await top_of(page, "5")
        go_on(service)
        await moved_on(page)
        await expect(page.get_by_test_id("held-still")).to_have_text("held still")
        assert await top_of(page, "5") == before
        await page.get_by_test_id("go").hover()
        await expect(page.get_by_test_id("held-still")).to_have_count(0)
        assert await top_of(page, "5") < before


async def test_nor_while_it_has_the_focus_until_it_is_told_to(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await page.keyboard.press("Tab")
        await page.locator("lamp-cues ol").focus()
        before = await top_of(page, "5")
        go_on(service)
        await moved_on(page)
        assert await top_of(page, "5") == before
        await page.get_by_test_id("to-now").click()
        assert await top_of(page, "5") < before


async def test_a_band_that_comes_above_the_list_moves_no_row_under_the_pointer(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await page.get_by_test_id("cue-5").hover()
        before = await top_of(page, "5")
        service.night.stopped = StopView(by="Lee", at=at("20:10:05"), reason="rain")
        service.publish()
        await expect(page.get_by_test_id("stopped")).to_be_visible()
        assert await top_of(page, "5") == pytest.approx(before, abs=1)
        service.night.stopped = None
        service.publish()
        await expect(page.get_by_test_id("stopped")).to_have_count(0)
        assert await top_of(page, "5") == pytest.approx(before, abs=1)


async def test_a_tap_selects_and_moves_nothing_and_a_second_one_stands_it_by(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        async for _ in looks(page, service):
            row = page.get_by_test_id("cue-6")
            await row.scroll_into_view_if_needed()
            rows = [await top_of(page, cue) for cue in ("5", "6", "6.5")]
            await row.click()
            await expect(row).to_have_attribute("aria-selected", "true")
            assert [await top_of(page, cue) for cue in ("5", "6", "6.5")] == rows
            assert service.calls("standby") == []
            await page.get_by_test_id("put-in-standby").click()
            assert (await service.called("standby")).body["standby"] == "6"


async def test_after_a_tap_the_list_waits_for_the_finger_to_come_back(browser: Browser) -> None:
    """The finger has left the glass, and comes back to the row that it chose."""
    phone: ViewportSize = {"width": PHONE[0], "height": PHONE[1]}
    async with await browser.new_context(
        viewport=phone, locale="en-GB", has_touch=True, is_mobile=True
    ) as context:
        page = await context.new_page()
        async with on_stage(page, at_cue_4()) as service:
            row = page.get_by_test_id("cue-5")
            await row.scroll_into_view_if_needed()
            await row.tap()
            before = await top_of(page, "5")
            await expect(row).to_have_attribute("aria-selected", "true")
            go_on(service)
            await moved_on(page)
            await expect(page.get_by_test_id("held-still")).to_be_visible()
            assert await top_of(page, "5") == pytest.approx(before, abs=1)
            await expect(page.get_by_test_id("held-still")).to_have_count(0)
            assert await top_of(page, "5") < before - 1


async def test_a_go_means_what_stood_by_when_the_finger_went_down(page: Page) -> None:
    """The board moves between press and release: the player is asked for 4, and says who was first."""

    def late(_: Asked) -> tuple[int, dict[str, Any]]:
        reasons = {"en": "4 went 0.2 s ago, by Lee", "ko": "4번은 0.2초 전에 Lee 실행"}
        return 409, {"reason": reasons["en"], "reasons": reasons, "standby": "8", "by": "Lee"}

    async with on_stage(page, at_cue_4()) as service:
        service.answers = late
        await page.get_by_test_id("go").hover()
        await page.mouse.down()
        go_on(service)
        await moved_on(page)
        await page.mouse.up()
        asked = await service.called("go")
        assert asked.path == f"/api/v1/runs/{RUN}/go"
        assert (asked.body["standby"], asked.body["standby_count"]) == ("4", 5)
        await expect(page.get_by_test_id("refused")).to_have_text(
            "refused: 4 went 0.2 s ago, by Lee"
        )
        await expect(page.get_by_test_id("stands-by-now")).to_have_text(
            "stands by now: 8 Bows: white wash"
        )
        await speak(page, "ko")
        await expect(page.get_by_test_id("refused")).to_have_text(
            "거부됨: 4번은 0.2초 전에 Lee 실행"
        )


async def test_calls_stay_where_they_are_when_a_run_is_held(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        calls = ("skip", "restore", "fade-out", "note", "show-stop", "go")
        before = [await page.get_by_test_id(call).bounding_box() for call in calls]
        service.night.status = "holding"
        service.publish()
        await expect(page.get_by_test_id("resume")).to_be_visible()
        assert [await page.get_by_test_id(call).bounding_box() for call in calls] == before
