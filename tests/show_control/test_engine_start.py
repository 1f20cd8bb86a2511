"""Start: a slot now, as scheduled. The next of its surface, or one that did not run, as automation would have."""

from __future__ import annotations

from show_control.model import NightFile
from tests.show_control.house import FILE, GALA, LASER, LOOP, cue, night_file, play, sequence, slot
from tests.show_control.playbook import Desk, call, playbook

HAND = sequence("hand", cue("1", play(7), length=None))
EVENING = night_file(
    (LOOP, GALA, HAND),
    (
        slot("one", "20:00", "20:10", "loop"),
        slot("gala", "20:30", "21:00", "gala", start="manual"),
        slot("two", "21:00", "21:10", "loop"),
        slot("beam", "21:05", "21:10", "loop", surface="bridge", outputs=(LASER,)),
    ),
)


def test_the_next_slot_starts_now_and_not_again_at_its_instant() -> None:
    playbook(
        EVENING,
        [
            ("19:50", call("start"), "19:50:00 yes - #1", "19:50:00 cue_went one 1 auto",
             "19:50:00 play 1 -> left, right"),
            ("20:05", None, "19:55:00 cue_went one 2 follow", "19:55:00 play 2 -> left, right",
             "20:00:00 ended one: its last cue ended", "20:00:00 idle: stop -> left, right"),
        ],
    )  # fmt: skip


def test_its_window_is_its_start_and_its_length_and_it_is_in_nobodys_hand() -> None:
    desk = Desk(EVENING)
    desk.call("start one", "19:50", by="Lee")
    (run,) = desk.state.runs.values()
    assert (run.starts, run.ends) == (desk.at("19:50"), desk.at("20:00"))
    assert (run.in_hand, run.by, run.control, run.early) == (False, None, None, True)


def test_an_auto_run_that_is_on_makes_room_as_it_would_for_the_next() -> None:
    long = sequence("long", cue("1", play(5), length=3_600_000))
    file = night_file(
        (LOOP, long), (slot("a", "20:00", "20:40", "long"), slot("b", "20:40", "20:50", "loop"))
    )
    desk = Desk(file)
    assert desk.lines(call("start", surface="wall"), "20:20")[2:] == [
        "20:20:00 ended a: b took its outputs",
        "20:20:00 yes - #1",
        "20:20:00 cue_went b 1 auto",
        "20:20:00 play 1 -> left, right",
    ]
    assert "cue_went b 1" not in " ".join(desk.until("20:59"))


def test_a_manual_slot_stands_by_now_and_waits_for_its_go() -> None:
    desk = Desk(EVENING)
    desk.until("20:15")
    assert desk.lines(call("start"), "20:15") == ["20:15:00 stands_by gala", "20:15:00 yes 1 #1"]
    assert desk.call("go gala 1", "20:16").accepted
    assert desk.until("20:31") == []


def test_the_next_is_that_of_the_surface_where_one_is_named() -> None:
    desk = Desk(EVENING)
    assert desk.call("start", "20:00:01", surface="bridge").run == "small.2025-09-02.beam"
    assert (
        desk.call("start", surface="bridge").reason == "no slot is still to come tonight on bridge"
    )
    assert desk.call("start", surface="moon").reason == "there is no surface moon"


def test_it_brings_a_slot_that_automation_off_skipped_also_while_it_is_off() -> None:
    desk = Desk(EVENING)
    desk.call("automation_off", "19:59", by="Lee", reason="fog")
    assert desk.until("20:00") == ["20:00:00 skipped one: automation is off, by Lee: fog"]
    assert desk.lines(call("start one"), "20:12") == [
        "20:12:00 yes - #1",
        "20:12:00 cue_went one 1 auto",
        "20:12:00 play 1 -> left, right",
    ]
    assert "20:22:00 ended one: its last cue ended" in desk.until("20:25")


def test_it_brings_a_slot_that_fell_into_a_show_stop_after_the_restart() -> None:
    desk = Desk(EVENING)
    desk.call("show_stop", "19:59")
    assert "20:00:00 skipped one: show stopped, by Kim" in desk.until("20:05")
    told = desk.call("start one", "20:06")
    assert (told.reason, told.by) == ("the show is stopped, by Kim: restore it first", "Kim")
    desk.call("restore", "20:07")
    assert desk.call("start one", "20:08").accepted


def test_it_is_refused_where_a_run_in_hand_has_its_outputs_and_says_whose() -> None:
    file = night_file(
        (LOOP, HAND),
        (
            slot("gala", "19:00", "19:30", "hand", start="manual"),
            slot("loop", "20:00", "20:10", "loop"),
        ),
    )
    desk = Desk(file)
    desk.call("go gala 1", "19:05")
    told = desk.call("start", "19:40", by="Lee")
    assert told.reason == "gala is in hand by Kim on the same outputs: end it first"
    assert told.by == "Kim"
    desk.until("20:00")
    assert desk.call("start loop").reason == "loop waits: gala is in hand, by Kim"


def test_it_is_refused_past_curfew_past_its_latest_start_and_where_it_no_longer_fits() -> None:
    latest = Desk(EVENING).at("20:12")
    file = night_file(
        (LOOP,),
        (
            slot("one", "20:00", "20:10", "loop", latest_start=latest),
            slot("two", "20:20", "20:30", "loop"),
            slot("three", "20:45", "20:55", "loop"),
        ),
        curfew="22:00",
    )
    desk = Desk(file)
    desk.call("automation_off", "19:00")
    desk.until("20:21")
    assert (
        desk.call("start one", "20:21").reason
        == "one does not fit any more: it had to start by 20:12:00"
    )
    desk.call("automation_on", "20:36")
    assert (
        desk.call("start two", "20:36").reason
        == "two does not fit any more: it had to start by 20:35:00"
    )
    assert desk.call("start two", "22:01").reason == "curfew of wall was at 22:00:00"


def test_it_is_refused_of_what_has_begun_is_displaced_or_is_not_there() -> None:
    desk = Desk(EVENING)
    desk.until("20:01")
    assert desk.call("start one").reason == "one has begun already"
    assert desk.call("start nothing").reason == "there is no run nothing tonight"
    desk.until("22:00")
    assert desk.call("start").reason == "no slot is still to come tonight"


def test_a_slot_that_was_started_early_does_not_keep_another_from_fitting() -> None:
    """`next` was brought early and is over: what waits need not be over before its instant."""
    file: NightFile = night_file(
        (LOOP, HAND),
        (
            slot("gala", "19:00", "19:30", "hand", start="manual"),
            slot("loop", "20:00", "20:10", "loop"),
            slot("next", "20:12", "20:22", "loop"),
        ),
    )
    desk = Desk(file)
    desk.call("start next", "18:30")
    desk.call("go gala 1", "19:05")
    assert desk.until("20:11") == ["20:00:00 waiting loop: gala is in hand, by Kim"]
    assert "20:11:00 cue_went loop 1 auto" in desk.lines(call("end gala"), "20:11")


def test_the_house_of_all_playbooks_starts_early_as_well() -> None:
    desk = Desk(FILE)
    assert desk.call("start loop.2", "19:00").accepted
    assert "cue_went loop.2 1 auto" in " ".join(desk.lines(call("start loop.2"), "19:30"))
