"""What a player that comes back knows: the state its journal folds to, and what it cannot know."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from show_control import board
from show_control.clock import Pair
from show_control.entries import Entry
from show_control.journal import Cursor


class Recovered(msgspec.Struct, kw_only=True):
    """What was found: `unknowable` are intents whose packets may or may not have left."""

    board: board.Fold = board.EMPTY
    engine: str | None = None
    boot: str | None = None
    pair: Pair | None = None
    unknowable: dict[Cursor, Entry] = {}


def begins(entry: Entry) -> bool:
    """Whether a journal can be folded from this entry on: it has night files and whole state."""
    return entry.kind == "state" and bool(entry.data.get("whole"))


def recover(entries: Iterable[Entry]) -> Recovered:
    """Fold a journal from any point that has its night file and whole state, or from its beginning."""
    found = Recovered(unknowable={})
    for entry in entries:
        found.board = board.fold(found.board, entry)
        match entry.kind:
            case "term":
                found.boot = entry.data["boot"]
                found.pair = Pair(**entry.data["clock"])
                # A folder's first term has no whole state; a later one that died at once has none yet.
                found.engine = found.engine or entry.data["engine"]
            case "state" if begins(entry):
                found.engine = entry.data["engine"]
            case "clock_adopted":
                found.pair = Pair(**entry.data["clock"])
            case "intent":
                found.unknowable[entry.term, entry.seq] = entry
            case "result":
                of = entry.data["of"]
                found.unknowable.pop((of[0], of[1]), None)
            case _:
                pass
    return found
