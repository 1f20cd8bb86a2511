"""GO: one press, one request; and what the page says of it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.night import FACADE, Shown, at_cue_4, at_cue_8
from tests.browser.stage import Asked, on_stage


async def test_space_sends_what_the_caller_saw(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await expect(page.get_by_test_id("go")).to_contain_text("GO 4")
        await page.keyboard.press("Space")
        asked = await service.called("go")
    assert asked.path.endswith(".opening-ceremony/go")
    assert asked.body["standby"] == "4"
    assert asked.body["standby_count"] == 5
    assert len(asked.body["request"]) == 36


async def test_a_held_space_is_one_go_until_it_comes_up(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await page.keyboard.down("Space")
        await service.called("go")
        await page.keyboard.down("Space")  # repeats
        await page.keyboard.press("h")
        await service.called("hold")
        assert len(service.calls("go")) == 1
        await page.keyboard.up("Space")
        await expect(page.get_by_test_id("go")).to_be_enabled()
        await page.keyboard.press("Space")
        await service.called("go", 2)
    first, second = (one.body["request"] for one in service.calls("go"))
    assert first != second


async def test_space_on_a_button_is_go_and_not_that_button(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await page.get_by_test_id("fade-out").focus()
        await page.keyboard.press("Space")
        await service.called("go")
        await page.get_by_test_id("hold").focus()
        await page.keyboard.press("Enter")
        await service.called("hold")
        assert service.calls("fade_out") == []


async def test_space_on_the_go_button_is_one_go(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await page.get_by_test_id("go").focus()
        await page.keyboard.press("Space")
        await service.called("go")
        await page.keyboard.press("h")
        await service.called("hold")
        assert len(service.calls("go")) == 1


async def test_space_is_go_while_hangul_is_being_written(page: Page) -> None:
    press = """() => window.dispatchEvent(
        new KeyboardEvent("keydown", {code: "Space", key: "Process", keyCode: 229, bubbles: true}))"""
    async with on_stage(page, at_cue_4()) as service:
        await page.evaluate(press)
        await service.called("go")


async def test_space_is_dead_in_dialogs_and_text_fields(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await page.get_by_test_id("show-stop").click()
        await page.get_by_test_id("show-stop-reason").press_sequentially("a b h")
        await expect(page.get_by_test_id("show-stop-reason")).to_have_value("a b h")
        await page.get_by_test_id("show-stop-cancel").focus()
        await page.keyboard.press("Space")
        await expect(page.get_by_test_id("show-stop-reason")).to_be_hidden()
        await page.keyboard.press("h")
        await service.called("hold")
        assert service.calls("go") == []


async def test_a_press_without_an_answer_is_asked_again_with_its_own_id(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        service.drop_answers = 2
        await page.keyboard.press("Space")
        await service.called("go", 3)
        await expect(page.get_by_test_id("press")).to_have_attribute("data-phase", "went")
    assert len({one.body["request"] for one in service.calls("go")}) == 1


async def test_a_refusal_says_why_and_by_whom(page: Page) -> None:
    def refuse(_: Asked) -> tuple[int, dict[str, Any]]:
        reason = "4 went 0.4 s ago, by Lee"
        return 409, {
            "reason": reason,
            "standby": "8",
            "by": "Lee",
            "at": "2025-08-28T11:10:04.000Z",
        }

    async with on_stage(page, at_cue_4()) as service:
        service.answers = refuse
        await page.get_by_test_id("go").click()
        await expect(page.get_by_test_id("refused")).to_have_text(
            "refused: 4 went 0.4 s ago, by Lee"
        )


async def test_confirmed_only_after_the_evidence_of_what_it_touched(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await page.keyboard.press("Space")
        # All three still say `confirmed`, of the look before.
        await expect(page.get_by_test_id("proof")).to_have_text("confirmed 0/3")
        night = service.night
        for number, output in enumerate(FACADE):
            night.shown[output] = Shown(clip=10, sent_at=service.now())
            service.publish()
            if number < len(FACADE) - 1:
                await expect(page.get_by_test_id("proof")).to_have_text(f"confirmed {number + 1}/3")
                await expect(page.get_by_test_id("proof")).to_have_attribute(
                    "data-agreement", "sent"
                )
        await expect(page.get_by_test_id("proof")).to_have_text("confirmed 3/3")
        await expect(page.get_by_test_id("proof")).to_have_attribute("data-agreement", "confirmed")
        night.silence()
        service.publish()
        await expect(page.get_by_test_id("proof")).to_have_text("was confirmed 3/3")
        await expect(page.locator('[data-agreement="confirmed"]')).to_have_count(0)


async def test_go_names_what_it_drops_before_it_drops_it(page: Page) -> None:
    async with on_stage(page, at_cue_8()):
        await expect(page.get_by_test_id("go")).to_contain_text("GO 8")
        await expect(page.get_by_test_id("drops")).to_have_text("drops 7, 7.5")


@pytest.mark.parametrize("status", ["holding", "running"])
async def test_h_holds_and_resumes(page: Page, status: Any) -> None:
    night = at_cue_8()
    night.status = status
    async with on_stage(page, night) as service:
        await page.keyboard.press("h")
        await service.called("resume" if status == "holding" else "hold")
        go = page.get_by_test_id("go")
        await (expect(go).to_be_disabled() if status == "holding" else expect(go).to_be_enabled())


async def test_after_a_fade_out_a_go_goes_and_the_page_says_so(page: Page) -> None:
    night = at_cue_8()
    night.status, night.faded = "holding", True
    async with on_stage(page, night) as service:
        await expect(page.get_by_test_id("run")).to_contain_text("faded out: GO or RESUME goes on")
        await expect(page.get_by_test_id("resume")).to_be_enabled()
        await page.keyboard.press("Space")
        await service.called("go")
