"""A browser that fills the screen takes Esc: the page says so, and keeps it where it can."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.night import at_cue_4
from tests.browser.stage import on_stage


async def test_the_page_fills_the_screen_and_keeps_esc_where_the_browser_lets_it(
    page: Page,
) -> None:
    async with on_stage(page, at_cue_4()):
        await expect(page.get_by_test_id("escape")).to_have_count(0)
        await page.get_by_test_id("full-screen").click()
        await expect(page.get_by_test_id("escape")).to_have_attribute("data-escape", "kept")
        await page.keyboard.press("?")
        await expect(page.get_by_test_id("keys-escape")).to_contain_text("held down it leaves")
        await page.get_by_test_id("keys-close").click()
        await page.get_by_test_id("full-screen").click()
        await expect(page.get_by_test_id("escape")).to_have_count(0)


async def test_where_the_key_cannot_be_kept_the_page_says_who_takes_it(page: Page) -> None:
    async with on_stage(page, at_cue_4()):
        # As over plain HTTP, or in a browser that has no such thing.
        await page.evaluate("Object.defineProperty(navigator, 'keyboard', { value: undefined })")
        await page.get_by_test_id("full-screen").click()
        await expect(page.get_by_test_id("escape")).to_contain_text(
            "the browser takes the first Esc"
        )
