"""Clock: the time, what is left of what runs, what comes, and nothing guessed."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.night import at_cue_4, at_cue_8
from tests.browser.views import LANGUAGES, SIZES, WALL, at_view, in_language, looked_at, sized

PIXELS = "e => parseFloat(getComputedStyle(e).fontSize)"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=["wall", "phone"])
async def test_it_is_huge_and_nothing_is_cut(
    page: Page, size: tuple[int, int], language: str
) -> None:
    await sized(page, size)
    async with at_view(page, at_cue_8(), "/clock"):
        await in_language(page, language)
        digits = page.get_by_test_id("count").get_by_role("timer")
        assert await digits.evaluate(PIXELS) >= min(size) * 0.24
        if size == WALL:
            tall = "document.documentElement.scrollHeight - document.documentElement.clientHeight"
            assert await page.evaluate(tall) == 0
        await looked_at(page, "clock", size, language)
        box = await digits.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size[0]


async def test_what_waits_for_a_go_is_never_counted_down(page: Page) -> None:
    night = at_cue_4()
    async with at_view(page, night, "/clock?surface=facade"):
        await expect(page.get_by_test_id("then")).to_contain_text("Countdown")
        await expect(page.get_by_test_id("then")).to_contain_text("waits for GO")


async def test_a_run_that_is_held_says_so(page: Page) -> None:
    night = at_cue_4()
    async with at_view(page, night, "/clock") as service:
        night.status = "holding"
        service.publish()
        await expect(page.get_by_test_id("held")).to_have_text("HELD: no cue goes")


async def test_a_silent_player_greys_it_and_it_says_so(page: Page) -> None:
    async with at_view(page, at_cue_8(), "/clock") as service:
        service.beats = False
        await expect(page.get_by_test_id("stale")).to_contain_text("No word from the player")
        assert (
            await page.locator(".ages").evaluate("e => getComputedStyle(e).filter")
            == "grayscale(1)"
        )
        service.beats = True
        await expect(page.get_by_test_id("stale")).to_have_count(0)


async def test_a_surface_is_chosen_by_pointer_and_stands_in_the_address(page: Page) -> None:
    async with at_view(page, at_cue_8(), "/clock"):
        await page.get_by_test_id("surfaces").get_by_text("Under the bridge").click()
        await expect(page).to_have_url(re.compile(r"/clock\?surface=bridge$"))
        chosen = page.get_by_test_id("surfaces").locator('[aria-current="true"]')
        await expect(chosen).to_contain_text("Under the bridge")
