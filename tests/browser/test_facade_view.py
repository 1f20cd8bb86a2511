"""Facade: the picture as servers have confirmed it, and whose work it is."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.night import at_cue_8
from tests.browser.views import LANGUAGES, SIZES, at_view, in_language, looked_at, sized

CREDITS = [
    {
        "work": "the-valley-and-the-light",
        "title": {"en": "The Valley and the Light", "ko": "골짜기와 빛"},
        "artists": [{"artist": "choi-se-hoon", "name": {"en": "Choi Se-hoon", "ko": "최세훈"}}],
        "surfaces": ["facade"],
    }
]
REPLIES = {"/api/v1/works": lambda _: CREDITS}
LIT = '[data-lit="true"]'


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=["wall", "phone"])
async def test_a_work_shows_with_its_title_and_its_artist(
    page: Page, size: tuple[int, int], language: str
) -> None:
    await sized(page, size)
    async with at_view(page, at_cue_8(), "/facade", REPLIES) as service:
        await in_language(page, language)
        made = page.get_by_test_id("credits-facade")
        await expect(made).to_contain_text("최세훈" if language == "ko" else "Choi Se-hoon")
        await expect(made).to_contain_text(
            "골짜기와 빛" if language == "ko" else "The Valley and the Light"
        )
        await expect(page.locator(LIT)).to_have_count(1)
        assert ("/api/v1/works", {"festival": ["seoullight-2025-fall"]}) in service.fetched
        await looked_at(page, "facade", size, language)


async def test_what_no_server_confirms_is_dark_and_unnamed(page: Page) -> None:
    night = at_cue_8()
    async with at_view(page, night, "/facade", REPLIES) as service:
        await expect(page.locator(LIT)).to_have_count(1)
        night.silence()
        service.publish()
        await expect(page.locator(LIT)).to_have_count(0)
        await expect(page.get_by_test_id("picture-facade")).to_contain_text("no reply")
        await expect(page.get_by_test_id("credits-facade")).not_to_contain_text("Valley")
        await expect(page.get_by_label("Wanted").first).to_contain_text("The Valley and the Light")


async def test_a_silent_player_leaves_no_light(page: Page) -> None:
    async with at_view(page, at_cue_8(), "/facade", REPLIES) as service:
        await expect(page.locator(LIT)).to_have_count(1)
        service.beats = False
        await expect(page.get_by_test_id("stale")).to_be_visible()
        await expect(page.locator(LIT)).to_have_count(0)


async def test_a_surface_is_chosen_by_keyboard_and_full_screen_shows_it_alone(page: Page) -> None:
    async with at_view(page, at_cue_8(), "/facade", REPLIES):
        await page.get_by_test_id("surfaces").get_by_text("Under the bridge").focus()
        await page.keyboard.press("Enter")
        await expect(page).to_have_url(re.compile("surface=bridge$"))
        await expect(page.get_by_test_id("picture-facade")).to_have_count(0)
        await expect(page.get_by_test_id("picture-bridge")).to_be_visible()
        await page.get_by_test_id("full-screen").click()
        await expect(page.get_by_test_id("views")).to_be_hidden()
        await page.evaluate("document.exitFullscreen()")
        await expect(page.get_by_test_id("views")).to_be_visible()


async def test_credits_that_could_not_be_read_are_asked_for_again(page: Page) -> None:
    asked: list[int] = []

    def at_last(_: object) -> object:
        asked.append(1)
        return CREDITS if len(asked) > 1 else None

    async with at_view(page, at_cue_8(), "/facade", {"/api/v1/works": at_last}):
        await expect(page.get_by_test_id("credits-facade")).to_contain_text("could not be read")
        await expect(page.get_by_test_id("credits-facade")).to_contain_text(
            "Choi Se-hoon", timeout=10_000
        )
