"""The three rules of an auto slot that meets a run in hand: shown before, entered after."""

from __future__ import annotations

import pytest

from show_control.model import NightFile
from tests.show_control.house import GALA, LASER, LOOP, cue, night_file, play, sequence, slot
from tests.show_control.playbook import Desk

HAND = sequence("hand", cue("1", play(7), length=None), cue("2", play(8), length=60_000))


def met(rule: str, curfew: str | None = "23:00", **rest: object) -> NightFile:
    """A gala in hand from 19:05 stands in a loop's way at 20:00."""
    gala = slot("gala", "19:00", "19:30", "hand", start="manual")
    loop = slot("loop", "20:00", "20:10", "loop", meets=rule, **rest)
    return night_file((LOOP, GALA, HAND), (gala, loop), curfew=curfew)


def in_hand(rule: str, **rest: object) -> Desk:
    desk = Desk(met(rule, **rest))
    assert desk.call("go gala 1", "19:05").accepted
    return desk


def test_skip_does_not_run_and_says_who_was_in_the_way() -> None:
    desk = in_hand("skip")
    assert desk.until("20:00") == ["20:00:00 skipped loop: gala is in hand, by Kim"]
    desk.call("end gala", "20:01")
    assert desk.until("20:10") == []


def test_take_over_ends_the_hand_says_whose_it_was_and_starts() -> None:
    desk = in_hand("take over")
    assert desk.until("20:00") == [
        "20:00:00 ended gala: loop took over, from Kim",
        "20:00:00 cue_went loop 1 auto",
        "20:00:00 play 1 -> left, right",
    ]
    (loop,) = [r for r in desk.state.runs.values() if r.slot == "loop"]
    assert (loop.in_hand, loop.control) == (False, None)
    assert desk.call("go gala 2").reason == "gala is over: loop took over, from Kim"


def test_who_has_control_is_named_and_not_who_touched_it_before() -> None:
    desk = in_hand("take over")
    desk.call("take_over gala", "19:10", by="Lee")
    assert desk.until("20:00")[0] == "20:00:00 ended gala: loop took over, from Lee"


def test_what_ends_at_that_instant_is_done_first_and_nothing_is_taken_over() -> None:
    desk = Desk(met("take over"))
    desk.call("go gala 1", "19:05")
    desk.call("go gala 2", "19:59")
    assert desk.until("20:00") == [
        "20:00:00 ended gala: its last cue ended",
        "20:00:00 cue_went loop 1 auto",
        "20:00:00 play 1 -> left, right",
    ]


def test_take_over_ends_every_hand_that_claims_what_it_takes() -> None:
    left = slot("west", "19:00", "19:30", "hand", start="manual", outputs=("left",))
    right = slot("east", "19:00", "19:30", "hand", start="manual", outputs=("right",))
    loop = slot("loop", "20:00", "20:10", "loop", meets="take over")
    desk = Desk(night_file((LOOP, HAND), (left, right, loop)))
    desk.call("go west 1", "19:05")
    desk.call("go east 1", "19:05", by="Lee")
    assert desk.until("20:00")[:2] == [
        "20:00:00 ended east: loop took over, from Lee",
        "20:00:00 ended west: loop took over, from Kim",
    ]
    assert set(desk.state.owners.values()) == {"small.2025-09-02.loop"}


def test_a_hand_on_other_outputs_is_left_alone() -> None:
    beam = sequence("beam", cue("1", play("x", LASER), length=None))
    other = slot(
        "other", "19:00", "21:00", "beam", start="manual", surface="bridge", outputs=(LASER,)
    )
    loop = slot("loop", "20:00", "20:10", "loop", meets="take over")
    desk = Desk(night_file((LOOP, beam), (other, loop)))
    desk.call("go other 1", "19:05")
    assert desk.until("20:00") == [
        "20:00:00 cue_went loop 1 auto",
        "20:00:00 play 1 -> left, right",
    ]


@pytest.mark.parametrize("rule", ["wait", "take over", "skip"])
def test_with_automation_off_no_rule_starts_it(rule: str) -> None:
    desk = in_hand(rule)
    desk.call("automation_off", "19:50")
    assert desk.until("20:00") == ["20:00:00 skipped loop: automation is off, by Kim"]
    assert next(r for r in desk.state.runs.values() if r.slot == "gala").phase == "running"


@pytest.mark.parametrize("rule", ["wait", "take over", "skip"])
def test_where_nobody_is_in_the_way_the_rule_does_nothing(rule: str) -> None:
    assert Desk(met(rule)).until("20:00")[-2:] == [
        "20:00:00 cue_went loop 1 auto",
        "20:00:00 play 1 -> left, right",
    ]


def test_a_waiting_slot_is_skipped_after_its_latest_start() -> None:
    desk = Desk(met("wait", latest_start=Desk(met("wait")).at("20:05")))
    desk.call("go gala 1", "19:05")
    assert desk.until("20:06") == [
        "20:00:00 waiting loop: gala is in hand, by Kim",
        "20:05:00 skipped loop: gala is in hand, by Kim; to fit it had to start by 20:05:00",
    ]


def test_the_earlier_of_latest_start_and_what_comes_next_counts() -> None:
    late = Desk(met("wait")).at("22:59")
    desk = Desk(met("wait", curfew="20:13", latest_start=late))
    desk.call("go gala 1", "19:05")
    assert "20:03:00 skipped loop" in desk.until("20:04")[-1]


def test_it_starts_at_its_latest_start_itself() -> None:
    desk = Desk(met("wait", latest_start=Desk(met("wait")).at("20:05")))
    desk.call("go gala 1", "19:05")
    desk.call("go gala 2", "20:04")
    assert "20:05:00 cue_went loop 1 auto" in desk.until("20:05")


def test_who_is_in_the_way_is_who_has_control_and_not_who_stopped_the_show_meanwhile() -> None:
    desk = in_hand("wait")
    desk.call("show_stop", "19:30", by="Lee")
    desk.call("restore", "19:31", by="Lee")
    assert desk.until("20:00") == ["20:00:00 waiting loop: gala is in hand, by Kim"]
