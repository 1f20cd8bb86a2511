"""The call page from a phone to a wall, in both languages: nothing overlaps, nothing is cut off, axe
finds nothing serious; pictures to look at."""

from __future__ import annotations

import pytest
from playwright.async_api import FloatRect, Page, expect

from show_control.documents import StopView
from tests.browser.looks import looks, speak
from tests.browser.night import Stage, at, at_cue_4, at_cue_8, controlled
from tests.browser.stage import FakeService, on_stage
from tests.browser.views import OVERFLOW, PHONE, WALL, looked_at, sized

FOUR_K, LAPTOP = (3840, 2160), (1280, 800)
TABLET, ASIDE = (820, 1180), (740, 360)
PARTS = (
    "lamp-top",
    "lamp-cues",
    "lamp-slots",
    "lamp-standby",
    "lamp-go",
    "lamp-running",
    "lamp-facade",
    "lamp-alarms",
    "lamp-evidence",
    "lamp-lines",
    "lamp-controls",
)
CALLS = ("go", "hold", "fade-out", "note", "show-stop")
MORE = ("skip", "restore", "enable-bridge-laser")
PIXELS = "e => parseFloat(getComputedStyle(e).fontSize)"


async def box(page: Page, selector: str) -> FloatRect:
    found = await page.locator(selector).bounding_box()
    assert found is not None, selector
    return found


async def seen(page: Page, part: str) -> FloatRect:
    """What is seen of it: the right column scrolls where a screen is low."""
    whole, column = await box(page, part), await box(page, ".right")
    if whole["x"] < column["x"] or whole["y"] < column["y"]:
        return whole
    bottom = min(whole["y"] + whole["height"], column["y"] + column["height"])
    return {**whole, "height": bottom - whole["y"]}


def overlap(one: FloatRect, other: FloatRect) -> bool:
    return (
        min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"]) > 1
        and min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
        > 1
    )


async def reachable(page: Page, size: tuple[int, int], *calls: str) -> None:
    """Within the screen as it stands, and large enough for a finger."""
    for call in calls:
        found = await box(page, f'[data-testid="{call}"]')
        assert found["x"] >= 0, call
        assert found["y"] >= 0, call
        assert found["x"] + found["width"] <= size[0], call
        assert found["y"] + found["height"] <= size[1], call
        assert min(found["width"], found["height"]) >= (64 if call == "go" else 24), call


@pytest.mark.parametrize("night", [at_cue_4, at_cue_8], ids=["cue-4", "cue-8"])
async def test_wide_screens_show_all_at_once(page: Page, night: type[Stage]) -> None:
    async with on_stage(page, night()) as service:
        async for size, language in looks(page, service, WALL, LAPTOP):
            boxes = {part: await seen(page, part) for part in PARTS}
            over = [(a, b) for a in boxes for b in boxes if a < b and overlap(boxes[a], boxes[b])]
            assert over == []
            await reachable(page, size, *CALLS, *MORE)
            await looked_at(page, f"call-{night.__name__.removeprefix('at_')}", size, language)


