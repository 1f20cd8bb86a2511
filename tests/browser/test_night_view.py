"""Night: what was planned and what ran, tonight and on any other night."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.night import at_cue_8
from tests.browser.recorded import BEFORE, NIGHT_BEFORE, NIGHTS
from tests.browser.views import LANGUAGES, SIZES, WALL, at_view, in_language, looked_at, sized

REPLIES = {
    "/api/v1/nights": lambda _: NIGHTS,
    f"/api/v1/nights/{BEFORE}": lambda _: NIGHT_BEFORE,
    "/api/v1/nights/2025-08-29": lambda _: None,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=["wall", "phone"])
async def test_tonight(page: Page, size: tuple[int, int], language: str) -> None:
    await sized(page, size)
    async with at_view(page, at_cue_8(), "/night", REPLIES):
        await in_language(page, language)
        ceremony = page.locator('[data-slot="opening-ceremony"]')
        await expect(ceremony).to_have_attribute("data-status", "running")
        await expect(ceremony).to_contain_text("19:58:30")
        await expect(ceremony).to_contain_text("Kim")
        displaced = page.locator('[data-slot="facade-loop.1"]')
        await expect(displaced).to_contain_text("Opening night" if language == "en" else "개막식")
        drawn = page.locator("lamp-timeline .now").first
        await (expect(drawn).to_be_visible() if size == WALL else expect(drawn).to_be_hidden())
        await looked_at(page, "night", size, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=["wall", "phone"])
async def test_another_night_by_its_address(
    page: Page, size: tuple[int, int], language: str
) -> None:
    await sized(page, size)
    async with at_view(page, at_cue_8(), f"/night?night={BEFORE}", REPLIES):
        await in_language(page, language)
        rehearsal = page.locator('[data-slot="rehearsal"]')
        await expect(rehearsal).to_contain_text("20:04:12")
        await expect(rehearsal).to_contain_text("4:12")
        await expect(rehearsal).to_contain_text("Kim, Lee")
        skipped = page.locator('[data-slot="loop.2"]')
        await expect(skipped).to_have_attribute("data-status", "skipped")
        why = "rehearsal is in hand, by Lee" if language == "en" else "rehearsal 진행 중, Lee"
        await expect(skipped).to_contain_text(why)
        await looked_at(page, "night-before", size, language)


async def test_a_night_is_chosen_by_keyboard_and_by_pointer(page: Page) -> None:
    async with at_view(page, at_cue_8(), "/night", REPLIES):
        await expect(page.get_by_test_id("night-before")).to_be_enabled()
        await page.get_by_test_id("night-before").focus()
        await page.keyboard.press("Enter")
        await expect(page).to_have_url(re.compile(f"night={BEFORE}$"))
        await expect(page.locator('[data-slot="rehearsal"]')).to_be_visible()
        await page.locator("summary").first.focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("Facade dark")).to_be_visible()
        await page.get_by_test_id("tonight").click()
        await expect(page.locator('[data-slot="opening-ceremony"]')).to_be_visible()
        await page.get_by_test_id("night").select_option("2025-08-29")
        await expect(page.get_by_test_id("no-night")).to_contain_text("Nothing is planned")


async def test_a_silent_player_makes_tonight_old_and_no_other_night(page: Page) -> None:
    async with at_view(page, at_cue_8(), "/night", REPLIES) as service:
        service.beats = False
        await expect(page.get_by_test_id("stale")).to_be_visible()
        await page.get_by_test_id("night-before").click()
        await expect(page.locator('[data-slot="rehearsal"]')).to_be_visible()
        await expect(page.get_by_test_id("stale")).to_have_count(0)
