"""A real Chromium: the machine's own, never a downloaded one."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from tests.adversity.installation import Installation, installed
from tests.adversity.processes import until
from tests.adversity.tonight import opening_night
from tests.needs import find_chromium

# No call home: the tests need no internet, and a closed network makes a slow start.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Fails, and says what to install, where there is none."""
    return find_chromium()


@pytest.fixture(scope="session")
async def browser(chromium: Path) -> AsyncIterator[Browser]:
    # Chromium's sandbox refuses to run as root.
    flags = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else [*QUIET]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=flags)
        yield browser
        await browser.close()


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    """An empty page in a browser profile of its own."""
    context = await browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="en-GB", timezone_id="Asia/Seoul"
    )
    yield await context.new_page()
    await context.close()


@pytest_asyncio.fixture(scope="module")
async def evening(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Installation]:
    """`lamplighter run` with tonight published, and Kim, who may call."""
    async with installed(tmp_path_factory.mktemp("evening"), opening_night()) as found:
        found.run()
        await found.publish()
        await found.command("person", "add", "Kim")
        await until(found.serves, 20, "the page answers")
        yield found
