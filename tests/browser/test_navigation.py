"""From view to view: by links, by the history, by keyboard, on a phone, and in which title."""

from __future__ import annotations

import re

from playwright.async_api import Page, expect

from tests.browser.night import at_cue_4
from tests.browser.stage import FakeService, on_stage, serving, sign_in
from tests.browser.views import PHONE, at_view, sized


async def test_after_signing_in_one_is_at_the_view_asked_for(page: Page) -> None:
    async with at_view(page, at_cue_4(), "/clock?surface=bridge"):
        await expect(page.locator("lamp-clock-view")).to_be_visible()
        assert page.url.endswith("/clock?surface=bridge")
        await expect(page).to_have_title("Clock · Seoul Light DDP 2025 Fall · Lamplighter")


async def test_each_view_loads_its_own_script_alone(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    async with at_view(page, at_cue_4(), "/clock"):
        scripts = [url for url in asked if url.endswith(".js")]
        assert [url for url in scripts if "clock-view" in url]
        assert not [url for url in scripts if "call-page" in url]


async def test_from_call_by_keyboard_and_back_by_the_history(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await page.get_by_test_id("menu").focus()
        await page.keyboard.press("Enter")
        clock = page.get_by_test_id("views").locator('[data-view="clock"]')
        await clock.focus()
        await page.keyboard.press("Enter")
        await expect(page.locator("lamp-clock-view")).to_be_visible()
        focused = "() => { let e = document.activeElement; while (e.shadowRoot?.activeElement) e = e.shadowRoot.activeElement; return e.tagName }"
        assert await page.evaluate(focused) == "H1", "who came by a link begins at the heading"
        await page.keyboard.press("Space")
        await page.keyboard.press("Escape")
        await page.go_back()
        await expect(page.get_by_test_id("go")).to_be_enabled()
        await expect(page).to_have_title(re.compile("^Call"))
        assert service.asked == [], "no key of another view calls anything"


async def test_escape_closes_the_list_of_views_and_fades_nothing(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await page.get_by_test_id("menu").click()
        await expect(page.get_by_test_id("views")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.get_by_test_id("views")).to_be_hidden()
        assert service.asked == []


async def test_on_a_phone_the_views_are_under_the_thumb(page: Page) -> None:
    await sized(page, PHONE)
    async with at_view(page, at_cue_4(), "/clock"):
        for link in await page.get_by_test_id("views").get_by_role("link").all():
            box = await link.bounding_box()
            assert box is not None
            assert box["y"] > PHONE[1] - 80
            assert box["height"] >= 44
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= PHONE[0]
        await page.get_by_test_id("views").get_by_text("Call").click()
        await expect(page.get_by_test_id("go")).to_be_enabled()


async def test_a_links_secret_is_exchanged_and_leaves_the_address(page: Page) -> None:
    async with serving(FakeService(at_cue_4())) as host:
        await page.goto(f"{host}/clock#link=SECRET")
        await expect(page.locator("lamp-clock-view")).to_be_visible()
        assert page.url == f"{host}/clock"


async def test_a_link_that_opens_nothing_any_more_says_so(page: Page) -> None:
    async with serving(FakeService(at_cue_4())) as host:
        await page.goto(f"{host}/clock#link=REVOKED")
        await expect(page.get_by_test_id("link-failed")).to_be_visible()
        assert page.url == f"{host}/clock"
        await sign_in(page)
        await expect(page.locator("lamp-clock-view")).to_be_visible()
