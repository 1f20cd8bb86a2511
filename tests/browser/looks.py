"""One page, looked at in several sizes and both languages, one after another."""

from __future__ import annotations

from collections.abc import AsyncIterator

from playwright.async_api import Page, expect

from tests.browser.stage import FakeService
from tests.browser.views import LANGUAGES, PHONE, WALL, sized


async def looks(
    page: Page, service: FakeService, *sizes: tuple[int, int]
) -> AsyncIterator[tuple[tuple[int, int], str]]:
    """The page on a wall and a phone, or as said, in each language; what was called is forgotten."""
    for size in sizes or (WALL, PHONE):
        await sized(page, size)
        for language in LANGUAGES:
            await speak(page, language)
            service.asked.clear()
            yield size, language


async def speak(page: Page, language: str) -> None:
    if await page.evaluate("document.documentElement.lang") != language:
        await page.get_by_test_id("language").click()
    await expect(page.locator("html")).to_have_attribute("lang", language)
