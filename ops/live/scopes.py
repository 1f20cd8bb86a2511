"""What of the board a person may see, where that is not all of it. Pure."""

from __future__ import annotations

import msgspec

from ops.access.rights import SignedIn
from show_control import board as boards
from show_control.documents import Board, LineView

Scope = frozenset[tuple[str | None, str | None]]
"""Pairs of festival and surface; None is every one."""
EVERYTHING: Scope = frozenset({(None, None)})


def seen_by(person: SignedIn) -> Scope:
    """The places that they may see, as one scope: those who may see the same share a feed."""
    scope = frozenset((g.festival, g.surface) for g in person.grants if "see" in g.rights)
    return EVERYTHING if scope >= EVERYTHING else scope


def project(board: Board, scope: Scope) -> Board:
    """The board with what is of the scope's surfaces, and what is of no surface.

    A festival of which nothing may be seen is not named, as though the player held none.
    """
    here = {surface for festival, surface in scope if festival in (None, board.festival)}
    if None in here:
        return board
    if not here:
        return _closed(board)
    outputs = tuple(o for o in board.outputs if o.surface in here)
    servers = {output.server for output in outputs}
    return msgspec.structs.replace(
        board,
        surfaces=tuple(s for s in board.surfaces if s.surface in here),
        slots=tuple(s for s in board.slots if s.surface in here),
        runs=tuple(r for r in board.runs if r.surface in here),
        outputs=outputs,
        servers=tuple(s for s in board.servers if s.server in servers),
        lines=tuple(line for line in board.lines if _is_of(line, here)),
    )


def _is_of(line: LineView, surfaces: set[str | None]) -> bool:
    """A line of one of these surfaces, or of nothing in particular."""
    if line.surface is None:
        return line.run is None and line.slot is None
    return line.surface in surfaces


def _closed(board: Board) -> Board:
    """What tells only that there is a player, and what it and the service suffer from."""
    empty = boards.view(boards.EMPTY, 0)
    return msgspec.structs.replace(
        empty,
        player=board.player,
        term=board.term,
        volatile=board.volatile,
        alarms=board.alarms,
    )
