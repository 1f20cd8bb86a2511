from __future__ import annotations

import pytest

from schedules.catalogue.index import Index
from schedules.catalogue.model import Action, Cue
from schedules.festival_file import decode
from tests.schedules.examples import SMALL


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(decode(SMALL))


def test_outputs_are_told_once_in_the_order_first_named(index: Index) -> None:
    assert index.expand(["surface:wall"]) == ("left", "right")
    assert index.expand(["below", "right", "surface:wall"]) == ("below", "right", "left")
    assert index.expand(["nowhere", "surface:nowhere"]) == ()
    assert index.by_surface(("below", "left", "right")) == {
        "floor": ("below",),
        "wall": ("left", "right"),
    }


def play(**what: str | int) -> Action:
    return Action(action="play", outputs=("left",), **what)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cue", "length"),
    [
        (Cue(number="1"), 0),
        (Cue(number="1", duration=7), 7),
        (Cue(number="1", do=(play(clip=1),)), None),
        (Cue(number="1", do=(play(clip=1),), duration=9), 9),
        (Cue(number="1", do=(play(work="rain"),)), 300_000),
        (Cue(number="1", do=(play(work="rain"), play(work="snow"))), 600_000),
        (Cue(number="1", do=(play(work="rain"), play(clip=1))), None),
        (Cue(number="1", do=(Action(action="stop", fade=5), Action(action="stop", fade=3))), 5),
    ],
)
def test_how_long_a_cue_lasts(index: Index, cue: Cue, length: int | None) -> None:
    assert index.length(cue) == length
