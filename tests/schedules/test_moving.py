from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest

from schedules.catalogue.model import Festival
from schedules.catalogue.rules import cross_faults
from schedules.catalogue.walk import Walk
from schedules.compile import compile_nights
from schedules.festival_file import decode
from schedules.moving import moved_to
from schedules.nights import night_time
from show_control.model import Slot
from tests.schedules.examples import GALLERY, RIVER, SEOUL, SMALL, bent

KST = ZoneInfo("Asia/Seoul")
BERLIN = ZoneInfo("Europe/Berlin")


def slots_of(festival: Festival) -> dict[tuple[int, str], Slot]:
    nights = compile_nights(festival).night_file.nights
    return {(n, slot.id): slot for n, night in enumerate(nights) for slot in night.slots}


def first(festival: Festival, slot: str) -> Slot:
    return next(s for (_, name), s in slots_of(festival).items() if name == slot)


@pytest.mark.parametrize("minute", [0, 23])
@pytest.mark.parametrize("hour", range(24))
def test_at_every_hour_the_ceremony_starts_when_wanted(hour: int, minute: int) -> None:
    now = datetime(2026, 11, 22, hour, minute, 24, 500_000, tzinfo=KST)
    moved = moved_to(decode(SEOUL), now, seconds=20)
    ceremony = first(moved, "opening-ceremony")
    wanted = now.replace(microsecond=0) + timedelta(seconds=21)
    assert night_time.from_millis(ceremony.starts) == wanted
    assert 0 <= moved.festival.night_ends < night_time.DAY
    assert not cross_faults(moved, Walk())


def test_the_page_s_example() -> None:
    moved = moved_to(decode(SEOUL), datetime(2026, 11, 22, 10, 23, 25, tzinfo=KST))
    assert night_time.full(moved.festival.night_ends) == "20:23:45.000"
    (ceremony,) = moved.slots
    assert night_time.full(ceremony.starts.at or 0) == "34:23:45.000"
    assert ceremony.night == date(2026, 11, 21)
    assert moved.surfaces[0].curfew == ceremony.starts.at + night_time.parse("02:30")  # type: ignore[operator]
    assert moved.patterns[1].excepted == (date(2026, 11, 21),)
    assert moved.cohorts[0].term is not None
    assert moved.cohorts[0].term.first == date(2026, 11, 21)


@pytest.mark.parametrize("hour", range(24))
def test_all_slots_keep_their_places_among_each_other(hour: int) -> None:
    before = slots_of(decode(SEOUL))
    after = slots_of(moved_to(decode(SEOUL), datetime(2026, 1, 1, hour, 59, 50, tzinfo=UTC)))
    assert before.keys() == after.keys()
    shifts = {after[key].starts - before[key].starts for key in before}
    assert len(shifts) == 1
    assert {after[k].ends - before[k].ends for k in before} == shifts


@pytest.mark.parametrize("slot", ["lost-hour", "torches-first", "dome-hours.3"])
@pytest.mark.parametrize("day", [date(2026, 3, 28), date(2026, 10, 24), date(2026, 6, 21)])
def test_at_every_hour_of_nights_that_change_their_offset(day: date, slot: str) -> None:
    festival = decode(RIVER)
    midnight = datetime(day.year, day.month, day.day, tzinfo=BERLIN).astimezone(UTC)
    for minutes in range(0, 49 * 60, 30):
        now = midnight + timedelta(minutes=minutes)
        moved = moved_to(festival, now, slot=slot, seconds=30)
        found = first(moved, slot)
        assert night_time.from_millis(found.starts) == now + timedelta(seconds=30)


def test_where_the_offset_changes_a_steady_zone_takes_its_place() -> None:
    summer = moved_to(decode(RIVER), datetime(2026, 7, 1, 12, tzinfo=BERLIN), slot="lost-hour")
    assert summer.festival.time_zone == "Europe/Berlin"
    change = moved_to(decode(RIVER), datetime(2026, 10, 24, 12, tzinfo=BERLIN), slot="lost-hour")
    assert change.festival.time_zone == "Etc/GMT-2"


