"""A festival file checked whole: read, planned and compiled, with all that is found in one go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from schedules.catalogue.index import Index
from schedules.catalogue.machines import Dialect
from schedules.catalogue.model import Festival, Pattern, Slot, Surface, Venue, Work
from schedules.compile import Compiled, compile_nights
from schedules.faults import Fault, FestivalFaults
from schedules.festival_file import read
from schedules.planning.findings import Findings
from schedules.planning.plan import plan

_HEAD = ("festival.time_zone", "festival.night_ends", "festival.nights")
_BOUND_TO_TIME = {
    "surfaces": re.compile(r"id|venue|opening|curfew|changeover"),
    "venues": re.compile(r"id|latitude|longitude"),
    "works": re.compile(r"id|duration"),
}
_OF_NO_WINDOW = re.compile(r"title|start|latest_start|meets|shares|sequence")


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What a check found; `festival` and `compiled` are there where there is no fault."""

    faults: tuple[Fault, ...] = ()
    notices: tuple[Fault, ...] = ()
    festival: Festival | None = None
    compiled: Compiled | None = None


def check(text: str, dialects: Iterable[Dialect] = ()) -> Checked:
    """Decode, plan every night, compile.

    Where a part cannot be read the rest is planned all the same, so that mending the one
    does not bring up the other.
    """
    try:
        festival, faults = read(text, dialects)
        if faults:
            return _with_planning(festival, faults)
        compiled = compile_nights(festival)
    except FestivalFaults as found:
        return Checked(faults=found.faults)
    return Checked(notices=compiled.notices, festival=festival, compiled=compiled)


def _with_planning(festival: Festival, faults: tuple[Fault, ...]) -> Checked:
    if any(fault.path.startswith(_HEAD) or fault.path == "festival" for fault in faults):
        return Checked(faults=faults)
    index, findings = Index(festival), Findings()
    plan(index, findings, frozenset(_unplannable(index, [f.path for f in faults])))
    return Checked(faults=(*faults, *findings.told("fault")), notices=findings.told("notice"))


def _unplannable(index: Index, paths: list[str]) -> Iterator[str]:
    """Patterns and slots whose windows hang on something that could not be read."""
    festival = index.festival
    surfaces = _shaken(festival.surfaces, "surfaces", paths)
    venues = _shaken(festival.venues, "venues", paths)
    works = _shaken(festival.works, "works", paths)
    made_by: dict[str, Pattern | Slot] = {
        **{f"patterns[{n}]": p for n, p in enumerate(festival.patterns)},
        **{f"slots[{n}]": s for n, s in enumerate(festival.slots)},
    }
    for path, each in made_by.items():
        on = index.surfaces.get(each.surface)
        own = (_key(p, path) for p in paths)
        if (
            any(key is not None and not _OF_NO_WINDOW.fullmatch(key) for key in own)
            or on is None
            or each.surface in surfaces
            or on.venue in venues
            or not works.isdisjoint(each.works)
        ):
            yield path


def _shaken(entries: Iterable[Surface | Venue | Work], table: str, paths: list[str]) -> set[str]:
    """The ids of a table's entries of which a key that matters for windows is at fault."""
    keys = _BOUND_TO_TIME[table]
    return {
        entry.id
        for n, entry in enumerate(entries)
        for path in paths
        if (key := _key(path, f"{table}[{n}]")) is not None and keys.fullmatch(key)
    }


def _key(path: str, entry: str) -> str | None:
    """The key of an entry that a path leads through: `starts` of `slots[0].starts.at`."""
    if not path.startswith(f"{entry}."):
        return None
    return re.split(r"[.\[]", path.removeprefix(f"{entry}."))[0]
