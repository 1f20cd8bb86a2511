"""A step far behind its instants: a stall, a player that was away, another engine."""

from __future__ import annotations

import pytest

from show_control.commands import Record, Send
from show_control.events import Restarted
from show_control.model import Cue, Late, NightFile, Sequence
from show_control.timing import LATE_AFTER
from tests.show_control.house import FILE, LASER, cue, level, night_file, play, sequence, slot
from tests.show_control.playbook import Desk, call, playbook, went_by

CUES = (
    cue("1", play(1), length=10_000),
    cue("2", play(2), then="follow", length=10_000),
    cue("3", play(3), then="follow", length=10_000),
    cue("4", level(0.5), then="with", pre=4000),
    cue("5", play(5), then="follow", length=60_000),
    cue("6", play(6)),
)
"""GO 1 at 20:01:00 brings 2 at 10, 3 at 20, 4 at 24, 5 at 30; 6 stands by."""


def house(show: Sequence) -> NightFile:
    return night_file((show,), (slot("gala", "20:00", "22:00", "show", start="manual"),))


def running(*cues: Cue, late: Late = "fire", resume: str = "rejoin") -> Desk:
    desk = Desk(house(sequence("show", *(cues or CUES), late=late, resume=resume)))
    assert desk.call("go gala", "20:01").accepted
    return desk


@pytest.mark.parametrize("late", ["fire", "skip", "hold"])
def test_up_to_half_a_second_is_not_late(late: Late) -> None:
    desk = running(late=late)
    assert LATE_AFTER == 500
    assert desk.stalled("20:01:10.500") == [
        "20:01:10 cue_went gala 2 follow",
        "20:01:10 play 2 -> left, right",
    ]


def test_fire_is_entered_when_it_went_and_stays_on_the_clock() -> None:
    desk = running()
    assert desk.stalled("20:01:12") == [
        "20:01:12 cue_went gala 2 follow late 2000",
        "20:01:12 late: cue: shows 2 at 1 -> left, right",
    ]
    assert desk.until("20:01:20") == [
        "20:01:20 cue_went gala 3 follow",
        "20:01:20 play 3 -> left, right",
    ]


def test_cues_that_all_came_late_are_one_send_an_output_of_the_look_now() -> None:
    desk = running()
    assert desk.stalled("20:01:25") == [
        "20:01:25 cue_passed gala 2 late 15000: its time went by before it could go",
        "20:01:25 cue_went gala 3 follow late 5000",
        "20:01:25 cue_went gala 4 with late 1000",
        "20:01:25 late: cue: shows 3 at 0.5 -> left, right",
    ]


def test_a_late_send_goes_from_the_look_before_all_of_them() -> None:
    desk = running()
    sends = [c for c in desk.step(went_by().event, desk.at("20:01:25")) if isinstance(c, Send)]
    assert {(s.output, s.before.clip, s.after.clip, s.action, s.cue) for s in sends} == {
        ("left", 1, 3, None, "4"),
        ("right", 1, 3, None, "4"),
    }


def test_a_late_cue_whose_look_is_sent_went_though_others_came_after_it() -> None:
    """Cue 2 alone drives the right half: that half is sent, and its entry says so."""
    desk = running(
        cue("1", play(1), length=10_000),
        cue("2", play(2, "right"), then="follow", length=1000),
        cue("3", play(3, "left"), then="follow", length=60_000),
    )
    assert desk.stalled("20:01:25") == [
        "20:01:25 cue_went gala 2 follow late 15000",
        "20:01:25 cue_went gala 3 follow late 14000",
        "20:01:25 late: cue: shows 2 at 1 -> right",
        "20:01:25 late: cue: shows 3 at 1 -> left",
    ]


def test_the_last_look_of_a_run_that_ended_meanwhile_is_sent_and_its_cue_went() -> None:
    desk = running(
        cue("1", play(1), length=10_000), cue("2", play(2), then="follow", length=10_000)
    )
    assert desk.stalled("20:05") == [
        "20:05:00 cue_went gala 2 follow late 230000",
        "20:01:20 ended gala: its last cue ended",
        "20:05:00 late: cue: shows 2 at 1 -> left, right",
    ]


def test_a_fade_that_began_while_away_is_joined_where_it_is() -> None:
    desk = running(
        cue("1", play(1), length=10_000),
        cue("2", level(0.0, fade=20_000), then="follow", length=60_000),
    )
    assert desk.stalled("20:01:20")[-1] == "20:01:20 late: cue: shows 1 at 0.5 -> left, right"


def test_skip_leaves_late_cues_out_and_the_next_goes_on_the_clock() -> None:
    desk = running(late="skip")
    assert desk.stalled("20:01:25") == [
        "20:01:25 cue_skipped gala 2 late 15000: late",
        "20:01:25 cue_skipped gala 3 late 5000: late",
        "20:01:25 cue_skipped gala 4 late 1000: late",
    ]
    assert desk.until("20:01:30") == [
        "20:01:30 cue_went gala 5 follow",
        "20:01:30 play 5 -> left, right",
    ]


def test_hold_has_the_first_late_cue_stand_by_in_a_held_run() -> None:
    desk = running(late="hold")
    assert desk.stalled("20:01:25") == ["20:01:25 cue_held gala 2 late 15000: late"]
    assert desk.until("20:05") == []
    assert desk.call("go gala 2").reason == "the run is held: resume it first"
    assert desk.call("resume gala").standby == "2"
    assert desk.call("go gala 2", "20:06").accepted
    assert "20:06:10 cue_went gala 3 follow" in desk.until("20:06:10")


