"""The views beside Call: on the stage of Call, arrived at by their own addresses."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote

import msgspec
from playwright.async_api import Page, expect

from tests.browser.night import Stage
from tests.browser.stage import FakeService, Receive, Send, answer, serving, sign_in

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


Reply = Callable[[dict[str, list[str]]], Any]


class ViewService(FakeService):
    """Also answers what the views ask for, by the query; `fetched` keeps what they asked."""

    def __init__(self, night: Stage, replies: dict[str, Reply] | None = None) -> None:
        super().__init__(night)
        self.replies = {"/api/v1/nights": lambda _: []} | (replies or {})
        self.fetched: list[tuple[str, dict[str, list[str]]]] = []

    async def _api(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        reply = self.replies.get(unquote(scope["path"])) if scope["method"] == "GET" else None
        if reply is None:
            await super()._api(scope, receive, send)
            return
        told = reply(self.asked_for(scope))
        status = 200 if told is not None else 404
        await answer(send, status, msgspec.json.encode(told), "application/json")
        await self._move()

    def asked_for(self, scope: dict[str, Any]) -> dict[str, list[str]]:
        """What the query asks, kept too."""
        query = parse_qs(scope["query_string"].decode())
        self.fetched.append((unquote(scope["path"]), query))
        return query


@asynccontextmanager
async def at_view(
    page: Page,
    night: Stage,
    address: str,
    replies: dict[str, Reply] | None = None,
    kind: type[ViewService] = ViewService,
) -> AsyncIterator[ViewService]:
    """The page of this address, signed in as Kim and hearing the player."""
    service = kind(night, replies)
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
