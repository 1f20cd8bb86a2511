"""What holds on one night, as instants: opening, curfew, closures, permits, who is there."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from schedules.catalogue.index import Index
from schedules.catalogue.model import Closure, NightSpan, Permits, Presence
from schedules.nights import night_time
from show_control.model import Millis


class Span(NamedTuple):
    """From an instant up to another."""

    starts: Millis
    ends: Millis

    def holds(self, starts: Millis, ends: Millis) -> bool:
        """Whether a window lies inside."""
        return self.starts <= starts and ends <= self.ends

    def meets(self, starts: Millis, ends: Millis) -> bool:
        """Whether a window overlaps it."""
        return self.starts < ends and starts < self.ends


class Limits(NamedTuple):
    """Those of one surface on one night."""

    opening: Millis | None
    curfew: Millis | None
    closures: tuple[tuple[Span, Closure], ...]
    light: Span | None
    sound: Span | None
    permits: Permits
    changeover: Millis


class LimitBook:
    """The limits of a festival; each is resolved when it is first asked for."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.zone = ZoneInfo(index.festival.festival.time_zone)
        festival = index.festival
        self._people = {a.id: a.there for a in festival.artists}
        self._people |= {s.id: s.there for s in festival.staff}
        self.on = cache(self._on)
        self.night = cache(self._night)
        self.there = cache(self._there)

    def instant(self, at: int, night: date) -> Millis:
        """A night time resolved."""
        return night_time.millis(night_time.resolve(night, at, self.zone).instant)

    def _night(self, night: date) -> Span:
        ends = self.index.festival.festival.night_ends
        return Span(self.instant(ends, night), self.instant(ends, night + timedelta(days=1)))

    def _on(self, surface: str, night: date) -> Limits:
        found = self.index.surfaces[surface]
        permits = found.permits or Permits()
        return Limits(
            None if found.opening is None else self.instant(found.opening, night),
            None if found.curfew is None else self.instant(found.curfew, night),
            tuple((self._days(c, night), c) for c in found.closures if c.first <= night <= c.last),
            self._span(permits.light, night),
            self._span(permits.sound, night),
            permits,
            found.changeover,
        )

    def _there(self, person: str, night: date) -> tuple[Span, ...] | None:
        """When a person is there on a night; None where nobody knows."""
        there = self._people.get(person)
        if there is None:
            return None
        return tuple(self._days(p, night) for p in there if p.first <= night <= p.last)

    def _days(self, days: Closure | Presence, night: date) -> Span:
        return self._span(days.hours, night) or self.night(night)

    def _span(self, span: NightSpan | None, night: date) -> Span | None:
        if span is None:
            return None
        return Span(self.instant(span.first, night), self.instant(span.last, night))
