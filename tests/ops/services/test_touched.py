"""What a call touches: of a slot that has not begun as well, and of what its cues start."""

from __future__ import annotations

from ops.live.scopes import project, seen_by
from ops.services.caller import surfaces_touched
from show_control import board as boards
from show_control.documents import Board
from show_control.events import Call
from show_control.model import Action, NightFile, Slot
from show_control.rehearsal import rehearse
from tests.ops.live.boards import of_one
from tests.show_control.house import LASER, LOOP, at, cue, night_file, play, sequence, slot

BEAM = sequence("beam", cue("1", play("x", LASER), length=1000))
STARTS = sequence("starts", cue("1", play(1), Action(kind="start", outputs=(), sequence="beam")))


def file(*slots: Slot) -> NightFile:
    return night_file((LOOP, BEAM, STARTS), slots)


def board(of: NightFile, when: str) -> Board:
    fold = boards.EMPTY
    for entry in rehearse(of, []).entries:
        if entry.at <= at(when):
            fold = boards.fold(fold, entry)
    return boards.view(fold, at(when))


WALL = slot("one", "20:00", "20:10", "loop")
BOTH = slot("two", "20:20", "20:30", "starts", start="manual")
BRIDGE = slot("three", "20:40", "20:50", "beam", surface="bridge", outputs=(LASER,))


def touched(when: str, call: Call, *slots: Slot) -> set[str] | None:
    found = surfaces_touched(board(file(*slots), when), call)
    return None if found is None else set(found)


def test_a_slot_that_has_not_begun_touches_what_it_would_move() -> None:
    slots = (WALL, BOTH, BRIDGE)
    for name, wanted in (("one", {"wall"}), ("two", {"wall", "bridge"}), ("three", {"bridge"})):
        assert touched("19:00", Call(call="start", run=name), *slots) == wanted


def test_the_next_of_a_surface_may_be_any_that_is_still_to_come_on_it() -> None:
    assert touched("19:00", Call(call="start", surface="wall"), WALL, BRIDGE) == {"wall"}
    assert touched("19:00", Call(call="start", surface="wall"), WALL, BOTH) == {"wall", "bridge"}
    assert touched("19:00", Call(call="start", surface="bridge"), WALL, BOTH, BRIDGE) == {"bridge"}


def test_what_nobody_knows_may_be_anywhere() -> None:
    for call in (Call(call="start"), Call(call="start", run="moon"), Call(call="go", run="one")):
        assert touched("19:00", call, WALL, BRIDGE) is None


def test_a_run_touches_what_the_sequences_move_that_its_cues_start() -> None:
    assert touched("20:21", Call(call="go", run="two"), WALL, BOTH) == {"wall", "bridge"}
    assert touched("20:01", Call(call="hold", run="one"), WALL, BOTH) == {"wall"}


def test_who_may_see_one_surface_learns_of_no_other_by_a_slot() -> None:
    seen = project(board(file(WALL, BOTH), "19:00"), seen_by(of_one("small", "wall")))
    assert {s for v in seen.slots for s in v.surfaces} == {"wall"}
