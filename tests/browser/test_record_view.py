"""Record: what happened on any night, filtered, page by page, in words, and as a table."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest
from playwright.async_api import Page, expect

from tests.browser.night import at_cue_8
from tests.browser.recorded import BEFORE, NIGHTS
from tests.browser.stage import answer
from tests.browser.views import (
    LANGUAGES,
    SIZES,
    ViewService,
    at_view,
    in_language,
    looked_at,
    sized,
)

MANY = 20_000
WORDS = {
    "stands_by": ("stands by", "대기"),
    "cue_went": ("Water loop  GO  clip 1 -> facade-west", "Water loop  GO  클립 1 -> facade-west"),
    "refused": ("go refused, Lee: Kim has control", "go 거부됨, Lee: Kim 진행 중"),
    "alarm": ("alarm: the disk is slow", "경보: 디스크가 느림"),
}


def entry(number: int, kind: str) -> dict[str, Any]:
    minutes, seconds = divmod(number % 3600, 60)
    english, korean = WORDS[kind]
    return {
        "player": "p",
        "term": 1,
        "seq": number,
        "at": f"{BEFORE}T{11 + number // 3600 % 3:02}:{minutes:02}:{seconds:02}.250Z",
        "kind": kind,
        "night": BEFORE,
        "surface": "facade",
        "slot": "opening-ceremony",
        "run": None,
        "cue": "2" if kind == "cue_went" else None,
        "output": None,
        "server": None,
        "by": "Lee" if kind == "refused" else None,
        "reason": None,
        "data": {},
        "texts": {"en": f"{english} ({number})", "ko": f"{korean} ({number})"},
    }


class Recorded(ViewService):
    """A night of very many entries, answered page by page as the service does."""

    async def _api(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if not scope["path"].endswith("/entries"):
            await super()._api(scope, receive, send)
            return
        query = self.asked_for(scope)
        kinds = [kind for kind in query.get("kind", ()) if kind in WORDS] or list(WORDS)
        offset, limit = int(query["offset"][0]), int(query["limit"][0])
        count = MANY if len(kinds) > 1 else 3
        rows = [entry(n, kinds[n % len(kinds)]) for n in range(offset, min(count, offset + limit))]
        await answer(
            send, 200, msgspec.json.encode(rows), "application/json", {"x-total-count": str(count)}
        )
        await self._move()


REPLIES = {"/api/v1/nights": lambda _: NIGHTS}
"""What the views ask for beside the entries."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=["wall", "phone"])
async def test_a_night_is_read_in_words(page: Page, size: tuple[int, int], language: str) -> None:
    await sized(page, size)
    address = f"/record?night={BEFORE}"
    async with at_view(page, at_cue_8(), address, REPLIES, Recorded):
        await in_language(page, language)
        record = page.get_by_test_id("record")
        await expect(record).to_contain_text(WORDS["refused"][language == "ko"])
        await expect(record).to_contain_text("20:00:02.250")
        await expect(page.get_by_test_id("count")).to_contain_text("20,000")
        await looked_at(page, "record", size, language)


async def test_twenty_thousand_entries_are_turned_by_page(page: Page) -> None:
    async with at_view(page, at_cue_8(), f"/record?night={BEFORE}", REPLIES, Recorded):
        rows = page.get_by_test_id("record").locator("tbody tr")
        await expect(rows).to_have_count(200)
        await page.get_by_test_id("page-after").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_test_id("count")).to_contain_text("201–400 of 20,000")
        await expect(page).to_have_url(re.compile("page=2$"))
        await expect(rows).to_have_count(200)
        await page.get_by_test_id("page-before").click()
        await expect(page.get_by_test_id("count")).to_contain_text("1–200")


async def test_filters_by_keyboard_and_by_pointer_stand_in_the_address_and_in_the_table(
    page: Page,
) -> None:
    async with at_view(page, at_cue_8(), f"/record?night={BEFORE}", REPLIES, Recorded) as service:
        await page.get_by_test_id("filter-kind").select_option("alarms")
        await expect(page).to_have_url(re.compile("kind=alarms$"))
        await expect(page.get_by_test_id("count")).to_have_text("1–3 of 3")
        await page.get_by_test_id("filter-text").fill("디스크 & 느림")
        await page.keyboard.press("Enter")
        await service.until(lambda: service.fetched[-1][1].get("text") == ["디스크 & 느림"])
        asked = service.fetched[-1][1]
        assert asked["kind"] == ["alarm"]
        csv = await page.get_by_test_id("csv").get_attribute("href")
        assert csv is not None
        assert csv.startswith(f"/api/v1/nights/{BEFORE}/entries.csv?kind=alarm&text=%EB")
        assert csv.endswith("&language=en")
        await page.reload()
        await expect(page.get_by_test_id("filter-text")).to_have_value("디스크 & 느림")
        await expect(page.get_by_test_id("filter-kind")).to_have_value("alarms")


async def test_another_night_keeps_the_filter_and_begins_at_its_first_page(page: Page) -> None:
    address = f"/record?night={BEFORE}&kind=calls&page=3"
    async with at_view(page, at_cue_8(), address, REPLIES, Recorded):
        await expect(page.get_by_test_id("night-after")).to_be_enabled()
        await page.get_by_test_id("night-after").click()
        await expect(page).to_have_url(re.compile(r"\?night=2025-08-28&kind=calls$"))
