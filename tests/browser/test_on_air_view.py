"""Which side of a server is on the picture, the take-over, and timecodes, as Call shows them."""

from __future__ import annotations

import re
from typing import Any

from msgspec.structs import replace
from playwright.async_api import Page, expect

from show_control.documents import AlarmView, OnAirView, TimecodeView
from tests.browser.looks import looks
from tests.browser.night import RUN, SECOND, Stage, at, at_cue_4, at_cue_8
from tests.browser.stage import on_stage
from tests.browser.views import PHONE, looked_at

LAPTOP = (1280, 800)
HOUR = 3_600_000


def air(now: int, **more: Any) -> OnAirView:
    known = OnAirView(
        which="main",
        since=at("19:40"),
        by="Lee",
        agreement="confirmed",
        reported="main",
        reported_at=now - 400,
        offered=False,
    )
    return replace(known, **more)


def switchable(night: Stage, **more: Any) -> Stage:
    night.server_says = {"west": {"on_air": air(night.now, **more)}}
    return night


def losing_main(night: Stage) -> Stage:
    """The west main has gone while its backup is right: the player proposes the take-over."""
    switchable(night, offered=True)
    night.shown["facade-west"].agreement["main"] = "no reply"
    night.shown["facade-west"].agreement["backup"] = "confirmed"
    night.lives = {("west", "main"): ("silent", night.now - 6 * SECOND)}
    text = {
        "en": "west main is on air and has gone; its backup lives and shows what it should",
        "ko": "송출 중인 west 메인 서버가 끊겼습니다. 백업 서버는 살아 있고 화면도 맞습니다",
    }
    night.alarms = (
        AlarmView(
            code="take_over: west",
            at=night.now - 2 * SECOND,
            text=text["en"],
            texts=text,
            outputs=("facade-west",),
        ),
    )
    return night


async def test_a_take_over_is_asked_twice_while_a_run_is_on_it(page: Page) -> None:
    async with on_stage(page, switchable(at_cue_4())) as service:
        shown = page.get_by_test_id("on-air-west")
        await expect(shown).to_contain_text("On air: main")
        await expect(shown).to_contain_text("confirmed")
        await expect(shown).to_contain_text("Lee, 19:40:00")
        await page.get_by_test_id("put-on-air-west").click()
        confirm = page.get_by_test_id("on-air-confirm")
        await expect(confirm).to_have_text(re.compile(r"^\s*PUT BACKUP ON AIR\s*$"))
        await confirm.click()
        await expect(page.get_by_test_id("again")).to_contain_text("Opening night is under way")
        assert service.calls("on_air") == []
        await confirm.click()
        asked = await service.called("on_air")
        assert asked.path == "/api/v1/servers/west/on_air"
        assert asked.body["which"] == "backup"


async def test_with_no_run_on_it_once_is_enough_and_cancel_is_no(page: Page) -> None:
    night = switchable(at_cue_4())
    night.status = "ended"
    async with on_stage(page, night) as service:
        await page.get_by_test_id("put-on-air-west").click()
        await page.get_by_test_id("confirm-cancel").click()
        await page.get_by_test_id("put-on-air-west").click()
        await page.get_by_test_id("on-air-confirm").click()
        await service.called("on_air")
        assert len(service.calls("on_air")) == 1


async def test_the_alarm_that_proposes_a_take_over_has_the_press_for_it(page: Page) -> None:
    async with on_stage(page, losing_main(at_cue_8())) as service:
        async for size, language in looks(page, service, LAPTOP, PHONE):
            offer = page.get_by_test_id("alarms").get_by_test_id("take-over-west")
            await expect(offer).to_contain_text(
                {"en": "PUT west BACKUP ON AIR", "ko": "west 백업 송출로"}[language]
            )
            found = await offer.bounding_box()
            assert found is not None
            assert found["height"] >= 44
            await offer.scroll_into_view_if_needed()
            await looked_at(page, "call-take-over", size, language)
            await offer.focus()
            await page.keyboard.press("Enter")
            await page.get_by_test_id("on-air-confirm").click()
            await looked_at(page, "call-take-over-asked", size, language)
            await page.get_by_test_id("on-air-confirm").click()
            assert (await service.called("on_air")).body["which"] == "backup"


async def test_a_switch_that_says_otherwise_differs_with_its_age(page: Page) -> None:
    night = at_cue_4()
    switchable(night, agreement="differs", reported="backup", reported_at=night.now - 9 * SECOND)
    async with on_stage(page, night) as service:
        shown = page.get_by_test_id("on-air-west")
        await expect(shown).to_contain_text("differs: the switch says backup")
        await expect(shown).to_contain_text(re.compile(r"(9|1\d) s ago"))
        night.server_says = {}
        service.publish()
        await expect(shown).to_have_count(0)


def timecode(night: Stage, **more: Any) -> TimecodeView:
    texts = {"en": "timecode main runs, 10:00:00:00", "ko": "타임코드 main 진행 중, 10:00:00:00"}
    known = TimecodeView(
        timecode="main",
        kind="mtc",
        rate="25",
        listen="udp://0.0.0.0:5004",
        sender="10.0.0.9",
        status="running",
        position=10 * HOUR,
        label="10:00:00:00",
        at=night.now,
        since=night.now,
        reason=texts["en"],
        reasons=texts,
    )
    return replace(known, **more)


async def test_a_timecode_runs_quietly_and_says_in_full_when_it_is_lost(page: Page) -> None:
    night = at_cue_8()
    night.cue_says = {"8": {"timecode": "10:03:00:00"}, "9": {"timecode": "10:04:12:10"}}
    night.board_says = {"timecodes": (timecode(night),)}
    lost = {
        "en": "timecode main is not heard, last at 10:01:12:03",
        "ko": "타임코드 main 신호가 없음, 마지막 10:01:12:03",
    }
    async with on_stage(page, night) as service:
        shown = page.get_by_test_id("timecode-main")
        await expect(shown).to_have_text(re.compile(r"main\s+10:00:0[0-9]\s+runs"))
        await expect(page.get_by_test_id("cue-9")).to_contain_text("10:04:12:10")
        await expect(page.get_by_test_id("at-timecode")).to_contain_text("10:03:00:00")
        await expect(page.get_by_test_id("waits")).to_have_count(0)
        night.board_says = {
            "timecodes": (timecode(night, status="lost", reason=lost["en"], reasons=lost),)
        }
        night.run_says = {"waits": lost}
        service.publish()
        async for size, language in looks(page, service, LAPTOP, PHONE):
            band = page.locator(f'[data-testid="waits"][data-run="{RUN}"]')
            await expect(band).to_contain_text(lost[language])
            await expect(band).to_contain_text({"en": "cues wait", "ko": "기다립니다"}[language])
            await expect(shown).to_contain_text(lost[language])
            await looked_at(page, "call-timecode-lost", size, language)
