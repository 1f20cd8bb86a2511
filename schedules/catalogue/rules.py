"""All rules between the parts of a festival, and the small ones that need no page of their own."""

from __future__ import annotations

from collections.abc import Iterator

from schedules.catalogue.action_rules import action_faults
from schedules.catalogue.dialect_rules import dialects_faults
from schedules.catalogue.index import Index
from schedules.catalogue.machine_rules import machine_faults
from schedules.catalogue.model import DateSpan, Festival
from schedules.catalogue.permit_rules import permit_faults
from schedules.catalogue.plan_rules import plan_faults, work_clip_faults
from schedules.catalogue.references import reference_faults
from schedules.catalogue.sequence_rules import sequence_faults
from schedules.catalogue.timecode_rules import timecode_faults
from schedules.catalogue.walk import Walk
from schedules.faults import Fault

_MOST_NIGHTS = 1000
_FIRST_YEAR, _LAST_YEAR = 1970, 2200


def cross_faults(festival: Festival, walk: Walk) -> list[Fault]:
    """Every fault that no single value shows.

    Where the walk has told of a key, what a rule says of it, of a key around it or inside
    it is only an echo (a duration that could not be read is not also missing).
    """
    index = Index(festival)
    told = [fault.path for fault in walk.faults]
    found = [
        *reference_faults(festival, walk),
        *_head(festival),
        *dialects_faults(index),
        *machine_faults(index),
        *_surfaces(index),
        *permit_faults(festival),
        *work_clip_faults(index),
        *sequence_faults(index),
        *timecode_faults(index),
        *plan_faults(index),
        *_people(festival),
    ]
    return [fault for fault in found if not any(_echoes(fault.path, path) for path in told)]


def _echoes(path: str, told: str) -> bool:
    return path == told or told.startswith(_inside(path)) or path.startswith(_inside(told))


def _inside(path: str) -> tuple[str, str]:
    return f"{path}.", f"{path}["


def _head(festival: Festival) -> Iterator[Fault]:
    nights = festival.festival.nights
    yield from _span(nights, "festival.nights")
    for key, night in (("from", nights.first), ("to", nights.last)):
        if not _FIRST_YEAR <= night.year <= _LAST_YEAR:
            right = f"a year from {_FIRST_YEAR} to {_LAST_YEAR}"
            yield Fault(f"festival.nights.{key}", f"no night of {night.year} can be planned", right)
    if (nights.last - nights.first).days >= _MOST_NIGHTS:
        yield Fault(
            "festival.nights.to",
            f"from {nights.first} to {nights.last} are more than {_MOST_NIGHTS} nights",
            "split the festival",
        )


def _surfaces(index: Index) -> Iterator[Fault]:
    for n, surface in enumerate(index.festival.surfaces):
        path = f"surfaces[{n}]"
        for key, actions in (("safe", surface.safe), ("idle", surface.idle)):
            for m, action in enumerate(actions or ()):
                yield from action_faults(index, action, f"{path}.{key}[{m}]", surface.id)
        opening, curfew = surface.opening, surface.curfew
        if opening is not None and curfew is not None and curfew <= opening:
            yield Fault(
                f"{path}.curfew",
                f"{surface.id} is closed before it opens",
                "write a curfew after its opening",
            )


def _people(festival: Festival) -> Iterator[Fault]:
    for n, cohort in enumerate(festival.cohorts):
        path = f"cohorts[{n}]"
        if cohort.term is not None:
            yield from _span(cohort.term, f"{path}.term")
        if cohort.capacity is not None and len(cohort.members) > cohort.capacity:
            yield Fault(
                f"{path}.members",
                f"{len(cohort.members)} members, capacity {cohort.capacity}",
                "name fewer, or raise the capacity",
            )


def _span(span: DateSpan, path: str) -> Iterator[Fault]:
    if span.last < span.first:
        message = f"{span.last} is before {span.first}"
        yield Fault(f"{path}.to", message, "turn them round")
