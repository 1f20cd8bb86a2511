"""Whatever the windows and the zone: what is found is what a plain comparison finds, a way out
leads out, and one slot changed is judged as the whole judged afresh."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from schedules.catalogue.model import Festival
from schedules.festival_file import decode
from schedules.nights import night_time
from schedules.planning.conflict_model import Conflict
from schedules.planning.conflicts import Judged, judge
from schedules.planning.conflicts import judged as judged_whole
from schedules.planning.model import Window
from tests.schedules.examples import SMALL, bent

FIRST, LAST = date(2025, 10, 25), date(2025, 10, 26)
ZONES = ("Europe/Berlin", "Asia/Seoul", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia")
LIMITED = 'id = "wall"\nvenue = "hall"\nopening = "08:00"\ncurfew = "29:00"\nchangeover = "3m"\npermits = { light = { from = "09:00", to = "28:30" }, minutes_an_hour = 40 }\nclosures = [{ from = 2025-10-25, to = 2025-10-25, hours = { from = "12:00", to = "13:00" } }]\n'


def festival(zone: str, count: int) -> Festival:
    text = bent(SMALL, "from = 2025-09-01, to = 2025-09-03", f"from = {FIRST}, to = {LAST}")
    text = bent(text, 'id = "wall"\nvenue = "hall"\n', LIMITED)
    text = bent(
        text, 'id = "kim"\n', 'id = "kim"\nthere = [{ from = 2025-10-25, to = 2025-10-25 }]\n'
    )
    text = bent(text, "Asia/Seoul", zone).partition("[[patterns]]")[0]
    for n in range(count):
        surface, needs = "wall" if n % 2 else "floor", '"kim"' if n % 4 == 1 else ""
        text += f'[[slots]]\nid = "s{n}"\nsurface = "{surface}"\nnight = {LAST if n % 3 == 2 else FIRST}\nstarts = {{ at = "20:00" }}\n'
        text += f'works = ["rain"]\nneeds = [{needs}]\n\n'
    return decode(text)


@st.composite
def plans(draw: st.DrawFn, programmes: tuple[str, ...] = ("base",)) -> Judged:
    """Up to eight slots anywhere in two nights, by the quarter of a minute."""
    count = draw(st.integers(1, 8))
    judged = judge(festival(draw(st.sampled_from(ZONES)), count))
    for window in judged.windows:
        judged = judged.moved(draw(elsewhere(window, judged, programmes)))
    return judged


@st.composite
def elsewhere(
    draw: st.DrawFn, window: Window, judged: Judged, programmes: tuple[str, ...] = ("base",)
) -> Window:
    night = judged.limits.night(window.night)
    starts = night.starts + 15_000 * draw(st.integers(0, 5600))
    return msgspec.structs.replace(
        window,
        starts=starts,
        ends=starts + 60_000 * draw(st.integers(5, 90)),
        programme=draw(st.sampled_from(programmes)),
    )


def afresh(judged: Judged) -> Judged:
    """The same windows, all judged from nothing."""
    return judged_whole(judged.limits.index, judged.windows)


@settings(max_examples=60, deadline=None)
@given(plans(("base", "special")), st.data())
def test_one_slot_moved_is_the_whole_judged_afresh(judged: Judged, data: st.DataObject) -> None:
    window = data.draw(st.sampled_from(judged.windows))
    moved = judged.moved(data.draw(elsewhere(window, judged, ("base", "special"))))
    assert moved.conflicts == afresh(moved).conflicts
    dropped = moved.dropped((window.night, window.id))
    assert dropped.conflicts == afresh(dropped).conflicts
    assert judged.conflicts == afresh(judged).conflicts


@settings(max_examples=60, deadline=None)
@given(plans())
def test_overlaps_are_those_that_comparing_all_finds(judged: Judged) -> None:
    met = {
        frozenset((a.id, b.id))
        for a, b in combinations(judged.windows, 2)
        if not set(a.takes).isdisjoint(b.takes) and a.starts < b.ends and b.starts < a.ends
    }
    assert {frozenset(c.slots) for c in judged.conflicts if c.code == "overlap"} == met


@settings(max_examples=60, deadline=None)
@given(plans())
def test_every_remedy_ends_its_conflict_and_makes_none_like_it(judged: Judged) -> None:
    for conflict in judged.conflicts:
        before = {_what(c) for c in judged.conflicts if c.code == conflict.code}
        after = judged.applied(conflict.remedy).conflicts
        now = {_what(c) for c in after if c.code == conflict.code}
        assert _what(conflict) not in now
        assert now <= before


@settings(max_examples=40, deadline=None)
@given(plans())
def test_a_move_is_written_as_the_instant_that_it_means(judged: Judged) -> None:
    for remedy in (c.remedy for c in judged.conflicts):
        if remedy.to is not None and remedy.at is not None:
            written = judged.limits.instant(night_time.parse(remedy.to), remedy.night)
            assert night_time.from_millis(written) == remedy.at


def _what(conflict: Conflict) -> tuple[object, ...]:
    return conflict.code, conflict.night, conflict.surface, conflict.slots, conflict.other
