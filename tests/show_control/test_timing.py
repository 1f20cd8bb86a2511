"""When cues go: waits, `with` and `follow`; and instants as people of a night say them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.compile import compile_nights
from schedules.festival_file import decode
from show_control.model import Cue
from show_control.timing import chain, ended, later, night_time
from tests.schedules.examples import SEOUL
from tests.show_control.house import at, cue

CEREMONY = compile_nights(decode(SEOUL)).night_file.sequences["opening-night"].cues


def numbered(due: tuple[tuple[int, int], ...]) -> dict[str, int]:
    return {CEREMONY[i].number: instant for i, instant in due}


def head(number: str) -> int:
    return next(i for i, c in enumerate(CEREMONY) if c.number == number)


def test_one_go_in_the_ceremony_brings_all_that_follows_it() -> None:
    went = chain(CEREMONY, head("4"), 0, {})
    assert numbered(went.due) == {
        "4": 0,
        "5": 0,
        "6": 10_000,
        "6.5": 12_500,
        "7": 190_000,
        "7.5": 190_000,
    }
    assert CEREMONY[went.stop].number == "8"
    assert went.end == 190_000 + 180_000


def test_a_cue_that_waits_for_go_brings_nothing() -> None:
    assert chain(CEREMONY, head("3"), 500, {}).due == ((head("3"), 500),)


def test_what_follows_counts_from_when_a_cue_went() -> None:
    went = chain(CEREMONY, head("4"), 0, {head("4"): 0, head("5"): 0, head("6"): 40_000})
    assert numbered(went.due)["6.5"] == 42_500
    assert numbered(went.due)["7"] == 220_000


def test_a_follow_waits_for_every_cue_that_went_with_the_one_before() -> None:
    cues = [
        cue("1", length=1000),
        cue("2", length=9000, then="with", pre=500),
        cue("3", length=100, then="follow", pre=250),
    ]
    assert chain(cues, 0, 0, {}).due == ((0, 0), (1, 500), (2, 9750))


def test_with_counts_its_own_wait_from_the_cue_before_it() -> None:
    cues = [cue("1", pre=1000), cue("2", then="with", pre=100), cue("3", then="with", pre=100)]
    assert chain(cues, 0, 0, {}).due == ((0, 1000), (1, 1100), (2, 1200))


def test_after_a_group_with_no_known_end_a_cue_stands_by_instead_of_following() -> None:
    cues = [cue("1", length=None), cue("2", then="with"), cue("3", then="follow")]
    went = chain(cues, 0, 0, {})
    assert (went.due, went.stop, went.end) == (((0, 0), (1, 0)), 2, None)


def test_the_end_is_not_known_if_one_of_a_group_is_not() -> None:
    assert ended(Cue(number="1", length=None), 5) is None
    assert ended(Cue(number="1"), 5) == 5
    assert later(3, None) is None
    assert later(3, 4) == 4


LENGTHS = st.integers(0, 10_000)
CUES = st.lists(
    st.builds(
        lambda length, pre, then: cue("x", length=length, pre=pre, then=then),
        LENGTHS,
        LENGTHS,
        st.sampled_from(["none", "with", "follow"]),
    ),
    min_size=1,
    max_size=8,
)


@given(CUES, LENGTHS)
def test_cues_never_go_before_those_that_they_come_after(cues: list[Cue], called_at: int) -> None:
    went = chain(cues, 0, called_at, {})
    instants = [instant for _, instant in went.due]
    assert instants == sorted(instants)
    assert instants[0] == called_at + cues[0].pre_wait
    assert [i for i, _ in went.due] == list(range(went.stop))
    assert went.end is not None
    assert went.end >= instants[-1]


@given(CUES, LENGTHS, st.integers(1, 5000))
def test_a_cue_that_went_late_moves_only_what_comes_after_it(
    cues: list[Cue], called_at: int, late: int
) -> None:
    planned = dict(chain(cues, 0, called_at, {}).due)
    for index, instant in planned.items():
        moved = dict(chain(cues, 0, called_at, {index: instant + late}).due)
        assert all(moved[i] == planned[i] for i in planned if i < index)
        assert all(planned[i] <= moved[i] <= planned[i] + late for i in planned if i > index)


@pytest.mark.parametrize("text", ["20:05:00.000", "23:59:59.999", "24:00:00.000", "29:59:00.001"])
def test_an_instant_is_told_as_time_of_its_night(text: str) -> None:
    assert night_time(at(text), "2025-09-02", "Asia/Seoul") == text


def test_without_a_night_the_wall_is_told() -> None:
    assert night_time(at("25:30"), None, "Asia/Seoul") == "01:30:00.000"
    assert night_time(at("25:30"), None, "Asia/Seoul", millis=False) == "01:30:00"


@pytest.mark.parametrize(
    ("utc", "told"),
    [
        ("2026-03-29T00:59:59", "25:59:59"),
        ("2026-03-29T01:00:00", "27:00:00"),  # 26:00 to 27:00 is not on the wall this night
        ("2026-03-29T03:00:00", "29:00:00"),
    ],
)
def test_night_time_leaps_with_the_wall(utc: str, told: str) -> None:
    instant = at(utc[11:], "2026-03-29", "UTC")
    assert night_time(instant, "2026-03-28", "Europe/Berlin", millis=False) == told


def test_an_hour_that_the_wall_repeats_is_told_twice() -> None:
    first, second = (at(h, "2025-10-26", "UTC") for h in ("00:30", "01:30"))
    assert night_time(first, "2025-10-25", "Europe/Berlin") == "26:30:00.000"
    assert night_time(second, "2025-10-25", "Europe/Berlin") == "26:30:00.000"
