"""From the sign-in to the board."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.night import at_cue_4
from tests.browser.stage import FakeService, serving, sign_in


async def test_a_wrong_password_is_told_and_the_right_one_shows_the_board(page: Page) -> None:
    async with serving(FakeService(at_cue_4())) as address:
        await page.goto(address)
        await sign_in(page, "wrong")
        await expect(page.get_by_test_id("sign-in-wrong")).to_be_visible()
        await sign_in(page)
        await expect(page.get_by_test_id("standby-number")).to_have_text("4")
        await expect(page.get_by_test_id("standby-name")).to_have_text("Countdown")
        await expect(page.get_by_test_id("person")).to_have_text("Kim")


async def test_who_is_signed_in_stays_so_at_a_reload_and_not_after_signing_out(page: Page) -> None:
    async with serving(FakeService(at_cue_4())) as address:
        await page.goto(address)
        await sign_in(page)
        await expect(page.get_by_test_id("go")).to_be_enabled()
        await page.reload()
        await expect(page.get_by_test_id("go")).to_be_enabled()
        await page.get_by_test_id("sign-out").click()
        await expect(page.get_by_test_id("sign-in")).to_be_visible()


async def test_the_page_asks_nobody_else_and_keeps_to_its_content_policy(page: Page) -> None:
    hosts: set[str] = set()
    said: list[str] = []
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    async with serving(FakeService(at_cue_4())) as address:
        await page.goto(address)
        await sign_in(page)
        await expect(page.get_by_test_id("go")).to_be_enabled()
        assert hosts == {address.removeprefix("http://")}
        assert not [text for text in said if "401" not in text]
