"""What of the board a person may see, where that is not all of it. Pure."""

from __future__ import annotations

import msgspec

from ops.access.rights import SignedIn
from show_control import board as boards
from show_control.documents import AlarmView, Board, LineView, PredictionView

Scope = frozenset[tuple[str | None, str | None]]
"""Pairs of festival and surface; None is every one."""
EVERYTHING: Scope = frozenset({(None, None)})


def seen_by(person: SignedIn) -> Scope:
    """The places that they may see, as one scope: those who may see the same share a feed."""
    scope = frozenset((g.festival, g.surface) for g in person.grants if "see" in g.rights)
    return EVERYTHING if scope >= EVERYTHING else scope


def project(board: Board, scope: Scope) -> Board:
    """The board with what touches the scope's surfaces, and what touches none.

    A run of another surface is there where it has outputs of these. A festival of which nothing
    may be seen is not named, as though the player held none.
    """
    here = {surface for festival, surface in scope if festival in (None, board.festival)}
    if None in here:
        return board
    if not here:
        return _closed(board)
    outputs = tuple(o for o in board.outputs if o.surface in here)
    names = {output.output for output in outputs}
    servers = {output.server for output in outputs}
    runs = tuple(r for r in board.runs if r.surface in here or names.intersection(r.outputs))
    theirs = {run.run for run in runs}
    slots = tuple(
        msgspec.structs.replace(s, surfaces=tuple(x for x in s.surfaces if x in here))
        for s in board.slots
        if s.surface in here or s.run in theirs
    )
    return msgspec.structs.replace(
        board,
        predictions=_predictions(board, here, {s.slot for s in slots}),
        surfaces=tuple(s for s in board.surfaces if s.surface in here),
        slots=slots,
        runs=runs,
        outputs=outputs,
        servers=tuple(s for s in board.servers if s.server in servers),
        lines=tuple(
            line
            for line in board.lines
            if line.surface in here or line.run in theirs or _of_nothing(line)
        ),
        alarms=_alarms(board, names),
    )


def _of_nothing(line: LineView) -> bool:
    return line.surface is None and line.run is None and line.slot is None


def _alarms(board: Board, outputs: set[str]) -> tuple[AlarmView, ...]:
    """Those that touch one of these outputs, every output, or none at all."""
    return tuple(a for a in board.alarms if not a.outputs or outputs.intersection(a.outputs))


def _predictions(
    board: Board, here: set[str | None], slots: set[str]
) -> tuple[PredictionView, ...]:
    """Those of these surfaces, with the cuts of which every slot may be seen."""
    return tuple(
        msgspec.structs.replace(p, cuts=tuple(c for c in p.cuts if slots.issuperset(c.slots)))
        for p in board.predictions
        if p.surface in here
    )


def _closed(board: Board) -> Board:
    """What tells only that there is a player, and what it and the service suffer from."""
    empty = boards.view(boards.EMPTY, 0)
    return msgspec.structs.replace(
        empty,
        player=board.player,
        term=board.term,
        volatile=board.volatile,
        alarms=_alarms(board, set()),
    )
