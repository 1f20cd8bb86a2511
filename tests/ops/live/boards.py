"""A board of two venues, some time into a night, and the people who may see which."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import msgspec

from ops.access.rights import Grant, SignedIn
from ops.live.alarms import Alarms
from schedules.compile import compile_nights
from schedules.festival_file import decode
from show_control import board as boards
from show_control.documents import Board
from show_control.rehearsal import rehearse
from show_control.sentences import said

FESTIVAL = Path(__file__).parents[2] / "festivals" / "river-and-dome.toml"
RIVER, DOME, TORCHES = "river-wall", "dome-front", "torches"
SHORTLY = 60_000
ALL = SignedIn(name="Kim", grants=(Grant(("see", "control")),))


def of_one(festival: str, surface: str | None = None) -> SignedIn:
    return SignedIn(name="Lee", grants=(Grant(("see",), festival, surface), Grant(("control",))))


def night_under_way(number: int = 0) -> Board:
    """One of its nights, just after a slot that is called by hand has begun, or else its last."""
    festival = decode(FESTIVAL.read_text("utf-8"))
    first = festival.festival.nights.first
    file = compile_nights(festival, nights=[first + timedelta(days=number)]).night_file
    slots = file.nights[0].slots
    now = next((s for s in slots if s.start == "manual"), slots[-1]).starts + SHORTLY
    fold = boards.EMPTY
    for entry in rehearse(file, []).entries:
        if entry.at <= now:
            fold = boards.fold(fold, entry)
    return boards.view(fold, now)


def with_alarms(board: Board) -> Board:
    """One of each venue, one of none."""
    alarms = Alarms(lambda: 0, lambda: None)
    for surface in (RIVER, DOME, TORCHES):
        names = tuple(o.output for o in board.outputs if o.surface == surface)
        alarms.rise(f"{surface}-alarm", said("alarm.player_silent"), outputs=names)
    alarms.rise("record-alarm", said("alarm.player_silent"))
    return msgspec.structs.replace(board, alarms=alarms.risen)


BOARD = with_alarms(night_under_way())


def lit(board: Board, surface: str) -> Board:
    """The same with a surface's outputs lit."""
    outputs = tuple(
        msgspec.structs.replace(o, lit=o.surface == surface or o.lit) for o in board.outputs
    )
    return msgspec.structs.replace(board, outputs=outputs)
