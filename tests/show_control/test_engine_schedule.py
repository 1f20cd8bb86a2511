"""The schedule against the hand: auto and manual slots, waiting, lapsing, idle, curfew."""

from __future__ import annotations

from show_control.model import NightFile, Slot, Surface
from tests.show_control.house import (
    FILE,
    GALA,
    LASER,
    LOOP,
    SURFACES,
    blackout,
    cue,
    displaced,
    level,
    night_file,
    play,
    sequence,
    slot,
    stop,
    with_night,
)
from tests.show_control.playbook import Desk, call, playbook

LONG = sequence("long", cue("1", play(5), length=3_600_000))
HAND = sequence(
    "hand", cue("1", play(7), length=None), cue("2", stop()), cue("3", play(8), length=60_000)
)


def wall(
    *slots: Slot, curfew: str | None = "23:00", surfaces: dict[str, Surface] | None = None
) -> NightFile:
    return night_file((LOOP, GALA, LONG, HAND), slots, curfew=curfew, surfaces=surfaces)


def overrun(loop: Slot, *more: Slot, curfew: str | None = "23:00") -> Desk:
    """A gala called by hand and never ended stands in a loop's way."""
    gala = slot("gala", "19:00", "19:30", "hand", start="manual")
    desk = Desk(wall(gala, loop, *more, curfew=curfew))
    assert desk.call("go gala", "19:05").accepted
    return desk


# --- auto and manual --------------------------------------------------------------------------------------------


def test_an_auto_slots_first_cue_goes_at_its_instant_and_its_end_gives_idle() -> None:
    playbook(
        wall(slot("loop", "20:00", "20:11", "loop")),
        [
            ("20:09", None, "20:00:00 cue_went loop 1 auto", "20:00:00 play 1 -> left, right",
             "20:05:00 cue_went loop 2 follow", "20:05:00 play 2 -> left, right"),
            ("20:11", None, "20:10:00 ended loop: its last cue ended", "20:10:00 idle: stop -> left, right"),
        ],
    )  # fmt: skip


def test_an_auto_slot_goes_whatever_its_first_cue_waits_for_and_a_later_one_stands_by() -> None:
    desk = Desk(wall(slot("gala", "20:00", "21:00", "gala")))
    assert desk.until("20:00") == [
        "20:00:00 cue_went gala 1 auto",
        "20:00:00 play 7 -> left, right",
    ]
    told = desk.call("go gala 2", "20:00:00.100")
    assert (told.standby, told.standby_count) == ("3", 2)
    (run,) = desk.state.runs.values()
    assert run.in_hand


def test_an_auto_run_is_cut_at_its_slots_end() -> None:
    desk = Desk(wall(slot("long", "20:00", "20:30", "long")))
    assert desk.until("20:30")[2:] == [
        "20:30:00 ended long: its slot ended",
        "20:30:00 idle: stop -> left, right",
    ]


def test_an_auto_run_in_hand_is_not_cut_at_its_slots_end() -> None:
    desk = Desk(wall(slot("long", "20:00", "20:30", "long")))
    desk.call("standby long 1", "20:10")
    assert desk.until("20:59") == []
    assert [r.phase for r in desk.state.runs.values()] == ["running"]


def test_a_manual_slot_never_started_lapses_at_its_end() -> None:
    playbook(
        wall(slot("gala", "20:00", "20:30", "gala", start="manual")),
        [("21:00", None, "20:00:00 stands_by gala", "20:30:00 lapsed gala: never started")],
    )


def test_a_standby_alone_does_not_keep_a_run_from_lapsing() -> None:
    desk = Desk(wall(slot("gala", "20:00", "20:30", "gala", start="manual")))
    desk.call("standby gala 3", "20:10")
    assert desk.until("20:30") == ["20:30:00 lapsed gala: never started"]


def test_a_run_called_by_hand_is_not_cut_and_leaves_its_picture() -> None:
    desk = Desk(wall(slot("gala", "20:00", "20:30", "hand", start="manual")))
    desk.call("go gala", "20:29")
    assert desk.until("21:00") == []
    desk.call("end gala", "21:00")
    assert desk.look("left").clip == 7


# --- idle, and what ends before what starts -----------------------------------------------------------------------


def test_no_idle_where_the_next_slot_starts_at_that_instant() -> None:
    desk = Desk(wall(slot("a", "20:00", "20:10", "loop"), slot("b", "20:10", "20:20", "loop")))
    desk.until("20:09")
    assert desk.until("20:10") == [
        "20:10:00 ended a: its last cue ended",
        "20:10:00 cue_went b 1 auto",
        "20:10:00 play 1 -> left, right",
    ]


