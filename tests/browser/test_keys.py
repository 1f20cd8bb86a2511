"""The keys of the call page: a typed number, Esc and its rules, Hangul, modifiers, and where Enter goes."""

from __future__ import annotations

from typing import Any

from playwright.async_api import CDPSession, Page, expect

from tests.browser.looks import looks, speak
from tests.browser.night import RUN, at_cue_4
from tests.browser.stage import FakeService, on_stage
from tests.browser.views import WALL

NO_SUCH = {"en": "There is no cue 66", "ko": "66번 큐가 없습니다"}


async def barrier(page: Page, service: FakeService, times: int = 1) -> None:
    """H reaches the service: all that was pressed before it has been dealt with."""
    await page.keyboard.press("h")
    await service.called("hold", times)


async def test_a_typed_number_is_shown_and_enter_puts_it_in_standby(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        async for _ in looks(page, service):
            await page.keyboard.press("6")
            typed = page.get_by_test_id("typed")
            await expect(typed).to_contain_text("The Valley and the Light")
            await page.keyboard.press("NumpadDecimal")
            await page.keyboard.press("Numpad5")
            await expect(page.get_by_test_id("typed-number")).to_have_text("6.5")
            await expect(typed).to_contain_text("Laser in")
            await expect(page.get_by_test_id("cue-6.5")).to_have_attribute("aria-selected", "true")
            assert service.calls("standby") == []
            await page.keyboard.press("Enter")
            asked = await service.called("standby")
            assert (asked.path, asked.body["standby"]) == (f"/api/v1/runs/{RUN}/standby", "6.5")
            await expect(typed).to_have_count(0)


async def test_a_number_that_the_run_has_not_says_so_and_the_next_begins_anew(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        async for _, language in looks(page, service, WALL):
            for key in ("6", "6", "Enter"):
                await page.keyboard.press(key)
            await expect(page.get_by_test_id("typed")).to_contain_text(NO_SUCH[language])
            assert service.calls("standby") == []
            await page.keyboard.press("8")
            await expect(page.get_by_test_id("typed-number")).to_have_text("8")
            for key in ("0", "Backspace", "Enter"):
                await page.keyboard.press(key)
            assert (await service.called("standby")).body["standby"] == "8"


async def test_esc_clears_what_is_typed_then_fades_out_and_again_cuts(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await page.keyboard.press("8")
        await page.keyboard.press("Escape")
        await expect(page.get_by_test_id("typed")).to_have_count(0)
        assert service.calls("fade_out") == []
        await page.keyboard.press("Escape")
        await service.called("fade_out")
        await expect(page.get_by_test_id("notice")).to_have_text("Fading out. Esc again cuts")
        await page.keyboard.press("Escape")
        await service.called("fade_out", 2)
    first, again = service.calls("fade_out")
    assert first.body["request"] != again.body["request"], "the player tells a new one from a retry"


async def test_a_held_esc_fades_out_once_and_never_cuts(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await page.keyboard.down("Escape")
        await page.keyboard.down("Escape")
        await page.keyboard.down("Escape")
        await barrier(page, service)
        await page.keyboard.up("Escape")
        assert len(service.calls("fade_out")) == 1


async def test_enter_goes_to_what_was_chosen_last(page: Page) -> None:
    """A click leaves no focus behind; a button that was tabbed to has it; a number takes it back."""
    async with on_stage(page, at_cue_4()) as service:
        await page.get_by_test_id("hold").click()
        await service.called("hold")
        await page.keyboard.press("8")
        await page.keyboard.press("Enter")
        await service.called("standby")
        await page.keyboard.press("ArrowDown")
        await page.get_by_test_id("hold").focus()
        await page.keyboard.press("Enter")
        await service.called("hold", 2)
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")
        await service.called("standby", 2)
        assert len(service.calls("hold")) == 2


async def hangul(cdp: CDPSession, code: str, key_code: int) -> None:
    """A key of the keyboard while a Korean input method is composing: 229, and `Process`."""
    for kind in ("rawKeyDown", "keyUp"):
        await cdp.send(
            "Input.dispatchKeyEvent",
            {
                "type": kind,
                "code": code,
                "key": "Process" if kind == "rawKeyDown" else code,
                "windowsVirtualKeyCode": 229 if kind == "rawKeyDown" else key_code,
            },
        )


async def test_with_hangul_input_active_every_key_still_calls(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await speak(page, "ko")
        cdp = await page.context.new_cdp_session(page)
        heard = (
            "window.addEventListener('keydown', (e) => (window.heard = [e.keyCode, e.key]), true)"
        )
        await page.evaluate(heard)
        await hangul(cdp, "Space", 32)
        await service.called("go")
        assert await page.evaluate("window.heard") == [229, "Process"]
        await hangul(cdp, "KeyH", 72)
        await service.called("hold")
        await hangul(cdp, "Digit8", 56)
        await expect(page.get_by_test_id("typed-number")).to_have_text("8")
        await hangul(cdp, "Escape", 27)
        await expect(page.get_by_test_id("typed")).to_have_count(0)
        await hangul(cdp, "KeyN", 78)
        await expect(page.get_by_test_id("note-text")).to_be_focused()


async def test_a_syllable_being_written_in_a_note_calls_nothing(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await page.keyboard.press("n")
        await expect(page.get_by_test_id("note-text")).to_be_focused()
        cdp = await page.context.new_cdp_session(page)
        composing: dict[str, Any] = {"selectionStart": 1, "selectionEnd": 1}
        await cdp.send("Input.imeSetComposition", {"text": "비", **composing})
        await hangul(cdp, "Space", 32)
        await cdp.send("Input.insertText", {"text": "비 옴"})
        await page.get_by_test_id("note-save").click()
        asked = await service.called("note")
    assert (asked.path, asked.body["note"]) == (f"/api/v1/runs/{RUN}/note", "비 옴")
    assert service.calls("go") == []


async def test_modifiers_call_nothing(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        for modifier in ("Shift", "Control", "Alt", "Meta"):
            for key in ("Space", "KeyN", "KeyL", "Digit8", "Escape", "KeyH"):
                if (modifier, key) in {("Control", "KeyN"), ("Control", "KeyL")}:
                    continue  # the browser's own, which a test would really get
                await page.keyboard.press(f"{modifier}+{key}")
        await expect(page.get_by_test_id("typed")).to_have_count(0)
        await expect(page.get_by_test_id("note-text")).to_be_hidden()
        await barrier(page, service)
        assert [one.path.rsplit("/", 1)[1] for one in service.asked] == ["hold"]


async def test_the_keys_are_listed(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        async for _ in looks(page, service, WALL):
            await page.keyboard.press("?")
            listed = page.get_by_test_id("keys-list")
            for key in ("Space", "↑ ↓", "0–9 .", "Enter", "H", "N", "L", "Esc", "?"):
                await expect(listed.locator("kbd", has_text=key).first).to_be_visible()
            await page.keyboard.press("Escape")
            await expect(listed).to_be_hidden()


async def test_a_note_by_pointer_is_told_and_an_empty_one_is_none(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await page.get_by_test_id("note").click()
        await page.get_by_test_id("note-save").click()
        await page.get_by_test_id("note-text").fill("rain on the west side")
        await page.keyboard.press("Enter")
        await service.called("note")
        await expect(page.get_by_test_id("notice")).to_have_text("Noted: rain on the west side")
        assert len(service.calls("note")) == 1