def test_a_latest_start_moves_with_its_slot() -> None:
    text = bent(SMALL, 'sequence = "show"', 'sequence = "show"\nlatest_start = "20:40"')
    moved = moved_to(decode(text), datetime(2026, 1, 1, 12, 0, tzinfo=UTC), slot="gala")
    gala = first(moved, "gala")
    assert gala.latest_start == gala.starts + 30 * 60_000


def test_weekdays_move_with_the_dates() -> None:
    now = datetime(2026, 11, 24, 15, tzinfo=ZoneInfo("America/New_York"))
    moved = moved_to(decode(GALLERY), now, slot="talk")
    before, after = slots_of(decode(GALLERY)), slots_of(moved)
    assert before.keys() == after.keys()
    assert moved.patterns[0].weekdays != decode(GALLERY).patterns[0].weekdays


def test_starts_by_the_sun_become_fixed() -> None:
    moved = moved_to(decode(RIVER), datetime(2026, 7, 1, 12, tzinfo=BERLIN), slot="torches-first")
    assert all(p.starts.sun is None for p in moved.patterns)
    before, after = slots_of(decode(RIVER)), slots_of(moved)
    shift = after[0, "torches-first"].starts - before[0, "torches-first"].starts
    assert after[0, "dome-hours.1"].starts - before[0, "dome-hours.1"].starts == shift


def test_what_is_moved_can_be_stored_and_read_again() -> None:
    moved = moved_to(decode(SEOUL), datetime(2026, 1, 1, 3, tzinfo=UTC))
    assert msgspec.json.decode(msgspec.json.encode(moved), type=Festival) == moved


def test_refusals() -> None:
    with pytest.raises(KeyError):
        moved_to(decode(SEOUL), datetime(2026, 1, 1, tzinfo=UTC), slot="opening")
    with pytest.raises(KeyError):
        moved_to(decode(SEOUL), datetime(2026, 1, 1, tzinfo=UTC), slot="facade-loop.5")
    with pytest.raises(ValueError, match="no time zone"):
        moved_to(decode(SEOUL), datetime(2026, 1, 1))  # noqa: DTZ001


def test_a_slot_that_ends_with_its_night_stays_in_it() -> None:
    festival = decode(bent(SMALL, '"20:10"', '"29:50"'))
    for hour in range(24):
        now = datetime(2026, 5, 5, hour, 7, 7, tzinfo=UTC)
        assert first(moved_to(festival, now, slot="gala"), "gala").id == "gala"


def test_permits_closures_and_who_is_there_move_along() -> None:
    text = bent(
        SMALL,
        'id = "wall"\nvenue = "hall"\n',
        'id = "wall"\nvenue = "hall"\npermits = { light = { from = "19:00", to = "23:00" } }\nclosures = [{ from = 2025-09-03, to = 2025-09-03, hours = { from = "19:00", to = "20:00" } }]\n',
    )
    text = bent(
        text, 'id = "kim"\n', 'id = "kim"\nthere = [{ from = 2025-09-02, to = 2025-09-02 }]\n'
    )
    now = datetime(2025, 9, 12, 20, 39, 40, tzinfo=KST)  # gala, 20:10 on the 2nd, at 20:40
    moved = moved_to(decode(text), now, slot="gala")
    wall = moved.surfaces[0]
    assert wall.permits is not None
    assert wall.permits.light is not None
    assert night_time.brief(wall.permits.light.first) == "19:30"
    assert night_time.brief(wall.permits.light.last) == "23:30"
    (closure,) = wall.closures
    assert closure.hours is not None
    assert (closure.first, night_time.brief(closure.hours.last)) == (date(2025, 9, 13), "20:30")
    assert [p.first for p in moved.artists[0].there or ()] == [date(2025, 9, 12)]
