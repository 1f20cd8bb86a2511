"""What a player that comes back knows: the state its journal folds to, and what it cannot know.

Entries that are missing, or that nobody understands, are passed over: what the others come to is
taken where it makes sense, else what there was before them, and runs are to hold.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from show_control import board
from show_control.board import Fold
from show_control.clock import Pair
from show_control.engine.state import Run, State
from show_control.entries import Entry
from show_control.journal import Cursor


class Recovered(msgspec.Struct, kw_only=True):
    """What was found: `unknowable` are intents whose packets may or may not have left.

    `lost` counts the entries that are missing or were not understood; `before` is the board as it was
    before the first of them.
    """

    board: Fold = board.EMPTY
    engine: str | None = None
    boot: str | None = None
    pair: Pair | None = None
    unknowable: dict[Cursor, Entry] = {}
    lost: int = 0
    before: Fold | None = None

    def lose(self, count: int) -> None:
        """So many entries are not to be had."""
        self.lost += count
        self.before = self.before or self.board


def begins(entry: Entry) -> bool:
    """Whether a journal can be folded from this entry on: it has night files and whole state."""
    return entry.kind == "state" and bool(entry.data.get("whole"))


def recover(entries: Iterable[Entry]) -> Recovered:
    """Fold a journal from any point that has its night file and whole state, or from its beginning."""
    found = Recovered(unknowable={})
    last: Entry | None = None
    for entry in entries:
        if missing := _missing(last, entry):
            found.lose(missing)
        try:
            _take(found, entry)
        except Exception:  # noqa: BLE001 - whatever an entry is, the player comes back
            found.lose(1)
        last = entry
    if not makes_sense(found.board.state):
        before = found.before or board.EMPTY
        found.board = msgspec.structs.replace(found.board, state=before.state)
    return found


def _missing(last: Entry | None, entry: Entry) -> int:
    """How many entries should be between two; the first of all is a term's, or has the whole state."""
    if last is None:
        return 0 if begins(entry) else entry.seq - 1
    return max(0, entry.seq - last.seq - 1) if last.term == entry.term else entry.seq - 1


def _take(found: Recovered, entry: Entry) -> None:
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


def makes_sense(state: State) -> bool:
    """Whether the parts of a state that was patched over a gap still fit together."""
    return (
        (state.loaded is None or state.loaded in state.files)
        and all(_fits(run, state) for run in state.runs.values())
        and all(run in state.runs and state.runs[run].live for run in state.owners.values())
    )


def _fits(run: Run, state: State) -> bool:
    file = state.files.get(run.file)
    if file is None or run.sequence not in file.sequences:
        return False
    most = len(state.sequence(run).cues) if run.live else 0
    named = (run.standby, run.head, *run.awaits, *(index for index, _ in run.pending))
    return not run.live or all(index is None or 0 <= index < most for index in named)
