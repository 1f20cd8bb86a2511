"""What a screen reader is told: the beginning and the end of a GO, once; and no clock that chatters."""

from __future__ import annotations

from playwright.async_api import Page, expect

from show_control.documents import StopView
from tests.browser.night import FACADE, Shown, at, at_cue_4
from tests.browser.stage import FakeService, on_stage

LISTEN = """() => {
  window.spoken = [];
  const live = "[role=alert], [role=status], [role=log], [aria-live=polite], [aria-live=assertive]";
  const hear = (root) => {
    for (const region of root.querySelectorAll(live)) {
      let before = "";
      const say = () => {
        // As it is read: without what is hidden from screen readers.
        const copy = region.cloneNode(true);
        for (const silent of copy.querySelectorAll("[aria-hidden=true]")) silent.remove();
        const text = copy.textContent.replace(/\\s+/g, " ").trim();
        if (text !== before && text !== "") window.spoken.push(text);
        before = text;
      };
      before = region.textContent.replace(/\\s+/g, " ").trim();
      new MutationObserver(say).observe(region, { subtree: true, childList: true, characterData: true });
    }
    for (const element of root.querySelectorAll("*")) if (element.shadowRoot) hear(element.shadowRoot);
  };
  hear(document);
}"""
SPOKEN = "window.spoken.filter((text) => text.includes('GO'))"


async def test_the_clock_and_the_beats_are_not_read_aloud(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await page.evaluate(LISTEN)
        began = service.now()
        await service.until(lambda: service.now() - began > 2_500)
        assert await page.evaluate("window.spoken") == []


async def test_a_go_is_told_when_it_went_and_once_more_when_all_is_confirmed(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await page.evaluate(LISTEN)
        await page.keyboard.press("Space")
        await expect(page.get_by_test_id("proof")).to_have_text("confirmed 0/3")
        for number, output in enumerate(FACADE, 1):
            service.night.shown[output] = Shown(clip=10, sent_at=service.now())
            service.publish()
            await expect(page.get_by_test_id("proof")).to_have_text(f"confirmed {number}/3")
        service.night.silence()
        service.publish()
        await expect(page.get_by_test_id("proof")).to_have_text("was confirmed 3/3")
        assert await page.evaluate(SPOKEN) == ["GO 4 went", "GO 4 went, confirmed 3/3"]


async def test_silence_is_told_once_and_not_each_second(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await page.evaluate(LISTEN)
        service.beats = False
        await expect(page.get_by_test_id("stale")).to_contain_text("for 4 s")
        told = await page.evaluate("window.spoken.filter((text) => text.includes('No word'))")
        assert told == ["No word from the player: the console still calls"]


async def test_a_show_stop_is_told(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await page.evaluate(LISTEN)
        stop(service)
        await expect(page.get_by_test_id("stopped")).to_be_visible()
        assert await page.evaluate("window.spoken.some((text) => text.includes('SHOW STOP by'))")


def stop(service: FakeService) -> None:
    service.night.stopped = StopView(by="Lee", at=at("20:10:05"), reason="rain")
    service.publish()
