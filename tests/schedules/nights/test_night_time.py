from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.nights import night_time
from schedules.nights.night_time import DAY, HOUR, MINUTE

SEOUL = ZoneInfo("Asia/Seoul")
BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
ZONES = [SEOUL, BERLIN, NEW_YORK, LORD_HOWE, ZoneInfo("Asia/Kathmandu"), ZoneInfo("UTC")]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("00:00", 0),
        ("6:30", 6 * HOUR + 30 * MINUTE),
        ("20:05:07", 20 * HOUR + 5 * MINUTE + 7000),
        ("26:30", 26 * HOUR + 30 * MINUTE),
        ("47:59:59.999", 2 * DAY - 1),
    ],
)
def test_reading(text: str, at: int) -> None:
    assert night_time.parse(text) == at


@pytest.mark.parametrize(
    "text", ["", "20", "20:60", "20:00:60", "48:00", "20:00:00.5", "-1:00", "20:00 ", "２０:00"]
)
def test_what_is_not_a_night_time(text: str) -> None:
    with pytest.raises(ValueError, match="not a night time"):
        night_time.parse(text)


def test_writing() -> None:
    assert night_time.brief(20 * HOUR) == "20:00"
    assert night_time.brief(20 * HOUR + 5000) == "20:00:05"
    assert night_time.brief(20 * HOUR + 5) == "20:00:00.005"
    assert night_time.full(26 * HOUR) == "26:00:00.000"


@given(st.integers(0, 2 * DAY - 1))
def test_what_is_written_is_read_again(at: int) -> None:
    assert night_time.parse(night_time.full(at)) == at
    assert night_time.parse(night_time.brief(at)) == at


@pytest.mark.parametrize(
    ("night", "text", "zone", "instant", "moved"),
    [
        # no change of offset
        (date(2025, 8, 28), "20:00", SEOUL, "2025-08-28T11:00", 0),
        (date(2025, 8, 28), "26:30", SEOUL, "2025-08-28T17:30", 0),
        # spring, north: the hour from 02:00 is removed
        (date(2026, 3, 28), "25:59", BERLIN, "2026-03-29T00:59", 0),
        (date(2026, 3, 28), "26:00", BERLIN, "2026-03-29T01:00", 60),
        (date(2026, 3, 28), "26:30", BERLIN, "2026-03-29T01:30", 60),
        (date(2026, 3, 28), "27:00", BERLIN, "2026-03-29T01:00", 0),
        (date(2026, 3, 29), "02:30", BERLIN, "2026-03-29T01:30", 60),
        (date(2026, 3, 7), "26:30", NEW_YORK, "2026-03-08T07:30", 60),
        # autumn, north: the hour from 02:00 (New York 01:00) comes twice, the first is meant
        (date(2025, 10, 25), "26:30", BERLIN, "2025-10-26T00:30", 0),
        (date(2025, 10, 25), "27:00", BERLIN, "2025-10-26T02:00", 0),
        (date(2025, 11, 1), "25:30", NEW_YORK, "2025-11-02T05:30", 0),
        (date(2025, 11, 1), "26:00", NEW_YORK, "2025-11-02T07:00", 0),
        # south, by half an hour: gap in October, fold in April
        (date(2025, 10, 4), "26:15", LORD_HOWE, "2025-10-04T15:45", 30),
        (date(2025, 10, 4), "26:30", LORD_HOWE, "2025-10-04T15:30", 0),
        (date(2026, 4, 4), "25:45", LORD_HOWE, "2026-04-04T14:45", 0),
        (date(2026, 4, 4), "26:00", LORD_HOWE, "2026-04-04T15:30", 0),
    ],
)
def test_resolving(night: date, text: str, zone: ZoneInfo, instant: str, moved: int) -> None:
    resolved = night_time.resolve(night, night_time.parse(text), zone)
    assert resolved.instant == utc(instant)
    assert resolved.instant.tzinfo is UTC
    assert resolved.moved == timedelta(minutes=moved)


def test_a_removed_wall_time_is_shown_an_hour_later() -> None:
    night = date(2026, 3, 28)
    moved = night_time.resolve(night, night_time.parse("26:30"), BERLIN).instant
    assert night_time.text_of_night(moved, night, BERLIN) == "27:30:00.000"


def test_the_second_round_of_a_repeated_hour_reads_as_the_first() -> None:
    night = date(2025, 10, 25)
    first, second = utc("2025-10-26T00:30"), utc("2025-10-26T01:30")
    assert night_time.text_of_night(first, night, BERLIN) == "26:30:00.000"
    assert night_time.text_of_night(second, night, BERLIN) == "26:30:00.000"


@given(
    night=st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    at=st.integers(0, 2 * DAY - 1),
    zone=st.sampled_from(ZONES),
)
def test_there_and_back(night: date, at: int, zone: ZoneInfo) -> None:
    resolved = night_time.resolve(night, at, zone)
    back = night_time.of_night(resolved.instant, night, zone)
    assert back == at + resolved.moved // timedelta(milliseconds=1)


@given(
    instant=st.integers(0, 4 * 10**12).map(night_time.from_millis),
    night_ends=st.integers(0, DAY - 1),
    zone=st.sampled_from(ZONES),
)
def test_an_instant_lies_in_its_night(instant: datetime, night_ends: int, zone: ZoneInfo) -> None:
    night = night_time.night_of(instant, night_ends, zone)
    starts = night_time.resolve(night, night_ends, zone).instant
    ends = night_time.resolve(night + timedelta(days=1), night_ends, zone).instant
    assert starts <= instant < ends


def test_before_night_ends_it_is_the_night_before() -> None:
    six = 6 * HOUR
    assert night_time.night_of(utc("2025-08-28T20:59:59"), six, SEOUL) == date(2025, 8, 28)
    assert night_time.night_of(utc("2025-08-28T21:00:00"), six, SEOUL) == date(2025, 8, 29)


@given(st.integers(-(10**12), 10**13))
def test_millis_there_and_back(at: int) -> None:
    assert night_time.millis(night_time.from_millis(at)) == at