def test_a_slot_missed_by_minutes_begins_late_and_is_on_the_clock() -> None:
    playbook(
        FILE,
        [
            ("20:02", went_by(), "20:02:00 cue_went loop.1 1 auto late 120000",
             "20:02:00 late: cue: shows 1 at 1 -> left, right"),
            ("20:05", None, "20:05:00 cue_went loop.1 2 follow", "20:05:00 play 2 -> left, right"),
        ],
    )  # fmt: skip


def test_a_whole_night_away_is_recorded_in_order_and_sends_the_look_now() -> None:
    desk = Desk(FILE)
    told = desk.stalled("25:00", Restarted())
    assert told == [
        "25:00:00 cue_passed loop.1 1 late 18000000: its time went by before it could go",
        "25:00:00 cue_passed loop.1 2 late 17700000: its time went by before it could go",
        "20:10:00 ended loop.1: its last cue ended",
        "20:10:00 stands_by gala",
        "20:30:00 lapsed gala: never started",
        "25:00:00 cue_passed loop.2 1 late 14400000: its time went by before it could go",
        "25:00:00 cue_passed loop.2 2 late 14100000: its time went by before it could go",
        "21:10:00 ended loop.2: its last cue ended",
        "23:00:00 curfew bridge",
        "23:00:00 curfew wall",
        "25:00:00 late: curfew: shows nothing at 1 -> left, right, beam",
    ]


def test_a_cue_that_came_late_over_its_curfew_leaves_the_surface_as_curfew_has_it() -> None:
    desk = Desk(night_file((sequence("show", *CUES),), (slot("a", "22:59", "23:30", "show"),)))
    desk.until("22:59:05")
    assert desk.stalled("23:05") == [
        "23:05:00 cue_passed a 2 late 350000: its time went by before it could go",
        "23:05:00 cue_passed a 3 late 340000: its time went by before it could go",
        "23:05:00 cue_passed a 4 late 336000: its time went by before it could go",
        "23:05:00 cue_passed a 5 late 330000: its time went by before it could go",
        "23:00:00 curfew bridge",
        "23:00:00 curfew wall",
        "23:00:00 ended a: curfew",
        "23:05:00 late: idle: shows nothing at 1 -> left, right",
        "23:05:00 late: curfew: shows nothing at 1 -> beam",
    ]


def test_late_sends_leave_after_every_fact_of_their_step() -> None:
    desk = running()
    told = desk.step(Restarted(), desk.at("20:05"))
    kinds = [type(c) for c in told]
    assert kinds == sorted(kinds, key=lambda k: k is Send)


# --- restart ----------------------------------------------------------------------------------------------------


def test_a_restart_in_time_changes_nothing() -> None:
    desk = running()
    assert desk.stalled("20:01:05", Restarted()) == []
    assert desk.until("20:01:10") == [
        "20:01:10 cue_went gala 2 follow",
        "20:01:10 play 2 -> left, right",
    ]


def test_a_run_that_says_hold_fires_nothing_after_a_restart_until_it_is_resumed() -> None:
    desk = running(resume="hold")
    assert desk.stalled("20:01:25", Restarted()) == ["20:01:25 held gala: the player restarted"]
    assert desk.until("20:02") == []
    assert desk.lines(call("resume gala"), "20:02")[:2] == [
        "20:02:00 cue_went gala 2 follow",
        "20:02:00 play 2 -> left, right",
    ]


def test_another_engine_holds_every_run() -> None:
    desk = running()
    assert desk.stalled("20:01:25", Restarted(same_engine=False)) == [
        "20:01:25 held gala: the player restarted"
    ]


def test_a_run_that_says_hold_and_had_nothing_to_come_has_ended() -> None:
    desk = running(cue("1", play(1), length=10_000), resume="hold")
    assert desk.stalled("20:05", Restarted()) == ["20:01:10 ended gala: its last cue ended"]


def test_a_run_that_stands_by_or_is_held_stays_so_after_a_restart() -> None:
    desk = Desk(house(sequence("show", *CUES, resume="hold")))
    desk.until("20:00")
    assert desk.stalled("20:01", Restarted()) == []
    desk.call("go gala", "20:02")
    desk.call("hold gala", "20:02")
    assert desk.stalled("20:10", Restarted(same_engine=False)) == []


def test_a_late_hazard_is_entered_as_not_sent_and_the_rest_goes() -> None:
    both = sequence(
        "show",
        cue("1", length=10_000),
        cue("2", play(2), play("x", LASER), then="follow", length=60_000),
    )
    file = night_file(
        (both,),
        (slot("gala", "20:00", "22:00", "show", start="manual", outputs=("left", "right", LASER)),),
    )
    desk = Desk(file)
    desk.call("enable", output=LASER)
    desk.call("go gala", "20:01")
    assert desk.stalled("20:01:12", Restarted()) == [
        "20:01:12 cue_went gala 2 follow late 2000",
        "20:01:10 not_sent gala 2 beam: a laser is never lit late",
        "20:01:12 late: cue: shows 2 at 1 -> left, right",
    ]
    assert all(isinstance(c, Record | Send) for c in desk.step(Restarted(), desk.now))
