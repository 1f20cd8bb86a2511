"""Hold and resume: no more cues, the picture runs; what fell due follows its `late` rule then."""

from __future__ import annotations

import pytest

from show_control.model import Late, NightFile
from tests.show_control.house import cue, level, night_file, play, sequence, slot
from tests.show_control.playbook import Desk, call

CUES = (
    cue("1", play(1), length=10_000),
    cue("2", level(0.5), then="with", pre=5000, length=20_000),
    cue("3", play(3), then="follow", length=10_000),
    cue("4", play(4), then="follow", length=10_000),
    cue("5", play(5), length=10_000),
)


def held(late: Late = "fire", at: str = "20:01:02") -> Desk:
    """GO 1 at 20:01:00; 2 due at 05, 3 at 25, 4 at 35; held at 02."""
    show = sequence("show", *CUES, late=late)
    desk = Desk(night_file((show,), (slot("gala", "20:00", "22:00", "show", start="manual"),)))
    desk.call("go gala", "20:01")
    assert desk.call("hold gala", at).accepted
    return desk


def test_while_held_nothing_goes_and_the_picture_runs() -> None:
    desk = held()
    assert desk.until("20:10") == []
    assert desk.lit("left", "right") == [True, True]


def test_hold_and_resume_before_anything_fell_due_changes_nothing() -> None:
    desk = held()
    assert desk.lines(call("resume gala"), "20:01:04") == ["20:01:04 yes 5 #2"]
    assert desk.until("20:01:30") == [
        "20:01:05 cue_went gala 2 with",
        "20:01:05 level 0.5 -> left, right",
        "20:01:25 cue_went gala 3 follow",
        "20:01:25 play 3 -> left, right",
    ]


def test_fire_goes_at_the_resume_and_what_follows_counts_from_there() -> None:
    desk = held("fire")
    assert desk.lines(call("resume gala"), "20:02:00") == [
        "20:02:00 cue_went gala 2 with",
        "20:02:00 level 0.5 -> left, right",
        "20:02:00 yes 5 #2",
    ]
    assert desk.until("20:02:30.500") == [
        "20:02:20 cue_went gala 3 follow",
        "20:02:20 play 3 -> left, right",
        "20:02:30 cue_went gala 4 follow",
        "20:02:30 play 4 -> left, right",
    ]


def test_fire_is_one_cue_at_a_time_not_the_whole_backlog() -> None:
    """Cue 3 was due as well while the run was held, but it follows 2, which goes only now."""
    desk = held("fire", at="20:01:06")
    assert desk.lines(call("resume gala"), "20:05:00") == [
        "20:05:00 cue_went gala 3 follow",
        "20:05:00 play 3 -> left, right",
        "20:05:00 yes 5 #2",
    ]


def test_skip_leaves_out_what_fell_due_and_stays_on_the_clock() -> None:
    desk = held("skip")
    assert desk.lines(call("resume gala"), "20:01:30") == [
        "20:01:30 cue_skipped gala 2 late 25000: late",
        "20:01:30 cue_skipped gala 3 late 5000: late",
        "20:01:30 yes 5 #2",
    ]
    assert desk.until("20:01:40") == [
        "20:01:35 cue_went gala 4 follow",
        "20:01:35 play 4 -> left, right",
    ]


def test_hold_has_the_first_cue_that_fell_due_stand_by_and_go_brings_the_rest() -> None:
    desk = held("hold")
    told = desk.lines(call("resume gala"), "20:02:00")
    assert told == ["20:02:00 cue_held gala 2 late 55000: late", "20:02:00 yes 2 #3"]
    assert desk.until("20:03") == []
    assert desk.lines(call("go gala 2"), "20:03:00") == ["20:03:00 yes 5 #4"]
    assert desk.until("20:03:30") == [
        "20:03:05 cue_went gala 2 GO",
        "20:03:05 level 0.5 -> left, right",
        "20:03:25 cue_went gala 3 follow",
        "20:03:25 play 3 -> left, right",
    ]


@pytest.mark.parametrize("late", ["fire", "skip", "hold"])
def test_what_falls_due_at_the_instant_of_the_resume_just_goes(late: Late) -> None:
    told = held(late).lines(call("resume gala"), "20:01:05")
    assert "20:01:05 cue_went gala 2 with" in told


def test_a_run_that_would_have_ended_while_held_ends_at_its_resume() -> None:
    desk = held()
    desk.call("resume gala", "20:01:03")
    desk.call("go gala 5", "20:01:04")
    desk.call("hold gala", "20:01:06")
    assert desk.until("20:02") == []
    assert desk.lines(call("resume gala"), "20:02:00") == [
        "20:02:00 yes - #3",
        "20:02:00 ended gala: its last cue ended",
    ]


def test_what_is_held_is_in_hand_and_its_slots_end_does_not_cut_it() -> None:
    desk = Desk(looping())
    assert desk.call("hold loop", "20:04").accepted
    assert desk.until("20:30") == []
    assert desk.call("resume loop", "20:30").accepted


def looping() -> NightFile:
    show = sequence("show", *CUES)
    return night_file((show,), (slot("loop", "20:00", "20:10", "show"),))


def test_holds_and_resumes_out_of_place_are_refused_with_who_did_what() -> None:
    desk = held()
    told = desk.call("hold gala", "20:01:03")
    assert (told.reason, told.by, told.by_at) == ("it is held already", "Kim", desk.at("20:01:02"))
    desk.call("resume gala", "20:01:04")
    assert desk.call("resume gala").reason == "gala is not held"
    fresh = Desk(
        night_file(
            (sequence("show", *CUES),), (slot("gala", "20:00", "22:00", "show", start="manual"),)
        )
    )
    assert fresh.call("hold gala", "20:00:30").reason == "gala has not started"
