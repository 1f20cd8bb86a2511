"""What Call says of loops, timelines, groups, warnings, what is passed over and what a cue started."""

from __future__ import annotations

import re

from msgspec.structs import replace
from playwright.async_api import Page, expect

from show_control.documents import LoopView
from tests.browser.looks import looks
from tests.browser.night import MINUTE, RUN, SECOND, Stage, at_cue_4, at_cue_8
from tests.browser.stage import on_stage
from tests.browser.views import PHONE, looked_at

LAPTOP = (1280, 800)
FINISH = {"en": "LET IT FINISH", "ko": "이번 회까지만"}
AT_ONCE = {"en": "leaves the loop at once", "ko": "반복을 바로 벗어남"}
TURN = {"en": "Loop 2–3.5 · turn 3", "ko": "반복 2–3.5 · 3회째"}
WAITS = {"en": "then 4 waits for GO", "ko": "그다음 4 큐가 GO를 기다립니다"}


def looping(**more: object) -> Stage:
    """Cue 4 stands by while 2 to 3.5 turn for the third time."""
    night = at_cue_4()
    night.run_says = {"looping": loop(**more)}
    return night


def loop(**more: object) -> LoopView:
    return replace(LoopView(cue="3.5", to="2", turn=3, times=None, leaving=False), **more)


async def test_a_loop_says_what_go_does_and_what_lets_it_finish(page: Page) -> None:
    async with on_stage(page, looping()) as service:
        async for size, language in looks(page, service, LAPTOP, PHONE):
            shown = page.get_by_test_id("loop")
            await expect(shown).to_contain_text(TURN[language])
            await expect(page.get_by_test_id("go")).to_contain_text(AT_ONCE[language])
            leave = page.get_by_test_id("leave")
            await expect(leave).to_contain_text(FINISH[language])
            await expect(leave).to_contain_text(WAITS[language])
            found = await leave.bounding_box()
            assert found is not None
            assert found["height"] >= 44
            await looked_at(page, "call-loop", size, language)
            await page.keyboard.press("v")
            asked = await service.called("leave")
            assert asked.path == f"/api/v1/runs/{RUN}/leave"
        service.asked.clear()
        await page.get_by_test_id("leave").click()
        await service.called("leave")


async def test_a_loop_that_is_left_says_that_its_turn_is_the_last(page: Page) -> None:
    night = looping(leaving=True)
    night.cue_says = {"4": {"continues": "follow"}}
    async with on_stage(page, night) as service:
        shown = page.get_by_test_id("loop")
        await expect(shown).to_have_attribute("data-last", "true")
        await expect(shown).to_contain_text("This turn is the last: then 4 goes by itself")
        await expect(page.get_by_test_id("leave")).to_have_count(0)
        night.run_says = {"looping": loop(times=5)}
        service.publish()
        await expect(shown).to_contain_text("turn 3 of 5")
        await expect(shown).to_contain_text("After turn 5, then 4 goes by itself")
        night.run_says = {}
        service.publish()
        await expect(shown).to_have_count(0)
        await page.keyboard.press("v")
        await page.keyboard.press("j")
        await service.called("back")
        assert service.calls("leave") == []


async def test_back_and_skip_lie_beside_each_other_and_mean_what_was_seen(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        await expect(page.get_by_test_id("back")).to_contain_text("BACK to 3.5")
        await page.keyboard.press("j")
        assert (await service.called("back")).body["standby"] == "4"
        await page.keyboard.press("k")
        assert (await service.called("skip")).body["standby"] == "4"
        await page.get_by_test_id("back").click()
        await service.called("back", 2)
        service.night.standby = "1"
        service.publish()
        await expect(page.get_by_test_id("back")).to_be_disabled()
        service.night.standby = None
        service.publish()
        await expect(page.get_by_test_id("back")).to_be_enabled()
        await page.keyboard.press("j")
        assert "standby" not in (await service.called("back", 3)).body


def dressed() -> Stage:
    """Groups, a cue that is passed over, one that warns, a timeline and a wait after an end."""
    night = at_cue_8()
    soon = night.now + 12 * SECOND
    night.pending["7"] = soon
    night.run_says = {"timeline": True}
    night.cue_says = {
        **{
            number: {"group": {"en": "Before the guests", "ko": "손님 오기 전"}}
            for number in ("1", "2")
        },
        **{
            number: {"group": {"en": "The mayor", "ko": "시장 순서"}}
            for number in ("3", "3.5", "4")
        },
        **{
            number: {"group": {"en": "Works", "ko": "작품"}}
            for number in ("6", "6.5", "7", "7.5", "8")
        },
        "5": {"skip": True, "status": "to come", "went": None},
        "7": {"warn_at": soon - 20 * SECOND, "group": {"en": "Works", "ko": "작품"}},
        "8": {"at": 6 * MINUTE, "post_wait": 10 * SECOND, "group": {"en": "Works", "ko": "작품"}},
        "9": {"at": 7 * MINUTE + 30 * SECOND},
    }
    return night


async def test_cues_lie_under_their_group_and_say_how_they_come(page: Page) -> None:
    async with on_stage(page, dressed()) as service:
        async for size, language in looks(page, service, LAPTOP, PHONE):
            over = page.get_by_test_id("cue-5")
            await over.scroll_into_view_if_needed()
            assert (
                await over.locator(".cut").evaluate("e => getComputedStyle(e).textDecorationLine")
                == "line-through"
            )
            await expect(over).to_contain_text({"en": "passed over", "ko": "넘어감"}[language])
            await expect(page.get_by_test_id("cue-9")).to_contain_text("+7:30")
            await expect(page.get_by_test_id("enters")).to_contain_text("+6:00")
            await expect(page.get_by_test_id("post-wait")).to_have_text("10 s")
            warned = page.get_by_test_id("running").locator('[data-warn="true"]')
            await expect(warned).to_contain_text(re.compile("0:[01][0-9]"))
            await expect(warned).to_contain_text({"en": "COMING UP", "ko": "곧"}[language])
            await looked_at(page, "call-cues", size, language)
        heading = page.locator("[data-group]").first
        await page.get_by_test_id("cue-1").scroll_into_view_if_needed()
        await heading.click()
        await expect(page.get_by_test_id("cue-1")).to_have_attribute("aria-selected", "true")


async def test_what_a_cue_started_stands_under_its_run_with_its_name(page: Page) -> None:
    night = at_cue_8()
    child = replace(
        night.run(),
        run=f"{RUN}:bridge-lights",
        title={"en": "Bridge lights", "ko": "다리 조명"},
        surface="bridge",
        parent=RUN,
        in_hand=False,
        by=None,
        control=None,
        start="auto",
    )
    night.other_runs = (child,)
    async with on_stage(page, night):
        running = page.get_by_test_id("running")
        await expect(running.locator("li", has_text="↳ Bridge lights")).to_have_count(3)
        tabs = page.get_by_role("group", name="Runs").get_by_role("button")
        await expect(tabs.nth(1)).to_contain_text("↳ 20:00 Bridge lights · bridge")
        await tabs.nth(1).click()
        await expect(page.get_by_test_id("run")).to_contain_text("started by Opening night")
