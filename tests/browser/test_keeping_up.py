"""A page that is open for hours: it keeps up, and keeps nothing that it does not need."""

from __future__ import annotations

import asyncio
import gzip

import pytest
from playwright.async_api import Page, expect

from benchmarks.page.watched import Kept, painted, until_painted, usable_after, watch
from tests.browser.evening import PER_SECOND, pass_time
from tests.browser.night import at_cue_4
from tests.browser.stage import STATIC, FakeService, on_stage

SETTLED = 300
AN_HOUR = 3600 * PER_SECOND
A_SAMPLE = 300
GROWN = 1.5
"""Megabytes: what an hour of changes would leave behind if each left forty bytes."""
AT_A_TIME = 100
SOON = 30_000


def test_the_script_is_small() -> None:
    scripts = list(STATIC.rglob("*.js"))
    assert scripts, "the page is built"
    assert sum(len(gzip.compress(script.read_bytes())) for script in scripts) < 100_000


async def test_the_next_paint_shows_the_change(own_page: Page) -> None:
    await watch(own_page)
    async with on_stage(own_page, at_cue_4()) as service:
        await usable_after(own_page)
        for number in range(20):
            pass_time(service, number)
            await until_painted(own_page, number + 1)
        found = await painted(own_page)
    assert len(found) == 20
    assert all(wanted == shown for wanted, shown, _ in found), found


@pytest.mark.parametrize(
    "changes", [A_SAMPLE, pytest.param(AN_HOUR, marks=[pytest.mark.soak, pytest.mark.timeout(900)])]
)
async def test_changes_leave_nothing_behind(own_page: Page, changes: int) -> None:
    async with on_stage(own_page, at_cue_4()) as service:
        kept = await Kept.of(own_page)
        await bear(own_page, service, SETTLED)
        before = await kept.settled()
        await bear(own_page, service, changes)
        after = await kept.settled()
    assert after["heap"] - before["heap"] < GROWN, (before, after)
    assert after["nodes"] < 1.1 * before["nodes"], (before, after)
    assert after["listeners"] < 1.1 * before["listeners"], (before, after)


async def bear(page: Page, service: FakeService, changes: int) -> None:
    """So many changes, as quickly as the page takes them: a few at a time, the last one seen."""
    shown = page.get_by_test_id("standby-number")
    for number in range(changes):
        pass_time(service, number)
        await asyncio.sleep(0)
        if number % AT_A_TIME == AT_A_TIME - 1 or number == changes - 1:
            await expect(shown).to_have_text(str(service.night.standby), timeout=SOON)
