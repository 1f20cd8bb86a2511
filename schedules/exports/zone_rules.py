"""A time zone as iCalendar tells it, for as long as a programme needs it (pure).

icalendar's own `Timezone.from_tzid` (7.3.2) puts the begin of summer time at the wall time after the
gap; RFC 5545, 3.6.5 counts an onset by the offset before it, so that it would be an hour late.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

STEP = timedelta(hours=6)
"""No zone has changed its clocks and back within so little time."""
SECOND = timedelta(seconds=1)


class Offset(NamedTuple):
    """What a zone has at an instant."""

    utc: timedelta
    summer: bool
    name: str


def zone_rules(zone: ZoneInfo, first: datetime, last: datetime) -> Timezone:
    """The zone's offset at `first`, and each change of it up to `last`: aware instants."""
    told = Timezone()
    told.add("tzid", zone.key)
    before = _at(zone, first)
    told.add_component(_observance(first, before, before))
    for instant in _changes(zone, first, last):
        after = _at(zone, instant)
        told.add_component(_observance(instant, before, after))
        before = after
    return told


def _observance(
    instant: datetime, before: Offset, after: Offset
) -> TimezoneDaylight | TimezoneStandard:
    part = TimezoneDaylight() if after.summer else TimezoneStandard()
    part.add("dtstart", (instant.astimezone(UTC) + before.utc).replace(tzinfo=None))
    part.add("tzname", after.name)
    part.add("tzoffsetfrom", before.utc)
    part.add("tzoffsetto", after.utc)
    return part


def _at(zone: ZoneInfo, instant: datetime) -> Offset:
    wall = instant.astimezone(zone)
    return Offset(wall.utcoffset() or timedelta(), bool(wall.dst()), wall.tzname() or zone.key)


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """The instants from which another offset holds, to the second."""
    at = first.astimezone(UTC).replace(microsecond=0)
    while at < last:
        ahead = at + STEP
        if _at(zone, at) != _at(zone, ahead):
            yield _change(zone, at, ahead)
        at = ahead


def _change(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The change between two instants, by halves."""
    before = _at(zone, low)
    while high - low > SECOND:
        middle = low + (high - low) // 2 // SECOND * SECOND
        low, high = (middle, high) if _at(zone, middle) == before else (low, middle)
    return high
