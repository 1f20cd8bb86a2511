"""Department: the words to me, when, and never a control."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.night import at, at_cue_4, at_cue_8
from tests.browser.views import LANGUAGES, SIZES, at_view, in_language, looked_at, sized


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=["wall", "phone"])
async def test_the_words_to_me(page: Page, size: tuple[int, int], language: str) -> None:
    night = at_cue_4()
    night.standby = "3.5"
    night.went.pop("3.5", None)
    await sized(page, size)
    async with at_view(page, night, "/department?to=Laser"):
        await in_language(page, language)
        now = page.get_by_test_id("told-now")
        await expect(now).to_contain_text("Laser, stand by")
        await expect(now).not_to_contain_text("Plaza lights")
        await expect(page.get_by_test_id("told-standby")).to_contain_text("3.5")
        await looked_at(page, "department", size, language)
        for button in await page.locator("main button").all():
            assert not await button.is_visible(), "there is nothing to call here"


async def test_the_words_of_a_later_cue_wait_for_its_go_and_then_are_said(page: Page) -> None:
    night = at_cue_4()
    night.standby, night.went = "2", {"1": at("20:00:10")}
    async with at_view(page, night, "/department?to=laser") as service:
        await expect(page.get_by_test_id("told-next")).to_contain_text("with GO 3.5")
        await expect(page.get_by_test_id("told-said")).to_contain_text("Nothing yet")
        night.standby, night.went = "4", {"1": at("20:00:10"), "3.5": at("20:09:05")}
        service.publish()
        await expect(page.get_by_test_id("told-said")).to_contain_text("20:09:05")
        await expect(page.get_by_test_id("told-next")).to_contain_text("Nothing more")


async def test_a_department_is_chosen_by_keyboard_and_the_choice_can_be_sent(page: Page) -> None:
    async with at_view(page, at_cue_8(), "/department"):
        link = page.get_by_test_id("departments").get_by_text("lights")
        await link.focus()
        await page.keyboard.press("Enter")
        await expect(page).to_have_url(re.compile(r"/department\?to=lights$"))
        await expect(page.get_by_test_id("told-said")).to_contain_text("Plaza lights, stand by")
        await page.get_by_test_id("departments").get_by_text("sound").click()
        await expect(page.get_by_test_id("told-said")).to_contain_text("Lectern microphone")


async def test_it_says_whether_the_screen_stays_awake(page: Page) -> None:
    async with at_view(page, at_cue_8(), "/department?to=laser"):
        await expect(page.get_by_test_id("awake")).to_have_text(
            re.compile("stays awake|may go dark")
        )
