"""A real Chromium: the machine's own, never a downloaded one."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, ViewportSize, async_playwright

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
DESK: ViewportSize = {"width": 1440, "height": 900}


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


@pytest_asyncio.fixture(scope="session")
async def left(browser: Browser) -> AsyncIterator[list[Page]]:
    """The page that the test before has left, if any."""
    pages: list[Page] = []
    yield pages
    for page in pages:
        await page.context.close()


@pytest.fixture
async def page(
    request: pytest.FixtureRequest, browser: Browser, left: list[Page]
) -> AsyncIterator[Page]:
    """An empty page with nothing in its profile.

    It is the one of the test before, emptied, unless that failed: to start a profile's processes costs
    more than most tests do.
    """
    failed = request.session.testsfailed
    page = left.pop() if left else await new_page(browser)
    yield page
    if request.session.testsfailed == failed:
        await empty(page)
        left.append(page)
    else:
        await page.context.close()


@pytest.fixture
async def own_page(browser: Browser) -> AsyncIterator[Page]:
    """One that no other test has had or will have."""
    page = await new_page(browser)
    yield page
    await page.context.close()


async def new_page(browser: Browser) -> Page:
    context = await browser.new_context(viewport=DESK, locale="en-GB", timezone_id="Asia/Seoul")
    return await context.new_page()


async def empty(page: Page) -> None:
    """Take from it all that a test may have left."""
    for other in page.context.pages:
        if other is not page:
            await other.close()
    if page.url.startswith("http"):
        await page.evaluate("localStorage.clear(); sessionStorage.clear()")
    await page.goto("about:blank")
    await page.context.clear_cookies()
    await page.emulate_media(reduced_motion="null")
    await page.set_viewport_size(DESK)
    await page.mouse.move(0, 0)


@pytest_asyncio.fixture(scope="module")
async def evening(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Installation]:
    """`lamplighter run` with tonight published, and Kim, who may call."""
    async with installed(tmp_path_factory.mktemp("evening"), opening_night()) as found:
        found.run()
        await found.publish()
        await found.command("person", "add", "Kim")
        await until(found.serves, 20, "the page answers")
        yield found
