"""Passes, windows, what displaces what, and what cannot be planned."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from schedules.catalogue.index import Index
from schedules.faults import Fault
from schedules.festival_file import decode
from schedules.nights import night_time
from schedules.planning.findings import Findings
from schedules.planning.model import PlannedNight
from schedules.planning.plan import plan
from tests.schedules.examples import SMALL, bent

KST = ZoneInfo("Asia/Seoul")
SECOND = date(2025, 9, 2)

GALA_ON_THE_FLOOR = """
[[patterns]]
id = "floor-loop"
surface = "floor"
starts = { at = "20:00" }
works = ["rain"]
"""


def planned(text: str) -> tuple[dict[date, PlannedNight], Findings]:
    findings = Findings()
    nights = plan(Index(decode(text)), findings)
    return {n.night: n for n in nights}, findings


def faults_of(text: str) -> tuple[Fault, ...]:
    return planned(text)[1].told("fault")


def notices_of(text: str) -> list[str]:
    return [notice.message for notice in planned(text)[1].told("notice")]


def wall(at: int) -> str:
    return f"{night_time.from_millis(at).astimezone(KST):%H:%M:%S}"


def test_passes_are_numbered_and_each_lasts_as_long_as_its_works() -> None:
    nights, findings = planned(SMALL)
    windows = [(w.id, wall(w.starts), wall(w.ends)) for w in nights[date(2025, 9, 1)].windows]
    assert windows == [("loop.1", "20:00:00", "20:15:00"), ("loop.2", "20:30:00", "20:45:00")]
    assert findings.told("fault") == ()


def test_changeovers_are_between_works_and_not_after_the_last() -> None:
    text = bent(SMALL, 'id = "wall"\nvenue', 'id = "wall"\nchangeover = "40s"\nvenue')
    first = planned(text)[0][date(2025, 9, 1)].windows[0]
    assert wall(first.ends) == "20:15:40"


def test_a_special_displaces_whole_base_slots_and_their_numbers_stay() -> None:
    nights, _ = planned(SMALL)
    assert [w.id for w in nights[SECOND].windows] == ["gala", "loop.2"]
    (gone,) = nights[SECOND].displaced
    assert (gone.window.id, gone.by.id) == ("loop.1", "gala")
    assert notices_of(SMALL) == ["gala displaces loop.1, 20:00 to 20:15, on 2025-09-02"]


@pytest.mark.parametrize(
    ("starts", "displaced"),
    [("20:14:59", ["loop.1"]), ("20:15", []), ("20:20", []), ("20:20:00.001", ["loop.2"])],
)
def test_windows_are_half_open(starts: str, displaced: list[str]) -> None:
    text = bent(SMALL, '"20:10"', f'"{starts}"')
    assert [d.window.id for d in planned(text)[0][SECOND].displaced] == displaced


def test_the_changeover_is_not_counted_in_displacing() -> None:
    text = bent(SMALL, 'id = "wall"\nvenue', 'id = "wall"\nchangeover = "5m"\nvenue')
    assert planned(bent(text, '"20:10"', '"20:20"'))[0][SECOND].displaced == ()


def test_a_special_takes_the_other_surfaces_that_it_drives() -> None:
    nights, _ = planned(SMALL + GALA_ON_THE_FLOOR)
    assert [d.window.id for d in nights[SECOND].displaced] == ["loop.1"]
    text = bent(SMALL + GALA_ON_THE_FLOOR, '"20:10"', '"20:04"')
    nights, _ = planned(text)
    assert [d.window.id for d in nights[SECOND].displaced] == ["loop.1", "floor-loop.1"]
    (gala,) = (w for w in nights[SECOND].windows if w.id == "gala")
    assert gala.drives == ("left", "right", "below")
    assert gala.takes == ("wall", "floor")


def test_unless_it_shares_them() -> None:
    text = bent(SMALL + GALA_ON_THE_FLOOR, '"20:10"', '"20:04"')
    text = bent(text, 'sequence = "show"', 'sequence = "show"\nshares = ["floor"]')
    nights, _ = planned(text)
    assert [d.window.id for d in nights[SECOND].displaced] == ["loop.1"]
    (gala,) = (w for w in nights[SECOND].windows if w.id == "gala")
    assert gala.drives == ("left", "right")


def test_two_slots_of_one_programme_cannot_overlap() -> None:
    (fault,) = faults_of(bent(SMALL, 'programme = "special"\n', ""))
    assert fault.path == "slots[0]"
    assert fault.message == (
        "gala starts at 20:10, before loop.1 ends at 20:15: both are base on wall on 2025-09-02"
    )
    assert fault.right == "start it at 20:15 or later, or shorten loop.1"


def test_passes_that_overlap_are_told_once_for_all_nights() -> None:
    (fault,) = faults_of(bent(SMALL, '"30m"', '"10m"'))
    assert fault.path == "patterns[0]"
    assert fault.message.startswith("loop.2 starts at 20:10, before loop.1 ends at 20:15")
    assert fault.message.endswith("on 2025-09-01 and 2 more nights")


def test_a_slot_lies_inside_its_night() -> None:
    (fault,) = faults_of(bent(SMALL, '"20:10"', '"29:55"'))
    assert fault.message == "gala, 29:55 to 30:05, does not lie inside its night on 2025-09-02"
    assert fault.right == "from 06:00 to 30:00"
    assert faults_of(bent(SMALL, '"20:10"', '"29:50"')) == ()


def test_an_auto_slot_cannot_start_after_curfew_and_is_cut_by_it() -> None:
    surface = 'id = "wall"\nvenue'
    (fault,) = faults_of(bent(SMALL, surface, 'id = "wall"\ncurfew = "20:30"\nvenue'))
    assert fault.message == (
        "loop.2 starts at 20:30, after the curfew of wall on 2025-09-01 and 2 more nights"
    )
    text = bent(SMALL, surface, 'id = "wall"\ncurfew = "20:40"\nvenue')
    assert faults_of(text) == ()
    assert any(n.startswith("loop.2 ends at 20:45, after the curfew of wall at 20:40, which cuts it") for n in notices_of(text))  # fmt: skip


def test_a_manual_slot_after_curfew_is_only_told() -> None:
    text = bent(SMALL, 'id = "wall"\nvenue', 'id = "wall"\ncurfew = "21:00"\nvenue')
    text = bent(text, '"20:10"', '"22:00"')
    text = bent(text, 'sequence = "show"', 'sequence = "show"\nstart = "manual"')
    assert faults_of(text) == ()
    assert "gala ends at 22:10, after the curfew of wall at 21:00 on 2025-09-02" in notices_of(text)


@pytest.mark.parametrize("latest", ["20:10", "20:40", "26:30"])
def test_a_slot_may_have_a_latest_start(latest: str) -> None:
    text = bent(SMALL, 'sequence = "show"', f'sequence = "show"\nlatest_start = "{latest}"')
    nights, findings = planned(text)
    assert findings.told("fault") == ()
    (gala,) = [w for w in nights[SECOND].windows if w.id == "gala"]
    asked = night_time.resolve(SECOND, night_time.parse(latest), KST)
    assert gala.latest_start == night_time.millis(asked.instant)


def test_a_latest_start_before_the_start_is_a_fault() -> None:
    text = bent(SMALL, 'sequence = "show"', 'sequence = "show"\nlatest_start = "20:05"')
    (fault,) = faults_of(text)
    assert fault.path == "slots[0].latest_start"
    assert fault.message.startswith("20:05 is before it starts, 20:10")


def test_before_opening_is_told() -> None:
    text = bent(SMALL, 'id = "wall"\nvenue', 'id = "wall"\nopening = "20:05"\nvenue')
    assert any(n.startswith("loop.1 starts at 20:00, before wall opens") for n in notices_of(text))


@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("patterns[0].starts.at", '"20:00"', '"26:30"'),
        ("surfaces[0].curfew", 'id = "wall"\nvenue', 'id = "wall"\ncurfew = "26:30"\nvenue'),
        ("festival.night_ends", '"06:00"', '"02:30"'),
    ],
)
def test_a_wall_time_that_the_zone_removes_is_told(key: str, old: str, new: str) -> None:
    text = bent(SMALL, "from = 2025-09-01, to = 2025-09-03", "from = 2026-03-28, to = 2026-03-29")
    text = bent(
        bent(text, "night = 2025-09-02", "night = 2026-03-28"), "Asia/Seoul", "Europe/Berlin"
    )
    text = bent(bent(text, '"20:10"', '"10:00"'), old, new)
    told = [n for n in planned(text)[1].told("notice") if n.path == key]
    assert told
    assert "02:30 on the wall" in told[0].message or "26:30 on the wall" in told[0].message


def test_passes_are_apart_by_elapsed_time_over_a_change_of_offset() -> None:
    text = bent(SMALL, "from = 2025-09-01, to = 2025-09-03", "from = 2025-10-25, to = 2025-10-25")
    text = bent(
        bent(text, "night = 2025-09-02", "night = 2025-10-25"), "Asia/Seoul", "Europe/Berlin"
    )
    text = bent(bent(bent(text, '"20:00"', '"26:30"'), "passes = 2", "passes = 3"), '"30m"', '"1h"')
    windows = [w for w in planned(text)[0][date(2025, 10, 25)].windows if w.id != "gala"]
    berlin = ZoneInfo("Europe/Berlin")
    walls = [datetime.fromtimestamp(w.starts / 1000, berlin).isoformat() for w in windows]
    assert walls == [
        "2025-10-26T02:30:00+02:00",
        "2025-10-26T02:30:00+01:00",
        "2025-10-26T03:30:00+01:00",
    ]


def test_a_night_is_as_long_as_its_zone_makes_it() -> None:
    text = bent(SMALL, "from = 2025-09-01, to = 2025-09-03", "from = 2026-03-28, to = 2026-03-28")
    text = bent(
        bent(text, "night = 2025-09-02", "night = 2026-03-28"), "Asia/Seoul", "Europe/Berlin"
    )
    night = planned(text)[0][date(2026, 3, 28)]
    assert night.ends - night.starts == 23 * night_time.HOUR


def test_where_the_sun_never_sets_and_no_clamp_helps() -> None:
    text = bent(SMALL, 'id = "hall"\n\n', 'id = "hall"\nlatitude = 69.65\nlongitude = 18.96\n\n')
    text = bent(text, 'starts = { at = "20:00" }', 'starts = { sun = "sunset" }')
    text = bent(text, "from = 2025-09-01, to = 2025-09-03", "from = 2025-06-20, to = 2025-06-21")
    text = bent(bent(text, "night = 2025-09-02", "night = 2025-06-20"), "Asia/Seoul", "Europe/Oslo")
    (first, second) = faults_of(text)
    assert first.path == second.path == "patterns[0].starts"
    assert "there is no sunset on 2025-06-20: the sun does not set" in first.message
    assert first.right == "give not_after"