def test_idle_where_a_slot_on_another_surface_starts_at_that_instant() -> None:
    other = slot("b", "20:10", "20:20", "loop", surface="bridge", outputs=(LASER,))
    desk = Desk(wall(slot("a", "20:00", "20:10", "long"), other))
    assert "20:10:00 idle: stop -> left, right" in desk.until("20:10")


def test_a_run_that_is_cut_ends_before_the_next_slot_starts() -> None:
    desk = Desk(wall(slot("a", "20:00", "20:10", "long"), slot("b", "20:10", "20:20", "loop")))
    desk.until("20:09")
    assert desk.until("20:10") == [
        "20:10:00 ended a: its slot ended",
        "20:10:00 cue_went b 1 auto",
        "20:10:00 play 1 -> left, right",
    ]


def test_a_cue_due_at_its_slots_end_does_not_go() -> None:
    late = sequence("late", cue("1", play(1), length=600_000), cue("2", play(2), then="follow"))
    desk = Desk(night_file((late,), (slot("a", "20:00", "20:10", "late"),)))
    desk.until("20:09")
    assert desk.until("20:10") == [
        "20:10:00 cue_dropped a 2: its slot ended",
        "20:10:00 ended a: its slot ended",
        "20:10:00 idle: stop -> left, right",
    ]


def test_a_surfaces_own_idle_is_given() -> None:
    idle = (play(99), level(0.4, fade=5000))
    surfaces = SURFACES | {"wall": Surface(id="wall", safe=(blackout(),), idle=idle)}
    desk = Desk(wall(slot("loop", "20:00", "20:10", "loop"), surfaces=surfaces))
    desk.until("20:09")
    assert desk.until("20:10")[1:] == [
        "20:10:00 idle: play 99 -> left, right",
        "20:10:00 idle: level 0.4 5000 -> left, right",
    ]


def test_a_displaced_slot_is_told_at_its_instant() -> None:
    file = with_night(FILE, slots=(), displaced=(displaced("loop.1", "20:00", "20:10", "gala"),))
    assert Desk(file).until("20:01") == ["20:00:00 displaced loop.1: displaced by gala"]


# --- an auto slot meets a run in hand ------------------------------------------------------------------------------


def test_it_waits_and_starts_late_once_the_hand_is_done() -> None:
    desk = overrun(slot("loop", "20:00", "20:10", "loop"))
    assert desk.until("20:00") == ["20:00:00 waiting loop: gala is in hand, by Kim"]
    assert desk.lines(call("end gala"), "20:05") == [
        "20:05:00 ended gala: ended",
        "20:05:00 yes - #2",
        "20:05:00 cue_went loop 1 auto",
        "20:05:00 play 1 -> left, right",
    ]
    assert desk.until("20:16")[2:] == [
        "20:15:00 ended loop: its last cue ended",
        "20:15:00 idle: stop -> left, right",
    ]


def test_it_still_waits_after_its_own_end_where_it_still_fits() -> None:
    desk = overrun(slot("loop", "20:00", "20:10", "loop"), slot("next", "21:00", "21:10", "loop"))
    assert desk.until("20:40") == ["20:00:00 waiting loop: gala is in hand, by Kim"]
    assert "20:40:00 cue_went loop 1 auto" in desk.lines(call("end gala"), "20:40")


def test_it_starts_when_the_last_cue_of_the_hand_ends_by_itself() -> None:
    desk = overrun(slot("loop", "20:00", "20:10", "loop"))
    desk.call("standby gala 3", "20:05")
    desk.call("go gala 3", "20:05")
    assert desk.until("20:06")[-2:] == [
        "20:06:00 cue_went loop 1 auto",
        "20:06:00 play 1 -> left, right",
    ]


def test_it_starts_at_the_last_instant_that_fits_before_the_next_slot() -> None:
    desk = overrun(slot("loop", "20:00", "20:10", "loop"), slot("next", "20:30", "20:40", "loop"))
    desk.call("standby gala 3", "20:19")
    desk.call("go gala 3", "20:19")
    assert desk.until("20:20") == [
        "20:20:00 ended gala: its last cue ended",
        "20:20:00 cue_went loop 1 auto",
        "20:20:00 play 1 -> left, right",
    ]
    assert desk.until("20:30")[-2:] == [
        "20:30:00 cue_went next 1 auto",
        "20:30:00 play 1 -> left, right",
    ]


def test_it_is_skipped_with_the_reason_where_it_no_longer_fits_before_the_next_slot() -> None:
    desk = overrun(slot("loop", "20:00", "20:10", "loop"), slot("next", "20:30", "20:40", "loop"))
    assert desk.until("20:30") == [
        "20:00:00 waiting loop: gala is in hand, by Kim",
        "20:20:00 skipped loop: gala is in hand, by Kim; to fit it had to start by 20:20:00",
        "20:30:00 waiting next: gala is in hand, by Kim",
    ]


