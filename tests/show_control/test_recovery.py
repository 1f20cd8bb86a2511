"""What a player that comes back knows: the state its journal folds to, and what it cannot know."""

from __future__ import annotations

from show_control import board
from show_control.clock import Pair
from show_control.entries import Entry
from show_control.player import ENGINE
from show_control.recovery import begins, recover
from tests.show_control.house import FILE
from tests.show_control.playing import Playing


def played() -> Playing:
    playing = Playing(FILE)
    playing.until("20:01")
    playing.call("hold loop.1", "20:02", request="r1")
    return playing


def test_an_empty_journal_is_a_first_start() -> None:
    found = recover([])
    assert (found.board, found.engine, found.pair, found.unknowable) == (
        board.EMPTY,
        None,
        None,
        {},
    )


def test_the_state_is_the_one_that_was() -> None:
    playing = played()
    found = recover(playing.all_entries())
    assert found.board.state == playing.player.state
    assert [key.split("\0")[-1] for key in found.board.state.answered] == ["r1"]
    assert (found.engine, found.boot) == (ENGINE, "virtual")
    assert found.pair == playing.clock.pair
    assert found.unknowable == {}


def test_a_later_term_can_be_folded_alone_from_its_whole_state() -> None:
    playing = played()
    playing.come_back()
    playing.until("20:03")
    playing.come_back()
    entries = playing.all_entries()
    start = max(n for n, e in enumerate(entries) if begins(e))
    assert 0 < start < len(entries)
    assert (
        recover(entries[start:]).board.state == recover(entries).board.state == playing.player.state
    )
    assert recover(entries[start:]).engine == ENGINE


def test_the_mapping_of_time_is_the_one_adopted_last() -> None:
    playing = Playing(FILE, "19:00")
    playing.player.adopt(Pair(wall=playing.clock.now() + 5, boottime=playing.clock.boottime()))
    assert recover(playing.all_entries()).pair == playing.clock.pair
    assert playing.clock.pair.wall == playing.at("19:00") + 5


def test_an_intent_without_a_result_cannot_be_known() -> None:
    playing = played()
    entries = playing.all_entries()
    result = next(e for e in reversed(entries) if e.kind == "result")
    cut = [e for e in entries if e is not result]
    found = recover(cut)
    assert list(found.unknowable) == [tuple(result.data["of"])]
    (intent,) = found.unknowable.values()
    assert (intent.kind, intent.output) == ("intent", result.output)


def test_a_result_in_a_later_term_ends_an_intent_of_an_earlier_one() -> None:
    playing = played()
    result = next(e for e in reversed(playing.shelf.entries) if e.kind == "result")
    playing.shelf.entries.remove(result)
    playing.come_back()
    assert recover(playing.all_entries()).unknowable == {}


def test_a_term_that_died_at_once_leaves_what_the_one_before_had() -> None:
    playing = played()
    header = Entry(player="p", term=2, seq=1, at=0, kind="term", data={"boot": "b2", "clock": {"wall": 7, "boottime": 9}, "engine": "2", "volatile": False})  # fmt: skip
    found = recover([*playing.all_entries(), header])
    assert found.board.state == playing.player.state
    assert found.boot == "b2"
