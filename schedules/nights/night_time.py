"""Night time: a night (a date), a wall time that may pass 24:00, an IANA zone.

A night time is kept as milliseconds on the wall since 00:00 of the night's date, so that
`26:30` of the 28th is 02:30 on the wall of the 29th. The wall is not elapsed time: where
the zone changes its offset, only `resolve` tells the instant.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

SECOND = 1000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_NIGHT_TIME = re.compile(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d)(?:\.(\d{3}))?)?", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Resolved(msgspec.Struct, frozen=True):
    """The instant of a night time; `moved` is the gap that pushed it forward, if one did."""

    instant: datetime
    moved: timedelta = timedelta(0)


def parse(text: str) -> int:
    """`HH:MM[:SS[.mmm]]`, hours up to 47, as milliseconds; raises ValueError."""
    match = _NIGHT_TIME.fullmatch(text)
    if match is None or int(match[1]) > 47:
        raise ValueError(f"not a night time: {text!r}")
    hours, minutes, seconds, millis = (int(part or 0) for part in match.groups())
    return hours * HOUR + minutes * MINUTE + seconds * SECOND + millis


def brief(at: int) -> str:
    """As a person would write it: `20:00`, `20:00:05`, `26:30:00.250`."""
    text = full(at)
    return text.removesuffix(".000").removesuffix(":00") if at % SECOND == 0 else text


def full(at: int) -> str:
    """`HH:MM:SS.mmm`, as cue sheets and the rehearsal print it."""
    hours, rest = divmod(at, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    seconds, millis = divmod(rest, SECOND)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{millis:03}"


def resolve(night: date, at: int, zone: ZoneInfo) -> Resolved:
    """The instant that a night time means, by the wall clock of `zone`.

    A wall time that the zone removes moves forward by the gap, one that it repeats means
    the first: both are what `fold=0` says, read with the offset from before the change.
    """
    wall = datetime.combine(night, datetime.min.time()) + timedelta(milliseconds=at)
    instant = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    shown = instant.astimezone(zone).replace(tzinfo=None)
    return Resolved(instant, shown - wall)


def of_night(instant: datetime, night: date, zone: ZoneInfo) -> int:
    """What the wall shows at an instant, as a night time of `night`.

    Inverse of `resolve` but for the second round of a repeated hour, which reads as the
    first, and with microseconds dropped.
    """
    wall = instant.astimezone(zone).replace(tzinfo=None)
    return (wall - datetime.combine(night, datetime.min.time())) // timedelta(milliseconds=1)


def night_of(instant: datetime, night_ends: int, zone: ZoneInfo) -> date:
    """The night that an instant belongs to: before `night_ends` it is that of the date before."""
    wall = instant.astimezone(zone)
    night = wall.date()
    before_its_start = instant < resolve(night, night_ends, zone).instant
    return night - timedelta(days=1) if before_its_start else night


def text_of_night(instant: datetime, night: date, zone: ZoneInfo) -> str:
    """`HH:MM:SS.mmm` of `night` at an instant: `25:10:00.000` is ten past one on the wall."""
    return full(of_night(instant, night, zone))


def millis(instant: datetime) -> int:
    """Milliseconds of UTC since 1970 (`show_control.model.Millis`) of an aware instant."""
    return (instant - _EPOCH) // timedelta(milliseconds=1)


def from_millis(at: int) -> datetime:
    """The aware UTC instant of `Millis`."""
    return _EPOCH + timedelta(milliseconds=at)
