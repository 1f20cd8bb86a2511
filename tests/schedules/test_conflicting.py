"""Which faults of a file conflicts tell themselves, and which are left to it."""

from __future__ import annotations

import pytest

from schedules.conflicting import conflicts_of
from tests.schedules.examples import SMALL, bent

GALA = 'sequence = "show"\n'
UNUSED = '\n[[sequences]]\nid = "spare"\ncues = [{ number = "1", do = [{ outputs = ["below"], action = "play", work = "snow" }] }]\n'


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (bent(SMALL, GALA, 'sequence = "nothing"\n'), "sequence_missing"),
        (bent(SMALL, 'work = "rain" }', 'work = "snow" }'), "sequence_unfit"),
        (bent(SMALL, "clips = { wall = 2 }", "clips = { floor = 2 }"), "sequence_unfit"),
        (bent(SMALL, GALA, GALA + 'latest_start = "20:05"\n'), "latest_start"),
    ],
)
def test_what_a_conflict_tells_is_no_fault(text: str, code: str) -> None:
    found = conflicts_of(text)
    assert code in {c.code for c in found.conflicts if c.severity == "error"}
    assert found.faults == ()


def test_a_sequence_of_no_slot_is_left_to_the_faults() -> None:
    (fault,) = conflicts_of(SMALL + UNUSED).faults
    assert fault.message == "snow has no clip on floor"


@pytest.mark.parametrize(
    ("old", "new"), [("passes = 2", "passes = 0"), ('surface = "wall"\nprogramme', 'surface = "w"\nprogramme')]
)  # fmt: skip
def test_what_cannot_be_planned_is_a_fault_and_nothing_is_judged(old: str, new: str) -> None:
    found = conflicts_of(bent(SMALL, old, new))
    assert (found.conflicts, len(found.faults)) == ((), 1)


def test_what_is_not_toml() -> None:
    (fault,) = conflicts_of("format = ").faults
    assert fault.path == "line 1, column 10"
