"""What users of other systems complained of about dates and times of day, where a night is planned.

Each test is named after a complaint, with the thread in which it was made.
"""

from __future__ import annotations

from datetime import date

import pytest

from schedules.compile import compile_nights
from schedules.festival_file import decode
from schedules.nights import night_time
from tests.schedules.examples import SMALL, bent
from tests.show_control.house import at

OVER_MIDNIGHT = bent(SMALL, "passes = 2", "passes = 10").replace('"20:00"', '"20:30"')


def test_fpp_1746_a_slot_belongs_to_the_night_on_which_it_starts() -> None:
    """Is 00:00 of the first date inside? It is of the night before, which the festival does not have."""
    nights = compile_nights(decode(OVER_MIDNIGHT)).night_file.nights
    assert [n.date for n in nights] == ["2025-09-01", "2025-09-02", "2025-09-03"]
    first, *_, last = (s for n in nights for s in n.slots if s.id.startswith("loop"))
    assert first.starts == at("20:30", "2025-09-01")
    assert (last.night, last.id, last.starts) == (
        "2025-09-03",
        "loop.10",
        at("01:00", "2025-09-04"),
    )


def test_fpp_904_a_time_after_midnight_is_written_past_24() -> None:
    assert night_time.parse("25:30") == 25 * night_time.HOUR + 30 * night_time.MINUTE
    late = bent(SMALL, '"20:10"', '"25:30"')
    (gala,) = (
        s for n in compile_nights(decode(late)).night_file.nights for s in n.slots if s.id == "gala"
    )
    assert (gala.night, gala.starts) == ("2025-09-02", at("01:30", "2025-09-03"))


@pytest.mark.parametrize("half_day", ["12:00 AM", "12:30 PM", "12:30am", "8:00 p.m."])
def test_fpp_1089_there_is_no_am_or_pm_to_flip(half_day: str) -> None:
    with pytest.raises(ValueError, match="not a night time"):
        night_time.parse(half_day)


def test_ontime_1117_a_slot_has_a_date_and_not_the_first_time_of_day_that_fits() -> None:
    """ "Add actual dates so it doesn't just pick the first event with the correct time"."""
    found = compile_nights(decode(SMALL), nights=[date(2025, 9, 2)]).night_file.nights
    assert {s.night for n in found for s in n.slots} == {"2025-09-02"}
    everywhere = compile_nights(decode(SMALL)).night_file.nights
    assert [n.date for n in everywhere for s in n.slots if s.id == "gala"] == ["2025-09-02"]
