"""What users of other systems complained of about servers, restarts and timecode.

Each test is named after a complaint, with the thread in which it was made.
"""

from __future__ import annotations

from show_control.model import Argument, Message
from tests.show_control.house import FILE, LOOP, cue, level, night_file, play, sequence, slot
from tests.show_control.playbook import Desk, call
from tests.show_control.playing import Playing
from tests.show_control.test_engine_timecode import Clock, show

OPEN_END = sequence("open", cue("1", play(7), length=None), cue("2", level(0.5)))
CALLED = night_file((OPEN_END,), (slot("gala", "20:00", "22:00", "open", start="manual"),))


def called() -> Playing:
    playing = Playing(CALLED, "19:59")
    playing.call("go gala", "20:00")
    playing.until("20:00:05")
    return playing


def test_qlcplus_1548_an_output_is_sent_its_look_again_while_the_show_goes_on() -> None:
    """A resync without stopping: `restore` of an output in somebody's hand."""
    playing = called()
    main = next(s for s in playing.servers if s.name == "one")
    press = Argument(tag="i", value=1)
    main.core.hear(Message(address="/composition/layers/1/clips/3/connect", args=(press,)), 0)
    playing.until("20:00:10")
    assert playing.output("left").evidence[0].agreement == "differs"
    playing.call("restore", output="left")
    pressed = [s.which for s in playing.until("20:00:15") if b"7/connect" in s.datagram]
    assert set(pressed) == {"main"}, "the backup's clip goes on where it is"
    assert playing.output("left").evidence[0].agreement == "confirmed"
    assert [r.phase for r in playing.player.state.runs.values()] == ["running"]


def test_qlcplus_1548_it_moves_no_cue_that_is_to_come() -> None:
    desk = Desk(FILE)
    desk.until("20:02")
    assert desk.lines(call("restore", output="left"), "20:02") == [
        "20:02:00 restore: shows 1 at 1 -> left",
        "20:02:00 yes",
    ]
    assert "20:05:00 cue_went loop.1 2 follow" in desk.until("20:06")


def test_chataigne_215_a_timecode_set_while_it_stands_is_followed_from_there() -> None:
    """Triggers were not fired once the time had been set from outside while paused."""
    desk = Desk(show())
    desk.until("20:00")
    clock = Clock(desk)
    clock.runs("10:00:10:00", "20:01:00")
    clock.tell("20:01:05", "stopped", "still")
    clock.zero += 72_000  # 10:02:10 would be heard at 20:03; somebody sets 10:00:58
    clock.tell("20:03", "stopped", "still")
    clock.runs("10:00:58:00", "20:04:00")
    assert "20:04:02.480 cue_went gala 3 timecode" in desk.until("20:04:10")


def test_generic_osc_90_after_a_restart_of_ours_the_next_cue_still_leaves() -> None:
    """A saved connection sent nothing after a restart, and was still shown as enabled."""
    playing = called()
    playing.come_back()
    playing.until("20:00:10")
    before = len(playing.transport.sent)
    playing.call("go gala", "20:00:11")
    sent = playing.transport.sent[before:]
    assert {s.which for s in sent} >= {"main", "backup"}
    playing.until("20:00:15")
    assert playing.output("left").evidence[0].agreement == "confirmed"


def test_playout_automation_6_a_run_that_nobody_watches_goes_on() -> None:
    """The rundown stopped after its clip once the controller was closed."""
    file = night_file((LOOP,), (slot("one", "20:00", "20:10", "loop"),))
    playing = Playing(file)
    playing.until("20:06")
    assert [e.cue for e in playing.all_entries() if e.kind == "cue_went"] == ["1", "2"]


def test_caspar_client_295_what_stands_by_needs_no_screen_to_be_ready() -> None:
    """Targets were blank until somebody clicked: here a call right after the load sends."""
    playing = Playing(CALLED, "20:00")
    assert playing.call("go gala", by="OSC desk").accepted
    assert {(s.which, s.at) for s in playing.transport.sent} >= {
        ("main", playing.at("20:00")),
        ("backup", playing.at("20:00")),
    }
