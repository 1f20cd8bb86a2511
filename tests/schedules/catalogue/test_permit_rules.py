"""Closures, permits, rights and presences that cannot be."""

from __future__ import annotations

import pytest

from schedules.checking import check
from tests.schedules.examples import SMALL, bent

WALL = 'id = "wall"\nvenue = "hall"\n'
KIM = 'id = "kim"\n'
STAFF = '\n[[staff]]\nid = "%s"\n'


@pytest.mark.parametrize(
    ("anchor", "key", "path", "said"),
    [
        (WALL, "closures = [{ from = 2025-09-03, to = 2025-09-01 }]", "surfaces[0].closures[0].to", "turn them round"),
        (WALL, 'closures = [{ from = 2025-09-01, to = 2025-09-01, hours = { from = "20:00", to = "20:00" } }]', "surfaces[0].closures[0].hours.to", "20:00 is not after 20:00"),
        (WALL, 'permits = { light = { from = "23:00", to = "19:00" } }', "surfaces[0].permits.light.to", "19:00 is not after 23:00"),
        (WALL, 'permits = { sound = { from = "23:00", to = "01:00" } }', "surfaces[0].permits.sound.to", "write 25:00"),
        (WALL, "permits = { minutes_an_hour = 61 }", "surfaces[0].permits.minutes_an_hour", "from 0 to 60"),
        (WALL, "permits = { lumen = 4 }", "surfaces[0].permits.lumen", "no key lumen"),
        ('id = "rain"\n', "rights = { window = { from = 2025-09-03, to = 2025-09-01 } }", "works[0].rights.window.to", "turn them round"),
        ('id = "rain"\n', 'rights = { surfaces = ["wal"] }', "works[0].rights.surfaces[0]", "write wall"),
        (KIM, "there = [{ from = 2025-09-03, to = 2025-09-01 }]", "artists[0].there[0].to", "turn them round"),
        ('sequence = "show"\n', 'needs = ["lim"]', "slots[0].needs[0]", "write kim"),
    ],
)  # fmt: skip
def test_a_fault_and_what_would_be_right(anchor: str, key: str, path: str, said: str) -> None:
    faults = check(bent(SMALL, anchor, f"{anchor}{key}\n")).faults
    assert path in [f.path for f in faults]
    assert any(said in str(f) for f in faults)


def test_an_artist_and_one_of_the_staff_have_not_one_id() -> None:
    (fault,) = check(SMALL + STAFF % "kim").faults
    assert (fault.path, "kim is an artist too" in fault.message) == ("staff[0].id", True)
    assert check(SMALL + STAFF % "lee").faults == ()
