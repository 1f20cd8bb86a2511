"""What users of other systems complained of about GO, standby, panic, resume, automation and overrun.

Each test is named after a complaint, with the thread in which it was made.
"""

from __future__ import annotations

import pytest

from show_control.events import Called, Restarted
from tests.show_control.house import GALA, LOOP, cue, level, night_file, play, sequence, slot
from tests.show_control.playbook import Desk, call, lines

HAND = sequence("hand", cue("1", play(7), length=None), cue("2", level(0.5)), cue("3", play(8)))
EVENING = night_file(
    (LOOP, GALA, HAND),
    (
        slot("hand", "19:00", "19:50", "hand", start="manual"),
        slot("one", "20:00", "20:10", "loop"),
        slot("two", "20:20", "20:30", "loop"),
    ),
)


def called(*cues: str) -> Desk:
    """The hand's cues, a minute apart from 19:05 on."""
    desk = Desk(EVENING)
    for n, number in enumerate(cues):
        assert desk.call(f"go hand {number}", f"19:{5 + n:02}").accepted
    return desk


# --- GO and standby -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["Kim", "OSC desk", "Stream Deck"])
def test_lisp_166_the_minimum_time_between_two_gos_holds_for_every_input(by: str) -> None:
    """ "Go must have minimum time between two clicks"; in LiSP the controller and the network went past it."""
    desk = called("1")
    assert "Kim" in str(desk.call("go hand", "19:05:00.200", by=by).reason)


def test_companion_222_a_double_press_is_one_go() -> None:
    desk = called("1")
    told = desk.call("go hand 2", "19:05:00.250")
    assert told.reason == "too quick: 1 went 0.2 s ago, by Kim"
    assert [i for i, _ in next(iter(desk.state.runs.values())).past] == [0]


def test_lisp_74_and_219_a_go_on_a_cue_that_runs_does_not_stop_it() -> None:
    desk = called("1")
    desk.call("back hand", "19:06")
    assert desk.lines(call("go hand 1"), "19:06:01")[-1] == "19:06:01 play 7 -> left, right"
    assert desk.lit("left", "right") == [True, True]


def test_lisp_60_hold_and_resume_do_not_execute_a_cue_a_second_time() -> None:
    desk = called("1", "2")
    desk.call("hold hand", "19:10")
    assert desk.lines(call("resume hand"), "19:11") == ["19:11:00 yes 3 #3"]


def test_lisp_6_going_back_starts_nothing() -> None:
    """ "Bad surprise when you go back": a cue that was called again started the linked one."""
    desk = called("1", "2")
    assert desk.lines(call("back hand"), "19:10") == ["19:10:00 yes 2 #4"]


def test_lisp_264_a_cue_is_meant_by_its_own_number_and_never_by_its_place() -> None:
    desk = called("1")
    assert desk.call("go hand 3", "19:06").reason == "2 stands by, not 3"
    assert desk.call("standby hand 0", "19:06:01").reason == "there is no cue 0 in hand"


def test_lisp_356_what_comes_late_is_not_fired_all_at_once() -> None:
    """Peers did nothing, then fired all queued cues when the primary exited."""
    desk = Desk(EVENING)
    made = desk.at("19:05")
    desk.until("19:05:10")
    for number in ("1", "2", "3"):
        told = desk.call(f"go hand {number}", made_at=made)
        assert told.reason == "this call came 10.0 s late and was not carried out"


def test_ontime_1fe58e21b_a_slot_that_waits_has_started_nothing() -> None:
    desk = called("1")
    assert desk.until("20:00") == ["20:00:00 waiting one: hand is in hand, by Kim"]


def test_sofie_take_without_a_name_in_the_way_is_never_only_refused() -> None:
    """ "Ignoring TAKES that are too quick": here it says what went, when, and by whom."""
    told = called("1").call("go hand", "19:05:00.100", by="Lee", standby_count=1)
    assert (told.reason, told.by) == ("1 went 0.1 s ago, by Kim", "Kim")


# --- the schedule and the hand --------------------------------------------------------------------------------------


def test_fpp_238_a_run_by_hand_finishes_and_hands_back_to_the_schedule() -> None:
    desk = called("1")
    desk.until("20:04")
    assert "20:05:00 cue_went one 1 auto" in desk.lines(call("end hand"), "20:05")
    assert "20:20:00 cue_went two 1 auto" in desk.until("20:20")


def test_fpp_1196_the_next_scheduled_item_is_started_now_as_scheduled() -> None:
    desk = Desk(EVENING)
    desk.until("20:12")
    assert "20:12:00 cue_went two 1 auto" in desk.lines(call("start"), "20:12")
    run = next(r for r in desk.state.runs.values() if r.slot == "two")
    assert not run.in_hand
    assert "20:22:00 ended two: its last cue ended" in desk.until("20:30")


def test_fpp_1700_automation_is_paused_and_stays_so_over_a_restart() -> None:
    desk = Desk(EVENING)
    desk.call("automation_off", "19:55", reason="the crane")
    desk.do(Restarted(), "19:56")
    assert desk.until("20:00")[-1] == ("20:00:00 skipped one: automation is off, by Kim: the crane")


def test_fpp_308_and_489_what_has_ended_leaves_the_next_one_to_start() -> None:
    """ "Left me without a show one night": the entry before did not stop, so the next never came."""
    late = slot("late", "23:50", "24:10", "hand")
    file = night_file((LOOP, HAND), (late, slot("next", "24:10", "24:20", "loop")), curfew=None)
    assert Desk(file).until("24:10")[-3:] == [
        "24:10:00 ended late: its slot ended",
        "24:10:00 cue_went next 1 auto",
        "24:10:00 play 1 -> left, right",
    ]


def test_fpp_14_what_did_not_start_says_why_and_who() -> None:
    desk = Desk(EVENING)
    desk.call("show_stop", "19:58", reason="wind")
    skipped = [t for t in desk.until("20:21") if "skipped" in t]
    assert skipped == [
        "20:00:00 skipped one: show stopped, by Kim: wind",
        "20:20:00 skipped two: show stopped, by Kim: wind",
    ]


# --- panic ----------------------------------------------------------------------------------------------------------


def test_qlab_panic_twice_cuts_and_a_retry_of_one_does_not() -> None:
    desk = called("1")
    panic = Called(call=call("fade_out", request="p1").call)
    assert "fade out: blackout 2000" in " ".join(desk.lines(panic, "19:10"))
    assert lines(desk.do(panic, "19:10:00.500"), desk.night, desk.zone) == ["19:10:00 yes"]
    assert "19:10:00.800 fade out: blackout -> left, right, beam" in desk.lines(
        call("fade_out", request="p2"), "19:10:00.800"
    )


def test_sofie_250_a_restart_of_the_show_lights_nothing_by_itself() -> None:
    desk = called("1")
    desk.call("show_stop", "19:10")
    desk.call("restore", "19:20")
    assert desk.lit("left", "right") == [False, False]
