"""Sequences that cues start as runs of their own, and end; whose outputs are whose meanwhile."""

from __future__ import annotations

from typing import Any

from show_control import board
from show_control.engine.nested import outputs_of
from show_control.engine.state import Run
from show_control.events import Restarted
from show_control.model import Action, NightFile
from tests.show_control.house import cue, night_file, play, sequence, slot, stop, with_night
from tests.show_control.playbook import Desk, call, playbook

GALA = "small.2025-09-02.gala"
SIDE = f"{GALA}:side"
START = Action(kind="start", outputs=(), sequence="side")
END = Action(kind="end", outputs=(), sequence="side")
SHOW = (
    cue("1", play(1, "left"), START, length=1000),
    cue("2", play(2, "left"), length=1000),
    cue("3", END, length=1000),
    cue("4", length=1000),
)
LOOP = cue("1", play(7, "right"), length=10_000, loop="1")


def house(
    start: str = "manual", ends: str = "22:00", side: tuple[Any, ...] = (LOOP,), **rest: Any
) -> NightFile:
    shows = (
        sequence("show", *SHOW, **rest),
        sequence("side", *side),
        sequence("other", cue("1", play(9, "right"), length=60_000)),
    )
    return night_file(
        shows,
        (
            slot("gala", "20:00", ends, "show", start=start),
            slot("late", "22:30", "23:00", "other", outputs=("right",), start="manual"),
        ),
    )  # fmt: skip


def test_sequences_that_start_the_same_ones_are_gone_through_once_each() -> None:
    """Thirty in a row, each started twice by the one before: a thousand million ways to the last."""
    starts = [Action(kind="start", outputs=(), sequence=f"s{n}") for n in range(31)]
    file = night_file(
        (
            *(
                sequence(f"s{n}", cue("1", starts[n + 1]), cue("2", starts[n + 1]))
                for n in range(30)
            ),
            sequence("s30", cue("1", play(1, "right")), cue("2", play(1, "left", "right"))),
        ),
        (slot("gala", "20:00", "21:00", "s0"),),
    )
    assert outputs_of(file, "s0") == ["right", "left"]


def side(desk: Desk, name: str = SIDE) -> Run:
    return desk.state.runs[name]


def test_a_cue_starts_another_sequence_and_another_ends_it() -> None:
    desk = playbook(house(), [
        ("20:00", None, "20:00:00 stands_by gala"),
        ("20:01", call("go gala"),
         "20:01:00 yes 2 #2", "20:01:00 cue_went gala 1 GO", "20:01:00 play 1 -> left",
         "20:01:00 cue_went gala 1 auto", "20:01:00 play 7 -> right"),
        ("20:01:10", None, "20:01:10 cue_went gala 1 loop", "20:01:10 play 7 -> right"),
        ("20:01:15", call("go gala 2"),
         "20:01:15 yes 3 #3", "20:01:15 cue_went gala 2 GO", "20:01:15 play 2 -> left"),
        ("20:01:16", call("go gala 3"),
         "20:01:16 yes 4 #4", "20:01:16 cue_went gala 3 GO", "20:01:16 ended gala: gala ended it"),
        ("20:02", None),
    ])  # fmt: skip
    assert (side(desk).phase, side(desk).parent) == ("ended", GALA)


def test_its_outputs_are_its_own_meanwhile_and_go_back() -> None:
    desk = Desk(house())
    desk.until("20:00")
    desk.call("go gala", "20:01")
    assert desk.state.owners == {"left": GALA, "right": SIDE}
    desk.call("go gala", "20:01:15")
    assert desk.state.owners == {"left": GALA, "right": SIDE}
    desk.call("go gala", "20:01:16")
    assert desk.state.owners == {"left": GALA, "right": GALA}
    assert desk.lit("right") == [True], "what it left is the parent's to change"


