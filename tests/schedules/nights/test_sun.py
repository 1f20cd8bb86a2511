from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from schedules.nights import sun
from schedules.nights.sun import Position

SEOUL = Position(37.5669, 127.0095)
TROMSO = Position(69.6492, 18.9553)
KST = ZoneInfo("Asia/Seoul")
OSLO = ZoneInfo("Europe/Oslo")


def local(event: sun.Event, night: date, position: Position, zone: ZoneInfo) -> str:
    found = sun.instant(event, night, position, zone)
    assert isinstance(found, datetime)
    assert found.tzinfo is UTC
    assert found.microsecond == 0
    return found.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def test_seoul_on_the_opening_night() -> None:
    night = date(2025, 8, 28)
    assert local("sunset", night, SEOUL, KST) == "2025-08-28 19:06"
    assert local("civil_dusk", night, SEOUL, KST) == "2025-08-28 19:34"
    assert local("nautical_dusk", night, SEOUL, KST) == "2025-08-28 20:06"
    assert local("sunrise", night, SEOUL, KST) == "2025-08-29 05:59"


@pytest.mark.parametrize(
    ("event", "night", "answer"),
    [
        ("sunset", date(2025, 6, 21), "does not set"),
        ("sunrise", date(2025, 6, 21), "does not set"),
        ("civil_dusk", date(2025, 6, 21), "does not set"),
        ("civil_dusk", date(2025, 5, 10), "does not set"),  # it sets, but not so far
        ("sunset", date(2025, 12, 21), "does not rise"),
        ("sunrise", date(2025, 12, 21), "does not rise"),
    ],
)
def test_where_the_sun_does_not(event: sun.Event, night: date, answer: str) -> None:
    assert sun.instant(event, night, TROMSO, OSLO) == answer


def test_the_polar_night_still_has_its_dusk() -> None:
    assert local("civil_dusk", date(2025, 12, 21), TROMSO, OSLO).startswith("2025-12-21 13:")


def test_a_sun_that_sets_after_midnight_ends_the_day_before() -> None:
    """Late in July Tromsø's evenings end on the next date: a night's sunset is never at its start."""
    for night in (date(2025, 7, 26) + timedelta(days=n) for n in range(10)):
        found = sun.instant("sunset", night, TROMSO, OSLO)
        noon = datetime(night.year, night.month, night.day, 12, tzinfo=OSLO)
        assert isinstance(found, datetime)
        assert timedelta(0) < found - noon < timedelta(hours=13)


@pytest.mark.parametrize(
    ("position", "zone"),
    [
        (SEOUL, "Asia/Seoul"),
        (Position(52.52, 13.40), "Europe/Berlin"),
        (Position(40.71, -74.01), "America/New_York"),
        (Position(-36.85, 174.76), "Pacific/Auckland"),
        (Position(21.31, -157.86), "Pacific/Honolulu"),
        (Position(1.87, -157.43), "Pacific/Kiritimati"),
        (Position(43.82, 87.62), "Asia/Shanghai"),
        (Position(-31.55, 159.08), "Australia/Lord_Howe"),
    ],
)
def test_the_right_day_everywhere_all_year(position: Position, zone: str) -> None:
    """Asked in UTC, astral gives the sun of another date to half of these."""
    tz = ZoneInfo(zone)
    for night in (date(2025, 1, 1) + timedelta(days=n) for n in range(0, 366, 5)):
        evening = sun.instant("sunset", night, position, tz)
        dusk = sun.instant("civil_dusk", night, position, tz)
        morning = sun.instant("sunrise", night, position, tz)
        assert isinstance(evening, datetime)
        assert isinstance(dusk, datetime)
        assert isinstance(morning, datetime)
        assert evening.astimezone(tz).date() == night
        assert evening < dusk < morning
        assert morning.astimezone(tz).date() == night + timedelta(days=1)
