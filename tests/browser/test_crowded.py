"""A night of another shape on the call page: long words, many runs, a day of slots before dusk, narrow
outputs. Nothing is drawn over another thing, and all stays large enough to read."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from msgspec.structs import replace
from playwright.async_api import Page, expect

from show_control.documents import Board, RunView, SayView
from tests.browser.night import Stage, at, at_cue_4, at_cue_8, line, slot
from tests.browser.stage import on_stage
from tests.browser.views import sized

LAPTOP, PHONE = (1366, 768), (360, 740)
LEGIBLE = 11
SAYS = (
    "Saallicht langsam herunterfahren und bereithalten",
    "광장 조명을 천천히 내리고 기다려 주십시오",
    "stand by",
)
TIMES = ("12:15", "19:30", "20:00")
# The smallest letters in the middle, and whether the lines below each other are drawn apart.
SMALLEST = """e => Math.min(...[...e.shadowRoot.querySelectorAll('dt, dd, .whom')].map(
    one => parseFloat(getComputedStyle(one).fontSize)))"""
APART = """e => { const [header, cue, told] = ['header', '.cue', 'dl'].map(
    one => e.shadowRoot.querySelector(one).getBoundingClientRect());
  const runs = e.shadowRoot.querySelector('.runs').getBoundingClientRect();
  return runs.bottom <= cue.top + 1 && header.bottom <= cue.top + 1 && cue.bottom <= told.top + 1; }"""
INSIDE = """e => { const list = e.parentElement.getBoundingClientRect();
  const row = e.getBoundingClientRect();
  return row.top >= list.top - 1 && row.bottom <= list.bottom + 1; }"""
MARKS = """e => [...e.shadowRoot.querySelectorAll('.axis > *')].map(
    one => one.getBoundingClientRect()).map(({left, right}) => [left, right])"""


@dataclass
class Crowded(Stage):
    """Three runs of one sequence at a time, a cue with much to say, slots since noon, an output of 8 m."""

    def board(self) -> Board:
        board = super().board()
        west, centre, *others = board.outputs
        # West and centre share the west's metres: 66 and 8.
        outputs = (replace(west, width=66.0), replace(centre, x=66.0, width=8.0), *others)
        day = [
            slot(f"gallery.{n}", {"en": "Gallery"}, "planned", "auto", f"{10 + n // 4}:{n % 4}5", 5)
            for n in range(36)
        ]
        runs = tuple(self._other(board.runs[0], *which) for which in enumerate(TIMES))
        return replace(board, outputs=outputs, slots=(*day, *board.slots), runs=runs)

    def _other(self, run: RunView, index: int, starts: str) -> RunView:
        title = {
            "en": "Feierliche Eröffnungszeremonie der Lichtkunstbiennale",
            "ko": "빛 예술 비엔날레 개막",
        }
        cues = tuple(
            replace(
                cue,
                name={"und": "안개 속의 빛: 광화문에서 베를린까지 이어지는 길고 긴 이야기"},
                on="Der Oberbürgermeister: 'Meine Damen und Herren, begrüßen wir das Licht'",
                calls=tuple(SayView(to="Lichtregie Nordflügel", say=say) for say in SAYS),
                note="Nicht vor der Ansage",
            )
            for cue in run.cues
        )
        name = run.run if index == 0 else f"{run.run}.{index + 1}"
        return replace(run, run=name, title=title, cues=cues, starts=at(starts))


def crowded() -> Crowded:
    stage = at_cue_4()
    return Crowded(**{name: getattr(stage, name) for name in stage.__dataclass_fields__})


async def test_long_words_and_many_runs_are_drawn_apart_and_stay_legible(page: Page) -> None:
    async with on_stage(page, crowded()):
        middle = page.locator("lamp-standby")
        for size in (LAPTOP, PHONE):
            await sized(page, size)
            await expect(middle.locator(".runs button")).to_have_count(len(TIMES))
            assert await middle.evaluate(APART), size
            assert await middle.evaluate(SMALLEST) >= LEGIBLE, size


async def test_two_runs_of_one_title_are_told_apart_by_when_they_begin(page: Page) -> None:
    async with on_stage(page, crowded()):
        for starts in TIMES:
            button = page.locator("lamp-standby .runs").get_by_role("button", name=starts)
            await expect(button).to_have_count(1)


async def test_a_day_of_slots_does_not_hide_what_is_on(page: Page) -> None:
    async with on_stage(page, crowded()):
        await sized(page, LAPTOP)
        on = page.get_by_test_id("slots").locator('[data-slot="opening-ceremony"]')
        await expect(on).to_be_in_viewport()
        assert await on.evaluate(INSIDE)


async def test_the_metres_of_a_narrow_output_are_not_written_over_each_other(page: Page) -> None:
    async with on_stage(page, crowded()):
        await sized(page, LAPTOP)
        marks = await page.locator("lamp-facade").evaluate(MARKS)
        assert len(marks) > 1
        assert all(one[1] <= other[0] for one, other in pairwise(marks))


async def test_a_line_of_no_night_has_the_time_of_the_venue(page: Page) -> None:
    """What was entered before any night was loaded: the sheet itself has it in UTC."""
    stage = at_cue_4()
    stage.lines = (replace(line("19:40:00", "the disk takes it"), night_time="10:40:00.000"),)
    async with on_stage(page, stage):
        await expect(page.get_by_test_id("lines")).to_contain_text("19:40:00")


async def test_why_no_go_was_sent_is_not_told_once_it_is_no_longer_so(page: Page) -> None:
    async with on_stage(page, at_cue_4()):
        await with_pin(page)
        await expect(page.get_by_test_id("locked")).to_be_visible()
        await page.keyboard.press("Space")
        await expect(page.get_by_test_id("notice")).to_contain_text("unlock first")
        await with_pin(page)
        await expect(page.get_by_test_id("locked")).to_be_hidden()
        await expect(page.get_by_test_id("notice")).to_be_hidden(timeout=1500)


async def with_pin(page: Page) -> None:
    await page.keyboard.press("l")
    await expect(page.get_by_test_id("pin")).to_be_focused()
    await page.get_by_test_id("pin").fill("4711")
    await page.get_by_test_id("pin-confirm").click()
    await expect(page.get_by_test_id("pin")).to_be_hidden()


async def test_nothing_is_counted_down_to_a_cue_of_a_run_that_is_held(page: Page) -> None:
    stage = at_cue_8()
    async with on_stage(page, stage) as service:
        running = page.get_by_test_id("running")
        await expect(running).to_contain_text("goes in")
        stage.status = "holding"
        service.publish()
        await expect(running).not_to_contain_text("goes in")
        await expect(running).to_contain_text("held")
        await expect(page.get_by_test_id("cue-7.5")).to_contain_text("held")
