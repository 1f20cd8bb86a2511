"""Automation off and on by name, a slot now as scheduled, and what a slot does where it meets a hand."""

from __future__ import annotations

from msgspec.structs import replace
from playwright.async_api import Page, expect

from show_control.documents import CutView, PredictionView, StopView
from tests.browser.looks import looks
from tests.browser.night import MINUTE, Stage, at, at_cue_4
from tests.browser.stage import on_stage
from tests.browser.views import PHONE, at_view, looked_at

LAPTOP = (1280, 800)
OFF = {
    "en": "AUTOMATION IS OFF, nothing starts by itself: Lee, since 20:03:00: waiting for the mayor",
    "ko": "자동 진행이 꺼져 있어 저절로 시작되지 않습니다: Lee, 20:03:00부터: waiting for the mayor",
}


def off(night: Stage) -> Stage:
    stopped = StopView(by="Lee", at=at("20:03"), reason="waiting for the mayor")
    night.board_says = {"automation": False, "automation_off": stopped}
    return night


async def test_automation_is_turned_off_with_a_reason(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await page.get_by_test_id("automation").click()
        await page.get_by_test_id("automation-confirm").click()
        assert service.calls("automation_off") == []
        await page.get_by_test_id("automation-reason").fill("waiting for the mayor")
        await page.keyboard.press("Enter")
        asked = await service.called("automation_off")
        assert asked.path == "/api/v1/calls/automation_off"
        assert asked.body["reason"] == "waiting for the mayor"


async def test_who_turned_it_off_when_and_why_is_said_until_somebody_turns_it_on(
    page: Page,
) -> None:
    async with on_stage(page, off(at_cue_4())) as service:
        async for size, language in looks(page, service, LAPTOP, PHONE):
            await expect(page.get_by_test_id("automation-off")).to_contain_text(OFF[language])
            await expect(page.get_by_test_id("automation")).to_be_disabled()
            await looked_at(page, "call-automation-off", size, language)
            await page.get_by_test_id("automation-on").click()
            assert service.calls("automation_on") == []
            await page.get_by_test_id("automation-on-confirm").click()
            await service.called("automation_on")


async def test_every_view_says_that_automation_is_off(page: Page) -> None:
    async with at_view(page, off(at_cue_4()), "/clock"):
        for view in ("clock", "facade", "department", "night", "record"):
            if view != "clock":
                await page.get_by_test_id("views").locator(f'[data-view="{view}"]').click()
            await expect(page.get_by_test_id("automation-off")).to_have_text(OFF["en"])


async def test_the_next_slot_is_started_now_after_a_question(page: Page) -> None:
    night = at_cue_4()
    night.slot_says = {"opening-ceremony": {"status": "ended"}}
    async with on_stage(page, night) as service:
        start = page.get_by_test_id("start-facade-loop.2")
        await expect(page.get_by_test_id("start-facade-loop.3")).to_have_count(0)
        await start.click()
        assert service.calls("start") == []
        await expect(page.get_by_text("As scheduled for 20:30")).to_be_visible()
        await page.get_by_test_id("start-confirm").click()
        asked = await service.called("start")
        assert asked.path == "/api/v1/runs/facade-loop.2/start"
        # One that was skipped may be started too, while its time has not passed.
        night.slot_says["facade-loop.2"] = {"status": "skipped", "ends": at("20:56")}
        service.publish()
        await expect(start).to_be_enabled()
        await expect(page.get_by_test_id("start-facade-loop.3")).to_be_enabled()


async def test_a_slot_says_before_what_it_does_where_it_meets_a_hand(page: Page) -> None:
    night = at_cue_4()
    async with on_stage(page, night) as service:
        meets = page.locator('[data-slot="facade-loop.2"]').get_by_test_id("meets")
        await expect(meets).to_have_text("Kim has these outputs: it waits")
        night.slot_says = {
            "facade-loop.2": {"meets": "take over"},
            "facade-loop.3": {"meets": "skip"},
        }
        service.publish()
        await expect(meets).to_have_text("It takes over from Kim")
        later = page.locator('[data-slot="facade-loop.3"]')
        await expect(later).to_contain_text("is skipped where it meets a hand")
        await expect(later.get_by_test_id("meets")).to_have_count(0)
        night.run_says = {"in_hand": False}
        service.publish()
        await expect(meets).to_have_count(0)


def over(**more: object) -> PredictionView:
    """The facade would end thirteen minutes past its curfew."""
    texts = {"en": "drop facade-loop.4: saves 26 min", "ko": "facade-loop.4 빼기: 26분 단축"}
    known = PredictionView(
        surface="facade",
        ends=at("22:43"),
        curfew=at("22:30"),
        over=13 * MINUTE,
        cuts=(CutView(slots=("facade-loop.4",), saves=26 * MINUTE, texts=texts),),
    )
    return replace(known, **more)


async def test_a_night_that_goes_over_says_by_how_much_and_what_would_mend_it(page: Page) -> None:
    night = at_cue_4()
    night.board_says = {"predictions": (over(),)}
    async with on_stage(page, night) as service:
        shown = page.get_by_test_id("ends-facade")
        async for size, language in looks(page, service, LAPTOP, PHONE):
            await expect(shown).to_contain_text(
                {
                    "en": "facade ends 22:43 · curfew 22:30 · 13:00 OVER",
                    "ko": "facade 22:43 끝 · 종료 시한 22:30 · 13:00 초과",
                }[language]
            )
            await expect(shown).to_contain_text(over().cuts[0].texts[language])
            await shown.scroll_into_view_if_needed()
            await looked_at(page, "call-over", size, language)
        night.board_says = {"predictions": (over(cuts=()),)}
        service.publish()
        await expect(shown).to_contain_text("빼서 맞출 순서가 없습니다")
        night.board_says = {"predictions": (over(cuts=(), over=0, ends=at("22:26")),)}
        service.publish()
        await expect(shown).to_have_attribute("data-over", "0")
        await expect(shown).to_have_text("facade 22:26 끝 · 종료 시한 22:30")
