"""The page at three sizes, in both languages: nothing overlaps, nothing is cut off; pictures to look at."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import FloatRect, Page, expect

from tests.browser.night import Stage, at_cue_4, at_cue_8
from tests.browser.stage import on_stage

SHOTS = Path(__file__).parent / "shots"
WALL, LAPTOP, PHONE = (1920, 1080), (1366, 768), (375, 812)
PARTS = (
    "lamp-top",
    "lamp-cues",
    "lamp-slots",
    "lamp-standby",
    "lamp-go",
    "lamp-running",
    "lamp-facade",
    "lamp-evidence",
    "lamp-lines",
)
CALLS = ("go", "hold", "skip", "fade-out", "show-stop", "enable-bridge-laser")


async def box(page: Page, selector: str) -> FloatRect:
    found = await page.locator(selector).bounding_box()
    assert found is not None, selector
    return found


def overlap(one: FloatRect, other: FloatRect) -> bool:
    return (
        min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"]) > 1
        and min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
        > 1
    )


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("size", [WALL, LAPTOP, PHONE], ids=["wall", "laptop", "phone"])
@pytest.mark.parametrize("night", [at_cue_4, at_cue_8], ids=["cue-4", "cue-8"])
async def test_nothing_overlaps(
    page: Page, night: type[Stage], size: tuple[int, int], language: str
) -> None:
    width, height = size
    await page.set_viewport_size({"width": width, "height": height})
    async with on_stage(page, night()):
        if language == "ko":
            await page.get_by_test_id("language").click()
            await expect(page.get_by_test_id("slots")).to_contain_text("외벽 상영")
        boxes = {part: await box(page, part) for part in PARTS}
        shots = SHOTS / f"call-{night.__name__.removeprefix('at_')}-{width}-{language}.png"
        await page.screenshot(path=shots, full_page=size == PHONE, animations="disabled")
        over = [(a, b) for a in boxes for b in boxes if a < b and overlap(boxes[a], boxes[b])]
        assert over == []
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert await page.evaluate(wide) == 0
        for call in CALLS:
            found = await box(page, f'[data-testid="{call}"]')
            assert found["x"] >= 0
            assert found["x"] + found["width"] <= width
            assert found["y"] + found["height"] <= height


@pytest.mark.parametrize("size", [WALL, LAPTOP], ids=["wall", "laptop"])
async def test_the_cue_standing_by_is_the_biggest_thing_and_is_not_cut(
    page: Page, size: tuple[int, int]
) -> None:
    night = at_cue_4()
    night.standby = "3"  # the longest name, with words to say
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    async with on_stage(page, night):
        await expect(page.get_by_test_id("standby-name")).to_have_text("Low look under the address")
        cut = "e => e.scrollHeight - e.clientHeight"
        assert await page.locator("lamp-standby").evaluate(cut) <= 1
        pixels = "e => parseFloat(getComputedStyle(e).fontSize)"
        number = await page.get_by_test_id("standby-number").evaluate(pixels)
        assert number >= await page.get_by_test_id("go").evaluate(pixels) * 0.9
        await expect(page.get_by_text("Lectern microphone")).to_be_visible()


async def test_the_language_is_kept(page: Page) -> None:
    async with on_stage(page, at_cue_4()):
        await page.get_by_test_id("language").click()
        await expect(page.get_by_test_id("hold")).to_contain_text("홀드")
        await page.reload()
        await expect(page.get_by_test_id("hold")).to_contain_text("홀드")
        assert await page.evaluate("document.documentElement.lang") == "ko"


async def test_every_control_has_a_name_and_shows_its_focus(page: Page) -> None:
    async with on_stage(page, at_cue_4()):
        for button in await page.get_by_role("button").all():
            name = await button.evaluate(
                "e => e.getAttribute('aria-label') || e.textContent.trim()"
            )
            assert name
        await page.keyboard.press("Tab")
        outline = await page.get_by_test_id("menu").evaluate(
            "e => getComputedStyle(e).outlineStyle"
        )
        assert outline == "solid"
