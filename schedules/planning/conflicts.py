"""All conflicts of a festival's nights, and what they become when one slot changes (pure).

Judged whole once, then kept by window and by lane: a slot that moves has only the lanes
judged afresh that it leaves and enters, and the ways out of those that stand in them.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from schedules.catalogue.index import Index
from schedules.catalogue.model import Festival
from schedules.nights import night_time
from schedules.planning.alone import Alone
from schedules.planning.conflict_model import Conflict, Key, Placed, Remedy
from schedules.planning.dates import nights_of
from schedules.planning.facts import FactBook
from schedules.planning.findings import Findings
from schedules.planning.lanes import Lane, Lanes, laid, relaid
from schedules.planning.limits import LimitBook
from schedules.planning.model import Window
from schedules.planning.pairs import Pairs
from schedules.planning.windows import Planner

_Found = tuple[Conflict, ...]


def conflicts(festival: Festival) -> tuple[Conflict, ...]:
    """Every conflict of a festival, by night."""
    return judge(festival).conflicts


def judge(festival: Festival) -> Judged:
    """Every night planned and judged, ready for changes."""
    planner = Planner(Index(festival), Findings())
    nights = nights_of(festival.festival.nights)
    return judged(planner.index, [w for night in nights for w in planner.windows(night)])


def judged(index: Index, windows: Iterable[Window]) -> Judged:
    """These windows judged; one on a surface that is not there is told elsewhere."""
    limits, facts = LimitBook(index), FactBook(index)
    known = [w for w in windows if all(s in index.surfaces for s in w.takes)]
    lanes = laid(facts, [Placed(window=w) for w in known])
    alone, pairs = Alone(limits, lanes), Pairs(limits, lanes)
    return Judged(
        limits,
        lanes,
        {key: found for key, p in lanes.placed.items() if (found := tuple(alone.of(p)))},
        {lane: found for lane in lanes.by_lane if (found := tuple(pairs.of(lane)))},
    )


class Judged:
    """Windows and their conflicts. Never changed: every change gives another."""

    def __init__(
        self,
        limits: LimitBook,
        lanes: Lanes,
        alone: dict[Key, _Found],
        pairs: dict[Lane, _Found],
    ) -> None:
        self.limits = limits
        self.lanes = lanes
        self._alone = alone
        self._pairs = pairs

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """All of them: by night, by surface, then by slot."""
        found = [c for each in (self._alone, self._pairs) for some in each.values() for c in some]
        return tuple(
            sorted(found, key=lambda c: (c.night, c.surface, c.slots[-1], c.code, c.slots))
        )

    @property
    def windows(self) -> tuple[Window, ...]:
        """All windows, displaced ones too."""
        return tuple(placed.window for placed in self.lanes.placed.values())

    def moved(self, window: Window) -> Judged:
        """With a window in place of the one of its night and id, or beside the others."""
        key = (window.night, window.id)
        before = self.lanes.placed.get(key)
        left_out = before.left_out if before is not None else ()
        return self._changed(key, Placed(window=window, left_out=left_out))

    def dropped(self, key: Key) -> Judged:
        """Without a window."""
        return self._changed(key, None)

    def applied(self, remedy: Remedy) -> Judged:
        """With a remedy's edit made."""
        key = (remedy.night, remedy.slot)
        return self._changed(key, edited(self.lanes.placed[key], remedy))

    def _changed(self, key: Key, placed: Placed | None) -> Judged:
        lanes, touched, changed = relaid(self.lanes, key, placed)
        near = {lane.on(days) for lane in touched for days in (-1, 0, 1)}
        keys = changed | {p.key for lane in near for p in lanes.within(lane)}
        for each in [lanes.placed[k] for k in keys if k in lanes.placed]:
            near.update(lane.on(days) for lane in lanes.of(each) for days in (0, 1))
        judge_alone, judge_pairs = Alone(self.limits, lanes), Pairs(self.limits, lanes)
        alone = {k: found for k, found in self._alone.items() if k not in keys}
        pairs = {lane: found for lane, found in self._pairs.items() if lane not in near}
        for k in keys & lanes.placed.keys():
            if found := tuple(judge_alone.of(lanes.placed[k])):
                alone[k] = found
        for lane in near:
            if found := tuple(judge_pairs.of(lane)):
                pairs[lane] = found
        return Judged(self.limits, lanes, alone, pairs)


def edited(placed: Placed, remedy: Remedy) -> Placed | None:
    """A window after a remedy; None where it is dropped."""
    window, replace = placed.window, msgspec.structs.replace
    at = night_time.millis(remedy.at) if remedy.at is not None else 0
    match remedy.do:
        case "drop":
            return None
        case "leave_out":
            return replace(placed, left_out=(*placed.left_out, remedy.work or ""))
        case "move":
            return replace(placed, window=replace(window, starts=at, ends=at + placed.length))
        case "shorten" | "lengthen":
            return replace(placed, window=replace(window, ends=at))
        case "start_by":
            return replace(placed, window=replace(window, latest_start=at))
