"""What QLab pushes to who asked for `/updates`: a playhead moved, a cue changed, the lists changed. Pure.

A cue changes as it goes, ends, or is held. QLab pushes no time: that is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from show_control.engine.state import Run, State
from show_control.model import Millis
from show_control.remote.meaning import live_runs
from show_control.remote.qlab.ids import Ids
from show_control.remote.qlab.values import next_end, still_running

MOST: Final = 64
"""Cues of one run told of at once; of more, the list alone."""

Update = tuple[str, str | None]
"""The address below the workspace's, and the id that it carries."""

EVERYTHING: Final[Update] = ("", None)
"""The lists are to be asked for anew."""


class _Was(msgspec.Struct, frozen=True):
    """A run as it was told of."""

    run: Run
    running: frozenset[int]
    ends: Millis | None


class Updates:
    """Compares the state with what was told last."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._state: State | None = None
        self._was: dict[str, _Was] = {}

    @property
    def next_at(self) -> Millis | None:
        """When the first of the cues that run ends."""
        return min((w.ends for w in self._was.values() if w.ends is not None), default=None)

    def changed(self, state: State, now: Millis) -> list[Update]:
        """What is new since this was last asked."""
        due = self.next_at
        if state is self._state and (due is None or now < due):
            return []
        self._state = state
        runs = {run.id: run for run in live_runs(state)}
        found: list[Update] = [] if runs.keys() == self._was.keys() else [EVERYTHING]
        told = {run: self._told(state, one, now) for run, one in runs.items()}
        for run, one in told.items():
            if (before := self._was.get(run)) is not None and before is not one:
                found += self._differences(before, one)
        self._was = told
        return found

    def forget(self) -> None:
        """Nobody listens any more."""
        self._state, self._was = None, {}

    def _told(self, state: State, run: Run, now: Millis) -> _Was:
        before = self._was.get(run.id)
        same = before is not None and before.run is run
        if same and before is not None and (before.ends is None or now < before.ends):
            return before
        running = frozenset(still_running(state, run, now))
        return _Was(run, running, next_end(state, [run], now))

    def _differences(self, before: _Was, after: _Was) -> Iterator[Update]:
        run, ids = after.run, self._ids
        if run.standby != before.run.standby:
            cue = ids.cue_id(run, run.standby) if run.standby is not None else None
            yield f"/cueList/{ids.list_id(run)}/playbackPosition", cue
        cues = before.running ^ after.running
        if run.phase != before.run.phase or run.pending != before.run.pending:
            cues |= {index for index, _ in (*run.pending, *before.run.pending)}
        if cues or run.phase != before.run.phase:
            for index in sorted(cues)[:MOST]:
                yield f"/cue_id/{ids.cue_id(run, index)}", None
            yield f"/cue_id/{ids.list_id(run)}", None