async def test_on_narrow_screens_go_and_the_calls_stay_under_the_thumb(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        async for size, language in looks(page, service, TABLET, PHONE, ASIDE):
            await reachable(page, size, *CALLS)
            number = await box(page, '[data-testid="standby-number"]')
            go = await box(page, '[data-testid="go"]')
            if size != ASIDE:
                assert number["y"] + number["height"] < go["y"], "the cue is seen above its GO"
            await looked_at(page, "call-cue_4", size, language)
            await page.locator("lamp-lines").scroll_into_view_if_needed()
            await reachable(page, size, *CALLS)
            await page.locator("lamp-standby").scroll_into_view_if_needed()


async def test_on_a_phone_the_other_calls_are_a_tap_away(page: Page) -> None:
    await sized(page, PHONE)
    async with on_stage(page, at_cue_4()) as service:
        await expect(page.get_by_test_id("skip")).to_be_hidden()
        await page.get_by_test_id("more").click()
        await reachable(page, PHONE, *CALLS, *MORE)
        await page.get_by_test_id("enable-bridge-laser").click()
        await page.get_by_test_id("enable-confirm").click()
        await service.called("enable")


async def test_the_cue_standing_by_is_read_at_two_metres(page: Page) -> None:
    """100 px on a 1080 line screen, where its name is of common length; never cut, however long."""
    night = at_cue_4()
    async with on_stage(page, night) as service:
        for size, standby in [(WALL, "4"), (WALL, "8"), (WALL, "6"), (FOUR_K, "4")]:
            await sized(page, size)
            night.standby = standby
            service.publish()
            await expect(page.get_by_test_id("standby-number")).to_have_text(standby)
            for what in ("number", "name"):
                shown = page.get_by_test_id(f"standby-{what}")
                assert await shown.evaluate(PIXELS) >= 100 * size[1] / 1080
        night.standby = "3"  # the longest name, with words to say
        service.publish()
        async for _ in looks(page, service, WALL, LAPTOP):
            await expect(page.get_by_test_id("standby-name")).to_have_text(
                "Low look under the address"
            )
            cut = "e => e.scrollHeight - e.clientHeight"
            assert await page.locator("lamp-standby").evaluate(cut) <= 1
            await expect(page.get_by_text("Lectern microphone")).to_be_visible()
            number = await page.get_by_test_id("standby-number").evaluate(PIXELS)
            assert number >= await page.get_by_test_id("go").evaluate(PIXELS)


async def troubled(service: FakeService) -> None:
    """All bands that can be seen at once."""
    night = service.night
    night.stopped = StopView(by="Lee", at=at("20:09:50"), reason="person on the steps")
    night.status, night.volatile = "holding", True
    night.control = controlled("Kim", "20:00:00", asked_by="Lee", asked_at=at("20:10:01"))
    night.shown["facade-centre"].agreement["main"] = "differs"
    night.shown["facade-centre"].sent_at = at("20:05:12")
    service.publish()


async def test_with_everything_wrong_at_once_all_is_said_and_can_be_read(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await troubled(service)
        service.beats = False
        await expect(page.get_by_test_id("stale")).to_be_visible()
        await expect(page.get_by_test_id("give")).to_be_visible()
        async for size, language in looks(page, service):
            await reachable(page, size, *(call for call in CALLS if call != "hold"), "resume")
            await looked_at(page, "call-trouble", size, language)


async def test_the_language_is_kept(page: Page) -> None:
    async with on_stage(page, at_cue_4()):
        await page.get_by_test_id("language").click()
        await expect(page.get_by_test_id("hold")).to_contain_text("홀드")
        await page.reload()
        await expect(page.get_by_test_id("hold")).to_contain_text("홀드")
        assert await page.evaluate("document.documentElement.lang") == "ko"


async def test_what_the_player_says_is_read_in_the_language_of_the_page(page: Page) -> None:
    async with on_stage(page, at_cue_4()):
        await speak(page, "ko")
        await expect(page.get_by_test_id("alarms")).to_contain_text(
            "플레이어 시계가 현장보다 0.8초 늦습니다"
        )
        await expect(page.get_by_test_id("slots")).to_contain_text("opening-ceremony(으)로 대체됨")


async def test_every_control_has_a_name_and_shows_its_focus(page: Page) -> None:
    async with on_stage(page, at_cue_4()):
        for button in await page.get_by_role("button").all():
            name = await button.evaluate(
                "e => e.getAttribute('aria-label') || e.textContent.trim()"
            )
            assert name
        await page.keyboard.press("Tab")
        await page.keyboard.press("Tab")
        outlined = """() => {
          let e = document.activeElement;
          while (e.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
          return getComputedStyle(e).outlineStyle;
        }"""
        assert await page.evaluate(outlined) == "solid"


async def test_with_reduced_motion_nothing_moves_by_itself(page: Page) -> None:
    await page.emulate_media(reduced_motion="reduce")
    async with on_stage(page, at_cue_8()):
        await page.get_by_test_id("show-stop").click()
        await page.get_by_test_id("show-stop-confirm").hover()
        await page.mouse.down()
        assert await page.evaluate("document.getAnimations().length") == 0
        await page.mouse.up()
        assert await page.evaluate(OVERFLOW) == 0
