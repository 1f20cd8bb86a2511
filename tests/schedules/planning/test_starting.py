from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from schedules.catalogue.model import Starts
from schedules.faults import Wrong
from schedules.nights import sun
from schedules.nights.night_time import HOUR, MINUTE
from schedules.planning.starting import resolve

SEOUL = sun.Position(37.5669, 127.0095)
TROMSO = sun.Position(69.6492, 18.9553)
KST = ZoneInfo("Asia/Seoul")
OSLO = ZoneInfo("Europe/Oslo")
NIGHT = date(2025, 8, 28)
JUNE, DECEMBER = date(2025, 6, 21), date(2025, 12, 21)


def at(night: date, hour: int, minute: int, zone: ZoneInfo) -> datetime:
    return datetime(night.year, night.month, night.day, hour, minute, tzinfo=zone)


def test_the_offset_comes_after_rounding_and_may_be_negative() -> None:
    plain = resolve(Starts(sun="sunset"), NIGHT, KST, SEOUL).instant
    later = resolve(Starts(sun="sunset", offset=45 * MINUTE), NIGHT, KST, SEOUL).instant
    earlier = resolve(Starts(sun="sunset", offset=-10 * MINUTE), NIGHT, KST, SEOUL).instant
    assert later - plain == timedelta(minutes=45)
    assert plain - earlier == timedelta(minutes=10)


def test_clamps_come_last() -> None:
    not_before = Starts(sun="sunset", not_before=20 * HOUR)
    not_after = Starts(sun="sunset", offset=3 * HOUR, not_after=21 * HOUR)
    assert resolve(not_before, NIGHT, KST, SEOUL).instant == at(NIGHT, 20, 0, KST)
    assert resolve(not_after, NIGHT, KST, SEOUL).instant == at(NIGHT, 21, 0, KST)


def test_where_the_sun_does_not_set_it_is_the_latest_time() -> None:
    starts = Starts(sun="sunset", not_before=18 * HOUR, not_after=22 * HOUR)
    assert resolve(starts, JUNE, OSLO, TROMSO).instant == at(JUNE, 22, 0, OSLO)


def test_where_it_does_not_rise_it_is_the_earliest() -> None:
    starts = Starts(sun="sunset", not_before=16 * HOUR, not_after=22 * HOUR)
    assert resolve(starts, DECEMBER, OSLO, TROMSO).instant == at(DECEMBER, 16, 0, OSLO)


@pytest.mark.parametrize(
    ("starts", "night", "right"),
    [
        (Starts(sun="sunset", not_before=18 * HOUR), JUNE, "give not_after"),
        (Starts(sun="sunset", not_after=22 * HOUR), DECEMBER, "give not_before"),
    ],
)
def test_without_its_clamp_there_is_no_start(starts: Starts, night: date, right: str) -> None:
    with pytest.raises(Wrong, match="there is no sunset") as caught:
        resolve(starts, night, OSLO, TROMSO)
    assert caught.value.right == right
