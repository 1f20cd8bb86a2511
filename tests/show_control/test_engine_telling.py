"""Load, seek and raw OSC: told once, beside the looks; judged for hazards; stale where they come late."""

from __future__ import annotations

import msgspec
import pytest

from show_control.events import Restarted
from show_control.model import Action, Argument, NightFile
from show_control.wire_log import wire_log
from tests.show_control.house import (
    LASER,
    OUTPUTS,
    at,
    blackout,
    cue,
    level,
    night_file,
    play,
    sequence,
    slot,
    with_night,
)
from tests.show_control.playbook import Desk, call, playbook, went_by
from tests.show_control.playing import Playing

OSC = Action(
    kind="osc", address="/x", args=(Argument(tag="i", value=3),), outputs=("left", "right")
)
SPARK = Action(kind="osc", address="/fire", outputs=(LASER,))
LOAD = Action(kind="load", clip=4, outputs=("left",))
SEEK = Action(kind="seek", to=30_000, outputs=("left",))


def house(*cues: object, late: str = "fire", start: str = "manual") -> NightFile:
    show = sequence("show", *cues, late=late)  # type: ignore[arg-type]
    outputs = tuple(OUTPUTS)
    return night_file(
        (show,), (slot("gala", "20:00", "22:00", "show", start=start, outputs=outputs),)
    )


def test_raw_osc_goes_once_to_a_server_and_a_load_to_each_output() -> None:
    playbook(house(cue("1", OSC, LOAD)), [
        ("20:00", None, "20:00:00 stands_by gala"),
        ("20:01", call("go gala"),
         "20:01:00 yes - #2", "20:01:00 cue_went gala 1 GO",
         "20:01:00 osc -> left", "20:01:00 load -> left",
         "20:01:00 ended gala: its last cue ended"),
    ])  # fmt: skip


def test_they_change_no_look_and_take_off_no_cover() -> None:
    desk = Desk(house(cue("1", play(1), length=60_000), cue("2", OSC, LOAD)))
    desk.until("20:00")
    desk.call("go gala", "20:01")
    desk.call("fade_out", "20:01:10")
    before = desk.look("left"), dict(desk.state.faded)
    desk.call("go gala", "20:01:20")
    assert (desk.look("left"), dict(desk.state.faded)) == before


def test_a_seek_moves_since_when_the_clip_plays() -> None:
    desk = Desk(house(cue("1", play(1), length=60_000), cue("2", SEEK)))
    desk.until("20:00")
    desk.call("go gala", "20:01")
    desk.call("go gala", "20:01:10")
    look = desk.look("left")
    assert (look.clip, look.since) == (1, desk.at("20:00:40"))
    assert desk.state.cued["left"].since == desk.at("20:00:40")
    assert desk.look("right").since == desk.at("20:01")


def test_where_nothing_plays_there_is_no_place_to_go_to() -> None:
    desk = Desk(house(cue("1", SEEK, length=1000)))
    desk.until("20:00")
    assert desk.lines(call("go gala"), "20:01")[-1] == (
        "20:01:00 not_sent gala 1 left: nothing plays there"
    )


@pytest.mark.parametrize("named", [True, False])
def test_a_hazards_raw_osc_needs_tonights_enable(named: bool) -> None:
    desk = Desk(house(cue("1", SPARK, length=1000)))
    desk.until("20:00")
    if named:
        desk.call("enable", output=LASER)
    told = desk.lines(call("go gala"), "20:01")
    assert told[-1] == (
        "20:01:00 osc -> beam"
        if named
        else "20:01:00 not_sent gala 1 beam: laser not enabled tonight"
    )


def test_one_hazard_among_its_outputs_and_its_server_gets_nothing() -> None:
    both = Action(kind="osc", address="/x", outputs=("left", LASER))
    desk = Desk(house(cue("1", both, length=1000)))
    desk.until("20:00")
    assert desk.lines(call("go gala"), "20:01")[-2:] == [
        "20:01:00 osc -> left",
        "20:01:00 not_sent gala 1 beam: laser not enabled tonight",
    ]


def test_a_hazards_raw_osc_never_goes_late() -> None:
    desk = Desk(house(cue("1", length=1000), cue("2", SPARK, then="follow"), start="auto"))
    desk.call("enable", "19:00", output=LASER)
    desk.until("20:00")
    assert "20:00:01 not_sent gala 2 beam: a laser is never lit late" in desk.stalled("20:00:05")