def test_started_again_it_begins_anew_under_its_next_name() -> None:
    desk = Desk(house())
    desk.until("20:00")
    desk.call("go gala", "20:01")
    desk.call("standby gala 1", "20:01:03")
    desk.call("go gala", "20:01:04")
    assert (side(desk).phase, side(desk, f"{SIDE}.2").phase) == ("ended", "running")
    assert desk.until("20:01:14")[0] == "20:01:14 cue_went gala 1 loop"


def test_it_ends_with_its_parent_but_not_out_of_a_hand() -> None:
    for hand in (False, True):
        desk = Desk(house())
        desk.until("20:00")
        desk.call("go gala", "20:01")
        if hand:
            assert desk.call("hold gala:side", "20:01:02").accepted
        desk.call("end gala", "20:01:05")
        assert side(desk).live is hand
        assert desk.state.owners == ({"right": SIDE} if hand else {})


def test_a_slots_end_cuts_it_with_its_parent() -> None:
    desk = Desk(house(start="auto", ends="20:05"))
    desk.until("20:04")
    assert desk.until("20:05")[-1] == "20:05:00 idle: stop -> right, left"
    assert not side(desk).live


def test_a_run_called_by_hand_keeps_what_it_started_past_its_slots_end() -> None:
    desk = Desk(house(ends="20:05"))
    desk.until("20:00")
    desk.call("go gala", "20:01")
    desk.until("20:06")
    assert side(desk).live


def test_curfew_and_show_stop_reach_it() -> None:
    desk = Desk(house(start="auto", ends="23:30"))
    desk.until("22:59")
    desk.until("23:00")
    assert not side(desk).live
    desk = Desk(house())
    desk.until("20:00")
    desk.call("go gala", "20:01")
    desk.call("show_stop", "20:01:05")
    assert side(desk).phase == "holding"
    assert desk.until("20:01:08") == []
    assert desk.lit("left", "right") == [False, False]


def test_fade_out_of_the_parent_holds_it_and_a_resume_of_each_goes_on() -> None:
    desk = Desk(house())
    desk.until("20:00")
    desk.call("go gala", "20:01")
    desk.call("fade_out gala", "20:01:05")
    assert side(desk).phase == "holding"
    assert desk.until("20:02") == []
    assert desk.call("resume gala:side", "20:02:05").accepted
    assert desk.state.runs[GALA].phase == "holding"


def test_another_persons_hand_is_not_taken_and_the_record_says_whose() -> None:
    desk = Desk(house())
    desk.until("20:00")
    desk.call("go gala", "20:01")
    desk.call("take_over gala:side", "20:01:02", by="Lee")
    desk.call("hold gala:side", "20:01:03", by="Lee")
    desk.call("standby gala 1", "20:01:04")
    assert desk.lines(call("go gala"), "20:01:05")[-1] == (
        "20:01:05 not_sent gala 1: gala:side is in hand, by Lee"
    )
    assert side(desk).phase == "holding"
    desk.call("standby gala 3", "20:01:06")
    assert desk.lines(call("go gala"), "20:01:07")[-1] == (
        "20:01:07 not_sent gala 3: gala:side is in hand, by Lee"
    )


def test_what_does_not_run_cannot_be_ended() -> None:
    desk = Desk(house())
    desk.until("20:00")
    desk.call("standby gala 3", "20:00:30")
    assert desk.lines(call("go gala"), "20:01")[-1] == "20:01:00 not_sent gala 3: side does not run"


def test_who_has_control_of_the_parent_has_it_of_what_it_starts() -> None:
    desk = Desk(house())
    desk.until("20:00")
    desk.call("go gala", "20:01")
    assert desk.call("hold gala:side", "20:01:02", by="Lee").reason == "Kim has control"


def test_its_hand_does_not_block_its_own_parent() -> None:
    desk = Desk(house())
    desk.until("20:00")
    desk.call("go gala", "20:01")
    desk.call("hold gala:side", "20:01:02")
    assert desk.call("go gala 2", "20:01:04").accepted


