"""What QLab says of a cue, said of ours: https://qlab.app/docs/v5/scripting/osc-dictionary-v5/

Lengths and times are seconds. A list of cues is a run; its number is its surface. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

import msgspec

from show_control.engine.state import Run, State
from show_control.model import Cue, Millis, words
from show_control.remote.qlab.ids import Ids
from show_control.timing import ended
from show_control.views.cues import pictures

COLOURS: Final = frozenset(
    {"red", "orange", "yellow", "green", "blue", "purple", "pink", "gray", "grey", "cyan", "indigo"}
)
LOOKED_BACK: Final = 64
"""Of the cues that went, those that may still run are looked for among this many, newest first."""


class Seen(msgspec.Struct, frozen=True):
    """A cue of a run, or without `index` the run, at an instant."""

    state: State
    ids: Ids
    now: Millis
    run: Run
    index: int | None = None

    @property
    def cue(self) -> Cue | None:
        """The cue, if it is one."""
        cues = self.state.sequence(self.run).cues
        return cues[self.index] if self.index is not None else None

    @property
    def id(self) -> str:
        """Its unique id."""
        return self.ids.cue_id(self.run, self.index)

    @property
    def number(self) -> str:
        """Its number; a run's is its surface."""
        return self.cue.number if self.cue else self.run.surface

    @property
    def running(self) -> bool:
        """Whether it runs: its length is not over, or nothing took its picture."""
        if self.index is None:
            return self.run.phase == "running"
        return self.index in still_running(self.state, self.run, self.now)

    @property
    def elapsed(self) -> float:
        """Seconds since it went, while it runs."""
        if self.index is None:
            went = self.run.started_at if self.running else None
        else:
            went = still_running(self.state, self.run, self.now).get(self.index)
        return max(0, self.now - went) / 1000 if went is not None else 0.0

    @property
    def length(self) -> float:
        """Its length in seconds; 0 where it is not known."""
        return (self.cue.length or 0) / 1000 if self.cue else 0.0


def values(seen: Seen, keys: Iterable[str]) -> dict[str, Any]:
    """These values; keys that nothing is known of are left out."""
    return {key: VALUES[key](seen) for key in keys if key in VALUES}


def listed(seen: Seen) -> dict[str, Any]:
    """As it stands in QLab's lists of cues, without what lies below it."""
    return values(seen, LISTED)


def with_cues(seen: Seen) -> dict[str, Any]:
    """A run with its cues."""
    return listed(seen) | {"cues": children(seen)}


def children(seen: Seen) -> list[dict[str, Any]]:
    """A run's cues; a cue has none."""
    if seen.index is not None:
        return []
    cues = range(len(seen.state.sequence(seen.run).cues))
    return [listed(at(seen, index)) | {"cues": []} for index in cues]


def at(seen: Seen, index: int | None) -> Seen:
    """Another cue of the same run."""
    return Seen(seen.state, seen.ids, seen.now, seen.run, index)


def still_running(state: State, run: Run, now: Millis) -> dict[int, Millis]:
    """The cues of a run that run now, newest first, and when each went: those whose length is not
    over and whose picture no later one took. As the board has it, for the newest of many."""
    cues = state.sequence(run).cues
    found: dict[int, Millis] = {}
    taken: set[str] = set()
    for index, went in reversed(run.past[-LOOKED_BACK:]) if run.live else ():
        end, mine = ended(cues[index], went), pictures(cues[index], "play")
        over = (end is not None and end <= now) or (bool(mine) and mine <= taken)
        if not over:
            found.setdefault(index, went)
        taken |= pictures(cues[index], "play", "stop")
    return found


def active(seen: Seen, *, paused: bool) -> list[Seen]:
    """The cues of a run that run, and with `paused` those that a hold keeps from going; newest first."""
    found = [at(seen, index) for index in still_running(seen.state, seen.run, seen.now)]
    if paused and seen.run.phase == "holding":
        found += [at(seen, index) for index, _ in seen.run.pending]
    return found


def next_end(state: State, runs: Iterable[Run], now: Millis) -> Millis | None:
    """When the first of the cues that run now will have ended."""
    ends = [
        ended(state.sequence(run).cues[index], went)
        for run in runs
        for index, went in run.past[-LOOKED_BACK:]
    ]
    return min((e for e in ends if e is not None and e > now), default=None)


