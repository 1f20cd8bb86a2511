"""Ids that occur twice, references to what is not there, night times outside the night."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from schedules.catalogue.index import ALL_OF
from schedules.catalogue.model import Festival
from schedules.catalogue.values import Ref
from schedules.catalogue.walk import Found, Walk
from schedules.faults import Fault, one_of
from schedules.nights import night_time

_Tables = Mapping[str, Mapping[str, str]]


def reference_faults(festival: Festival, walk: Walk) -> Iterator[Fault]:
    """What the walk gathered and could not judge before the end."""
    tables: dict[str, dict[str, str]] = defaultdict(dict)
    for found in walk.ids:
        table = tables[found.path.partition("[")[0]]
        first = table.setdefault(found.value, found.path)
        if first != found.path:
            yield Fault(
                found.path,
                f'the id "{found.value}" is taken: the first is at {first}',
                "give each its own",
            )
    unread = {fault.path for fault in walk.faults}
    for found in walk.refs:
        if unread.isdisjoint(found.mark.table.split()):
            yield from _reference(found, found.mark, tables)
    if not any(fault.path.startswith("festival.night_ends") for fault in walk.faults):
        for found in walk.walls:
            yield from _wall(found, festival.festival.night_ends)


def _reference(found: Found, ref: Ref, tables: _Tables) -> Iterator[Fault]:
    name, names = found.value, ref.table.split()
    if ref.all_of and name.startswith(ALL_OF):
        surfaces = tables["surfaces"]
        if name.removeprefix(ALL_OF) not in surfaces:
            right = one_of(name, [ALL_OF + s for s in surfaces])
            yield Fault(found.path, f'there is no surface for "{name}"', right)
        return
    known = [each for table in names for each in tables[table]]
    if name in known:
        return
    if ref.all_of:
        known += [ALL_OF + s for s in tables["surfaces"]]
    what = " or ".join(table.removesuffix("s") for table in names)
    yield Fault(found.path, f'there is no {what} "{name}"', one_of(name, known))


def _wall(found: Found, night_ends: int) -> Iterator[Fault]:
    at = found.value
    begins = f"a night lasts from {night_time.brief(night_ends)} (night_ends) for 24 hours"
    if at < night_ends:
        before = night_time.brief(at + night_time.DAY)
        yield Fault(
            found.path,
            f"{night_time.brief(at)} is before the night begins: {begins}",
            f"write {before} of the night before",
        )
    elif at > night_ends + night_time.DAY:
        after = night_time.brief(at - night_time.DAY)
        yield Fault(
            found.path,
            f"{night_time.brief(at)} is after the night ends: {begins}",
            f"write {after} of the next night",
        )
