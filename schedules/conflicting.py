"""The conflicts of a festival file, as far as it can be read."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from schedules.catalogue.action_rules import no_clip
from schedules.catalogue.index import Index
from schedules.catalogue.machines import Dialect
from schedules.faults import Fault, FestivalFaults
from schedules.festival_file import read
from schedules.planning.conflict_model import Conflict
from schedules.planning.conflicts import Judged, judged
from schedules.planning.dates import nights_of
from schedules.planning.findings import Findings
from schedules.planning.windows import Planner

_LATEST = re.compile(r"slots\[\d+\]\.latest_start")


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the way; `faults` are what no conflict tells."""

    conflicts: tuple[Conflict, ...] = ()
    faults: tuple[Fault, ...] = ()


def conflicts_of(text: str, dialects: Iterable[Dialect] = ()) -> Found:
    """Read, plan and judge. A sequence that is not there, or that has no clip where a slot plays
    it, is a conflict and no fault."""
    try:
        festival, faults = read(text, dialects)
    except FestivalFaults as found:
        return Found(faults=found.faults)
    missing = {f"slots[{n}].sequence" for n, slot in enumerate(festival.slots) if slot.sequence}
    left = tuple(f for f in faults if f.path not in missing)
    index, findings = Index(festival), Findings()
    clipless = {no_clip(work, surface) for work in index.works for surface in index.surfaces}
    if any(f.message not in clipless for f in left):
        return Found(faults=left)
    planner = Planner(index, findings)
    nights = nights_of(festival.festival.nights)
    plan = judged(index, [w for night in nights for w in planner.windows(night)])
    unplanned = tuple(f for f in findings.told("fault") if not _LATEST.fullmatch(f.path))
    told = _unfit(plan)
    left = tuple(f for f in left if f.message not in told)
    return Found(conflicts=plan.conflicts, faults=(*left, *unplanned))


def _unfit(plan: Judged) -> set[str]:
    """What conflicts tell of clips, as the rules tell it: a sequence of no slot is left to them."""
    unfit = {u for window in plan.windows for u in plan.lanes.facts.of(window.path).unfit}
    return {no_clip(work, surface) for work, surface in unfit}
