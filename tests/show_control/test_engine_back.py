"""Back: the standby alone moves, to the cue before; what shows, and what is to come, is left alone."""

from __future__ import annotations

import msgspec
import pytest

from tests.show_control.house import FILE, cue, night_file, play, sequence, slot
from tests.show_control.playbook import Desk, call, playbook


def test_back_moves_the_standby_and_nothing_else() -> None:
    playbook(
        FILE,
        [
            ("20:11", call("go gala 1"), "20:00:00 cue_went loop.1 1 auto", "20:00:00 play 1 -> left, right",
             "20:05:00 cue_went loop.1 2 follow", "20:05:00 play 2 -> left, right",
             "20:10:00 ended loop.1: its last cue ended", "20:10:00 stands_by gala", "20:11:00 yes 2 #2",
             "20:11:00 cue_went gala 1 GO", "20:11:00 play 7 -> left, right"),
            ("20:12", call("back gala"), "20:12:00 yes 1 #3"),
            ("20:12:01", call("back gala"), "20:12:01 no: 1 is the first cue of gala"),
            ("20:12:02", call("go gala 1"), "20:12:02 yes 2 #4",
             "20:12:02 cue_went gala 1 GO", "20:12:02 play 7 -> left, right"),
        ],
    )  # fmt: skip


def test_what_is_to_come_by_itself_comes_all_the_same() -> None:
    desk = Desk(FILE)
    for number in ("1", "2"):
        desk.call(f"go gala {number}", f"20:1{number}")
    desk.call("go gala 3", "20:13")
    assert desk.call("back gala", "20:13:05").standby == "4"
    assert "20:13:10 cue_went gala 4 follow" in desk.until("20:14")


def test_after_the_last_cue_the_last_stands_by_and_the_run_does_not_end() -> None:
    desk = Desk(FILE)
    desk.call("go gala 1", "20:11")
    desk.call("standby gala 5", "20:12")
    assert desk.call("go gala 5", "20:12:01").standby is None
    assert desk.call("back gala", "20:12:01.500").standby == "5"
    assert desk.until("20:13") == []


def test_a_go_for_what_stood_by_before_it_is_refused_with_who_moved_it() -> None:
    desk = Desk(FILE)
    desk.call("go gala 1", "20:11")
    desk.call("back gala", "20:12")
    told = desk.call("go gala 2", "20:12:00.400", standby_count=2, by="Lee")
    assert (told.reason, told.by) == ("the standby was changed 0.4 s ago, by Kim", "Kim")


@pytest.mark.parametrize("again", ["2", "3"])
def test_it_is_refused_where_another_cue_stands_by_than_was_seen(again: str) -> None:
    desk = Desk(FILE)
    desk.call("go gala 1", "20:11")
    told = desk.call(f"back gala {again}", "20:12")
    assert told.accepted is (again == "2")


def test_it_is_refused_to_who_has_no_control_and_of_a_run_that_is_over() -> None:
    desk = Desk(FILE)
    desk.call("go gala 1", "20:11")
    assert desk.call("back gala", "20:12", by="Lee").reason == "Kim has control"
    desk.call("end gala", "20:13")
    assert desk.call("back gala", "20:14").reason == "gala is over: ended"


def test_a_cue_that_is_passed_over_is_passed_over_backwards_too() -> None:
    show = sequence("show", cue("1", play(1)), cue("2", play(2)), cue("3", play(3)))
    cues = tuple(msgspec.structs.replace(c, skip=c.number == "2") for c in show.cues)
    file = night_file(
        (msgspec.structs.replace(show, cues=cues),),
        (slot("show", "20:00", "21:00", "show", start="manual"),),
    )
    desk = Desk(file)
    assert desk.call("go show 1", "20:01").standby == "3"
    assert desk.call("back show", "20:02").standby == "1"
