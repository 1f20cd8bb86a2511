"""A zone's changes as RFC 5545 counts them: on the wall by the offset that held until then."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from schedules.exports.zone_rules import zone_rules


def told(zone: str, year: int) -> list[tuple[str, str, str, str]]:
    """Each observance of a year, after the one that it begins with."""
    rules = zone_rules(ZoneInfo(zone), datetime(year, 1, 1, tzinfo=UTC), datetime(year, 12, 31, tzinfo=UTC))  # fmt: skip
    return [
        (
            part.name,
            f"{part['dtstart'].dt:%m%dT%H%M%S}",
            part["tzoffsetfrom"].to_ical(),
            part["tzoffsetto"].to_ical(),
        )
        for part in rules.subcomponents[1:]
    ]


@pytest.mark.parametrize(
    ("zone", "year", "changes"),
    [
        (  # the RFC's own example, 3.6.5
            "America/New_York",
            2007,
            [
                ("DAYLIGHT", "0311T020000", "-0500", "-0400"),
                ("STANDARD", "1104T020000", "-0400", "-0500"),
            ],
        ),
        (
            "Europe/Berlin",
            2026,
            [
                ("DAYLIGHT", "0329T020000", "+0100", "+0200"),
                ("STANDARD", "1025T030000", "+0200", "+0100"),
            ],
        ),
        (  # half an hour, in the southern year
            "Australia/Lord_Howe",
            2026,
            [
                ("STANDARD", "0405T020000", "+1100", "+1030"),
                ("DAYLIGHT", "1004T020000", "+1030", "+1100"),
            ],
        ),
        ("Asia/Seoul", 2026, []),
    ],
)
def test_changes_are_where_the_rfc_has_them(
    zone: str, year: int, changes: list[tuple[str, str, str, str]]
) -> None:
    assert told(zone, year) == changes


def test_it_begins_with_the_offset_that_holds_then() -> None:
    first = datetime(2026, 7, 1, tzinfo=UTC)
    (part,) = zone_rules(
        ZoneInfo("Europe/Berlin"), first, datetime(2026, 7, 9, tzinfo=UTC)
    ).subcomponents
    assert (part.name, part["tzname"], part["tzoffsetto"].to_ical()) == ("DAYLIGHT", "CEST", "+0200")  # fmt: skip