def test_taken_over_with_its_parent_by_another_slot() -> None:
    desk = Desk(house(start="auto", ends="22:40"))
    desk.until("22:31")
    assert desk.call("go late", "22:31").accepted
    assert [r.name for r in desk.state.runs.values() if r.live] == ["late"]


def test_a_sequence_may_end_itself_and_start_others_in_turn() -> None:
    inner = Action(kind="start", outputs=(), sequence="other")
    desk = Desk(house(side=(cue("1", inner, length=5000), cue("2", END, then="follow"))))
    desk.until("20:00")
    desk.call("go gala", "20:01")
    assert f"{SIDE}:other" in desk.state.runs
    desk.until("20:01:05")
    assert (side(desk).phase, side(desk).reason) == ("ended", "gala:side ended it")


def test_a_restart_rejoins_both() -> None:
    desk = Desk(house(start="auto"))
    desk.until("20:00:05")
    desk.stalled("20:00:12", Restarted())
    assert side(desk).called_at == desk.at("20:00:10")


def test_over_it_stays_over() -> None:
    desk = Desk(house())
    desk.until("20:00")
    desk.call("go gala", "20:01")
    desk.call("end gala", "20:01:05")
    assert not desk.call("standby gala:side 1", "20:01:10").accepted


def test_a_late_start_begins_on_its_instant() -> None:
    desk = Desk(house(start="auto"))
    desk.do(Restarted(), "19:59")
    desk.stalled("20:00:03")
    assert side(desk).called_at == desk.at("20:00")


def test_the_board_tells_whose_it_is_and_the_slot_keeps_its_own_run() -> None:
    desk = Desk(house())
    desk.until("20:00")
    desk.call("go gala", "20:01")
    view = board.view(board.Fold(state=desk.state), desk.now)
    assert [(r.run, r.parent) for r in view.runs] == [(GALA, None), (SIDE, GALA)]
    assert next(s.run for s in view.slots if s.slot == "gala") == GALA
    assert view.runs[1].looping is not None
    assert (view.runs[1].looping.cue, view.runs[1].looping.turn) == ("1", 1)


def test_what_a_started_sequence_leaves_alone_stays_its_parents() -> None:
    desk = Desk(house(side=(cue("1", stop("right"), length=1000),)))
    desk.until("20:00")
    desk.call("go gala", "20:01")
    desk.until("20:01:01")
    assert side(desk).phase == "ended"
    assert desk.state.owners == {"left": GALA, "right": GALA}


def test_started_every_minute_all_night_the_state_does_not_grow() -> None:
    again = cue("1", play(1, "left"), START, length=60_000, loop="1")
    shows = (sequence("show", again), sequence("side", cue("1", play(7, "right"), length=1000)))
    desk = Desk(night_file(shows, (slot("gala", "20:00", "26:00", "show"),), curfew=None))
    desk.until("25:59:30")
    assert list(desk.state.runs) == [GALA, f"{SIDE}.359", f"{SIDE}.360"]


def test_an_auto_slot_that_takes_over_ends_the_hand_and_what_it_started() -> None:
    taking = slot("late", "22:30", "23:00", "other", outputs=("right",), meets="take over")
    file = house(ends="22:40")
    desk = Desk(with_night(file, slots=(file.nights[0].slots[0], taking)))
    desk.until("20:00")
    desk.call("go gala", "20:01")
    desk.call("hold gala:side", "20:01:05")
    desk.until("22:30")
    phases = {r.name: r.phase for r in desk.state.runs.values()}
    assert phases == {"gala": "ended", "gala:side": "ended", "late": "running"}
    assert desk.state.owners == {"right": "small.2025-09-02.late"}


def test_a_file_nobody_checked_starts_nothing_in_a_circle() -> None:
    circle = Action(kind="start", outputs=(), sequence="show")
    desk = Desk(house(side=(cue("1", circle, length=1000),)))
    desk.until("20:00")
    assert "20:01:00 not_sent gala 1: show would start itself" in desk.lines(
        call("go gala"), "20:01"
    )
