"""Where windows can meet: the surfaces, the people and the shared machines of each night.

Lanes are what keeps judging quick: a window is held against those of its own lanes alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from schedules.planning.conflict_model import Key, Placed
from schedules.planning.facts import FactBook

_DAY = timedelta(days=1)


class Lane(NamedTuple):
    """One surface, person or machine on one night; `kind` is `surface`, `person` or `claim`."""

    kind: str
    name: str
    night: date

    def on(self, days: int) -> Lane:
        """The same so many nights later."""
        return self._replace(night=self.night + days * _DAY)


class Lanes:
    """Windows by lane, each lane by start, and which are displaced by which. Never changed."""

    def __init__(
        self,
        facts: FactBook,
        placed: dict[Key, Placed],
        by_lane: dict[Lane, tuple[Placed, ...]],
        displaced: dict[Key, Placed],
    ) -> None:
        self.facts = facts
        self.placed = placed
        self.by_lane = by_lane
        self.displaced = displaced

    def of(self, placed: Placed) -> list[Lane]:
        """The lanes that a window lies in."""
        window, facts = placed.window, self.facts.of(placed.window.path)
        return [
            *(Lane("surface", s, window.night) for s in window.takes),
            *(Lane("person", p, window.night) for p in facts.needs),
            *(Lane("claim", c, window.night) for c in facts.claims),
        ]

    def within(self, lane: Lane) -> tuple[Placed, ...]:
        """The windows of a lane."""
        return self.by_lane.get(lane, ())

    def around(self, lane: Lane) -> Iterator[Placed]:
        """Those of the lane, and of the nights before and after."""
        for days in (-1, 0, 1):
            yield from self.within(lane.on(days))

    def stays(self, placed: Placed) -> bool:
        """Whether a window is shown: it is not displaced."""
        return placed.key not in self.displaced


def laid(facts: FactBook, windows: Iterable[Placed]) -> Lanes:
    """All windows in their lanes."""
    lanes = Lanes(facts, {p.key: p for p in windows}, {}, {})
    found: dict[Lane, list[Placed]] = {}
    for placed in lanes.placed.values():
        for lane in lanes.of(placed):
            found.setdefault(lane, []).append(placed)
    lanes.by_lane = {lane: _by_start(each) for lane, each in found.items()}
    lanes.displaced = _displaced(lanes, lanes.placed.values())
    return lanes


def relaid(before: Lanes, key: Key, after: Placed | None) -> tuple[Lanes, set[Lane], set[Key]]:
    """One window changed (None: dropped): the lanes that it touches, and the windows that it
    displaces or gives back, itself among them."""
    gone = before.placed.get(key)
    touched = {lane for p in (gone, after) if p is not None for lane in before.of(p)}
    by_lane, placed = before.by_lane.copy(), before.placed.copy()
    placed.pop(key, None)
    if after is not None:
        placed[key] = after
    for lane in touched:
        rest = [p for p in before.within(lane) if p.key != key]
        own = [after] if after is not None and lane in before.of(after) else []
        by_lane[lane] = _by_start([*rest, *own])
    lanes = Lanes(before.facts, placed, by_lane, before.displaced.copy())
    asked = {p.key: p for lane in touched for p in lanes.within(lane)}
    for each in (key, *asked):
        lanes.displaced.pop(each, None)
    lanes.displaced |= _displaced(lanes, asked.values())
    changed = {key} | {
        each for each in asked if lanes.displaced.get(each) != before.displaced.get(each)
    }
    for each in changed & placed.keys():
        touched.update(lanes.of(placed[each]))
    return lanes, touched, changed


def _by_start(windows: list[Placed]) -> tuple[Placed, ...]:
    return tuple(sorted(windows, key=lambda p: (p.window.starts, p.window.ends, p.key)))


def _displaced(lanes: Lanes, windows: Iterable[Placed]) -> dict[Key, Placed]:
    """Base windows of some, each with the first special that overlaps it on a surface."""
    specials: dict[Lane, list[Placed]] = {}
    found: dict[Key, Placed] = {}
    for placed in windows:
        if placed.window.programme == "special":
            continue
        by = []
        for surface in placed.window.takes:
            lane = Lane("surface", surface, placed.window.night)
            if lane not in specials:
                within = lanes.within(lane)
                specials[lane] = [p for p in within if p.window.programme == "special"]
            by += [s for s in specials[lane] if s.window.overlaps(placed.window)]
        if by:
            found[placed.key] = min(by, key=lambda s: (s.window.starts, s.key))
    return found
