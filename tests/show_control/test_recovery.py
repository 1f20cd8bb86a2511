"""What a player that comes back knows: the state its journal folds to, and what it cannot know."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from show_control import board
from show_control.clock import Pair
from show_control.entries import Entry
from show_control.player import ENGINE
from show_control.recovery import begins, makes_sense, recover
from tests.show_control.house import FILE
from tests.show_control.playing import Playing


def played(*, asking: bool = True) -> Playing:
    playing = Playing(FILE, asking=asking)
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


@given(holes=st.sets(st.integers(1, 60), min_size=1, max_size=12))
@settings(max_examples=60, deadline=None)
def test_whatever_is_missing_the_player_comes_back_and_runs_hold(holes: set[int]) -> None:
    """Missing entries are counted; what is left fits together, and the loop goes on with it."""
    playing = played(asking=False)
    entries = playing.all_entries()
    kept = [e for e in entries if e.seq % 61 not in holes or e.seq == 1]
    inside = sum(e.seq < kept[-1].seq for e in entries) + 1 - len(kept)
    found = recover(kept)
    assert found.lost >= inside
    assert makes_sense(found.board.state)
    playing.shelf.entries = kept
    playing.come_back(same_engine=not found.lost)
    playing.until("20:06")
    running = [r for r in found.board.state.runs.values() if r.phase == "running"]
    if inside:
        assert all(playing.player.state.runs[r.id].phase != "running" for r in running)


def test_what_nobody_understands_is_passed_over_and_counted() -> None:
    playing = played()
    odd = [
        Entry(player="p", term=1, seq=0, at=0, kind=kind, data=data)
        for kind, data in (
            ("state", {}),
            ("result", {"of": 3}),
            ("file", {"hash": []}),
            ("term", {}),
        )
    ]
    entries = playing.all_entries()
    renumbered = [
        msgspec.structs.replace(e, seq=n) for n, e in enumerate([*entries, *odd], start=1)
    ]
    found = recover(renumbered)
    assert found.lost == len(odd)
    assert found.board.state == playing.player.state


def test_a_state_patched_over_a_gap_that_makes_no_sense_is_not_taken() -> None:
    """The run itself is missing, who owns the outputs is not."""
    playing = played()
    first = next(n for n, e in enumerate(playing.shelf.entries) if "runs" in str(e.data))
    orphan = Entry(player="p", term=1, seq=first + 9, at=0, kind="state", data={"patch": {"owners": {"left": "nobody"}}})  # fmt: skip
    found = recover([*playing.shelf.entries[:first], orphan])
    assert found.lost > 0
    assert found.board.state == recover(playing.shelf.entries[:first]).board.state
