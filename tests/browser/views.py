"""The views beside Call: on the stage of Call, arrived at by their own addresses."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Page, expect

from tests.browser.night import Stage
from tests.browser.stage import FakeService, serving, sign_in

SHOTS = Path(__file__).parent / "shots"
AXE = Path(__file__).parents[2] / "ops" / "dashboard" / "node_modules" / "axe-core" / "axe.min.js"
WALL, PHONE = (1920, 1080), (360, 740)
SIZES = [WALL, PHONE]
LANGUAGES = ["en", "ko"]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SERIOUS = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  return found.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join("; ")}`);
}"""


@asynccontextmanager
async def at_view(page: Page, night: Stage, address: str) -> AsyncIterator[FakeService]:
    """The page of this address, signed in as Kim and hearing the player."""
    service = FakeService(night)
    async with serving(service) as host:
        await page.goto(host + address)
        await sign_in(page)
        await expect(page.get_by_test_id("language")).to_be_visible()
        await expect(page.get_by_test_id("stale")).to_have_count(0)
        yield service


async def in_language(page: Page, language: str) -> None:
    if language == "ko":
        await page.get_by_test_id("language").click()
        await expect(page.locator("html")).to_have_attribute("lang", "ko")


async def sized(page: Page, size: tuple[int, int]) -> None:
    await page.set_viewport_size({"width": size[0], "height": size[1]})


async def looked_at(page: Page, name: str, size: tuple[int, int], language: str) -> None:
    """A picture of it, kept; nothing wider than the screen; nothing serious that axe finds."""
    path = SHOTS / f"{name}-{size[0]}-{language}.png"
    await page.screenshot(path=path, animations="disabled")
    assert await page.evaluate(OVERFLOW) == 0
    await page.evaluate(AXE.read_text(encoding="utf-8"))
    found = await page.evaluate(SERIOUS)
    assert not found, "\n".join(found)
