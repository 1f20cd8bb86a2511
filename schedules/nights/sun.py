"""When the sun sets, rises, or is so far below the horizon, on a night at a place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

import astral
import astral.sun

Event = Literal["sunset", "civil_dusk", "nautical_dusk", "sunrise"]
Never = Literal["does not set", "does not rise"]

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_DEGREES_BELOW = {"sunset": 0.833, "civil_dusk": 6.0, "nautical_dusk": 12.0, "sunrise": 0.833}


class Position(NamedTuple):
    """A venue's place on the globe, in degrees."""

    latitude: float
    longitude: float


def instant(event: Event, night: date, position: Position, zone: ZoneInfo) -> datetime | Never:
    """The instant of an event to the nearest second, or why there is none.

    Evening events are those after the solar noon of the night's date, sunrise is the one
    before the solar noon of the next: far north a sun that sets at 00:20 still ends the
    day before.
    """
    observer = astral.Observer(*position)
    if event == "sunrise":
        night += _DAY
    noon = _solar_noon(observer, night, zone)
    for day in (night, night - _DAY if event == "sunrise" else night + _DAY):
        found = _on_date(event, observer, day, zone)
        if found is not None and (found < noon) == (event == "sunrise"):
            return _nearest_second(found)
    return _never(event, observer, noon)


def _on_date(event: Event, observer: astral.Observer, day: date, zone: ZoneInfo) -> datetime | None:
    """By the local zone: asked in UTC, astral answers with the sun of another date."""
    degrees = _DEGREES_BELOW[event]
    ask: dict[Event, Callable[[], datetime]] = {
        "sunset": lambda: astral.sun.sunset(observer, day, tzinfo=zone),
        "sunrise": lambda: astral.sun.sunrise(observer, day, tzinfo=zone),
        "civil_dusk": lambda: astral.sun.dusk(observer, day, degrees, tzinfo=zone),
        "nautical_dusk": lambda: astral.sun.dusk(observer, day, degrees, tzinfo=zone),
    }
    try:
        return ask[event]()
    except ValueError:  # the sun does not get there on this date
        return None


def _solar_noon(observer: astral.Observer, day: date, zone: ZoneInfo) -> datetime:
    """Of this date on the wall, which is another in UTC where zone and longitude disagree."""
    for near in (day, day - _DAY, day + _DAY):
        noon = astral.sun.noon(observer, near, tzinfo=zone)
        if noon.date() == day:
            return noon
    return datetime(day.year, day.month, day.day, 12, tzinfo=zone)


def _never(event: Event, observer: astral.Observer, noon: datetime) -> Never:
    """Whether the sun stays above or below what the event asks, by the middle of its day's arc."""
    highest = astral.sun.elevation(observer, noon, with_refraction=False)
    lowest = astral.sun.elevation(observer, noon + _DAY / 2, with_refraction=False)
    middle = (highest + lowest) / 2
    return "does not set" if middle > -_DEGREES_BELOW[event] else "does not rise"


def _nearest_second(at: datetime) -> datetime:
    return (at.astimezone(UTC) + _SECOND / 2).replace(microsecond=0)
