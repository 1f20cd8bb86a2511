"""All nights of a festival, planned."""

from __future__ import annotations

from datetime import date, timedelta

from schedules.catalogue.index import Index
from schedules.planning.dates import nights_of
from schedules.planning.findings import Findings
from schedules.planning.meetings import Judge, displacements
from schedules.planning.model import PlannedNight, Window
from schedules.planning.windows import Planner
from show_control.model import Millis


def plan(
    index: Index, findings: Findings, leave_out: frozenset[str] = frozenset()
) -> tuple[PlannedNight, ...]:
    """Every night of the festival, by date; faults and notices go to `findings`."""
    planner = Planner(index, findings, leave_out)
    return tuple(_night(planner, n) for n in nights_of(index.festival.festival.nights))


def _night(planner: Planner, night: date) -> PlannedNight:
    night_ends = planner.festival.festival.night_ends
    starts = planner.wall(night_ends, night, "festival.night_ends")
    ends = planner.wall(night_ends, night + timedelta(days=1), "festival.night_ends")
    windows = planner.windows(night)
    curfews = _walls(planner, night, "curfew")
    judge = Judge(planner.findings, planner.zone)
    _judge(judge, windows, (starts, ends), curfews, _walls(planner, night, "opening"))
    displaced = displacements(windows)
    for each in displaced:
        judge.displaced(each)
    gone = {d.window.id for d in displaced}
    staying = [w for w in windows if w.id not in gone]
    return PlannedNight(
        night=night,
        starts=starts,
        ends=ends,
        curfews=curfews,
        windows=tuple(sorted(staying, key=lambda w: w.starts)),
        displaced=tuple(displaced),
    )


def _judge(
    judge: Judge,
    windows: list[Window],
    bounds: tuple[Millis, Millis],
    curfews: dict[str, Millis],
    openings: dict[str, Millis],
) -> None:
    judge.overlaps(windows)
    for window in windows:
        judge.inside(window, *bounds)
        for surface in window.takes:
            if surface in curfews:
                judge.curfew(window, surface, curfews[surface])
        if window.surface in openings:
            judge.opening(window, openings[window.surface])


def _walls(planner: Planner, night: date, key: str) -> dict[str, Millis]:
    """A night time of each surface that has it: its curfew, or its opening."""
    found = {}
    for n, surface in enumerate(planner.festival.surfaces):
        at: int | None = getattr(surface, key)
        if at is not None:
            found[surface.id] = planner.wall(at, night, f"surfaces[{n}].{key}")
    return found
