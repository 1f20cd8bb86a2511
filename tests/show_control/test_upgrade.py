"""A journal that an engine of before wrote, in the middle of a festival: its runs hold, and go on when told.

`older/engine-2.journal` was written by the player whose engine was number 2 (main at ba863cf): the file
loaded, a hazard enabled, a loop held and resumed, GO of gala 1, standby 3, GO of 3 at 20:10:40, whose
follow, 4, was due at 20:10:50; a note; the end at 20:10:45.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from show_control.journal import read, tail, verify
from show_control.player import ENGINE
from show_control.recovery import Recovered, begins, recover
from tests.show_control.house import LASER
from tests.show_control.playing import Playing

OLDER = sorted((Path(__file__).parent / "older").glob("*.journal"))
GALA = "small.2025-09-02.gala"


def found_in(journal: Path, folder: Path) -> Recovered:
    shutil.copy(journal, folder / "00000001.journal")
    assert verify(folder) == []
    return recover(tail(folder, begins))


def back(journal: Path, folder: Path, when: str) -> Playing:
    """The present player, come back with that journal at an instant of that night."""
    found = found_in(journal, folder)
    playing = Playing(start="20:09")
    playing.clock.wait_exactly(playing.at(when))
    playing.entries, playing.shelf.entries = list(read(folder)), []
    playing.player = playing.begin()
    playing.player.unknowable(found.unknowable)
    playing.player.resume(found.board.state, same_engine=found.engine == ENGINE)
    return playing


def test_there_is_a_journal_of_before() -> None:
    assert OLDER


@pytest.mark.parametrize("journal", OLDER, ids=lambda path: path.stem)
def test_every_entry_is_understood(journal: Path, tmp_path: Path) -> None:
    found = found_in(journal, tmp_path)
    assert (found.lost, found.unknowable) == (0, {})
    assert found.engine == journal.stem.removeprefix("engine-") != ENGINE
    state = found.board.state
    assert LASER in state.enabled
    assert (state.runs[GALA].phase, state.runs[GALA].by) == ("running", "Kim")
    assert [line.text for line in found.board.lines if "the wind is up" in line.text]


@pytest.mark.parametrize("journal", OLDER, ids=lambda path: path.stem)
def test_its_runs_hold_and_a_go_goes_on(journal: Path, tmp_path: Path) -> None:
    playing = back(journal, tmp_path, "20:10:47")
    assert playing.player.state.runs[GALA].phase == "holding"
    playing.until("20:12")
    assert "cue_went" not in kinds(playing), "the follow that was due does not go by itself"
    (held,) = [e for e in playing.shelf.entries if e.kind == "held" and e.run == GALA]
    assert held.reason == "the player restarted"
    assert playing.call("go gala").reason == "the run is held: resume it first"
    assert playing.call("resume gala").accepted
    answer = playing.call("go gala", "20:12:05")
    assert (answer.accepted, answer.went) == (True, "5"), answer
    playing.until("20:13")
    assert [e.cue for e in playing.shelf.entries if e.kind == "cue_went"] == ["4", "5"]
    assert playing.board().runs


@pytest.mark.parametrize("journal", OLDER, ids=lambda path: path.stem)
def test_what_it_held_back_goes_at_resume_on_the_clock(journal: Path, tmp_path: Path) -> None:
    playing = back(journal, tmp_path, "20:10:47")
    assert playing.call("resume gala").accepted
    playing.until("20:12")
    (four,) = [e for e in playing.shelf.entries if e.kind == "cue_went"]
    assert (four.cue, four.at) == ("4", playing.at("20:10:50"))


def kinds(playing: Playing) -> set[str]:
    return {e.kind for e in playing.shelf.entries}
