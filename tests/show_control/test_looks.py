"""The look that an output should have, as a function of time (design.md, section 5)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from show_control.looks import NOTHING, Look, Ramp, after
from show_control.model import Action
from tests.show_control.house import blackout, level, play, stop


def of(*done: tuple[int, Action]) -> Look:
    look = NOTHING
    for instant, action in done:
        look = after(look, action, instant)
    return look


def test_a_look_begins_with_no_clip_at_full_level_and_not_dark() -> None:
    assert (NOTHING.clip, NOTHING.level, NOTHING.dark) == (None, 1.0, False)
    assert not NOTHING.lit(0)


def test_stop_ends_where_a_look_begins() -> None:
    look = of((0, play(3)), (10, level(0.2)), (20, blackout()), (30, stop()))
    assert (look.clip, look.level, look.dark, look.ramp, look.clears) == (
        None,
        1.0,
        False,
        None,
        None,
    )


def test_play_sets_the_clip_and_lifts_dark_at_the_level_that_was_asked_for() -> None:
    look = of((0, level(0.4)), (10, blackout()), (20, play(3)))
    assert (look.clip, look.dark, look.brightness(20), look.since) == (3, False, 0.4, 20)


def test_level_lifts_dark_and_keeps_the_clip() -> None:
    look = of((0, play(3)), (10, blackout()), (20, level(0.6)))
    assert (look.clip, look.dark, look.brightness(20)) == (3, False, 0.6)


def test_blackout_keeps_the_clip_and_the_level() -> None:
    look = of((0, play(3)), (5, level(0.7)), (10, blackout()))
    assert (look.clip, look.level, look.dark, look.brightness(10)) == (3, 0.7, True, 0.0)
    assert not look.lit(10)


def test_a_fade_starts_from_what_is_seen() -> None:
    look = of((0, play(3)), (0, level(0.0, fade=1000)), (500, level(1.0, fade=1000)))
    assert look.ramp == Ramp(0.5, 1.0, 500, 1500)


def test_a_blackout_fades_and_then_is_dark() -> None:
    look = of((0, play(3)), (0, blackout(fade=2000)))
    assert [look.brightness(t) for t in (0, 500, 1000, 2000, 9000)] == [1.0, 0.75, 0.5, 0.0, 0.0]
    assert [look.lit(t) for t in (1999, 2000)] == [True, False]
    assert look.settles() == 2000


def test_a_fade_in_starts_from_black_where_nothing_was_on() -> None:
    look = of((0, play(3, fade=1000)))
    assert look.ramp == Ramp(0.0, 1.0, 0, 1000)


def test_a_fade_to_another_clip_goes_on_from_what_is_seen() -> None:
    look = of((0, play(3)), (0, level(0.5)), (10, play(4, fade=1000)))
    assert look.ramp == Ramp(0.5, 0.5, 10, 1010)


def test_a_fading_stop_keeps_its_clip_until_it_clears_it() -> None:
    look = of((0, play(3)), (100, stop(fade=1000)))
    assert [look.showing(t) for t in (100, 1099, 1100)] == [3, 3, None]
    assert [look.lit(t) for t in (100, 1099, 1100)] == [True, True, False]
    assert look.brightness(1100) == 0.0


def test_a_play_after_a_fading_stop_is_at_full_level() -> None:
    look = of((0, play(3)), (0, level(0.2)), (100, stop(fade=1000)), (5000, play(4)))
    assert (look.clip, look.brightness(5000), look.clears) == (4, 1.0, None)


def test_a_play_during_a_fading_stop_is_not_cleared_by_it() -> None:
    look = of((0, play(3)), (100, stop(fade=1000)), (500, play(4)))
    assert look.showing(2000) == 4


def test_after_a_fading_stop_is_over_a_level_lights_nothing() -> None:
    look = of((0, play(3)), (100, stop(fade=1000)), (2000, level(1.0)))
    assert look.showing(2000) is None
    assert not look.lit(2000)


def test_stop_of_nothing_has_nothing_to_fade() -> None:
    look = of((100, stop(fade=1000)))
    assert (look.ramp, look.clears) == (None, None)


@pytest.mark.parametrize("t", [-5, 0, 40, 1000, 5000])
def test_a_ramp_is_exact_at_its_ends(t: int) -> None:
    ramp = Ramp(0.3, 0.7, 0, 1000)
    assert ramp.value(t) == (0.3 if t <= 0 else 0.7 if t >= 1000 else ramp.value(t))
    assert ramp.value(0) == 0.3
    assert ramp.value(1000) == 0.7


ACTIONS = st.one_of(
    st.builds(lambda c, f: play(c, fade=f), st.integers(1, 3), st.sampled_from([0, 700])),
    st.builds(lambda v, f: level(v, fade=f), st.floats(0, 1), st.sampled_from([0, 700])),
    st.builds(lambda f: stop(fade=f), st.sampled_from([0, 700])),
    st.builds(lambda f: blackout(fade=f), st.sampled_from([0, 700])),
)
STEPS = st.lists(st.tuples(st.integers(0, 2000), ACTIONS), max_size=8)


def played(steps: list[tuple[int, Action]]) -> tuple[Look, int]:
    look, now = NOTHING, 0
    for wait, action in steps:
        now += wait
        look = after(look, action, now)
    return look, now


@given(STEPS)
def test_brightness_is_between_nothing_and_all_and_comes_to_rest(
    steps: list[tuple[int, Action]],
) -> None:
    look, now = played(steps)
    assert all(0.0 <= look.brightness(now + t) <= 1.0 for t in range(0, 1500, 100))
    rest = max(look.settles(), now)
    assert look.brightness(rest) == look.brightness(rest + 10_000)
    assert look.showing(rest) == look.showing(rest + 10_000)


@given(STEPS, ACTIONS)
def test_what_goes_by_a_fade_comes_to_what_goes_at_once(
    steps: list[tuple[int, Action]], action: Action
) -> None:
    look, now = played(steps)
    at_once = after(look, Action(**{f: getattr(action, f) for f in FIELDS} | {"fade": 0}), now)
    by_fade = after(look, action, now)
    rest = now + 5000
    assert by_fade.showing(rest) == at_once.showing(rest)
    assert by_fade.lit(rest) == at_once.lit(rest)
    if by_fade.showing(rest) is not None:
        assert by_fade.brightness(rest) == at_once.brightness(rest)


@given(STEPS)
def test_a_fade_never_jumps_where_it_starts(steps: list[tuple[int, Action]]) -> None:
    look, now = played(steps)
    if look.lit(now):
        for action in (
            level(0.1, fade=1000),
            blackout(fade=1000),
            stop(fade=1000),
            play(9, fade=1000),
        ):
            assert after(look, action, now).brightness(now) == look.brightness(now)


FIELDS = ("kind", "outputs", "clip", "value")
