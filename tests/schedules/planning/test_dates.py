from __future__ import annotations

from datetime import date

import msgspec
import pytest

from schedules.catalogue.model import DateSpan, Nights, Pattern
from schedules.festival_file import decode
from schedules.planning.dates import makes_slots, nights_of
from tests.schedules.examples import SMALL

MONDAY, TUESDAY, SUNDAY = date(2025, 9, 1), date(2025, 9, 2), date(2025, 9, 7)


def pattern(**changes: object) -> Pattern:
    return msgspec.structs.replace(decode(SMALL).patterns[0], **changes)


def test_a_span_has_both_its_ends() -> None:
    assert nights_of(DateSpan(first=MONDAY, last=TUESDAY)) == (MONDAY, TUESDAY)
    assert nights_of(DateSpan(first=MONDAY, last=MONDAY)) == (MONDAY,)


@pytest.mark.parametrize(
    ("changes", "nights"),
    [
        ({}, {MONDAY, TUESDAY, SUNDAY}),
        ({"excepted": (TUESDAY,)}, {MONDAY, SUNDAY}),
        ({"weekdays": ("mon", "sun")}, {MONDAY, SUNDAY}),
        ({"weekdays": ("mon", "sun"), "excepted": (SUNDAY,)}, {MONDAY}),
        ({"nights": Nights(dates=(TUESDAY,))}, {TUESDAY}),
        ({"nights": Nights(first=TUESDAY, last=SUNDAY)}, {TUESDAY, SUNDAY}),
        ({"nights": Nights(dates=(MONDAY, TUESDAY)), "weekdays": ("tue",)}, {TUESDAY}),
    ],
)
def test_on_which_nights_a_pattern_makes_slots(
    changes: dict[str, object], nights: set[date]
) -> None:
    made = {n for n in (MONDAY, TUESDAY, SUNDAY) if makes_slots(pattern(**changes), n)}
    assert made == nights
