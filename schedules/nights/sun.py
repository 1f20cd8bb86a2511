"""When the sun sets, rises, or is so far below the horizon, on a night at a place."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

import astral
import astral.sun

Event = Literal["sunset", "civil_dusk", "nautical_dusk", "sunrise"]
Never = Literal["does not set", "does not rise"]

_DAY = timedelta(days=1)
_HALF_A_DAY = timedelta(hours=12)
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
    day = night + _DAY if event == "sunrise" else night
    noon = _solar_noon(observer, day, zone)
    found = _asked(event, observer, day, zone)
    since = None if found is None else found - noon if event != "sunrise" else noon - found
    if found is None or since is None or not timedelta(0) <= since <= _HALF_A_DAY:
        return _sought(event, observer, noon)
    return _nearest_second(found)


def _asked(event: Event, observer: astral.Observer, day: date, zone: ZoneInfo) -> datetime | None:
    """What astral says, by the local zone: asked in UTC it takes the sun of another date.

    It fails where there is no such event, and about midnight in UTC and on the wall, where
    it skips days (sffjunkie/astral, issues 83 and 102).
    """
    degrees = _DEGREES_BELOW[event]
    try:
        match event:
            case "sunset":
                return astral.sun.sunset(observer, day, tzinfo=zone)
            case "sunrise":
                return astral.sun.sunrise(observer, day, tzinfo=zone)
            case "civil_dusk" | "nautical_dusk":
                return astral.sun.dusk(observer, day, degrees, tzinfo=zone)
    except ValueError:
        return None


def _sought(event: Event, observer: astral.Observer, noon: datetime) -> datetime | Never:
    """Halving the time between solar noon and midnight until the sun stands there."""
    above, below = noon, noon - _HALF_A_DAY if event == "sunrise" else noon + _HALF_A_DAY
    if not _is_up(event, observer, above):
        return "does not rise"
    if _is_up(event, observer, below):
        return "does not set"
    while abs(above - below) > _SECOND:
        middle = above + (below - above) / 2
        if _is_up(event, observer, middle):
            above = middle
        else:
            below = middle
    return _nearest_second(above)


def _is_up(event: Event, observer: astral.Observer, at: datetime) -> bool:
    elevation = astral.sun.elevation(observer, at, with_refraction=False)
    return elevation > -_DEGREES_BELOW[event]


def _solar_noon(observer: astral.Observer, day: date, zone: ZoneInfo) -> datetime:
    """Of this date on the wall, which is another in UTC where zone and longitude disagree."""
    for near in (day, day - _DAY, day + _DAY):
        noon = astral.sun.noon(observer, near, tzinfo=UTC)
        if noon.astimezone(zone).date() == day:
            return noon
    return datetime(day.year, day.month, day.day, 12, tzinfo=zone).astimezone(UTC)


def _nearest_second(at: datetime) -> datetime:
    return (at.astimezone(UTC) + _SECOND / 2).replace(microsecond=0)