def _name(seen: Seen) -> str:
    if cue := seen.cue:
        return words(cue.name)
    slot = seen.state.slot(seen.run)
    return words(slot.title if slot and slot.title else seen.state.sequence(seen.run).title)


def _type(seen: Seen) -> str:
    if seen.cue is None:
        return "Cue List"
    kinds = {action.kind for action in seen.cue.do}
    return "Video" if "play" in kinds else "Fade" if kinds else "Memo"


def _continues(seen: Seen) -> int:
    """What comes after it: nothing, the next one with it (auto-continue), or once it ended."""
    cues = seen.state.sequence(seen.run).cues
    if seen.index is None or seen.index + 1 >= len(cues):
        return 0
    return {"none": 0, "with": 1, "follow": 2}.get(cues[seen.index + 1].continues, 0)


def _colour(seen: Seen) -> str:
    colour = (seen.cue.colour if seen.cue else None) or "none"
    return colour if colour in COLOURS else "none"


def _share(seen: Seen) -> float:
    return min(1.0, seen.elapsed / seen.length) if seen.length else 0.0


def _paused(seen: Seen) -> bool:
    holding = seen.run.phase == "holding"
    return holding and (seen.index is None or any(i == seen.index for i, _ in seen.run.pending))


def _playhead(seen: Seen) -> str:
    return seen.ids.cue_id(seen.run, seen.run.standby) if seen.run.standby is not None else "none"


def _playhead_number(seen: Seen) -> str:
    standby = seen.run.standby
    return at(seen, standby).number if standby is not None else "none"


VALUES: Final[dict[str, Callable[[Seen], Any]]] = {
    "uniqueID": lambda s: s.id,
    "number": lambda s: s.number,
    "name": _name,
    "listName": _name,
    "displayName": _name,
    "defaultName": lambda s: s.number,
    "type": _type,
    "colorName": _colour,
    "colorName/live": _colour,
    "flagged": lambda _: False,
    "armed": lambda _: True,
    "autoLoad": lambda _: False,
    "isRunning": lambda s: s.running,
    "isActionRunning": lambda s: s.running,
    "isPaused": _paused,
    "isLoaded": lambda s: s.index is not None and s.run.live and s.index == s.run.standby,
    "isBroken": lambda _: False,
    "isWarning": lambda _: False,
    "isOverridden": lambda _: False,
    "isAuditioning": lambda _: False,
    "isTailingOut": lambda _: False,
    "isPanicking": lambda s: s.run.faded,
    "duration": lambda s: s.length,
    "currentDuration": lambda s: s.length,
    "preWait": lambda s: s.cue.pre_wait / 1000 if s.cue else 0.0,
    "postWait": lambda s: s.cue.post_wait / 1000 if s.cue else 0.0,
    "preWaitElapsed": lambda _: 0.0,
    "postWaitElapsed": lambda _: 0.0,
    "percentPreWaitElapsed": lambda _: 0.0,
    "percentPostWaitElapsed": lambda _: 0.0,
    "actionElapsed": lambda s: s.elapsed,
    "percentActionElapsed": _share,
    "continueMode": _continues,
    "notes": lambda s: (s.cue.note if s.cue else None) or "",
    "parent": lambda s: "__root__" if s.index is None else s.ids.list_id(s.run),
    "mode": lambda _: 0,
    "infiniteLoop": lambda _: False,
    "holdLastFrame": lambda _: False,
    "hasFileTargets": lambda _: False,
    "hasCueTargets": lambda _: False,
    "allowsEditingDuration": lambda _: False,
    "cartPosition": lambda _: [0, 0],
    "children": children,
    "children/shallow": children,
    "playhead": _playhead_number,
    "playheadNumber": _playhead_number,
    "playbackPosition": _playhead_number,
    "playbackPositionNumber": _playhead_number,
    "playheadID": _playhead,
    "playheadId": _playhead,
    "playbackPositionID": _playhead,
    "playbackPositionId": _playhead,
}
LISTED: Final = (
    "uniqueID",
    "number",
    "name",
    "listName",
    "type",
    "colorName",
    "colorName/live",
    "flagged",
    "armed",
)
