"""The demo's own hands: when they press GO, and that they leave a run to who has control of it."""

from __future__ import annotations

import pytest

from ops.hands_off import BY, wants_go
from show_control import board
from show_control.events import Call, CallName
from show_control.rehearsal import rehearse
from tests.show_control.house import FILE, at


def wants(when: str, *calls: tuple[str, CallName, str]) -> bool:
    made = [(at(w), Call(call=name, run="gala", by=by)) for w, name, by in calls]
    folded = board.EMPTY
    for entry in rehearse(FILE, made).entries:
        if entry.at <= at(when):
            folded = board.fold(folded, entry)
    shown = board.view(folded, at(when))
    (gala,) = [run for run in shown.runs if run.slot == "gala"]
    return wants_go(shown, gala, at(when))


@pytest.mark.parametrize(
    ("when", "calls", "wanted"),
    [
        ("20:10:01", [], False),
        ("20:10:03", [], True),
        ("20:11:12", [("20:11", "go", BY)], True),
        ("20:11:12", [("20:11", "go", "Kim")], False),
        ("20:11:12", [("20:11", "go", BY), ("20:11:05", "take_over", "Kim")], False),
        (
            "20:11:12",
            [
                ("20:11", "go", BY),
                ("20:11:05", "take_over", "Kim"),
                ("20:11:06", "hand_back", "Kim"),
            ],
            True,
        ),
        ("20:11:12", [("20:11", "go", BY), ("20:11:05", "hold", BY)], False),
    ],
)
def test_they_press_where_nobody_else_has_control(
    when: str, calls: list[tuple[str, CallName, str]], *, wanted: bool
) -> None:
    assert wants(when, *calls) == wanted
