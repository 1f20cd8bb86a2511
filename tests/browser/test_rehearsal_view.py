"""Rehearsal on the screens: what goes where, on every view; nothing that is rehearsed looks lit."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Page, expect

from show_control.documents import RemoteView
from tests.browser.looks import looks
from tests.browser.night import FACADE, Stage, at_cue_4, at_cue_8, festival
from tests.browser.stage import on_stage
from tests.browser.test_facade_view import REPLIES
from tests.browser.test_truth import greens
from tests.browser.views import PHONE, at_view, in_language, looked_at, sized

LAPTOP = (1280, 800)
SIMULATED = {"routing": "simulator", "lit": False}


def rehearsing(night: Stage) -> Stage:
    """The facade at its simulators, which confirm what they are told; the laser is on the wire."""
    for name in FACADE:
        night.output_says[name] = SIMULATED
        night.shown[name].agreement["backup"] = "confirmed"
    night.server_says = {server["id"]: {"simulator": True} for server in festival()["servers"]}
    night.board_says = {"rehearsal": True}
    return night


async def test_a_rehearsal_is_said_across_the_call_page_and_nothing_of_it_is_green(
    page: Page,
) -> None:
    async with on_stage(page, rehearsing(at_cue_8())) as service:
        async for size, language in looks(page, service, LAPTOP, PHONE):
            band = page.get_by_test_id("rehearsal")
            await expect(band).to_contain_text({"en": "REHEARSAL", "ko": "리허설"}[language])
            await expect(band).to_contain_text(
                {"en": "on the wire: bridge", "ko": "실제 송출: bridge"}[language]
            )
            found = await band.bounding_box()
            assert found is not None
            assert found["width"] == size[0]
            await expect(page.get_by_test_id("output-facade-west")).to_contain_text(
                {"en": "simulator · confirmed", "ko": "시뮬레이터 · 확인됨"}[language]
            )
            await expect(page.locator('[data-lit="true"]')).to_have_count(0)
            assert await greens(page) == []
            await looked_at(page, "call-rehearsal", size, language)


async def test_a_go_that_is_rehearsed_is_never_confirmed(page: Page) -> None:
    async with on_stage(page, rehearsing(at_cue_8())) as service:
        await page.keyboard.press("Space")
        await service.called("go")
        await expect(page.get_by_test_id("rehearsed")).to_have_text("3 rehearsed: nothing is lit")
        await expect(page.get_by_test_id("proof")).to_have_count(0)


async def test_every_view_has_the_band(page: Page) -> None:
    async with at_view(page, rehearsing(at_cue_8()), "/facade"):
        for view in ("facade", "clock", "department", "night", "record"):
            if view != "facade":
                await page.get_by_test_id("views").locator(f'[data-view="{view}"]').click()
            await expect(page.get_by_test_id("rehearsal")).to_contain_text("REHEARSAL")


async def test_the_facade_view_shows_no_light_of_a_rehearsal(page: Page) -> None:
    await sized(page, LAPTOP)
    async with at_view(page, rehearsing(at_cue_8()), "/facade", REPLIES):
        for language in ("en", "ko"):
            await in_language(page, language)
            picture = page.get_by_test_id("picture-facade")
            await expect(picture).to_contain_text(
                {"en": "rehearsed, not lit: simulator", "ko": "리허설, 켜지지 않음: 시뮬레이터"}[
                    language
                ]
            )
            await expect(page.locator('[data-lit="true"]')).to_have_count(0)
            await looked_at(page, "facade-rehearsal", LAPTOP, language)


async def test_a_surface_is_routed_at_once_and_an_output_alone(page: Page) -> None:
    night = at_cue_4()
    night.server_says = {server["id"]: {"simulator": True} for server in festival()["servers"]}
    async with on_stage(page, night) as service:
        await page.get_by_test_id("routes").click()
        whole = page.locator('[data-route="facade"]')
        await whole.get_by_role("button", name="Simulator").click()
        asked = await service.called("route")
        assert asked.path == "/api/v1/calls/route"
        assert (asked.body["surface"], asked.body["to"]) == ("facade", "simulator")
        one = page.locator('[data-route="facade-west"]')
        await expect(one.locator('[data-to="wire"]')).to_have_attribute("aria-pressed", "true")
        await one.get_by_role("button", name="Record only").focus()
        await page.keyboard.press("Enter")
        asked = await service.called("route", 2)
        assert (asked.body["outputs"], asked.body["to"]) == (["facade-west"], "record only")
        service.answers = lambda _: (409, {"reason": "a run is under way on facade-west"})
        await one.get_by_role("button", name="Simulator").click()
        await expect(page.get_by_test_id("routes-notice")).to_contain_text("a run is under way")
        await page.get_by_test_id("routes-close").click()
        await page.keyboard.press("Escape")
        await service.called("fade_out")


async def test_the_routing_is_read_and_pressed_on_a_phone_too(page: Page) -> None:
    async with on_stage(page, rehearsing(at_cue_4())) as service:
        async for size, language in looks(page, service, LAPTOP, PHONE):
            await page.get_by_test_id("routes").click()
            for button in await page.locator("lamp-routes .choice button").all():
                found = await button.bounding_box()
                assert found is not None
                assert found["height"] >= 44
            await looked_at(page, "call-routes", size, language)
            await page.keyboard.press("Escape")


async def test_without_simulators_the_way_to_start_them_is_told(page: Page) -> None:
    async with on_stage(page, at_cue_4()):
        await page.get_by_test_id("routes").click()
        simulators = page.locator('lamp-routes [data-to="simulator"]')
        for button in await simulators.all():
            await expect(button).to_be_disabled()
        await expect(page.get_by_test_id("no-simulators")).to_contain_text(
            "simulate FILE --rehearsal"
        )


async def test_an_open_remote_says_where_it_is_heard(page: Page) -> None:
    night = at_cue_4()
    said: dict[str, Any] = {"udp": "0.0.0.0:53000", "tcp": None, "allow": ("10.1.0.0/16",)}
    night.board_says = {"remote": RemoteView(**said, rights=("go",), passcode=False, name="desk")}
    async with on_stage(page, night) as service:
        remote = page.get_by_test_id("remote")
        await expect(remote).to_contain_text("open at udp 0.0.0.0:53000")
        await expect(remote).to_contain_text("heard from 10.1.0.0/16")
        await expect(remote).to_contain_text("no passcode")
        night.board_says = {}
        service.publish()
        await expect(remote).to_have_count(0)
        await sized(page, PHONE)
