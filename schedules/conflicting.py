"""The conflicts of a festival file, as far as it can be read."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from schedules.catalogue.index import Index
from schedules.catalogue.model import Dialect
from schedules.faults import Fault, FestivalFaults
from schedules.festival_file import read
from schedules.planning.conflict_model import Conflict
from schedules.planning.conflicts import judged
from schedules.planning.dates import nights_of
from schedules.planning.findings import Findings
from schedules.planning.windows import Planner

_SEQUENCE = re.compile(r"slots\[(\d+)\]\.sequence")
_LATEST = re.compile(r"slots\[\d+\]\.latest_start")


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the way; `faults` are what no conflict tells."""

    conflicts: tuple[Conflict, ...] = ()
    faults: tuple[Fault, ...] = ()


def conflicts_of(text: str, dialects: Iterable[Dialect] = ()) -> Found:
    """Read, plan and judge; a sequence that is not there is a conflict and no fault."""
    try:
        festival, faults = read(text, dialects)
    except FestivalFaults as found:
        return Found(faults=found.faults)
    index, findings = Index(festival), Findings()
    missing = {n for n, slot in enumerate(festival.slots) if slot.sequence}
    faults = tuple(f for f in faults if not _tells(_SEQUENCE, f.path, missing))
    if faults:
        return Found(faults=faults)
    planner = Planner(index, findings)
    nights = nights_of(festival.festival.nights)
    windows = [w for night in nights for w in planner.windows(night)]
    unplanned = tuple(f for f in findings.told("fault") if not _LATEST.fullmatch(f.path))
    return Found(conflicts=judged(index, windows).conflicts, faults=unplanned)


def _tells(pattern: re.Pattern[str], path: str, numbers: set[int]) -> bool:
    found = pattern.fullmatch(path)
    return found is not None and int(found[1]) in numbers
