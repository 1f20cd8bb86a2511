"""The views on a real night: a link that was sent, a GO, and what is told of it afterwards.

Every process is one that the installed command started.
"""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.adversity.installation import PASSWORD, Installation, installed
from tests.adversity.processes import until
from tests.adversity.tonight import opening_night
from tests.browser.stage import sign_in

SOON = 20_000
"""Milliseconds for what a busy machine may take; the page itself is asked again and again."""


@pytest_asyncio.fixture(scope="module")
async def evening(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Installation]:
    """`lamplighter run` with tonight published, and Kim, who may call."""
    async with installed(tmp_path_factory.mktemp("views"), opening_night()) as found:
        found.run()
        await found.publish()
        await found.command("person", "add", "Kim")
        await until(found.serves, 20, "the page answers")
        yield found


@pytest_asyncio.fixture(scope="module")
async def kim(browser: Browser, evening: Installation) -> AsyncIterator[Page]:
    """Kim, who has given GO 1 and GO 2."""
    context = await browser.new_context(viewport={"width": 1920, "height": 1080}, locale="en-GB")
    page = await context.new_page()
    page.set_default_timeout(SOON)
    await page.goto(f"http://127.0.0.1:{evening.port}/")
    await sign_in(page, PASSWORD)
    for cue in ("1", "2"):
        go = page.get_by_test_id("go")
        await expect(go).to_have_attribute("data-standby", cue, timeout=SOON)
        await expect(go).to_be_enabled(timeout=SOON)
        await page.keyboard.press("Space")
    await expect(page.get_by_test_id("go")).to_have_attribute("data-standby", "3", timeout=SOON)
    yield page
    await context.close()


async def test_a_link_from_the_command_opens_its_view_and_no_more(
    browser: Browser, evening: Installation, kim: Page
) -> None:
    host = f"http://127.0.0.1:{evening.port}"
    told = await evening.command(
        "link", "create", "backstage", "--right", "see", "--view", "clock", "--address", host
    )
    context = await browser.new_context(viewport={"width": 360, "height": 740}, locale="ko-KR")
    page = await context.new_page()
    await page.goto(told.strip())
    await expect(page.locator("lamp-clock-view")).to_be_visible(timeout=SOON)
    assert page.url == f"{host}/clock"
    await expect(page.get_by_test_id("then")).to_contain_text("GO를 기다림", timeout=SOON)
    await page.reload()
    await expect(page.locator("lamp-clock-view")).to_be_visible(timeout=SOON)
    await page.goto(f"{host}/call")
    await expect(page.get_by_test_id("go")).to_be_disabled(timeout=SOON)
    await evening.command("link", "revoke", "backstage")
    await expect(page.get_by_test_id("sign-in")).to_be_visible(timeout=SOON)
    await context.close()


async def test_the_night_and_its_record_tell_what_was_called(
    evening: Installation, kim: Page, tmp_path: Path
) -> None:
    await kim.goto(f"http://127.0.0.1:{evening.port}/night")
    ceremony = kim.locator('[data-slot="opening-ceremony"]')
    await expect(ceremony).to_have_attribute("data-status", "running", timeout=SOON)
    await expect(ceremony).to_contain_text("in hand: Kim")
    await kim.get_by_test_id("views").locator('[data-view="record"]').click()
    record = kim.get_by_test_id("record")
    await kim.get_by_test_id("filter-text").fill("Water loop")
    await kim.get_by_test_id("filter").click()
    async with asyncio.timeout(SOON / 1000):
        # As-run is pulled from the player: it may be a moment behind.
        while "Water loop" not in await record.inner_text():
            await kim.get_by_test_id("renew").click()
    await expect(record).to_contain_text("Kim")
    async with kim.expect_download() as download:
        await kim.get_by_test_id("csv").click()
    await (await download.value).save_as(tmp_path / "record.csv")
    text = (tmp_path / "record.csv").read_bytes().decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert (row["kind"], row["cue"], row["by"]) == ("cue_went", "2", "Kim")
