"""Each feed, read back by another library than the one that wrote it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
import rdflib
import vobject
from hypothesis import example, given, settings
from hypothesis import strategies as st

from schedules.exports.calendar import as_calendar
from schedules.exports.feed import as_feed
from schedules.exports.linked_data import as_linked_data
from schedules.exports.model import Programme, ProgrammeSlot, ShownSlot
from schedules.nights.night_time import from_millis, millis, night_of, resolve
from tests.schedules.examples import GALLERY, RIVER, SEOUL, SMALL
from tests.schedules.exports.versions import PUBLISHED, gala_at, programme, without_gala

# rdflib's own reader of JSON-LD still makes the graph that rdflib calls deprecated (7.6.0).
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
SCHEMA = rdflib.Namespace("https://schema.org/")
ZONES = (
    "Asia/Seoul",
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "America/Santiago",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Europe/Dublin",
    "Asia/Kathmandu",
    "Etc/GMT-9",
    "UTC",
)
WHOLE = [pytest.param(text, id=name) for name, text in (("seoul", SEOUL), ("river", RIVER), ("gallery", GALLERY))]  # fmt: skip


def events(written: bytes) -> dict[str, Any]:
    """By UID. vobject takes the zone from the VTIMEZONE alone, as Outlook does; and keeps the first of
    each name that it read, which it is made to forget."""
    for zone in ZONES:
        vobject.icalendar.registerTzid(zone, None)
    calendar = vobject.readOne(written.decode())
    return {event.uid.value: event for event in calendar.vevent_list}


def graph(written: bytes) -> rdflib.Graph:
    """The context is schema.org's own vocabulary: it is said here, so that none is fetched."""
    document = json.loads(written)
    assert document["@context"] == "https://schema.org"
    document["@context"] = {"@vocab": str(SCHEMA)}
    return rdflib.Graph().parse(
        data=json.dumps(document), format="json-ld", publicID="https://lights.example/x.jsonld"
    )


def spans_in_linked_data(written: bytes) -> dict[str, tuple[datetime, datetime]]:
    found = graph(written)

    def at(event: Any, what: str) -> datetime:
        return datetime.fromisoformat(str(found.value(event, SCHEMA[what])))

    return {
        str(found.value(event, SCHEMA.identifier)): (at(event, "startDate"), at(event, "endDate"))
        for event in found.objects(None, SCHEMA.subEvent)
    }


def spans_in_json(written: bytes) -> dict[str, tuple[datetime, datetime]]:
    return {
        slot["uid"]: (datetime.fromisoformat(slot["starts"]), datetime.fromisoformat(slot["ends"]))
        for night in json.loads(written)["nights"]
        for slot in night["slots"]
    }


def spans_in_calendar(written: bytes) -> dict[str, tuple[datetime, datetime]]:
    return {
        uid: (event.dtstart.value.astimezone(UTC), event.dtend.value.astimezone(UTC))
        for uid, event in events(written).items()
    }


def resolved(told: Programme) -> dict[str, tuple[datetime, datetime]]:
    return {
        f"{told.festival}.{each.slot.night}.{each.slot.id}@lamplighter": (
            from_millis(each.slot.starts),
            from_millis(each.slot.ends),
        )
        for each in told.slots
    }


def to_the_second(spans: dict[str, tuple[datetime, datetime]]) -> dict[str, Any]:
    return {k: tuple(at.replace(microsecond=0) for at in both) for k, both in spans.items()}


@pytest.mark.parametrize("text", WHOLE)
def test_every_slot_of_whole_festivals_is_at_its_resolved_instant(text: str) -> None:
    told = programme(text)
    assert spans_in_json(as_feed(told)) == resolved(told)
    assert spans_in_linked_data(as_linked_data(told, "en")) == resolved(told)
    assert spans_in_calendar(as_calendar(told, "ko")) == to_the_second(resolved(told))


def alone(zone: str, starts: datetime, length: timedelta) -> Programme:
    """One slot in a zone."""
    slot = ShownSlot(
        id="loop.1",
        night=night_of(starts, 6 * 3_600_000, ZoneInfo(zone)),
        surface="wall",
        programme="base",
        title={"en": "Loop"},
        works=(),
        starts=millis(starts),
        ends=millis(starts + length),
    )
    each = ProgrammeSlot(slot=slot, changed_in=1, changed_at=PUBLISHED)
    return msgspec.structs.replace(programme(SMALL), time_zone=zone, slots=(each,))


@settings(max_examples=60, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    starts=st.integers(1_704_000_000_000, 1_956_000_000_000).map(from_millis),  # 2024 to 2031
    length=st.integers(1000, 30 * 3_600_000).map(lambda ms: timedelta(milliseconds=ms)),
)
# Where summer time begins and ends, each side of it, and the repeated hour's second round.
@example("Europe/Berlin", datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC), timedelta(minutes=5))
@example("Europe/Berlin", datetime(2026, 3, 29, 1, 0, tzinfo=UTC), timedelta(minutes=5))
@example("Europe/Berlin", datetime(2026, 10, 25, 0, 30, tzinfo=UTC), timedelta(minutes=5))
@example("Europe/Berlin", datetime(2026, 10, 25, 2, 0, tzinfo=UTC), timedelta(minutes=5))
@example("Europe/Berlin", datetime(2026, 10, 25, 1, 30, tzinfo=UTC), timedelta(minutes=5))
@example("America/New_York", datetime(2025, 11, 2, 5, 55, tzinfo=UTC), timedelta(minutes=10))
@example("Australia/Lord_Howe", datetime(2026, 4, 4, 15, 15, tzinfo=UTC), timedelta(minutes=30))
def test_a_slot_anywhere_in_time_is_read_back_at_its_instant(
    zone: str, starts: datetime, length: timedelta
) -> None:
    told = alone(zone, starts, length)
    assert spans_in_json(as_feed(told)) == resolved(told)
    assert spans_in_linked_data(as_linked_data(told, "en")) == resolved(told)
    assert spans_in_calendar(as_calendar(told, "en")) == to_the_second(resolved(told))


