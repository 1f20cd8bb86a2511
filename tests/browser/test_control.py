"""Who has control of the run, as each of the two pages reads it and acts on it."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.looks import looks
from tests.browser.night import RUN, Stage, at, at_cue_4, controlled
from tests.browser.stage import on_stage

LEE = {"en": "Lee has control: take over first", "ko": "제어권: Lee. 먼저 넘겨받으십시오"}


def led_by_lee() -> Stage:
    night = at_cue_4()
    night.control = controlled("Lee", "20:01:00")
    return night


async def test_another_has_control_and_one_press_takes_it_over(page: Page) -> None:
    async with on_stage(page, led_by_lee()) as service:
        async for _, language in looks(page, service):
            await expect(page.get_by_test_id("control")).to_have_attribute("data-by", "Lee")
            await expect(page.get_by_test_id("go")).to_be_disabled()
            await expect(page.get_by_test_id("kept")).to_have_text(LEE[language])
            await expect(page.get_by_test_id("hold")).to_be_disabled()
            await expect(page.get_by_test_id("fade-out")).to_be_enabled()
            await page.get_by_test_id("take-over").click()
            asked = await service.called("take_over")
            assert asked.path == f"/api/v1/runs/{RUN}/take_over"
            service.night.control = controlled("Kim", "20:10:06", before="Lee")
            service.publish()
            await expect(page.get_by_test_id("go")).to_be_enabled()
            await expect(page.get_by_test_id("control")).to_have_attribute("data-by", "Kim")
            await expect(page.get_by_test_id("taken")).to_have_count(0)
            service.night.control = controlled("Lee", "20:01:00")
            service.publish()


async def test_without_control_the_keys_say_who_has_it_and_send_nothing(page: Page) -> None:
    async with on_stage(page, led_by_lee()) as service:
        await page.keyboard.press("Space")
        await expect(page.get_by_test_id("notice")).to_have_text(
            "No GO was sent. Lee has control: take over first"
        )
        await page.keyboard.press("8")
        await page.keyboard.press("Enter")
        await expect(page.get_by_test_id("notice")).to_have_text(
            "Stand by 8 refused: Lee has control: take over first"
        )
        await page.keyboard.press("h")
        await expect(page.get_by_test_id("notice")).to_contain_text("HOLD refused")
        await page.keyboard.press("Escape")
        await service.called("fade_out")
        assert len(service.asked) == 1


async def test_asking_is_seen_by_who_asked(page: Page) -> None:
    async with on_stage(page, led_by_lee()) as service:
        await page.get_by_test_id("ask-control").click()
        await service.called("ask")
        service.night.control = controlled(
            "Lee", "20:01:00", asked_by="Kim", asked_at=at("20:10:06")
        )
        service.publish()
        await expect(page.get_by_test_id("ask-control")).to_be_disabled()
        await expect(page.get_by_test_id("ask-control")).to_have_text("ASKED")


async def test_who_has_control_sees_who_asks_and_gives_it_in_one_press(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        service.night.control = controlled(
            "Kim", "19:58:30", asked_by="Lee", asked_at=at("20:10:06")
        )
        service.publish()
        async for _ in looks(page, service):
            await expect(page.get_by_test_id("asked")).to_contain_text("Lee")
            await page.get_by_test_id("give").click()
            asked = await service.called("hand_back")
            assert asked.path == f"/api/v1/runs/{RUN}/hand_back"


async def test_who_lost_control_reads_by_whom_until_it_is_read(page: Page) -> None:
    async with on_stage(page, at_cue_4()) as service:
        service.night.control = controlled("Lee", "20:10:06", before="Kim")
        service.publish()
        await expect(page.get_by_test_id("taken")).to_contain_text(
            "Lee took control from you, 20:10:06"
        )
        await page.get_by_test_id("taken-read").click()
        await expect(page.get_by_test_id("taken")).to_have_count(0)
        await page.get_by_test_id("take-over").click()
        await service.called("take_over")


async def test_nobody_has_control_and_it_can_be_taken_or_handed_back(page: Page) -> None:
    night = at_cue_4()
    night.control = None
    async with on_stage(page, night) as service:
        await expect(page.get_by_test_id("control")).to_contain_text("the first GO takes it")
        await expect(page.get_by_test_id("go")).to_be_enabled()
        await page.get_by_test_id("take-control").focus()
        await page.keyboard.press("Enter")
        await service.called("ask")
        night.control = controlled("Kim", "20:10:06")
        service.publish()
        await page.get_by_test_id("hand-back").click()
        await service.called("hand_back")
