"""Ways out: the nearest free place for a window, and the edit that ends a conflict."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schedules.nights import night_time
from schedules.planning.conflict_model import Key, Placed, Remedy, Timed
from schedules.planning.conflict_words import REMEDIES, both
from schedules.planning.lanes import Lane, Lanes
from schedules.planning.limits import LimitBook, Span
from show_control.model import Millis

_MOST_TRIED = 64
"""Places that are tried on either side; a lane so full is better thinned out by hand."""


class Places:
    """Looks for places among what stands in the lanes, and words what it finds."""

    def __init__(self, limits: LimitBook, lanes: Lanes) -> None:
        self.limits = limits
        self.lanes = lanes
        self._standing: dict[Lane, list[tuple[Key, Span]]] = {}

    def elsewhere(self, placed: Placed) -> Remedy:
        """Its nearest free place of that night, later ones first; else to drop it."""
        starts = self._free(placed)
        return self.drop(placed) if starts is None else self.edit("move", placed, starts)

    def within(self, placed: Placed, ends: Millis) -> Remedy:
        """Another place, else a shorter one where a sequence, and half of it, allow; else dropped."""
        starts = self._free(placed)
        if starts is not None:
            return self.edit("move", placed, starts)
        facts = self.lanes.facts.of(placed.window.path)
        left = ends - placed.window.starts
        may = not facts.listed and left * 2 >= placed.length and left >= (facts.length or 0)
        if may and self.writable(ends, placed.window.night):
            return self.edit("shorten", placed, ends)
        return self.drop(placed)

    def longer(self, placed: Placed, ends: Millis) -> Remedy:
        """As long as it needs where nothing stands in its way; else dropped."""
        window = placed.window
        bounds, blocked, people = self._around(placed, displacing=True)
        free = bounds.holds(window.starts, ends) and _allowed(window.starts, ends, blocked, people)
        if free and self.writable(ends, window.night):
            return self.edit("lengthen", placed, ends)
        return self.drop(placed)

    def without(self, placed: Placed, work: str) -> Remedy:
        """Without one of its works, where others are left; else dropped."""
        facts = self.lanes.facts.of(placed.window.path)
        left = [w.id for w in facts.works if w.id not in (*placed.left_out, work)]
        if not facts.listed or not left:
            return self.drop(placed)
        night = placed.window.night
        said = both(REMEDIES["leave_out"], slot=placed.window.id, work=work, night=night)
        return Remedy(do="leave_out", slot=placed.window.id, night=night, work=work, words=said)

    def drop(self, placed: Placed) -> Remedy:
        """The slot left out on that night."""
        slot, night = placed.window.id, placed.window.night
        said = both(REMEDIES["drop"], slot=slot, night=night)
        return Remedy(do="drop", slot=slot, night=night, words=said)

    def edit(self, do: Timed, placed: Placed, at: Millis) -> Remedy:
        """An edit that names an instant."""
        window = placed.window
        instant = night_time.from_millis(at)
        to = night_time.brief(night_time.of_night(instant, window.night, self.limits.zone))
        return Remedy(
            do=do,
            slot=window.id,
            night=window.night,
            to=to,
            at=instant,
            words=both(REMEDIES[do], slot=window.id, to=to),
        )

    def writable(self, at: Millis, night: date) -> bool:
        """Whether a night time means this instant: the second round of an hour has none."""
        written = night_time.of_night(night_time.from_millis(at), night, self.limits.zone)
        return self.limits.instant(written, night) == at

    def _free(self, placed: Placed) -> Millis | None:
        bounds, blocked, people = self._around(placed)
        for starts in _candidates(placed, bounds, blocked, people):
            ends = starts + placed.length
            if _allowed(starts, ends, blocked, people) and self.writable(
                starts, placed.window.night
            ):
                return starts
        return None

    def _around(
        self, placed: Placed, *, displacing: bool = False
    ) -> tuple[Span, list[Span], list[tuple[Span, ...]]]:
        """The bounds of a window, what stands in its way (`displacing`: but what it displaces as
        it is), and when the people are there."""
        window = placed.window
        facts = self.lanes.facts.of(window.path)
        bounds, blocked = self.limits.night(window.night), []
        loud = any(work.sound for work in facts.works)
        for surface in window.takes:
            on = self.limits.on(surface, window.night)
            blocked += [span for span, _ in on.closures]
            for span in (
                on.light,
                on.sound if loud else None,
                Span(on.opening or bounds.starts, on.curfew or bounds.ends),
            ):
                bounds = _both(bounds, span)
        if window.latest_start is not None and window.latest_start >= window.starts:
            bounds = _both(bounds, Span(bounds.starts, window.latest_start + placed.length))
        blocked += self._others(placed, displacing=displacing)
        there = [self.limits.there(p, window.night) for p in facts.needs]
        blocked = [span for span in blocked if span.meets(*bounds)]
        return bounds, blocked, [spans for spans in there if spans is not None]

    def _others(self, placed: Placed, *, displacing: bool) -> Iterator[Span]:
        key, displaced = placed.key, self.lanes.displaced
        for lane in self.lanes.of(placed):
            if lane not in self._standing:
                self._standing[lane] = self._stand(lane)
            for other, span in self._standing[lane]:
                by = displaced.get(other) if displacing else None
                if other != key and (by is None or by.key != key):
                    yield span

    def _stand(self, lane: Lane) -> list[tuple[Key, Span]]:
        """What stands in a lane, with its changeover, and what reaches in from the nights beside."""
        on_surface = lane.kind == "surface"
        apart = self.limits.on(lane.name, lane.night).changeover if on_surface else 0
        night = self.limits.night(lane.night)
        spans = [
            (p.key, Span(p.window.starts - apart, p.window.ends + apart))
            for p in self.lanes.around(lane)
        ]
        return [(key, span) for key, span in spans if span.meets(*night)]


def _both(one: Span, other: Span | None) -> Span:
    if other is None:
        return one
    return Span(max(one.starts, other.starts), min(one.ends, other.ends))


def _allowed(
    starts: Millis, ends: Millis, blocked: list[Span], people: list[tuple[Span, ...]]
) -> bool:
    for span in blocked:
        if span.starts < ends and starts < span.ends:
            return False
    return all(any(span.holds(starts, ends) for span in spans) for spans in people)


def _candidates(
    placed: Placed, bounds: Span, blocked: list[Span], people: list[tuple[Span, ...]]
) -> list[Millis]:
    """Starts to try: later than its own, the nearest first; then earlier ones."""
    own, length = placed.window.starts, placed.length
    spans = [span for each in people for span in each]
    begins = {bounds.starts, *(s.ends for s in blocked), *(s.starts for s in spans)}
    ends = {bounds.ends, *(s.starts for s in blocked), *(s.ends for s in spans)}
    starts = begins | {end - length for end in ends}
    starts = {at for at in starts if bounds.starts <= at <= bounds.ends - length}
    later = sorted(at for at in starts if at > own)
    earlier = sorted((at for at in starts if at < own), reverse=True)
    return [*later[:_MOST_TRIED], *earlier[:_MOST_TRIED]]
