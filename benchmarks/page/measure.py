"""The page's figures, against the stage of the browser tests: real HTTP, a real feed, a real Chromium."""

from __future__ import annotations

import asyncio
import gzip
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median

from playwright.async_api import Browser, Page, async_playwright, expect

from benchmarks.figures import table, told
from benchmarks.page.watched import Kept, painted, usable_after, watch
from tests.browser.conftest import QUIET
from tests.browser.evening import PER_SECOND, pass_time
from tests.browser.night import at_cue_4
from tests.browser.stage import STATIC, FakeService, serving, sign_in
from tests.needs import find_chromium

ROUNDS, CHANGES, HOUR = 10, 300, 3600 * PER_SECOND
SETTLING = 500
"""Changes before the first reading: by then everything is there that stays."""
QUICK_ROUNDS, QUICK_CHANGES, QUICK_HOUR = 2, 20, 200
SOON = 30_000
KILOBYTE = 1000


def measure(*, quick: bool) -> None:
    """Print the table."""
    rounds, changes, hour = (
        (QUICK_ROUNDS, QUICK_CHANGES, QUICK_HOUR) if quick else (ROUNDS, CHANGES, HOUR)
    )
    rows = asyncio.run(_figures(rounds, changes, hour))
    print("\n## The page\n\nmake bench ARGS=page")
    print(table(["what", "target", "figure"], [_script(), *rows]))


def compressed(files: list[Path]) -> float:
    """Kilobytes of these files, each compressed as a server in front would."""
    return sum(len(gzip.compress(file.read_bytes())) for file in files) / KILOBYTE


def _script() -> tuple[str, str, str]:
    whole = compressed(sorted(STATIC.rglob("*.js")))
    return ("script, all views, compressed", "< 100 kB", f"{whole:.1f} kB")


async def _figures(rounds: int, changes: int, hour: int) -> list[tuple[str, str, str]]:
    flags = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else [*QUIET]
    service = FakeService(at_cue_4())
    async with async_playwright() as playwright, serving(service) as address:
        browser = await playwright.chromium.launch(executable_path=find_chromium(), args=flags)
        await _sign_in(browser, address)
        usable = [await _usable(browser, address) for _ in range(rounds)]
        paints, late = await _paints(browser, address, service, changes)
        kept = await _keeps(browser, address, service, hour)
        await browser.close()
    paints.sort()
    return [
        ("usable after the navigation, ms", "< 1000", told(usable, 0)),
        (
            f"a change painted, of {changes}, ms",
            "< 50",
            f"{told(paints)}, p99 {paints[int(0.99 * (len(paints) - 1))]:.1f}, "
            f"{late} not in the next frame",
        ),
        (f"kept after {hour} changes", "no growth", kept),
    ]


async def _sign_in(browser: Browser, address: str) -> None:
    """Once: the stage takes whoever comes for Kim from then on."""
    page = await browser.new_page()
    await page.goto(address)
    await sign_in(page)
    await expect(page.get_by_test_id("go")).to_be_enabled()
    await page.close()


@asynccontextmanager
async def _wall(browser: Browser) -> AsyncIterator[Page]:
    """A page in a profile of its own, with nothing in its cache, as large as a projector's."""
    context = await browser.new_context(viewport={"width": 1920, "height": 1080})
    yield await context.new_page()
    await context.close()


async def _usable(browser: Browser, address: str) -> float:
    async with _wall(browser) as page:
        await watch(page)
        await page.goto(address)
        return await usable_after(page)


async def _paints(
    browser: Browser, address: str, service: FakeService, changes: int
) -> tuple[list[float], int]:
    async with _wall(browser) as page:
        await watch(page)
        await page.goto(address)
        await usable_after(page)
        for number in range(changes):
            pass_time(service, number)
            await asyncio.sleep(1 / PER_SECOND)
        found = await painted(page)
    return [ms for _, _, ms in found], sum(wanted != shown for wanted, shown, _ in found)


async def _keeps(browser: Browser, address: str, service: FakeService, hour: int) -> str:
    """Faster than in life: what is kept depends on how many changes came, not on how long it took."""
    async with _wall(browser) as page:
        await page.goto(address)
        kept = await Kept.of(page)
        readings = []
        for quarter in range(5):
            for number in range(hour // 4 if quarter else SETTLING):
                pass_time(service, number)
                await asyncio.sleep(0.005)
            shown = page.get_by_test_id("standby-number")
            await expect(shown).to_have_text(str(service.night.standby), timeout=SOON)
            readings.append(await kept.settled())
    heap = [reading["heap"] for reading in readings]
    nodes = [reading["nodes"] for reading in readings]
    return (
        f"heap {heap[0]:.1f} -> {heap[-1]:.1f} MB (median {median(heap):.1f}), "
        f"nodes {nodes[0]:.0f} -> {nodes[-1]:.0f}"
    )
