"""A festival moved in time, so that one of its slots starts when wanted: for a demo tonight.

Every wall time moves by one shift, `night_ends`, curfews and latest starts included, and every date by as
many days, so that all slots keep their places among each other.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args
from zoneinfo import ZoneInfo

import msgspec

from schedules.catalogue.index import Index
from schedules.catalogue.model import Festival, NightSpan, Pattern, Starts, Weekday
from schedules.nights.night_time import DAY
from schedules.planning.dates import makes_slots, nights_of
from schedules.planning.findings import Findings
from schedules.planning.windows import Planner

_SECOND = timedelta(seconds=1)
_WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)


def moved_to(
    festival: Festival,
    now: datetime,
    *,
    slot: str = "opening-ceremony",
    seconds: float = 20,
) -> Festival:
    """The festival with `slot` (its id, or PATTERN.N) starting so many seconds from `now`.

    The start is rounded up to a whole second. Starts by the sun become fixed night times
    first. Where the zone changes its offset during the moved nights, or repeats this hour,
    a zone of the present offset takes its place: a demo keeps its relations then too.
    Raises KeyError where there is no such slot, ValueError for a naive `now`.
    """
    if now.tzinfo is None:
        raise ValueError("now has no time zone")
    wanted = _up_to_second(now + timedelta(seconds=seconds)).astimezone(UTC)
    fixed = _without_sun(festival)
    night, at = _place(fixed, slot)
    zone = _steady_zone(fixed, wanted)
    wall = wanted.astimezone(zone).replace(tzinfo=None)
    shift = _shift(at, fixed.festival.night_ends, wall)
    days = (wall - timedelta(milliseconds=at + shift)).date() - night
    moved: Festival = _moved(fixed, shift, days)
    head = msgspec.structs.replace(moved.festival, time_zone=zone.key)
    return msgspec.structs.replace(moved, festival=head)


def _up_to_second(at: datetime) -> datetime:
    down = at.replace(microsecond=0)
    return down if down == at else down + _SECOND


def _shift(at: int, night_ends: int, wall: datetime) -> int:
    """What brings `at` to the wall's time of day and leaves `night_ends` one."""
    midnight = datetime.combine(wall.date(), datetime.min.time())
    of_day = (wall - midnight) // timedelta(milliseconds=1)
    shift = (of_day - at) % DAY
    return shift - DAY if night_ends + shift >= DAY else shift


def _place(festival: Festival, slot: str) -> tuple[date, int]:
    """The night and night time of a slot; a pattern's pass is that of its first night."""
    for single in festival.slots:
        if single.id == slot and single.starts.at is not None:
            return single.night, single.starts.at
    name, _, number = slot.rpartition(".")
    for pattern in festival.patterns:
        nights = [n for n in nights_of(festival.festival.nights) if makes_slots(pattern, n)]
        n = int(number) if number.isdecimal() else 0
        if (
            pattern.id == name
            and 1 <= n <= pattern.passes
            and nights
            and pattern.starts.at is not None
        ):
            return nights[0], pattern.starts.at + (n - 1) * (pattern.every or 0)
    raise KeyError(slot)


def _without_sun(festival: Festival) -> Festival:
    planner = Planner(Index(festival), Findings())
    nights = nights_of(festival.festival.nights)
    replace = msgspec.structs.replace
    return replace(
        festival,
        patterns=tuple(
            replace(p, starts=planner.fixed(p.starts, p.surface, _first(p, nights)))
            for p in festival.patterns
        ),
        slots=tuple(
            replace(s, starts=planner.fixed(s.starts, s.surface, s.night)) for s in festival.slots
        ),
    )


def _first(pattern: Pattern, nights: tuple[date, ...]) -> date:
    return next((n for n in nights if makes_slots(pattern, n)), nights[0])


def _steady_zone(festival: Festival, wanted: datetime) -> ZoneInfo:
    """The festival's zone if its offset stays as it is during the moved nights."""
    zone = ZoneInfo(festival.festival.time_zone)
    offset = wanted.astimezone(zone).utcoffset()
    days = len(nights_of(festival.festival.nights)) + 1
    around = (wanted + timedelta(hours=h) for h in range(-24 * days, 24 * days + 1))
    if all(instant.astimezone(zone).utcoffset() == offset for instant in around):
        return zone
    hours, rest = divmod(offset or timedelta(0), timedelta(hours=1))
    # Etc/GMT-9 is nine hours east: POSIX counts westwards.
    return ZoneInfo("UTC" if rest or not hours else f"Etc/GMT{-hours:+d}")


def _moved(value: Any, shift: int, days: timedelta) -> Any:
    """Every night time and date in a table, moved; lengths of time stay."""
    match value:
        case Starts():
            return msgspec.structs.replace(value, at=(value.at or 0) + shift)
        case NightSpan():
            return NightSpan(first=value.first + shift, last=value.last + shift)
        case msgspec.Struct():
            return msgspec.structs.replace(
                value,
                **{
                    k: _moved_key(k, getattr(value, k), shift, days)
                    for k in value.__struct_fields__
                },
            )
        case tuple():
            return tuple(_moved(each, shift, days) for each in value)
        case date():
            return value + days
        case _:
            return value


def _moved_key(key: str, value: Any, shift: int, days: timedelta) -> Any:
    if key in ("night_ends", "curfew", "opening", "latest_start"):
        return None if value is None else value + shift
    if key == "weekdays":
        return tuple(_WEEKDAYS[(_WEEKDAYS.index(day) + days.days) % 7] for day in value)
    return _moved(value, shift, days)
