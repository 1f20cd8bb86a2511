"""Pages that show everything and call nothing: locked by PIN, or for want of the right."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.looks import looks
from tests.browser.night import at_cue_4, at_cue_8
from tests.browser.stage import PASSWORD, FakeService, on_stage
from tests.browser.views import looked_at

CALLS = ("go", "hold", "skip", "restore", "fade-out", "note", "show-stop", "hand-back")
KEYS = ("Space", "Escape", "h", "n", "8", "Enter")
PIN = "4711"
NO_RIGHT = {"en": "No right to control", "ko": "진행 권한이 없습니다"}


async def calls_nothing(page: Page, service: FakeService) -> None:
    for call in CALLS:
        await expect(page.get_by_test_id(call)).to_be_disabled()
    for key in KEYS:
        await page.keyboard.press(key)
    await expect(page.get_by_test_id("notice")).to_be_visible()
    await expect(page.get_by_test_id("note-text")).to_be_hidden()
    assert service.asked == []


async def lock(page: Page) -> None:
    await page.keyboard.press("l")
    await expect(page.get_by_test_id("pin")).to_be_focused()
    await page.keyboard.type(PIN)
    await page.keyboard.press("Enter")


async def test_l_locks_by_pin_and_everything_is_still_shown(page: Page) -> None:
    async with on_stage(page, at_cue_8()) as service:
        await lock(page)
        await expect(page.get_by_test_id("locked")).to_be_visible()
        await calls_nothing(page, service)
        service.night.standby = "9"
        service.publish()
        await expect(page.get_by_test_id("standby-number")).to_have_text("9")
        await expect(page.locator('[data-lit="true"][data-testid^="output-"]')).to_have_count(3)
        async for size, language in looks(page, service):
            await looked_at(page, "call-locked", size, language)


async def test_it_opens_by_its_pin_and_by_no_other(page: Page) -> None:
    async with on_stage(page, at_cue_8()) as service:
        await page.get_by_test_id("lock").click()
        await page.get_by_test_id("pin").fill("12")
        await page.get_by_test_id("pin-confirm").click()
        await expect(page.get_by_test_id("pin-wrong")).to_have_text("4 to 12 digits.")
        await page.get_by_test_id("pin").fill(PIN)
        await page.get_by_test_id("pin-confirm").click()
        await expect(page.get_by_test_id("locked")).to_be_visible()
        await page.keyboard.press("l")
        await page.keyboard.type("0000")
        await page.keyboard.press("Enter")
        await expect(page.get_by_test_id("pin-wrong")).to_have_text("That is not right.")
        await page.keyboard.type(PIN)
        await page.keyboard.press("Enter")
        await expect(page.get_by_test_id("locked")).to_have_count(0)
        # The feed tells that it is open; the dialog goes with the answer, which may come after it.
        await expect(page.get_by_test_id("pin")).to_be_hidden()
        await page.keyboard.press("Space")
        await service.called("go")


async def test_who_forgot_the_pin_opens_it_by_their_password(page: Page) -> None:
    async with on_stage(page, at_cue_8()):
        await lock(page)
        await page.get_by_test_id("unlock").click()
        await page.get_by_test_id("pin-other").click()
        await page.get_by_test_id("pin").fill(PASSWORD)
        await page.get_by_test_id("pin-confirm").click()
        await expect(page.get_by_test_id("locked")).to_have_count(0)
        await expect(page.get_by_test_id("go")).to_be_enabled()


async def test_all_pages_of_the_session_lock_at_once(page: Page) -> None:
    async with on_stage(page, at_cue_8()) as service:
        other = await page.context.new_page()
        await other.goto(page.url)
        await expect(other.get_by_test_id("go")).to_be_enabled()
        await lock(page)
        await expect(other.get_by_test_id("locked")).to_be_visible()
        await calls_nothing(other, service)


async def test_a_lock_that_did_not_reach_the_page_is_told_by_the_service(page: Page) -> None:
    async with on_stage(page, at_cue_8()) as service:
        service.pin = PIN
        await page.keyboard.press("Space")
        await expect(page.get_by_test_id("refused")).to_have_text("refused: this session is locked")


async def test_who_may_only_see_sees_the_same_page_and_why_it_calls_nothing(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        service.turn("see")
        await expect(page.get_by_test_id("no-right")).to_contain_text("Kim")
        await calls_nothing(page, service)
        await expect(page.get_by_test_id("standby-number")).to_have_text("4")
        async for size, language in looks(page, service):
            await expect(page.get_by_test_id("kept")).to_have_text(NO_RIGHT[language])
            await looked_at(page, "call-guest", size, language)


async def test_a_right_that_ends_in_the_middle_of_a_show_stop_stops_nothing(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await page.get_by_test_id("show-stop").click()
        service.turn("see")
        await expect(page.get_by_test_id("no-right")).to_be_attached()
        await page.get_by_test_id("show-stop-reason").fill("rain")
        await page.get_by_test_id("show-stop-confirm").click()
        await page.get_by_test_id("show-stop-confirm").click()
        await expect(page.get_by_test_id("notice")).to_contain_text(
            "SHOW STOP refused: No right to control"
        )
        assert service.asked == []
        service.turn("see", "control")
        await expect(page.get_by_test_id("go")).to_be_enabled()
        await page.keyboard.press("Space")
        await service.called("go")
