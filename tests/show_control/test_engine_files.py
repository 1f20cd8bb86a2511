"""A night file takes the place of another; the state folds from its patches."""

from __future__ import annotations

import msgspec
import pytest

from show_control import engine
from show_control.engine.state import agenda
from show_control.model import NightFile
from tests.show_control.house import FILE, LOOP, cue, night_file, play, sequence, slot, with_night
from tests.show_control.playbook import Desk, call, loaded

replace = msgspec.structs.replace
OTHER_GALA = sequence("gala", cue("1", play(70)), cue("2", play(80)))
GALA_SLOT = slot("gala", "20:10", "20:30", "gala", start="manual")


def changed(*slots: object) -> NightFile:
    """Another gala, and these slots."""
    return night_file((LOOP, OTHER_GALA), slots or (GALA_SLOT,))


def test_a_run_ends_on_the_file_it_stood_by_with() -> None:
    desk = Desk(FILE)
    desk.until("20:11")
    desk.do(loaded(changed()), "20:12")
    assert desk.lines(call("go gala 1"), "20:13")[-1] == "20:13:00 play 7 -> left, right"
    assert desk.lines(call("go gala 2"), "20:14")[-1] == "20:14:00 level 0.5 1000 -> left, right"
    assert len(desk.state.files) == 2


def test_a_second_performance_is_of_the_file_in_force() -> None:
    desk = Desk(FILE)
    desk.call("go gala 1", "20:11")
    desk.do(loaded(changed()), "20:12")
    desk.call("end gala", "20:13")
    assert desk.call("standby gala 2", "20:14").run == "small.2025-09-02.gala.2"
    desk.call("go gala", "20:15")
    assert desk.look("left").clip == 80


def test_a_run_long_over_keeps_its_name_through_a_load() -> None:
    desk = Desk(FILE)
    desk.call("go gala 1", "20:11")
    desk.call("end gala", "20:12")
    desk.do(loaded(changed()), "20:45")
    assert desk.call("go gala", "20:46").reason == "gala is over: ended"
    assert desk.call("standby gala 1", "20:46").run == "small.2025-09-02.gala.2"


def test_a_slot_to_come_is_of_the_new_file() -> None:
    desk = Desk(FILE)
    desk.do(loaded(changed()), "19:00")
    desk.call("go gala 1", "20:11")
    assert desk.look("left").clip == 70


def test_a_slot_that_the_new_file_has_not_does_not_begin() -> None:
    desk = Desk(FILE)
    desk.do(loaded(changed()), "19:00")
    assert desk.until("20:05") == []


def test_a_slot_whose_time_is_now_begins_late_where_it_has_had_no_run() -> None:
    desk = Desk(night_file((LOOP,), ()))
    assert desk.lines(loaded(FILE), "20:02") == [
        "20:02:00 cue_went loop.1 1 auto late 120000",
        "20:02:00 late: cue: shows 1 at 1 -> left, right",
    ]


@pytest.mark.parametrize("when", ["20:05", "20:12", "20:31"])
def test_a_slot_that_had_its_run_does_not_begin_again(when: str) -> None:
    desk = Desk(FILE)
    desk.until(when)
    longer = with_night(
        FILE, slots=tuple(replace(s, ends=s.ends + 3_600_000) for s in FILE.nights[0].slots[:2])
    )
    told = desk.lines(loaded(longer))
    assert not [line for line in told if "cue_went" in line or "stands_by" in line]


def test_a_slot_moved_to_later_tonight_begins_then_as_another_performance() -> None:
    desk = Desk(FILE)
    desk.call("go gala 1", "20:11")
    desk.call("end gala", "20:12")
    desk.do(loaded(changed(slot("gala", "21:30", "21:40", "gala", start="manual"))), "20:45")
    assert "21:30:00 stands_by gala" in desk.until("21:30")
    assert desk.call("go gala").run == "small.2025-09-02.gala.2"


def test_past_curfew_a_slot_of_a_file_just_loaded_lights_nothing() -> None:
    late = night_file((LOOP,), (slot("loop", "22:50", "23:10", "loop"),))
    desk = Desk(night_file((LOOP,), ()))
    told = desk.lines(loaded(late), "23:05")
    assert "22:50:00 not_sent loop 1 left: past curfew" in told
    assert desk.lit("left", "right") == [False, False]


def test_a_manual_slot_whose_time_is_now_stands_by() -> None:
    desk = Desk(night_file((LOOP,), ()))
    assert "20:10:00 stands_by gala" in desk.lines(loaded(FILE), "20:12")
    assert desk.call("go gala 1", "20:13").accepted


def test_files_that_nothing_stands_on_are_let_go() -> None:
    desk = Desk(night_file((LOOP,), ()))
    desk.do(loaded(FILE), "19:00")
    assert list(desk.state.files) == [loaded(FILE).hash]
    desk.until("20:11")
    desk.do(loaded(changed()), "20:12")
    assert len(desk.state.files) == 2


def test_another_festivals_slot_of_the_same_name_has_had_no_run() -> None:
    desk = Desk(FILE)
    desk.until("20:02")
    other = replace(FILE, festival="other")
    desk.do(loaded(other))
    assert "other.2025-09-02.loop.1" in desk.state.runs


def test_the_agenda_has_what_ends_before_what_starts() -> None:
    file = with_night(FILE, curfews={"wall": FILE.nights[0].slots[0].starts})
    at_once = [p for p in agenda(file) if p.at == FILE.nights[0].slots[0].starts]
    assert [p.kind for p in at_once] == ["curfew", "start"]
    assert agenda(None) == ()


def test_a_patch_carries_every_change_and_only_those() -> None:
    desk = Desk(FILE)
    desk.until("20:11")
    before = desk.state
    desk.call("go gala 1")
    patch = engine.patch(before, desk.state)
    assert set(patch) == {"runs", "owners", "looks", "cued"}
    assert set(patch["runs"]) == {"small.2025-09-02.gala"}
    assert engine.patch(desk.state, desk.state) == {}
    assert engine.apply(before, patch, desk.files) == desk.state


def test_a_patch_tells_of_what_went() -> None:
    desk = Desk(FILE)
    desk.call("enable", "20:01", output="beam")
    before = desk.state
    desk.call("disable", output="beam")
    patch = engine.patch(before, desk.state)
    assert patch["enabled"] == {"beam": None}
    assert (
        engine.apply(before, msgspec.msgpack.decode(msgspec.msgpack.encode(patch)), desk.files)
        == desk.state
    )


def test_a_patch_of_another_shape_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        engine.apply(engine.EMPTY, {"runs": {"x": {"id": 3}}}, {})


def test_from_empty_the_whole_state_is_one_patch() -> None:
    desk = Desk(FILE)
    desk.call("go gala 1", "20:11")
    whole = engine.patch(engine.EMPTY, desk.state)
    assert engine.apply(engine.EMPTY, whole, desk.files) == desk.state
    assert engine.deadline(engine.apply(engine.EMPTY, whole, desk.files)) == engine.deadline(
        desk.state
    )
