"""Several people at one night, in real browsers and over real sockets, through every process.

The tests are one evening, in order.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from ops.letting_in import Wanted, token_created
from ops.settings import Settings
from tests.adversity.installation import PASSWORD, Installation
from tests.adversity.processes import send_signal, until
from tests.browser.test_truth import greens

SOON = 10_000
AT_ONCE = 1.0
"""Seconds after which whoever was revoked can do nothing."""
GREY_AFTER = 2.0
RUN = "opening-ceremony"
WATER = "/composition/layers/1/clips/1/connect"


@asynccontextmanager
async def at_the_page(browser: Browser, evening: Installation, name: str) -> AsyncIterator[Page]:
    """Somebody in a browser profile of their own, signed in, with the ceremony before them."""
    context = await browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-GB")
    page = await context.new_page()
    page.set_default_timeout(SOON)
    await page.goto(f"http://127.0.0.1:{evening.port}/call")
    await page.get_by_test_id("sign-in-name").fill(name)
    await page.get_by_test_id("sign-in-password").fill(PASSWORD)
    await page.get_by_test_id("sign-in").click()
    await expect(page.get_by_test_id("standby-number")).to_be_visible()
    yield page
    await context.close()


@pytest_asyncio.fixture(scope="module")
async def kim(browser: Browser, evening: Installation) -> AsyncIterator[Page]:
    async with at_the_page(browser, evening, "Kim") as page:
        yield page


@pytest_asyncio.fixture(scope="module")
async def lee(browser: Browser, evening: Installation) -> AsyncIterator[Page]:
    await evening.command("person", "add", "Lee", "--role", "controller")
    async with at_the_page(browser, evening, "Lee") as page:
        yield page


async def test_two_pages_press_go_at_once_and_one_cue_goes(
    kim: Page, lee: Page, evening: Installation
) -> None:
    for page in (kim, lee):
        await expect(page.get_by_test_id("go")).to_be_enabled()
        await expect(page.get_by_test_id("go")).to_have_attribute("data-standby", "1")
    await asyncio.gather(*(page.keyboard.press("Space") for page in (kim, lee)))
    await until(lambda: evening.went("1"), 10, "one of them went")
    first = evening.went("1")[0].by
    second = lee if first == "Kim" else kim
    await expect(second.get_by_test_id("control")).to_have_attribute("data-by", str(first))
    # Where the board was quicker than the finger, it was no GO: Control says whose it is.
    if await second.locator('[data-testid="press"][data-phase]').count():
        await expect(second.get_by_test_id("refused")).to_contain_text(f"by {first}")
    assert len(evening.went("1")) == 1
    assert evening.went("2") == []


async def test_of_twenty_people_one_gives_the_go(evening: Installation) -> None:
    """Each by a token of their own, all with the same standby before them, all at once."""
    settings = Settings(data_dir=evening.data)
    may = Wanted(rights=("see", "control"))
    tokens = [
        [line async for line in token_created(settings, f"Person {n}", may, None)]
        for n in range(20)
    ]
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{evening.port}") as client:

        def asks(token: str) -> Callable[..., Awaitable[httpx.Response]]:
            async def ask(method: str, path: str, **body: object) -> httpx.Response:
                return await client.request(
                    method,
                    f"/api/v1{path}",
                    json=body or None,
                    headers={"Authorization": f"Bearer {token}"},
                )

            return ask

        people = [asks(lines[-1]) for lines in tokens]
        await until_known(people[-1])
        board = (await people[0]("GET", "/board")).json()
        run = next(one for one in board["runs"] if one["slot"] == RUN)
        assert run["standby"] == "2"
        assert run["control"]["by"] in {"Kim", "Lee"}
        taken = await people[0]("POST", f"/runs/{RUN}/take_over", request="takes")
        assert taken.status_code == 200, taken.text
        sees = {"standby": "2", "standby_count": run["standby_count"]}
        answers = await asyncio.gather(
            *(
                ask("POST", f"/runs/{RUN}/go", request=f"twenty-{n}", **sees)
                for n, ask in enumerate(people)
            )
        )
    went = [answer for answer in answers if answer.status_code == 200]
    refused = [answer.json() for answer in answers if answer.status_code == 409]
    assert (len(went), len(refused)) == (1, 19), [answer.text for answer in answers]
    assert went[0].json()["by"] == "Person 0"
    assert {one["by"] for one in refused} == {"Person 0"}
    assert len(evening.went("2")) == 1
    await until(
        lambda: len([p for p in evening.wire.told() if p.address == WATER]) == 12, 5, "pressed"
    )


async def until_known(ask: Callable[..., Awaitable[httpx.Response]]) -> None:
    async with asyncio.timeout(AT_ONCE):
        while (await ask("GET", "/session")).status_code != 200:  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.02)


async def test_the_service_dies_under_an_open_page_which_greys_and_comes_right(
    kim: Page, evening: Installation
) -> None:
    await expect(kim.get_by_test_id("stale")).to_be_hidden()
    service = evening.service_pid
    assert service is not None
    send_signal(service, signal.SIGSTOP)
    loop = asyncio.get_running_loop()
    began = loop.time()
    await expect(kim.get_by_test_id("stale")).to_be_visible()
    assert loop.time() - began < GREY_AFTER + 1.0, "and the time it took to look"
    await expect(kim.get_by_test_id("go")).to_be_disabled()
    await expect(kim.get_by_test_id("stale")).to_contain_text("the console still calls")
    assert await greens(kim) == []
    evening.kill(service)
    await until(lambda: evening.service_pid not in (None, service), 10, "another service")
    await expect(kim.get_by_test_id("stale")).to_be_hidden()
    await expect(kim.get_by_test_id("standby-number")).to_have_text("3")


async def test_a_revoked_controllers_open_page_can_do_nothing_a_second_later(
    lee: Page, evening: Installation
) -> None:
    await lee.get_by_test_id("take-over").click()
    await expect(lee.get_by_test_id("go")).to_be_enabled()
    cookies = {c["name"]: c["value"] for c in await lee.context.cookies()}
    await evening.command("person", "revoke", "Lee")
    await asyncio.sleep(AT_ONCE)
    went = len(evening.entries("cue_went"))
    await lee.keyboard.press("Space")
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{evening.port}", cookies=cookies
    ) as client:
        answer = await client.post(f"/api/v1/runs/{RUN}/hold", json={"request": "after"})
        assert answer.status_code == 401
    await expect(lee.get_by_test_id("sign-in")).to_be_visible()
    assert len(evening.entries("cue_went")) == went
    assert [e for e in evening.entries("call") if e.by == "Lee" and e.data["call"] == "hold"] == []
