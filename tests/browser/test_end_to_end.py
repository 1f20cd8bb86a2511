"""The whole of it: a GO in a real browser, through service and player, to packets on the wire and back.

Every process is one that the installed command started; what the packets say is read by hand.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.adversity.installation import PASSWORD, Installation
from tests.adversity.processes import note, send_signal, until
from tests.adversity.wire import Packet, Side
from tests.browser.stage import sign_in
from tests.browser.test_truth import greens

README_SHOT = Path(__file__).parents[2] / "docs" / "call-page.png"
"""Taken anew where LAMPLIGHTER_SHOTS is set; else the tree stays as it is."""
FACADE = ("facade-west", "facade-centre", "facade-east")
WATER = "/composition/layers/1/clips/1/connect"
SERVERS = ("west", "centre", "east")
OPACITY = "/composition/layers/1/video/opacity"
SPAN = 0.3
"""Seconds in which another GO would be too quick."""
SOON = 10_000
"""Milliseconds for what a busy machine may take; the page itself is asked again and again."""


@pytest_asyncio.fixture(scope="module")
async def call_page(browser: Browser, evening: Installation) -> AsyncIterator[Page]:
    """Kim at the page: the tests here are one evening, in order."""
    context = await browser.new_context(
        viewport={"width": 1920, "height": 1080}, locale="en-GB", timezone_id="Asia/Seoul"
    )
    page = await context.new_page()
    page.set_default_timeout(SOON)
    await page.goto(f"http://127.0.0.1:{evening.port}/")
    await sign_in(page, PASSWORD)
    await expect(page.get_by_test_id("standby-number")).to_have_text("1", timeout=SOON)
    yield page
    await context.close()


def by_side(packets: list[Packet]) -> dict[Side, list[Packet]]:
    found: dict[Side, list[Packet]] = {}
    for packet in packets:
        found.setdefault(packet.side, []).append(packet)
    return found


async def go(page: Page, cue: str) -> None:
    """Space, once that cue stands by and its GO may be given."""
    button = page.get_by_test_id("go")
    await expect(button).to_have_attribute("data-standby", cue, timeout=SOON)
    await expect(button).to_be_enabled(timeout=2 * SOON)
    await page.keyboard.press("Space")
    press = page.get_by_test_id("press")
    await expect(press).to_contain_text(f"GO {cue}", timeout=SOON)
    await expect(press).to_have_attribute("data-phase", "went", timeout=SOON)
    await asyncio.sleep(SPAN)


async def says(page: Page, word: str, lit: str, *outputs: str) -> None:
    """Each of these outputs has this word, in the list and in the picture, and is lit or dark."""
    for output in outputs:
        for place in (f'[data-testid="output-{output}"]', f'.picture [data-output="{output}"]'):
            await expect(page.locator(place)).to_have_attribute("data-lit", lit, timeout=SOON)
        words = page.locator(f'.picture [data-output="{output}"] [data-agreement]')
        await expect(words).to_have_attribute("data-agreement", word, timeout=SOON)
        listed = page.get_by_test_id(f"output-{output}")
        await expect(listed).to_have_attribute("data-agreement", word, timeout=SOON)


async def lives(page: Page, life: str, *servers: str) -> None:
    """Main and backup of these servers."""
    for server in servers:
        for which in ("main", "backup"):
            shown = page.get_by_test_id(f"server-{server}-{which}")
            await expect(shown).to_have_attribute("data-life", life, timeout=SOON)


def levels(evening: Installation, since: float, value: float) -> set[Side]:
    """The addresses that were told this very level."""
    return {p.side for p in evening.wire.told(since) if (p.address, p.args) == (OPACITY, (value,))}


async def test_a_go_in_the_browser_reaches_the_wire_and_its_answer_the_page(
    call_page: Page, evening: Installation
) -> None:
    wire = evening.wire
    await go(call_page, "1")
    await expect(call_page.get_by_test_id("proof")).to_have_attribute(
        "data-agreement", "confirmed", timeout=SOON
    )
    await says(call_page, "confirmed", "false", *FACADE)
    assert wire.presses(1) == []
    await go(call_page, "2")
    await until(lambda: len([p for p in wire.told() if p.address == WATER]) == 12, 5, "released")
    found = by_side([p for p in wire.told() if p.address == WATER])
    assert len(found) == 6, "main and backup of three servers"
    for press, release in found.values():
        assert (press.tags, press.args) == ("i", (1,))
        assert (release.tags, release.args) == ("i", (0,))
        note(f"{press.side}: released after {release.at - press.at:.1f} ms")
        assert 25 <= release.at - press.at < 500
    (went,) = evening.went("2")
    first = min(p.at for pair in found.values() for p in pair)
    note(f"on the wire {first - went.at:+.1f} ms from the entry's instant")
    await says(call_page, "confirmed", "true", *FACADE)
    await expect(call_page.get_by_test_id("proof")).to_have_attribute(
        "data-agreement", "confirmed", timeout=SOON
    )
    assert await greens(call_page), "what is confirmed is green"
    assert not wire.faults


async def test_the_picture_of_the_readme(call_page: Page) -> None:
    """The ceremony runs: cue 2 is gone and confirmed, cue 3 stands by."""
    await expect(call_page.get_by_test_id("standby-number")).to_have_text("3", timeout=SOON)
    await says(call_page, "confirmed", "true", *FACADE)
    await expect(call_page.get_by_test_id("go")).to_be_enabled(timeout=SOON)
    if os.environ.get("LAMPLIGHTER_SHOTS"):
        fading = call_page.get_by_test_id("running").get_by_text("Facade dark")
        await expect(fading).to_have_count(0, timeout=SOON)
        await call_page.screenshot(path=README_SHOT, animations="disabled")


async def test_one_server_told_to_be_silent_is_no_reply_and_the_others_stay_confirmed(
    call_page: Page, evening: Installation
) -> None:
    evening.wire.fault("silent", "west")
    await says(call_page, "no reply", "false", "facade-west")
    await go(call_page, "3")
    (went,) = evening.went("3")
    await until(lambda: len(levels(evening, went.at, 0.25)) == 6, 10, "the fade's last value")
    await says(call_page, "confirmed", "true", "facade-centre", "facade-east")
    await says(call_page, "no reply", "false", "facade-west")
    await lives(call_page, "silent", "west")
    assert await greens(call_page)


async def test_with_all_servers_silent_nothing_is_green_and_the_facade_is_dark(
    call_page: Page, evening: Installation
) -> None:
    evening.wire.fault("silent")
    await lives(call_page, "silent", *SERVERS)
    await says(call_page, "no reply", "false", *FACADE)
    await expect(call_page.locator('[data-lit="true"]')).to_have_count(0, timeout=SOON)
    await expect(call_page.locator('[data-agreement="confirmed"]')).to_have_count(0, timeout=SOON)
    assert await greens(call_page) == []
    await expect(call_page.get_by_test_id("go")).to_be_enabled()


async def test_servers_that_answer_again_are_sent_what_they_lack_and_nothing_else(
    call_page: Page, evening: Installation
) -> None:
    """West was silent while the others faded: it gets its level. No clip begins again."""
    since = evening.wire.packets[-1].at + 0.001
    evening.wire.fault("ok")
    await says(call_page, "confirmed", "true", *FACADE)
    told = evening.wire.told(since)
    assert {p.side for p in told} == {("west", "main"), ("west", "backup")}
    assert {(p.address, p.args) for p in told} == {(OPACITY, (0.25,))}
    assert await greens(call_page)


async def test_a_player_that_says_nothing_greys_the_page(
    call_page: Page, evening: Installation
) -> None:
    player = evening.player_pid
    send_signal(player, signal.SIGSTOP)
    try:
        await expect(call_page.get_by_test_id("stale")).to_be_visible(timeout=SOON)
        await expect(call_page.get_by_test_id("go")).to_be_disabled()
        assert await greens(call_page) == []
    finally:
        send_signal(player, signal.SIGCONT)
    await expect(call_page.get_by_test_id("stale")).to_be_hidden(timeout=SOON)
    await says(call_page, "confirmed", "true", *FACADE)


async def test_the_service_is_killed_under_the_page_and_the_page_takes_it_up_again(
    call_page: Page, evening: Installation
) -> None:
    frames: list[str | bytes] = []
    call_page.on(
        "websocket",
        lambda feed: feed.on(
            "framereceived",
            lambda frame: frames.append(frame),  # noqa: PLW0108 - Playwright takes no builtin
        ),
    )
    killed = evening.kill(evening.service_pid)
    await until(lambda: evening.service_pid not in (None, killed), 10, "another service")
    await until(lambda: frames, 20, "the page hears it")
    await go(call_page, "3.5")
    assert len(evening.went("3.5")) == 1
    await says(call_page, "confirmed", "true", *FACADE)
