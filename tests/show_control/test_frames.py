"""How timecode counts frames: drop-frame exactly, and only where it is 29.97."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from show_control.frames import (
    RATES,
    Label,
    NoSuchFrame,
    Rate,
    a_day,
    a_day_of_frames,
    at_position,
    counted,
    labelled,
    nanos,
    position,
    read,
    written,
)

TABLE = [
    # SMPTE ST 12-1: two labels are left out each minute, but not each tenth
    ("29.97", "00:00:00;00", 0),
    ("29.97", "00:00:59;29", 1799),
    ("29.97", "00:01:00;02", 1800),
    ("29.97", "00:01:59;29", 3597),
    ("29.97", "00:02:00;02", 3598),
    ("29.97", "00:09:59;29", 17981),
    ("29.97", "00:10:00;00", 17982),
    ("29.97", "00:10:00;01", 17983),
    ("29.97", "00:11:00;02", 19782),
    ("29.97", "01:00:00;00", 107892),
    ("29.97", "10:00:00;00", 1078920),
    ("29.97", "23:59:59;29", 2589407),
    ("30", "00:01:00:00", 1800),
    ("30", "00:01:00:01", 1801),
    ("30", "01:00:00:00", 108000),
    ("25", "00:01:00:00", 1500),
    ("25", "23:59:59:24", 2159999),
    ("24", "01:00:00:00", 86400),
]


@pytest.mark.parametrize(("rate", "label", "count"), TABLE)
def test_labels_and_the_frames_that_they_count(rate: Rate, label: str, count: int) -> None:
    assert counted(read(label), rate) == count
    assert written(labelled(count, rate), rate) == label


@pytest.mark.parametrize(
    ("rate", "label"),
    [
        ("29.97", "00:01:00;00"),
        ("29.97", "00:01:00;01"),
        ("29.97", "23:59:00;01"),
        ("29.97", "00:00:00;30"),
        ("24", "00:00:00:24"),
        ("25", "00:00:00:25"),
        ("30", "24:00:00:00"),
        ("30", "00:60:00:00"),
    ],
)
def test_labels_that_no_frame_has(rate: Rate, label: str) -> None:
    with pytest.raises(NoSuchFrame, match=label):
        counted(read(label), rate)


def test_an_hour_of_drop_frame_is_an_hour_to_four_milliseconds() -> None:
    assert position(Label(1, 0, 0, 0), "29.97") == 3_599_996_400_000
    assert position(Label(1, 0, 0, 0), "30") == 3_600_000_000_000
    assert a_day("29.97") == 86_399_913_600_000
    assert [a_day(r) for r in ("24", "25", "30")] == [86_400_000_000_000] * 3


@given(st.sampled_from(RATES), st.integers(0, 3_000_000))
def test_every_frame_has_one_label_and_lasts_at_its_position(rate: Rate, count: int) -> None:
    count %= a_day_of_frames(rate)
    label = labelled(count, rate)
    assert counted(label, rate) == count
    assert at_position(nanos(count, rate), rate) == label
    assert at_position(nanos(count + 1, rate) - 1, rate) == label


@pytest.mark.parametrize("text", ["", "1:00:00:00", "01:00:00", "01:00:00.00", "aa:00:00:00"])
def test_what_is_no_timecode(text: str) -> None:
    with pytest.raises(ValueError, match="HH:MM:SS:FF"):
        read(text)
