"""A laser, a flame: lit by tonight's enable by name, dark at slot end and curfew, never lit late."""

from __future__ import annotations

from typing import Any

import pytest

from show_control import engine
from show_control.events import Restarted
from show_control.model import NightFile, Surface
from tests.show_control.house import (
    LASER,
    SURFACES,
    blackout,
    cue,
    level,
    night_file,
    play,
    sequence,
    slot,
    stop,
)
from tests.show_control.playbook import Desk, call, went_by

BOTH = sequence(
    "both",
    cue("1", play(7), play("x", LASER), length=600_000),
    cue("2", level(0.3, "left", LASER), then="follow", length=None),
    cue("3", stop(LASER)),
)


def house(**slot_rest: Any) -> NightFile:
    given = {"outputs": ("left", "right", LASER), "start": "manual"} | slot_rest
    return night_file((BOTH,), (slot("gala", "20:00", "20:30", "both", **given),), curfew="22:00")


def lit(**slot_rest: Any) -> Desk:
    desk = Desk(house(**slot_rest))
    desk.call("enable", "19:50", output=LASER)
    desk.until("20:00")
    if "auto" not in slot_rest.values():
        desk.call("go gala", "20:01")
    assert desk.lit(LASER) == [True]
    return desk


def test_without_an_enable_its_action_is_not_sent_and_the_rest_of_the_cue_goes() -> None:
    desk = Desk(house())
    desk.until("20:00")
    assert desk.lines(call("go gala"), "20:01") == [
        "20:01:00 yes 3 #2",
        "20:01:00 cue_went gala 1 GO",
        "20:01:00 play 7 -> left, right",
        "20:01:00 not_sent gala 1 beam: laser not enabled tonight",
    ]


def test_every_action_on_it_needs_the_enable() -> None:
    desk = Desk(house())
    desk.call("standby gala 3", "20:01")
    assert "20:02:00 not_sent gala 3 beam: laser not enabled tonight" in desk.lines(
        call("go gala"), "20:02"
    )


def test_an_enable_lights_it_at_its_cue_and_later_ones_light_nothing() -> None:
    desk = Desk(house())
    desk.call("go gala", "20:01")
    assert desk.lines(call("enable", output=LASER), "20:02") == ["20:02:00 yes"]
    assert desk.lit(LASER) == [False]


def test_an_enable_is_of_one_night() -> None:
    desk = Desk(house())
    desk.call("enable", output=LASER)
    enabled = desk.state.enabled[LASER]
    yesterday = type(enabled)(by="Kim", at=enabled.at, night="2025-09-01")
    desk.state = type(desk.state)(
        **{f: getattr(desk.state, f) for f in desk.state.__struct_fields__}
        | {"enabled": {LASER: yesterday}}
    )
    assert "20:01:00 not_sent gala 1 beam: laser not enabled tonight" in desk.lines(
        call("go gala"), "20:01"
    )


def test_a_disable_makes_it_dark_and_a_later_enable_lights_nothing_by_itself() -> None:
    desk = lit()
    assert desk.lines(call("disable", output=LASER), "20:02") == [
        "20:02:00 disabled: stop -> beam",
        "20:02:00 hazard_end: disabled",
        "20:02:00 yes",
    ]
    assert desk.lines(call("enable", output=LASER), "20:03") == ["20:03:00 yes"]
    desk.call("restore", "20:04", output=LASER)
    desk.call("restore gala", "20:04")
    assert desk.lit(LASER) == [False]


def test_it_stops_at_its_slots_end_though_the_run_is_in_hand() -> None:
    desk = lit()
    assert desk.until("20:30")[-2:] == [
        "20:30:00 slot end: stop -> beam",
        "20:30:00 hazard_end gala: slot end",
    ]
    assert desk.lit("left", LASER) == [True, False]


def test_past_its_slots_end_no_cue_lights_it() -> None:
    desk = lit()
    desk.call("standby gala 1", "20:31")
    assert "20:31:00 not_sent gala 1 beam: past the end of its slot" in desk.lines(call("go gala"))


def test_a_second_performance_after_the_slot_does_not_light_it() -> None:
    desk = lit()
    desk.call("end gala", "20:31")
    desk.call("standby gala 1", "20:32")
    desk.call("go gala 1", "20:33")
    assert desk.lit("left", LASER) == [True, False]


