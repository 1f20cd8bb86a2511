"""Timelines, loops and cues that are passed over, as a festival file says them; each fault at its key."""

from __future__ import annotations

import pytest

from schedules.compile import compile_nights
from schedules.faults import Fault
from schedules.festival_file import decode, read
from show_control.model import Cue
from tests.schedules.examples import SMALL


def with_cues(*cues: str, more: str = "") -> str:
    """The small festival, its one sequence of these cues."""
    start, end = SMALL.index("cues = ["), SMALL.index("[[patterns]]")
    return SMALL[:start] + f"cues = [{', '.join(cues)}]\n{more}\n" + SMALL[end:]


def faults(*cues: str) -> list[Fault]:
    return list(read(with_cues(*cues))[1])


def compiled(*cues: str) -> tuple[Cue, ...]:
    return compile_nights(decode(with_cues(*cues))).night_file.sequences["show"].cues


PLAY = 'do = { action = "play", clip = 1, outputs = ["left"] }'


def test_all_of_a_cue_reaches_the_night_file() -> None:
    timed = compiled(
        '{ number = "1", at = "0s", duration = "5s", post_wait = "1s", group = "Rain" }',
        '{ number = "2", at = "1m", warn = "30s", skip = true, group = { ko = "비" } }',
    )
    assert [(c.at, c.post_wait, c.warn, c.skip, c.group) for c in timed] == [
        (0, 1000, None, False, {"und": "Rain"}),
        (60_000, 0, 30_000, True, {"ko": "비"}),
    ]
    (looped,) = compiled('{ number = "1", duration = "5s", loop = "1", times = 3 }')
    assert (looped.loop, looped.times) == ("1", 3)


WRONG = [
    # timelines
    (['{ number = "1", at = "5s" }', '{ number = "2", at = "4s" }'],
     "cues[1].at", "in the order of their at"),
    (['{ number = "1" }', '{ number = "2", at = "4s", continue = "with" }'],
     "cues[1].continue", "leave continue out, or at"),
    (['{ number = "1", at = "4s", pre_wait = "1s" }'], "cues[0].pre_wait", "a later at"),
    (['{ number = "1", at = "-4s" }'], "cues[0].at", "90s"),
    ([f'{{ number = "1", at = "0s", {PLAY} }}', '{ number = "2", continue = "follow" }'],
     "cues[1].continue", "a duration"),
    # passed over
    (['{ number = "1", skip = true }', '{ number = "2", skip = true }'], "cues", "without skip"),
    # loops
    (['{ number = "1", duration = "5s", loop = "11" }'], "cues[0].loop", "write 1"),
    (['{ number = "1", duration = "5s", loop = "2" }', '{ number = "2" }'],
     "cues[0].loop", "before it"),
    ([f'{{ number = "1", loop = "1", {PLAY} }}'], "cues[0].loop", "a duration"),
    (['{ number = "1", loop = "1" }'], "cues[0].loop", "100ms"),
    (['{ number = "1", times = 3 }'], "cues[0].times", "loop"),
    (['{ number = "1", duration = "5s", loop = "1", times = 1 }'], "cues[0].times", "from 2"),
    (['{ number = "1" }', '{ number = "2", duration = "5s", loop = "1" }'],
     "cues[1].loop", 'continue = "follow"'),
    (['{ number = "1", at = "0s" }', '{ number = "2", duration = "5s", loop = "2" }'],
     "cues[1].loop", 'action = "start"'),
    (['{ number = "1", skip = true }',
      '{ number = "2", continue = "follow", duration = "5s", loop = "1" }'],
     "cues[1].loop", "without skip"),
    (['{ number = "1", duration = "5s" }',
      '{ number = "2", continue = "follow", duration = "5s", loop = "2" }',
      '{ number = "3", continue = "follow", duration = "5s", loop = "1" }'],
     "cues[2].loop", "before the other begins"),
    (['{ number = "1", duration = "5s", loop = "1" }',
      f'{{ number = "2", continue = "with", {PLAY} }}'], "cues[0].loop", "cue 2 a duration"),
]  # fmt: skip


@pytest.mark.parametrize(("cues", "path", "right"), WRONG)
def test_a_rule_that_does_not_hold(cues: list[str], path: str, right: str) -> None:
    (fault,) = faults(*cues)
    assert fault.path == f"sequences[0].{path}"
    assert right in fault.right


def test_two_loops_side_by_side_are_none_in_the_other() -> None:
    assert not faults(
        '{ number = "1", duration = "5s", loop = "1" }',
        '{ number = "2", duration = "5s", loop = "2" }',
    )


def test_a_key_that_is_nearly_right_is_told() -> None:
    (fault,) = faults('{ number = "1", post_wiat = "5s" }')
    assert fault.right == "did you mean post_wait?"
