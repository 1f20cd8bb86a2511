"""The page shows what is known, and says when it does not know."""

from __future__ import annotations

import re

from playwright.async_api import Page, expect

from tests.browser.night import FACADE, at_cue_4, at_cue_8
from tests.browser.stage import on_stage

COLOURS = """() => {
  const found = [];
  const walk = (root) => {
    for (const element of root.querySelectorAll("*")) {
      for (const which of [null, "::before", "::after"]) {
        const style = getComputedStyle(element, which);
        for (const name of ["color", "backgroundColor", "borderTopColor", "outlineColor", "fill", "stroke",
                            "boxShadow", "backgroundImage"])
          found.push(style[name]);
      }
      if (element.shadowRoot) walk(element.shadowRoot);
    }
  };
  walk(document);
  return [...new Set(found)];
}"""


async def greens(page: Page) -> list[str]:
    """Every colour on the page that an eye would call green."""
    found = []
    for text in await page.evaluate(COLOURS):
        for red, green, blue in re.findall(r"rgba?\((\d+), (\d+), (\d+)", text):
            if int(green) > 60 and int(green) > 1.3 * max(int(red), int(blue)):
                found.append(text)
    return found


async def test_what_is_confirmed_is_lit_and_green(page: Page) -> None:
    async with on_stage(page, at_cue_8()):
        await expect(page.locator('[data-lit="true"][data-testid^="output-"]')).to_have_count(3)
        await expect(page.get_by_test_id("output-facade-west")).to_have_attribute(
            "data-agreement", "confirmed"
        )
        await expect(page.get_by_test_id("server-west-main")).to_have_attribute(
            "data-agreement", "confirmed"
        )
        backup = page.get_by_test_id("server-west-backup")
        await expect(backup).to_have_attribute("data-agreement", "no reply")
        await expect(backup).to_have_attribute("data-life", "silent")
        picture = page.get_by_test_id("picture-facade")
        await expect(picture).to_contain_text("VALLEY_LIGHT")
        await expect(picture).to_contain_text("The Valley and the Light")
        assert await greens(page)


async def test_with_all_servers_silent_nothing_is_green_and_the_facade_is_dark(page: Page) -> None:
    night = at_cue_8()
    night.silence()
    async with on_stage(page, night):
        await expect(page.get_by_test_id("output-facade-west")).to_have_attribute(
            "data-agreement", "no reply"
        )
        await expect(page.locator('[data-lit="true"]')).to_have_count(0)
        await expect(page.locator('[data-agreement="confirmed"]')).to_have_count(0)
        await expect(page.get_by_test_id("picture-facade")).not_to_contain_text("VALLEY_LIGHT")
        assert await greens(page) == []


async def test_sent_then_no_reply(page: Page) -> None:
    async with on_stage(page, at_cue_8()) as service:
        shown = service.night.shown["facade-east"]
        shown.agreement["main"], shown.sent_at = "no reply", service.now()
        service.publish()
        east = page.get_by_test_id("output-facade-east")
        await expect(east).to_have_attribute("data-agreement", "sent")
        await expect(east).to_have_attribute("data-lit", "false")
        await expect(east).to_have_attribute("data-agreement", "no reply")


async def test_a_server_that_differs_says_so(page: Page) -> None:
    async with on_stage(page, at_cue_8()) as service:
        service.night.shown["facade-centre"].agreement["main"] = "differs"
        service.publish()
        centre = page.get_by_test_id("output-facade-centre")
        await expect(centre).to_have_attribute("data-agreement", "differs")
        await expect(centre).to_contain_text("differs")
        await expect(page.locator('[data-lit="true"][data-testid^="output-"]')).to_have_count(2)


async def test_without_the_players_heartbeat_the_page_greys_and_calls_no_go(page: Page) -> None:
    async with on_stage(page, at_cue_8()) as service:
        service.beats = False
        await expect(page.get_by_test_id("stale")).to_contain_text(
            re.compile(r"No word from the player for [2-9] s: the console still calls")
        )
        await expect(page.get_by_test_id("go")).to_be_disabled()
        await expect(page.locator('[data-lit="true"]')).to_have_count(0)
        assert await greens(page) == []
        await page.get_by_test_id("language").click()
        await expect(page.get_by_test_id("stale")).to_contain_text(
            "콘솔로는 계속 진행할 수 있습니다"
        )
        await page.keyboard.press("Space")
        await page.keyboard.press("Escape")
        await service.called("fade_out")  # is never taken away
        assert service.calls("go") == []
        service.beats = True
        await expect(page.get_by_test_id("stale")).to_be_hidden()
        await expect(page.get_by_test_id("go")).to_be_enabled()


async def test_a_board_that_changes_is_no_heartbeat(page: Page) -> None:
    async with on_stage(page, at_cue_8()) as service:
        service.beats = False
        for standby in ("9", "8", "9"):
            service.night.standby = standby
            service.publish()
            await expect(page.get_by_test_id("standby-number")).to_have_text(standby)
        await expect(page.get_by_test_id("stale")).to_be_visible()


async def test_a_feed_that_breaks_off_is_taken_up_where_it_was(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        service.night.standby = "8"
        service.publish()
        await expect(page.get_by_test_id("standby-number")).to_have_text("8")
        service.disconnect()
        await service.until(lambda: len(service.queries) > 1)
        assert service.queries[-1] == {"feed": ["feed-1"], "number": ["1"]}
        service.feed, service.night.standby = "feed-2", "9"
        service.publish()
        service.disconnect()
        await expect(page.get_by_test_id("standby-number")).to_have_text("9")
        await expect(page.get_by_test_id("go")).to_be_enabled()


async def test_what_the_servers_never_said_is_not_shown_as_light(page: Page) -> None:
    night = at_cue_4()
    for output in FACADE:
        night.shown[output].agreement = {"main": "cannot be asked", "backup": "cannot be asked"}
    async with on_stage(page, night):
        await expect(page.get_by_test_id("output-facade-west")).to_contain_text("cannot be asked")
        await expect(page.locator('[data-lit="true"]')).to_have_count(0)
        assert await greens(page) == []
