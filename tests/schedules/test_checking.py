from __future__ import annotations

import pytest

from schedules.checking import check
from tests.schedules.examples import GALLERY, RIVER, SEOUL, SMALL, bent


@pytest.mark.parametrize("text", [SEOUL, RIVER, GALLERY, SMALL])
def test_a_good_file(text: str) -> None:
    checked = check(text)
    assert checked.faults == ()
    assert checked.festival is not None
    assert checked.compiled is not None
    assert checked.notices == checked.compiled.notices


def test_what_is_not_toml() -> None:
    (fault,) = check("format = ").faults
    assert fault.path == "line 1, column 10"


def test_what_planning_finds_is_told_beside_what_cannot_be_read() -> None:
    text = bent(SMALL, '"30m"', '"10m"')  # passes overlap
    text = bent(text, 'id = "kim"', 'id = "kim"\nnam = "Kim"')
    text = bent(text, 'kind = "festival"', 'kind = "fair"')
    checked = check(text)
    assert [f.path for f in checked.faults] == ["artists[0].nam", "festival.kind", "patterns[0]"]
    assert checked.festival is None
    assert checked.compiled is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"30m"', '"half"'),
        ("passes = 2", "passes = 0"),
        ('"20:00"', '"8 pm"'),
        ('id = "snow"\nduration = "10m"', 'id = "snow"\nduration = 10'),
        ('id = "wall"\nvenue', 'id = "wall"\ncurfew = "x"\nvenue'),
        ('night_ends = "06:00"', 'night_ends = "x"'),
        ("Asia/Seoul", "Asia"),
        ("to = 2025-09-03", "to = 3"),
        ('surface = "wall"\nprogramme', 'surface = "wal"\nprogramme'),
    ],
)
def test_what_cannot_be_read_is_not_planned(old: str, new: str) -> None:
    (fault,) = check(bent(SMALL, old, new)).faults
    assert "more nights" not in fault.message
