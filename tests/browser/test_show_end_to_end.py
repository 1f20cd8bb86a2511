"""A night that uses all of it, in a real browser, through service and player to the wire; in order.

Every process is one that the installed command started. Pictures of each step are kept to be looked at.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.adversity.installation import PASSWORD, Installation, installed
from tests.adversity.processes import until
from tests.adversity.tonight import opening_night
from tests.browser.evening_of_all import of_all
from tests.browser.looks import speak
from tests.browser.stage import sign_in
from tests.browser.views import PHONE, looked_at, sized

SOON = 20_000
"""Milliseconds for what a busy machine may take; the page itself is asked again and again."""
LAPTOP = (1280, 800)


@pytest_asyncio.fixture(scope="module")
async def night(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Installation]:
    """`lamplighter run` with that night published, and Kim, who may call."""
    folder = tmp_path_factory.mktemp("all")
    async with installed(folder, opening_night(of_all)) as found:
        found.run()
        await found.publish()
        await found.command("person", "add", "Kim")
        await until(found.serves, 20, "the page answers")
        yield found


@pytest_asyncio.fixture(scope="module")
async def kim(browser: Browser, night: Installation) -> AsyncIterator[Page]:
    context = await browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="en-GB", timezone_id="Asia/Seoul"
    )
    page = await context.new_page()
    page.set_default_timeout(SOON)
    await page.goto(f"http://127.0.0.1:{night.port}/")
    await sign_in(page, PASSWORD)
    await expect(page.get_by_test_id("standby-number")).to_have_text("1", timeout=SOON)
    yield page
    await context.close()


async def pictures(page: Page, name: str) -> None:
    """As it looks on a laptop and a phone, in both languages."""
    for size in (LAPTOP, PHONE):
        await sized(page, size)
        for language in ("en", "ko"):
            await speak(page, language)
            await looked_at(page, f"show-{name}", size, language)
    await sized(page, LAPTOP)
    await speak(page, "en")


async def go(page: Page, cue: str) -> None:
    button = page.get_by_test_id("go")
    await expect(button).to_have_attribute("data-standby", cue, timeout=SOON)
    await expect(button).to_be_enabled(timeout=SOON)
    await page.keyboard.press("Space")
    press = page.get_by_test_id("press")
    await expect(press).to_contain_text(f"GO {cue}", timeout=SOON)
    await expect(press).to_have_attribute("data-phase", "went", timeout=SOON)


async def test_a_loop_turns_and_says_both_ways_out_of_it(kim: Page, night: Installation) -> None:
    await go(kim, "1")
    loop = kim.get_by_test_id("loop")
    await expect(loop).to_contain_text("Loop 1–2 · turn 2", timeout=SOON)
    await expect(kim.get_by_test_id("go")).to_contain_text("leaves the loop at once")
    await expect(kim.get_by_test_id("leave")).to_contain_text("then 3 waits for GO")
    await pictures(kim, "loop")
    await kim.keyboard.press("v")
    await expect(loop).to_have_attribute("data-last", "true", timeout=SOON)
    await expect(loop).to_contain_text("This turn is the last")
    await expect(loop).to_have_count(0, timeout=SOON)
    await expect(kim.get_by_test_id("standby-number")).to_have_text("3")
    leaves = [e for e in night.entries("call") if e.data["call"] == "leave"]
    assert [e.by for e in leaves] == ["Kim"]


async def test_a_cue_starts_a_timeline_and_its_next_cue_warns(kim: Page) -> None:
    await go(kim, "3")
    running = kim.get_by_test_id("running")
    near = running.locator('[data-warn="true"]')
    await expect(near).to_contain_text("↳ Tide: High tide", timeout=SOON)
    await expect(near).to_contain_text("COMING UP")
    tabs = kim.get_by_role("group", name="Runs").get_by_role("button")
    await expect(tabs.nth(1)).to_contain_text("↳")
    await expect(kim.get_by_test_id("standby-number")).to_have_text("4", timeout=SOON)
    await expect(kim.get_by_test_id("cue-3.5")).to_contain_text("passed over")
    await expect(kim.get_by_test_id("post-wait")).to_have_text("10 s")
    await pictures(kim, "started")


async def test_back_goes_past_what_is_passed_over_and_moves_standby_alone(
    kim: Page, night: Installation
) -> None:
    await expect(kim.get_by_test_id("back")).to_contain_text("BACK to 3")
    told = len(night.entries("intent"))
    await kim.keyboard.press("j")
    await expect(kim.get_by_test_id("standby-number")).to_have_text("3", timeout=SOON)
    await kim.keyboard.press("k")
    await expect(kim.get_by_test_id("standby-number")).to_have_text("4", timeout=SOON)
    assert len(night.entries("intent")) == told
    went = kim.get_by_test_id("cue-3")
    await expect(went).to_have_attribute("data-status", "skipped")
    line = "e => getComputedStyle(e.querySelector('.cut')).textDecorationLine"
    assert await went.evaluate(line) == "none", "it went: it is not struck through"


async def test_automation_is_off_by_name_with_a_reason_and_on_again(
    kim: Page, night: Installation
) -> None:
    await kim.get_by_test_id("automation").click()
    await kim.get_by_test_id("automation-reason").fill("waiting for the mayor")
    await kim.keyboard.press("Enter")
    band = kim.get_by_test_id("automation-off")
    await expect(band).to_contain_text("Kim, since", timeout=SOON)
    await expect(band).to_contain_text("waiting for the mayor")
    await pictures(kim, "automation")
    await kim.get_by_test_id("automation-on").click()
    await kim.get_by_test_id("automation-on-confirm").click()
    await expect(band).to_have_count(0, timeout=SOON)


async def test_the_picture_is_moved_to_the_backup_and_its_switch_confirms(
    kim: Page, night: Installation
) -> None:
    shown = kim.get_by_test_id("on-air-west")
    await expect(shown).to_have_attribute("data-which", "main", timeout=SOON)
    since = night.wire.packets[-1].at + 0.001
    await kim.get_by_test_id("put-on-air-west").click()
    await kim.get_by_test_id("on-air-confirm").click()
    await expect(kim.get_by_test_id("again")).to_be_visible()
    await kim.get_by_test_id("on-air-confirm").click()
    await expect(shown).to_have_attribute("data-which", "backup", timeout=SOON)
    await expect(shown).to_have_attribute("data-agreement", "confirmed", timeout=SOON)
    takes = [p for p in night.wire.told(since) if p.address == "/matrix/1/take"]
    assert [p.args for p in takes] == [(2,)]
    await pictures(kim, "on-air")


async def test_a_surface_is_rehearsed_and_no_screen_shows_light_of_it(
    kim: Page, night: Installation
) -> None:
    """The bridge alone: on the facade a run is under way, and that is refused."""
    await kim.get_by_test_id("routes").click()
    facade = kim.locator('[data-route="facade"]')
    await facade.get_by_role("button", name="Record only").click()
    await expect(kim.get_by_test_id("routes-notice")).to_contain_text("refused", timeout=SOON)
    laser = kim.locator('[data-route="bridge-laser"]')
    await laser.get_by_role("button", name="Record only").click()
    await expect(laser.locator('[data-to="record only"]')).to_have_attribute(
        "aria-pressed", "true", timeout=SOON
    )
    await kim.get_by_test_id("routes-close").click()
    band = kim.get_by_test_id("rehearsal")
    await expect(band).to_contain_text("record only: bridge laser", timeout=SOON)
    await pictures(kim, "rehearsal")
    await kim.goto(f"http://127.0.0.1:{night.port}/facade")
    await expect(band).to_contain_text("REHEARSAL", timeout=SOON)
    bridge = kim.get_by_test_id("picture-bridge")
    await expect(bridge.locator('[data-lit="true"]')).to_have_count(0)
    await looked_at(kim, "show-facade-rehearsal", LAPTOP, "en")
