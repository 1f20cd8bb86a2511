"""The player itself, killed and back, in timelines and loops, with what is told once and what cues start."""

from __future__ import annotations

import pytest

from show_control.model import Action, NightFile
from tests.show_control.house import cue, level, night_file, play, sequence, slot
from tests.show_control.playing import Playing, told

OSC = Action(kind="osc", address="/x", outputs=("left",))
START = Action(kind="start", outputs=(), sequence="side")
SHOW = sequence(
    "show",
    cue("1", play(1, "left"), START, OSC, at=0, length=5000),
    cue("2", level(0.5, "left"), OSC, at=10_000, length=1000, warn=4000, group={"en": "Late"}),
    cue("3", play(3, "left"), at=20_000, length=60_000),
)
SIDE = sequence("side", cue("1", play(7, "right"), length=4000, post_wait=1000, loop="1"))


def house() -> NightFile:
    return night_file((SHOW, SIDE), (slot("gala", "20:00", "22:00", "show"),))


def of_address(playing: Playing, address: bytes) -> int:
    return sum(s.datagram.startswith(address) for s in playing.transport.sent)


def test_killed_it_is_back_on_the_clock_of_timeline_and_loop() -> None:
    playing = Playing(house())
    playing.until("20:00:08")
    playing.come_back()
    playing.until("20:00:20.500")
    went = [
        (e.cue, e.at - playing.at("20:00")) for e in playing.all_entries() if e.kind == "cue_went"
    ]
    assert sorted(went, key=lambda w: (w[1], w[0])) == [
        ("1", 0), ("1", 0), ("1", 5000), ("1", 10_000), ("2", 10_000), ("1", 15_000),
        ("1", 20_000), ("3", 20_000),
    ]  # fmt: skip


def test_killed_it_says_nothing_again_that_is_told_once() -> None:
    playing = Playing(house())
    playing.until("20:00:03")
    assert of_address(playing, b"/x\0") == 2
    playing.come_back()
    playing.until("20:00:04.900")
    assert of_address(playing, b"/x\0") == 2
    assert told(playing.transport.sent[-3:]) == []


def test_killed_between_intent_and_result_raw_osc_is_unknowable_and_stays_unsent() -> None:
    playing = Playing(house())
    playing.until("20:00:03")
    (mine,) = [
        e for e in playing.shelf.entries
        if e.kind == "intent" and e.data["action"]["kind"] == "osc"
    ]  # fmt: skip
    playing.shelf.entries = [
        e for e in playing.shelf.entries
        if not (e.kind == "result" and e.data["of"] == [mine.term, mine.seq])
    ]  # fmt: skip
    playing.transport.sent.clear()
    playing.come_back()
    playing.until("20:00:04.900")
    assert of_address(playing, b"/x\0") == 0
    ends = [e.data for e in playing.all_entries() if e.kind == "result" and e.data["of"] == [mine.term, mine.seq]]  # fmt: skip
    assert [d["main"] for d in ends] == ["unknowable"]


def test_the_board_says_where_a_loop_is_and_from_when_to_warn() -> None:
    playing = Playing(house())
    playing.until("20:00:07")
    gala, side = playing.board().runs
    assert (gala.timeline, gala.parent, gala.looping) == (True, None, None)
    assert (side.timeline, side.parent) == (False, gala.run)
    assert side.looping is not None
    assert (side.looping.turn, side.looping.times, side.looping.leaving) == (2, None, False)
    two = gala.cues[1]
    assert (two.at, two.due, two.warn_at) == (
        10_000,
        playing.at("20:00:10"),
        playing.at("20:00:06"),
    )
    assert (two.group, gala.cues[2].warn_at) == ({"en": "Late"}, None)
    assert (gala.ends_at, gala.rest) == (playing.at("20:01:20"), 0)
    assert (side.ends_at, side.rest) == (None, 0), "nobody knows when a loop will be left"
    playing.call("leave gala:side", "20:00:08")
    left = playing.board().runs[1].looping
    assert left is not None
    assert left.leaving
    playing.until("20:00:10.001")
    assert playing.board().runs[1].looping is None


def test_a_server_that_was_away_is_given_its_look_and_no_backlog_of_what_was_told() -> None:
    playing = Playing(house())
    playing.until("20:00:05")
    playing.give("one", "silent")
    playing.until("20:00:13")
    playing.transport.sent.clear()
    playing.give("one", "ok")
    playing.until("20:00:19")
    assert of_address(playing, b"/x\0") == 0
    assert playing.output("left").agreement == "confirmed"


def test_a_timeline_that_stands_by_says_how_long_it_takes_and_one_that_runs_when_it_ends() -> None:
    show = sequence("show", *SHOW.cues, cue("4", length=5000))
    playing = Playing(night_file((show, SIDE), (slot("gala", "20:00", "22:00", "show", start="manual"),)))  # fmt: skip
    playing.until("20:00:05")
    assert (playing.board().runs[0].ends_at, playing.board().runs[0].rest) == (None, 80_000)
    playing.call("go gala", "20:00:10")
    playing.until("20:00:20")
    gala = playing.board().runs[0]
    assert (gala.standby, gala.ends_at, gala.rest) == ("4", playing.at("20:01:30"), 5000)


@pytest.mark.parametrize("away", [300, 800, 9000])
def test_what_had_to_be_told_while_the_player_was_away_goes_at_once_and_once(away: int) -> None:
    """It waits for no answer of its server, as a look does that may be right already."""
    playing = Playing(house())
    playing.until("20:00:09.900")
    playing.transport.sent.clear()
    playing.kill()
    playing.clock.wait_exactly(playing.at("20:00:10") + away)
    playing.come_back()
    assert of_address(playing, b"/x\0") == 2
    playing.until(playing.clock.now() + 900)
    assert of_address(playing, b"/x\0") == 2
    assert playing.output("left").level == 0.5
