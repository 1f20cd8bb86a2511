"""A held key from a terminal that tells of no key-up."""

import pytest

from show_control.console.presses import DOUBT, REPEAT_BEGINS, SPAN, Presses


def acted(instants: list[int]) -> list[int]:
    """The presses that do something, each when it was made."""
    presses, found = Presses(), []
    for index, at in enumerate(instants):
        heard = presses.press("go", at)
        after = instants[index + 1] if index + 1 < len(instants) else at + 10 * DOUBT
        if heard == "act" or (heard == "doubt" and after - at > DOUBT and presses.meant("go", at)):
            found.append(at)
    return found


@pytest.mark.parametrize("delay", [200, 225, 250, 375, 500, 660, 750, 1020])
@pytest.mark.parametrize("every", [11, 30, 40, 90])
def test_a_held_key_is_one_press(delay: int, every: int) -> None:
    repeats = [delay + n * every for n in range(200)]
    assert acted([0, *repeats]) == [0]


def test_presses_apart_all_count() -> None:
    assert acted([0, 600, 1200, 5000]) == [0, 600, 1200, 5000]


def test_what_comes_within_the_span_is_ignored() -> None:
    assert acted([0, SPAN - 1]) == [0]
    assert acted([0, SPAN]) == [0, SPAN]


def test_after_a_pause_a_press_is_not_in_doubt() -> None:
    presses = Presses()
    presses.press("go", 0)
    assert presses.press("go", REPEAT_BEGINS) == "doubt"
    assert presses.press("go", 2 * REPEAT_BEGINS + 1) == "act"


def test_another_key_ends_the_repeats_of_the_one_before() -> None:
    presses = Presses()
    assert [presses.press(k, 0) for k in ("go", "hold", "go", "fade_out")] == ["act"] * 4
    presses.press("go", 10_000)
    assert presses.press("go", 10_700) == "doubt"
    presses.press("hold", 10_800)
    assert presses.meant("go", 10_700)
