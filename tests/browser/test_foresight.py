"""What a caller knows before the next GO: what touches it, when the run will end, whose clock says so."""

from __future__ import annotations

import re

from playwright.async_api import Page, expect

from tests.browser.looks import looks
from tests.browser.night import MINUTE, SECOND, at_cue_4, at_cue_8
from tests.browser.stage import on_stage
from tests.browser.views import WALL

UNDER = {"en": "under", "ko": "여유"}
OVER = {"en": "OVER", "ko": "초과"}
NOT_KNOWN = {"en": "not known", "ko": "알 수 없음"}


async def test_only_what_touches_the_next_cue_is_told_and_the_rest_is_a_count(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        told = page.get_by_test_id("alarms")
        await expect(told.locator("[data-concern=life]")).to_contain_text("west backup is silent")
        await expect(told.locator("[data-concern=hazard]")).to_contain_text("bridge-laser")
        await expect(told.locator("[data-code=clock_differs]")).to_be_visible()
        await expect(told).not_to_contain_text("As-run")
        await page.get_by_test_id("other-alarms").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_test_id("others")).to_contain_text("As-run is 3 min behind")
        await page.get_by_test_id("other-alarms").click()
        await expect(page.get_by_test_id("others")).to_be_hidden()
        service.night.enabled["bridge-laser"] = "Seo"
        service.night.shown["facade-centre"].agreement["main"] = "differs"
        service.publish()
        await expect(told.locator("[data-concern=hazard]")).to_have_count(0)
        await expect(told.locator("[data-concern=differs]")).to_contain_text("facade-centre")
        service.night.standby, service.night.brings = "3.5", ()
        service.publish()
        await expect(told.locator("[data-concern]")).to_have_count(0)


async def test_the_predicted_end_is_told_under_and_over(page: Page) -> None:
    async with on_stage(page, at_cue_8()) as service:
        end = page.get_by_test_id("predicted")
        async for _, language in looks(page, service, WALL):
            # What runs by itself ends at 20:13:20: there the rest begins.
            service.night.rest = 62 * SECOND
            service.publish()
            await expect(end).to_have_text(f"20:14:22 15:38 {UNDER[language]}")
            service.night.rest = 18 * MINUTE + 10 * SECOND
            service.publish()
            await expect(end).to_have_text(f"20:31:30 1:30 {OVER[language]}")
            service.night.rest = None
            service.publish()
            await expect(end).to_have_text(NOT_KNOWN[language])


async def test_time_left_names_whose_clock_it_is_by(page: Page) -> None:
    async with on_stage(page, at_cue_8()) as service:
        valley = page.get_by_test_id("running").locator("li").first
        await expect(valley).to_contain_text("left · by our clock")
        service.night.shown["facade-west"].position = 162 * SECOND
        service.publish()
        await expect(valley).to_have_attribute("data-source", "west")
        await expect(valley).to_contain_text("by west's own position")
        await expect(valley).to_contain_text(re.compile(r"0:1[5-8]"))


async def test_the_clock_s_offset_is_measured_and_told_with_its_error(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await expect(page.get_by_test_id("clock-offset")).to_have_text(
            re.compile(r"^−\d+ d ± \d+ ms$")
        )
        service.answers_clock = False
        await page.reload()
        await expect(page.get_by_test_id("clock-offset")).to_have_text("not measured")
        await expect(page.get_by_test_id("clock")).to_have_text(re.compile("^20:1[0-9]"))
