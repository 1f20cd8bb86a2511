from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.catalogue import values
from schedules.faults import Wrong


@pytest.mark.parametrize(
    ("text", "millis"),
    [
        ("0s", 0),
        ("90s", 90_000),
        ("2500ms", 2500),
        ("2.5s", 2500),
        ("5m", 300_000),
        ("1h30m", 5_400_000),
        ("1h30m5s250ms", 5_405_250),
    ],
)
def test_lengths_of_time(text: str, millis: int) -> None:
    assert values.length(text) == millis


@pytest.mark.parametrize(
    "value", ["", "90", "s", "5 m", "30m1h", "1d", "-5s", "1e3s", "٣s", 90, 1.5, True, None]
)
def test_what_is_no_length_of_time(value: object) -> None:
    with pytest.raises(Wrong, match="length of time") as caught:
        values.length(value)
    assert "90s" in caught.value.right


def test_only_offsets_are_negative() -> None:
    assert values.offset("-10m") == -600_000
    assert values.offset("45m") == 2_700_000
    with pytest.raises(Wrong):
        values.offset("--10m")


@given(st.integers(0, 99), st.integers(0, 59), st.integers(0, 59), st.integers(0, 999))
def test_units_add_up(hours: int, minutes: int, seconds: int, millis: int) -> None:
    text = f"{hours}h{minutes}m{seconds}s{millis}ms"
    assert values.length(text) == ((hours * 60 + minutes) * 60 + seconds) * 1000 + millis


@pytest.mark.parametrize("name", ["Asia/Seoul", "Europe/Berlin", "UTC", "Etc/GMT-9"])
def test_zones(name: str) -> None:
    assert values.zone(name) == name


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("Asia/Soul", "write Asia/Seoul"),
        ("Berlin", "write"),
        ("Asia", "write"),
        ("/etc/passwd", "write"),
        ("a\0b", "write"),
        ("", "write an IANA name"),
        (9, "write an IANA name"),
    ],
)
def test_what_is_no_zone(name: object, right: str) -> None:
    with pytest.raises(Wrong) as caught:
        values.zone(name)
    assert caught.value.right.startswith(right)


def test_text_without_a_language() -> None:
    assert values.people_text("Water loop") == {"und": "Water loop"}
    assert values.people_text({"ko": "개막식"}) == {"ko": "개막식"}


@pytest.mark.parametrize("value", ["60", "29.97", "30000/1001"])
def test_frame_rates(value: str) -> None:
    assert values.frame_rate(value) == value


@pytest.mark.parametrize("value", [60, "", "0", "60 fps", "60/0"])
def test_what_is_no_frame_rate(value: object) -> None:
    with pytest.raises(Wrong):
        values.frame_rate(value)


def test_values_are_shown_short_and_on_one_line() -> None:
    assert values.shown("a\nb") == '"a b"'
    assert values.shown(True) == "true"
    assert len(values.shown("x" * 500)) == 60
