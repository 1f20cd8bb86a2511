"""A phone that slept wakes up right: its clock, its socket, and what it says until it is."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.night import at_cue_4
from tests.browser.stage import FakeService, on_stage

SOON = 2_000
ASLEEP = 2_500
DEVICE_SLEPT = """() => {
  const before = Date.now;
  Date.now = () => before() + 60_000;
}"""
"""As on a device that slept: its wall clock is a minute on, its steady clock stood still."""


async def frozen(page: Page, service: FakeService) -> None:
    """None of the page's script runs for a while, as on a phone in a pocket; then it is looked at."""
    cdp = await page.context.new_cdp_session(page)
    await cdp.send("Debugger.enable")
    await cdp.send("Debugger.pause")
    began = service.now()
    await service.until(lambda: service.now() - began > ASLEEP)
    await cdp.send("Debugger.resume")
    await cdp.send("Debugger.disable")
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


async def test_it_takes_another_socket_where_the_line_died_without_a_word(page: Page) -> None:
    """The other end has forgotten the socket and never closes it: nobody waits for that."""
    async with on_stage(page, at_cue_4()) as service:
        opened = len(service.queries)
        service.fall_silent()
        service.night.standby, service.night.count = "8", 6
        service.publish()
        await frozen(page, service)
        await expect(page.get_by_test_id("standby-number")).to_have_text("8", timeout=SOON)
        await expect(page.get_by_test_id("stale")).to_have_count(0, timeout=SOON)
        await expect(page.get_by_test_id("go")).to_be_enabled(timeout=SOON)
        assert len(service.queries) == opened + 1
        assert service.queries[-1]["feed"] == ["feed-1"], "taken up where it was"


async def test_a_socket_that_outlived_the_sleep_is_kept(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        opened = len(service.queries)
        await frozen(page, service)
        service.night.standby, service.night.count = "8", 6
        service.publish()
        await expect(page.get_by_test_id("standby-number")).to_have_text("8", timeout=SOON)
        await expect(page.get_by_test_id("go")).to_be_enabled(timeout=SOON)
        assert len(service.queries) <= opened + 1


async def test_after_a_sleep_it_is_grey_until_the_player_is_heard_and_its_clock_is_right(
    page: Page,
) -> None:
    async with on_stage(page, at_cue_4()) as service:
        service.beats = service.answers_clock = False
        await expect(page.get_by_test_id("clock")).to_contain_text("20:10")
        await page.evaluate(DEVICE_SLEPT)
        await expect(page.get_by_test_id("stale")).to_be_visible(timeout=SOON)
        await expect(page.get_by_test_id("go")).to_be_disabled()
        service.beats = service.answers_clock = True
        await expect(page.get_by_test_id("stale")).to_have_count(0, timeout=SOON)
        await expect(page.get_by_test_id("clock")).to_contain_text("20:10", timeout=SOON)
        await expect(page.get_by_test_id("go")).to_be_enabled()
