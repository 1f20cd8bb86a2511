"""Going through a GO leaves nothing behind, keeps away from cues, and is not done where nothing stands by."""

from __future__ import annotations

import msgspec

from show_control.warming import APART, EVERY, Warming, go_through
from tests.show_control.playing import Playing


def standing() -> Playing:
    playing = Playing(asking=False)
    playing.until("20:11")
    assert any(r.live and r.standby is not None for r in playing.player.state.runs.values())
    return playing


def test_a_go_that_is_gone_through_leaves_nothing_behind() -> None:
    playing = standing()
    player = playing.player
    state, entries, sent = player.state, list(playing.all_entries()), list(playing.transport.sent)
    for run in state.runs.values():
        if run.live and run.standby is not None:
            assert go_through(player, run, player.clock.now()), "it comes to packets"
    assert player.state is state
    assert playing.all_entries() == entries
    assert playing.transport.sent == sent
    assert not player.sending._open


def test_it_keeps_away_from_cues() -> None:
    playing = standing()
    playing.call("go gala")
    warming = Warming()
    away: list[int] = []
    while playing.clock.now() < playing.at("20:11:15"):
        warming.turn(playing.player)
        at, cue = warming.next_at(), playing.player.next_instant()
        if at is not None and cue is not None and cue >= playing.clock.now():
            away.append(at - cue)
        playing.until(playing.clock.now() + EVERY)
    assert away
    assert not [a for a in away if -APART < a < 0]


def test_where_nothing_stands_by_it_wants_no_turn() -> None:
    playing = Playing(start="17:00", asking=False)
    warming = Warming()
    warming.turn(playing.player)
    assert warming.next_at() is None


def test_a_fault_in_what_is_gone_through_stops_nothing() -> None:
    playing = standing()
    run = next(r for r in playing.player.state.runs.values() if r.standby is not None)
    broken = msgspec.structs.replace(run, standby=10_000)
    assert not go_through(playing.player, broken, playing.clock.now())