def test_it_is_skipped_where_it_no_longer_fits_before_curfew() -> None:
    desk = overrun(slot("loop", "20:00", "20:10", "loop"), curfew="20:12")
    assert (
        "20:02:00 skipped loop: gala is in hand, by Kim; to fit it had to start by 20:02:00"
        in desk.until("20:03")
    )


def test_a_slot_that_cannot_fit_any_more_is_skipped_at_its_own_instant() -> None:
    desk = overrun(slot("loop", "20:00", "20:10", "loop"), curfew="20:05")
    assert desk.until("20:01") == [
        "20:00:00 waiting loop: gala is in hand, by Kim",
        "20:00:00 skipped loop: gala is in hand, by Kim; to fit it had to start by 19:55:00",
    ]


def test_a_waiting_slot_refuses_a_go_with_its_reason_and_may_be_ended() -> None:
    desk = overrun(slot("loop", "20:00", "20:10", "loop"))
    desk.until("20:01")
    assert desk.call("go loop").reason == "no cue stands by"
    assert desk.call("standby loop 2").reason == "loop waits: gala is in hand, by Kim"
    assert desk.call("end loop").accepted
    assert "cue_went" not in " ".join(desk.lines(call("end gala"), "20:02"))


def test_a_person_may_take_the_outputs_of_an_auto_run() -> None:
    gala = slot("gala", "20:05", "20:30", "gala", start="manual")
    desk = Desk(wall(slot("long", "20:00", "20:40", "long"), gala))
    assert desk.lines(call("go gala"), "20:10")[3:] == [
        "20:10:00 ended long: gala took its outputs",
        "20:10:00 yes 2 #2",
        "20:10:00 cue_went gala 1 GO",
        "20:10:00 play 7 -> left, right",
    ]


def test_what_is_taken_from_an_auto_run_leaves_the_rest_of_it_idle() -> None:
    gala = slot("gala", "20:05", "20:30", "hand", start="manual", outputs=("left",))
    desk = Desk(wall(slot("long", "20:00", "20:40", "long"), gala))
    assert "20:10:00 idle: stop -> right" in desk.lines(call("go gala"), "20:10")


def test_a_go_is_refused_on_outputs_that_another_hand_has() -> None:
    second = slot("second", "19:10", "20:30", "hand", start="manual")
    desk = overrun(second)
    told = desk.call("go second", "19:20", by="Lee")
    assert (told.reason, told.by) == (
        "gala is in hand by Kim on the same outputs: end it first",
        "Kim",
    )


# --- curfew -----------------------------------------------------------------------------------------------------


def test_at_curfew_an_auto_run_ends_and_free_outputs_get_idle_once() -> None:
    desk = Desk(wall(slot("long", "20:00", "20:40", "long"), curfew="20:30"))
    desk.until("20:29")
    assert desk.until("20:30") == [
        "20:30:00 curfew bridge",
        "20:30:00 curfew: stop -> beam",
        "20:30:00 curfew wall",
        "20:30:00 ended long: curfew",
        "20:30:00 idle: stop -> left, right",
    ]


def test_at_curfew_a_run_in_hand_keeps_its_outputs() -> None:
    desk = Desk(wall(slot("gala", "20:00", "21:00", "hand", start="manual"), curfew="20:30"))
    desk.call("go gala", "20:29")
    assert "20:30:00 curfew wall" in desk.until("20:31")
    assert desk.lit("left") == [True]
    desk.call("standby gala 1", "20:32")
    assert desk.call("go gala 1", "20:32").accepted
    assert "20:33:00 idle: stop -> left, right" in desk.lines(call("end gala"), "20:33")


def test_past_curfew_an_auto_runs_cue_is_not_sent_on_that_surface() -> None:
    """Its slot is on the bridge, whose curfew is later; the wall's has passed."""
    show = sequence(
        "show", cue("1", play(1), length=1_800_000), cue("2", play(2), then="follow", length=1000)
    )
    file = night_file((show,), (slot("a", "20:00", "21:00", "show", surface="bridge"),))
    desk = Desk(with_night(file, curfews={"wall": file.nights[0].starts + 14 * 3_600_000 + 60_000}))
    assert desk.until("20:31")[2:] == [
        "20:01:00 curfew wall",
        "20:01:00 curfew: stop -> left, right",
        "20:30:00 cue_went a 2 follow",
        "20:30:00 not_sent a 2 left: past curfew",
        "20:30:00 not_sent a 2 right: past curfew",
        "20:30:01 ended a: its last cue ended",
        "20:30:01 idle: stop -> left, right",
    ]


def test_what_ends_at_curfew_ends_before_it() -> None:
    desk = Desk(wall(slot("loop", "20:00", "20:10", "loop"), curfew="20:10"))
    told = desk.until("20:10")
    assert told.index("20:10:00 ended loop: its last cue ended") < told.index(
        "20:10:00 curfew wall"
    )
