"""QLab's unique ids: texts of 36 signs, as its remotes count on, worked out from ours.

A list of cues is a run. Its id ends in eight zeros; a cue's has its place in the run there, so that
no table is kept of thousands of cues.
"""

from __future__ import annotations

import uuid
from typing import Final

from show_control.engine.state import Run, State

_SPACE: Final = uuid.UUID("0e7b4a5c-90b1-5d38-8f6e-2d9a6b1c7f04")
_HEAD: Final = 28
_MOST: Final = 512


class Ids:
    """The ids of one player's runs and cues."""

    def __init__(self, player: str) -> None:
        self.workspace = _id("workspace", player)
        self._heads: dict[str, str] = {}

    def list_id(self, run: Run) -> str:
        """A run's."""
        return self._head(run) + "00000000"

    def cue_id(self, run: Run, index: int | None) -> str:
        """A cue's, by its place; the run's own without one."""
        return f"{self._head(run)}{0 if index is None else index + 1:08X}"

    def find(self, state: State, told: str) -> tuple[Run, int | None] | None:
        """The run, and the place of the cue in it, that an id is of."""
        head, tail = told[:_HEAD].upper(), told[_HEAD:]
        run = next((r for r in state.runs.values() if self._head(r) == head), None)
        try:
            place = int(tail, 16) if len(tail) == 8 else -1
        except ValueError:
            return None
        if run is None or not 0 <= place <= len(state.sequence(run).cues):
            return None
        return run, place - 1 if place else None

    def _head(self, run: Run) -> str:
        head = self._heads.get(run.id)
        if head is None:
            if len(self._heads) >= _MOST:
                self._heads.clear()
            head = self._heads[run.id] = _id("run", run.id)[:_HEAD]
        return head


def _id(kind: str, name: str) -> str:
    return str(uuid.uuid5(_SPACE, f"{kind} {name}")).upper()