@settings(max_examples=60, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    night=st.dates(date(2024, 1, 1), date(2031, 12, 31)),
    minute=st.integers(6 * 60, 30 * 60 - 1),
)
def test_the_calendar_says_the_wall_time_that_was_written(
    zone: str, night: date, minute: int
) -> None:
    """On the wall of the festival's own zone, by its name; but for what its clocks pass over."""
    found = resolve(night, minute * 60_000, ZoneInfo(zone))
    told = alone(zone, found.instant, timedelta(seconds=1))
    (event,) = events(as_calendar(told, "en")).values()
    wall = datetime.combine(night, datetime.min.time()) + timedelta(minutes=minute) + found.moved
    assert event.dtstart.value.replace(tzinfo=None) == wall
    if zone != "UTC":
        assert event.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == [zone]


def gala(written: bytes) -> Any:
    return events(written)["small.2025-09-02.gala@lamplighter"]


def test_a_uid_is_kept_its_sequence_rises_and_what_is_dropped_is_cancelled() -> None:
    told = [
        gala(as_calendar(programme(*texts), "en"))
        for texts in (
            (SMALL,),
            (SMALL, gala_at("21:15")),
            (SMALL, gala_at("21:15"), without_gala()),
            (SMALL, gala_at("21:15"), without_gala(), SMALL),
        )
    ]
    assert [int(each.sequence.value) for each in told] == [1, 2, 3, 4]
    assert [each.status.value for each in told] == [
        "CONFIRMED",
        "CONFIRMED",
        "CANCELLED",
        "CONFIRMED",
    ]
    assert [f"{each.dtstart.value:%H:%M}" for each in told] == ["20:10", "21:15", "21:15", "20:10"]
    assert [each.dtstamp.value.day for each in told] == [1, 2, 3, 4]


def test_linked_data_says_what_was_moved_and_what_was_dropped() -> None:
    def said(*texts: str) -> tuple[str, list[str]]:
        found = graph(as_linked_data(programme(*texts), "en"))
        identifier = rdflib.Literal("small.2025-09-02.gala@lamplighter")
        event = found.value(None, SCHEMA.identifier, identifier)
        previous = sorted(map(str, found.objects(event, SCHEMA.previousStartDate)))
        status = str(found.value(event, SCHEMA.eventStatus))
        return status.removeprefix(str(SCHEMA)), previous

    first, second = "2025-09-02T20:10:00+09:00", "2025-09-02T21:15:00+09:00"
    assert said(SMALL) == ("EventScheduled", [])
    assert said(SMALL, gala_at("21:15")) == ("EventRescheduled", [first])
    twice = said(SMALL, gala_at("21:15"), gala_at("22:30"))
    assert twice == ("EventRescheduled", [first, second])
    assert said(SMALL, gala_at("21:15"), without_gala()) == ("EventCancelled", [])


def test_the_json_feed_says_it_too_by_night() -> None:
    feed = json.loads(as_feed(programme(SMALL, gala_at("25:30"))))
    assert [night["night"] for night in feed["nights"]] == [
        "2025-09-01",
        "2025-09-02",
        "2025-09-03",
    ]
    (slot,) = (s for s in feed["nights"][1]["slots"] if s["slot"] == "gala")
    assert slot["status"] == "moved"
    assert slot["previous_starts"] == ["2025-09-02T11:10:00.000Z"]
    assert (slot["starts"], slot["starts_night_time"]) == ("2025-09-02T16:30:00.000Z", "25:30")
    assert slot["ends_night_time"] == "25:40"
    assert feed["version"] == 2


def test_languages_are_those_of_the_file_and_fall_back() -> None:
    told = programme(SEOUL)
    uid = "seoullight-2025-fall.2025-08-28.opening-ceremony@lamplighter"
    korean, english = (events(as_calendar(told, language))[uid] for language in ("ko", "en"))
    assert (korean.summary.value, english.summary.value) == ("개막식", "Opening night")
    assert "최세훈" in korean.description.value
    assert "Timo Helgert" in korean.description.value
    names = set(map(str, graph(as_linked_data(told, "ko")).objects(None, SCHEMA.name)))
    assert {"서울라이트 DDP 2025 가을", "개막식", "로랑 그라소", "Timo Helgert"} <= names


def test_linked_data_has_the_kind_of_what_is_run() -> None:
    kinds = [json.loads(as_linked_data(programme(t), "en"))["@type"] for t in (SEOUL, GALLERY)]
    assert kinds == ["Festival", "ExhibitionEvent"]


@pytest.mark.parametrize("text", WHOLE)
def test_the_same_versions_are_the_same_bytes(text: str) -> None:
    for write in (as_feed, lambda t: as_calendar(t, "ko"), lambda t: as_linked_data(t, "ko")):
        assert write(programme(text)) == write(programme(text))