def test_of_late_cues_the_newest_tell_and_what_the_others_had_to_tell_is_stale() -> None:
    other = Action(kind="osc", address="/y", outputs=("left",))
    cues = (
        cue("1", play(1), length=1000),
        cue("2", OSC, play(2), then="follow", length=1000),
        cue("3", other, level(0.5, "right"), then="follow", length=600_000),
        cue("4", LOAD, then="with"),
    )
    playbook(house(*cues, start="auto"), [
        ("20:00", None, "20:00:00 cue_went gala 1 auto", "20:00:00 play 1 -> left, right"),
        ("20:01", went_by(Restarted()),
         "20:01:00 cue_went gala 2 follow late 59000",
         "20:00:01 not_sent gala 2 left: a later cue came before it was sent",
         "20:01:00 cue_went gala 3 follow late 58000", "20:00:02 osc -> left",
         "20:01:00 cue_went gala 4 with late 58000", "20:00:02 load -> left",
         "20:01:00 late: cue: shows 2 at 1 -> left", "20:01:00 late: cue: shows 2 at 0.5 -> right"),
    ])  # fmt: skip


def test_a_restart_never_says_them_again() -> None:
    desk = Desk(house(cue("1", play(1), OSC, LOAD, SEEK, length=600_000), start="auto"))
    desk.until("20:00:01")
    assert desk.lines(Restarted(), "20:00:02") == []


def test_past_curfew_only_what_is_in_hand_may_tell() -> None:
    show = sequence("show", cue("1", blackout(), length=0), cue("2", OSC, length=1000))
    file = night_file((show,), (slot("gala", "20:00", "23:30", "show", start="manual"),))
    desk = Desk(file)
    desk.until("20:00")
    desk.call("go gala", "22:59")
    assert "23:10:00 osc -> left" in desk.lines(call("go gala"), "23:10")


# --- on the wire ---------------------------------------------------------------------------------------------------


def test_raw_osc_reaches_main_and_backup_once_each_and_its_intent_ends() -> None:
    playing = Playing(house(cue("1", OSC)), "20:00:00")
    playing.call("go gala", "20:00:01")
    sent = [(s.server, s.which) for s in playing.transport.sent if s.datagram.startswith(b"/x\0")]
    assert sent == [("one", "main"), ("one", "backup")]
    (intent,) = [e for e in playing.all_entries() if e.kind == "intent" and e.cue == "1"]
    (result,) = [e for e in playing.all_entries() if e.kind == "result" and e.cue == "1"]
    assert (intent.output, intent.data["action"]["address"]) == ("left", "/x")
    assert result.data == {
        "of": [intent.term, intent.seq], "main": "sent", "backup": "sent", "level_only": True,
    }  # fmt: skip


def test_it_takes_back_nothing_of_a_fade_and_leaves_confirmed_what_shows() -> None:
    show = (cue("1", play(1), length=600_000), cue("2", level(0.2, fade=2000)), cue("3", OSC))
    playing = Playing(house(*show), "20:00:00")
    playing.call("go gala", "20:00:01")
    playing.call("go gala", "20:00:05")
    playing.call("go gala", "20:00:06")
    playing.until("20:00:07.900")
    levels = [
        s for s in playing.transport.sent if b"opacity\0,f" in s.datagram and s.which == "main"
    ]
    assert levels[-1].at == playing.at("20:00:07")
    playing.until("20:00:09")
    assert playing.output("left").agreement == "confirmed"
    playing.call("standby gala 3", "20:00:10")
    playing.call("go gala", "20:00:10.100")
    assert playing.output("left").agreement == "confirmed"


def test_what_left_is_told_again_from_the_journal() -> None:
    playing = Playing(house(cue("1", play(1), OSC, length=1000)), "20:00:00")
    playing.call("go gala", "20:00:01")
    told = [p.address for p in wire_log(playing.all_entries()) if p.side == "main"]
    assert "/x" in told


def test_hold_and_resume_say_nothing_a_second_time() -> None:
    """Linux Show Player, issue 60: a command cue ran again when it was resumed."""
    desk = Desk(
        house(cue("1", play(1), OSC, LOAD, SEEK, length=60_000), cue("2", OSC, then="follow"))
    )
    desk.until("20:00")
    desk.call("go gala", "20:01")
    desk.call("hold gala", "20:01:10")
    assert desk.lines(call("resume gala"), "20:01:20") == ["20:01:20 yes - #2"]
    assert desk.until("20:02") == [
        "20:02:00 cue_went gala 2 follow",
        "20:02:00 osc -> left",
        "20:02:00 ended gala: its last cue ended",
    ]


def test_what_raw_osc_may_have_lit_is_stopped_at_the_end_of_its_slot_all_the_same() -> None:
    file = house(cue("1", SPARK, length=1000), cue("2"))
    desk = Desk(
        with_night(
            file, slots=(msgspec.structs.replace(file.nights[0].slots[0], ends=at("20:30")),)
        )
    )
    desk.until("20:00")
    desk.call("enable", output=LASER)
    desk.call("go gala", "20:01")
    assert "20:30:00 slot end: stop -> beam" in desk.until("20:30")
    desk.call("go gala 2", "20:31")
