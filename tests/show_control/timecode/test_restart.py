"""The player dies while its cues go by a timecode: the journal has where that was, nothing goes unheard."""

from __future__ import annotations

import pytest

from show_control.entries import Entry
from show_control.events import Timecode as Told
from show_control.frames import position, read
from show_control.model import Cue
from tests.show_control.house import cue, play
from tests.show_control.playing import Playing
from tests.show_control.test_engine_timecode import show

CUES = tuple(
    cue(str(n), play(n), timecode=f"10:00:{10 * n:02}:00", length=5000) for n in range(1, 6)
)


def playing(*cues: Cue) -> Playing:
    here = Playing(show(*(cues or CUES)), "19:59:50")
    here.until("20:00:01")
    return here


def tell(here: Playing, label: str, when: str, status: str = "running") -> None:
    """It is at a label at an instant."""
    here.until(when)
    now = here.clock.now()
    zero = now - position(read(label), "25") // 1_000_000
    runs = status == "running"
    here.player.take(
        Told(
            timecode="main",
            status="running" if runs else "lost",
            why=None if runs else "unheard",
            position=now - zero,
            zero=zero if runs else None,
            told="25",
            sender="10.0.0.9:6454",
        )
    )


def entered(here: Playing, *kinds: str) -> list[Entry]:
    return [e for e in here.all_entries() if e.kind in kinds]


def numbers(here: Playing, *kinds: str) -> list[str]:
    return [e.cue or "" for e in entered(here, *kinds)]


def test_the_board_of_the_journal_has_the_timecode_as_the_player_has_it() -> None:
    here = playing()
    tell(here, "10:00:05:00", "20:00:05")
    board = here.board()
    assert (board.timecodes[0].status, board.timecodes[0].label) == ("running", "10:00:05:00")
    here.until("20:00:21")
    assert numbers(here, "cue_went") == ["1", "2"]
    here.come_back()
    board = here.board()
    assert board.timecodes[0].status == "lost"
    assert board.runs[0].waits["en"].startswith("the player restarted")
    assert board.runs[0].standby == "3"


@pytest.mark.parametrize("away", [0, 3, 12, 30])
def test_what_fell_due_while_the_player_was_away_goes_when_it_is_heard_again(away: int) -> None:
    here = playing()
    tell(here, "10:00:05:00", "20:00:05")
    here.until("20:00:25")
    here.kill()
    here.clock.advance(away * 1000)
    here.come_back()
    back = 25 + away
    assert numbers(here, "cue_went") == ["1", "2"]
    tell(here, f"10:00:{back:02}:06", f"20:00:{back:02}.240")
    here.until("20:01:30")
    gone = entered(here, "cue_went", "cue_passed")
    assert sorted(e.cue or "" for e in gone) == ["1", "2", "3", "4", "5"]
    assert [e.cue for e in gone if e.kind == "cue_passed"] == (["3", "4"] if away == 30 else [])


def test_a_timecode_that_stood_while_the_player_was_away_goes_on_from_where_it_stood() -> None:
    here = playing()
    tell(here, "10:00:05:00", "20:00:05")
    here.until("20:00:25")
    here.kill()
    here.clock.advance(60_000)
    here.come_back()
    tell(here, "10:00:26:00", "20:01:30")
    here.until("20:01:35")
    assert numbers(here, "cue_went", "cue_passed") == ["1", "2", "3"]


def test_it_is_killed_again_and_again_and_each_cue_goes_once() -> None:
    here = playing()
    tell(here, "10:00:05:00", "20:00:05")
    for second in range(6, 60, 7):
        here.until(f"20:00:{second:02}")
        here.come_back()
        tell(here, f"10:00:{second:02}:05", f"20:00:{second:02}.200")
    here.until("20:01:30")
    assert numbers(here, "cue_went") == ["1", "2", "3", "4", "5"]
    assert numbers(here, "cue_passed", "cue_dropped", "cue_skipped") == []
