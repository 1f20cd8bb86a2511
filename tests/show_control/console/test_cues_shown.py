"""What the console says of loops, timelines, groups, warnings and what is passed over: of real runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from show_control import board
from show_control.console import night, standby
from show_control.console.korean import LANGUAGES
from show_control.console.rows import Row, text_of
from show_control.console.scene import Scene, chosen
from show_control.console.words import Language
from show_control.events import Call
from show_control.model import Millis
from show_control.rehearsal import rehearse
from tests.show_control import house
from tests.show_control.console.players import called, names, playing, tonight
from tests.show_control.console.test_console import console

SECOND: Millis = 1000
DOORS = {"en": "Before the doors", "ko": "문 열기 전"}
ATTRACT = house.sequence(
    "attract",
    house.cue("1", house.play(1), length=10 * SECOND, group=DOORS),
    house.cue("2", house.level(0.4), length=5 * SECOND, then="follow", loop="1", group=DOORS),
    house.cue("3", house.play(2), length=60 * SECOND, post_wait=10 * SECOND),
    house.cue("3.5", house.level(1), skip=True),
    house.cue("4", house.stop(), then="follow"),
)
TIDE = house.sequence(
    "tide",
    house.cue("1", house.play(3), length=60 * SECOND, at=0),
    house.cue("2", house.level(0.5), at=30 * SECOND, warn=10 * SECOND),
    house.cue("3", house.stop(), at=90 * SECOND),
)


def scene(runs: str, when: str, *calls: tuple[str, Call], language: Language = "en") -> Scene:
    """A slot of this sequence at 20:00, called as said, as Kim sees it at an instant."""
    slot = house.slot("gala", "20:00", "20:30", runs, start="manual")
    file = house.night_file((ATTRACT, TIDE), (slot,))
    made = [(house.at(at), replace(call, by="Kim", run=call.run or "gala")) for at, call in calls]
    now, fold = house.at(when), board.EMPTY
    for entry in rehearse(file, made).entries:
        if entry.at <= now:
            fold = board.fold(fold, entry)
    shown = board.view(fold, now)
    return Scene(
        board=shown,
        now=now,
        words=LANGUAGES[language],
        by="Kim",
        run=chosen(shown.runs, None),
        connected=True,
        stale=False,
        silent=100,
    )


GO_1 = ("20:01", Call(call="go", standby="1"))
LEAVE = ("20:01:20", Call(call="leave"))


def told(rows: list[Row]) -> str:
    return "\n".join(text_of(row) for row in rows)


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "LOOP 1-2, turn 2 · v: let it finish; then 3 waits for GO\nGO 3 leaves it at once"),
        (
            "ko",
            "반복 1-2, 2회째 · v: 이번 회까지만, 그다음 3 큐가 GO를 기다림\nGO 3 하면 바로 벗어남",
        ),
    ],
)
def test_a_loop_says_its_turn_and_both_ways_out(language: Language, says: str) -> None:
    assert told(standby.loop(scene("attract", "20:01:17", GO_1, language=language))) == says


def test_a_loop_that_is_left_says_what_comes_then() -> None:
    left = scene("attract", "20:01:21", GO_1, LEAVE)
    assert told(standby.loop(left)) == (
        "LOOP 1-2, turn 2 · this turn is the last; then 3 waits for GO"
    )
    assert standby.loop(scene("attract", "20:01:40", GO_1, LEAVE)) == []
    assert standby.loop(scene("tide", "20:01:17", GO_1)) == []


def test_groups_are_headings_and_what_is_passed_over_says_so() -> None:
    rows = told(night.cues(scene("attract", "20:01:17", GO_1), 40, 9)).splitlines()
    assert [row.strip() for row in rows].count("Before the doors") == 1
    assert rows[0].strip() == "Before the doors"
    assert next(row for row in rows if " 3.5 " in row).endswith("passed over")
    narrow = told(night.cues(scene("attract", "20:01:17", GO_1), 40, 3)).splitlines()
    assert any(row.startswith("▶ 3 ") for row in narrow)


def test_a_cue_on_a_timeline_says_where_it_lies_and_warns_in_time() -> None:
    before = scene("tide", "20:00:30")
    assert "+1:30" in told(night.cues(before, 40, 9))
    middle = scene("tide", "20:00:40", ("20:00:35", Call(call="standby", standby="2")))
    assert "GO 2 enters the timeline at +0:30" in told(standby.details(middle))
    early, near = scene("tide", "20:01:19", GO_1), scene("tide", "20:01:21", GO_1)
    assert "COMING UP" not in told(standby.running(early))
    assert "COMING UP, goes in 0:09  2" in told(standby.running(near))
    assert "곧, 0:09 뒤에 실행" in told(
        standby.running(scene("tide", "20:01:21", GO_1, language="ko"))
    )
    held = scene("tide", "20:01:21", GO_1, ("20:01:20", Call(call="hold")))
    assert "COMING UP" not in told(standby.running(held))


def test_the_wait_after_an_end_is_told_before_go() -> None:
    shown = scene("attract", "20:01:40", GO_1, LEAVE)
    assert "then waits 10 s" in told(standby.details(shown))


def test_what_a_cue_started_says_by_which_run() -> None:
    parent = scene("attract", "20:01:17", GO_1)
    assert parent.run is not None
    child = replace(parent.run, run="x:tide", slot="tide", parent=parent.run.run)
    runs = (parent.run, child)
    shown = replace(parent, run=child, board=replace(parent.board, runs=runs))
    assert "started by gala" in text_of(standby.head(shown))
    assert "started by" not in text_of(standby.head(parent))


async def test_back_and_leave_are_keys(tmp_path: Path) -> None:
    with playing(tmp_path, tonight()):
        async with console(tmp_path) as screen:
            await screen.stands_by("1")
            await screen.press("k")
            await screen.stands_by("2")
            await screen.press("j")
            await screen.stands_by("1")
            await screen.answers("BACK 2: done")
            await screen.press("v")
            await screen.answers("LEAVE gala REFUSED")
    assert names(called(tmp_path)) == ["skip", "back", "leave"]
