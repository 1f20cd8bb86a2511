"""The board of a night under way, and how it changes: the same for both servers."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import msgspec

from schedules.compile import compile_nights
from schedules.festival_file import decode
from show_control import board as boards
from show_control.documents import Board
from show_control.rehearsal import rehearse

FESTIVAL = Path(__file__).parents[2] / "festivals" / "seoullight-2025-fall.toml"
NIGHT = date(2025, 8, 29)
INTO = 20 * 60_000
"""Milliseconds into the night's first slot."""


def night_under_way() -> Board:
    """The example's second night, some cues in."""
    file = compile_nights(decode(FESTIVAL.read_text("utf-8")), nights=[NIGHT]).night_file
    now = file.nights[0].slots[0].starts + INTO
    fold = boards.EMPTY
    for entry in rehearse(file, []).entries:
        if entry.at <= now:
            fold = boards.fold(fold, entry)
    return boards.view(fold, now)


def changed(board: Board) -> Board:
    """What changes ten times a second on such a night: what servers report of the outputs.

    The first output's `since` is when this was made, by CLOCK_MONOTONIC, in nanoseconds: clients
    read from it how long the frame took.
    """
    first = msgspec.structs.replace(board.outputs[0], since=time.monotonic_ns())
    return msgspec.structs.replace(board, outputs=(first, *board.outputs[1:]))