def test_it_stops_at_curfew_though_the_run_is_in_hand_and_its_slot_goes_on() -> None:
    show = night_file(
        (BOTH,),
        (slot("gala", "21:50", "22:30", "both", start="manual", outputs=("left", LASER)),),
        curfew="22:00",
    )
    desk = Desk(show)
    desk.call("enable", output=LASER)
    desk.call("go gala", "21:55")
    assert "22:00:00 curfew: stop -> beam" in desk.until("22:00")
    assert desk.lit("left", LASER) == [True, False]
    desk.call("standby gala 1", "22:01")
    assert "22:01:00 not_sent gala 1 beam: past curfew" in desk.lines(call("go gala"))


def test_shared_with_its_run_it_stops_at_that_runs_slots_end_all_the_same() -> None:
    """`shares`: the slot joins the bridge and does not claim the beam, but its cue lit it."""
    desk = lit(outputs=("left", "right"))
    assert "20:30:00 slot end: stop -> beam" in desk.until("20:30")


def test_the_end_of_a_slot_leaves_dark_alone_what_another_run_has_by_right() -> None:
    """The gala's slot is over while the beam's own slot runs on."""
    beam = sequence("beam", cue("1", play("x", LASER), length=None))
    file = night_file(
        (BOTH, beam),
        (
            slot("gala", "20:00", "20:30", "both", start="manual"),
            slot("beam", "20:00", "21:00", "beam", surface="bridge", outputs=(LASER,)),
        ),
    )
    desk = Desk(file)
    desk.call("enable", output=LASER)
    desk.call("go gala", "20:10")
    desk.until("20:31")
    assert desk.lit(LASER) == [True]
    desk.until("21:00")
    assert desk.lit(LASER) == [False]


def test_it_is_never_lit_late() -> None:
    desk = Desk(house())
    desk.call("enable", output=LASER)
    desk.call("go gala 1", "20:01")
    desk.call("disable", "20:02", output=LASER)
    desk.call("enable", "20:03", output=LASER)
    told = desk.stalled("20:11:10")  # cue 2 was due at 20:11:00
    assert "20:11:00 not_sent gala 2 beam: a laser is never lit late" in told
    assert desk.lit("left", LASER) == [True, False]


def test_it_is_never_lit_again_after_a_restart() -> None:
    desk = Desk(house(start="auto"))
    desk.call("enable", "19:50", output=LASER)
    told = desk.stalled("20:05", Restarted())
    assert "20:00:00 not_sent gala 1 beam: a laser is never lit late" in told
    assert desk.lit("left", LASER) == [True, False]


@pytest.mark.parametrize("surface", ["idle", "safe"])
def test_neither_idle_nor_the_safe_look_lights_it(surface: str) -> None:
    bright = (play("ambient", LASER), level(0.5, LASER))
    given = {"safe": (blackout(LASER),), "idle": (stop(LASER),)} | {surface: bright}
    file = house(start="auto")
    bridge = Surface(id="bridge", **given)
    file = type(file)(
        **{f: getattr(file, f) for f in file.__struct_fields__}
        | {"surfaces": SURFACES | {"bridge": bridge}}
    )
    desk = Desk(file)
    desk.call("enable", output=LASER)
    desk.until("20:01")
    desk.call("fade_out" if surface == "safe" else "end gala")
    assert desk.lit(LASER) == [False]
    desk.until("22:01")
    assert desk.lit(LASER) == [False]


def test_restore_of_a_run_leaves_out_the_one_that_is_not_enabled() -> None:
    desk = lit()
    desk.call("fade_out", "20:02")
    desk.state = type(desk.state)(
        **{f: getattr(desk.state, f) for f in desk.state.__struct_fields__} | {"enabled": {}}
    )
    assert desk.call("restore", output=LASER).reason == "laser not enabled tonight"
    assert desk.lines(call("restore gala"), "20:03")[:2] == [
        "20:03:00 not_sent gala beam: laser not enabled tonight",
        "20:03:00 restore: shows 7 at 1 -> left, right",
    ]
    desk.now += 5000
    assert desk.lit("left", LASER) == [True, False]


def test_an_enabled_one_is_restored_by_a_person_within_its_slot() -> None:
    desk = lit()
    desk.call("fade_out", "20:02")
    desk.call("restore gala", "20:03")
    assert desk.lit(LASER) == [True]
    desk.call("fade_out", "20:04")
    desk.until("20:30")
    desk.call("restore", "20:31", output=LASER)
    assert desk.lit(LASER) == [False]


def test_what_is_due_of_it_after_a_long_absence_ends_dark() -> None:
    desk = lit()
    _ = went_by
    desk.stalled("23:00", Restarted(same_engine=False))
    assert desk.lit(LASER) == [False]
    assert engine.deadline(desk.state) is None
