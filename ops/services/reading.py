"""Reading the record: entries of a night, as they were asked for, with what each says in words."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection
from datetime import date, datetime, timedelta

import msgspec

from ops.instants import as_datetime
from ops.services.retelling import night_file_of
from ops.storage import Database
from schedules.as_run.queries import AsRunEntry, fetch_night_bounds
from schedules.as_run.record.queries import After, Place, Wanted, Within, count_wanted, fetch_wanted
from schedules.connection import Connection
from show_control.cue_sheet import TOLD
from show_control.model import NightFile

PAGE = 200
"""Entries that are fetched at a time where all are wanted: between two pages others have their turn."""
SHEET = tuple(sorted({*TOLD, "started"} - {"result"}))
"""The kinds of the cue sheet's lines; of results it tells only those of sends that failed."""
MOMENT = timedelta(milliseconds=1)


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody asks for; empty is everything. `sheet`: what the cue sheet tells, and no more."""

    sheet: bool = False
    kinds: tuple[str, ...] = ()
    surfaces: tuple[str, ...] = ()
    slot: str | None = None
    by: str | None = None
    text: str | None = None


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A night's record, opened for somebody: what to fetch, and whose wall its times are told by."""

    wanted: Wanted
    time_zone: str


async def open_record(
    connection: Connection,
    night: date,
    asked: Filter,
    scope: Callable[[str | None], Collection[str] | None],
) -> Record:
    """`scope` gives the surfaces of a festival that who asks may see; None is all of them."""
    file = await night_file_of(connection, night)
    seen = scope(file.festival if file else None)
    bounds = await _bounds(connection, night, file)
    return Record(
        time_zone=file.time_zone if file else "UTC",
        wanted=Wanted(
            night=night,
            starts=bounds[0],
            ends=bounds[1],
            kinds=asked.kinds or (SHEET if asked.sheet else None),
            gos=not asked.sheet,
            place=_place(file, asked.surfaces) if asked.surfaces else None,
            slot=asked.slot or None,
            by=asked.by or None,
            text=asked.text or None,
            seen=None if seen is None else _place(file, seen),
            within=None if scope(None) is None else _within(file),
        ),
    )


async def one_page(
    connection: Connection, record: Record, limit: int, offset: int
) -> tuple[int, list[AsRunEntry]]:
    """How many there are, and some of them."""
    count = await count_wanted(connection, record.wanted)
    return count, await fetch_wanted(connection, record.wanted, limit=limit, offset=offset)


async def all_pages(database: Database, record: Record) -> AsyncIterator[list[AsRunEntry]]:
    """All of them; no connection is held while who asked takes their time to read."""
    after: After | None = None
    while True:
        async with database.connection() as connection:
            page = await fetch_wanted(connection, record.wanted, limit=PAGE, after=after)
        if page:
            yield page
        if len(page) < PAGE:
            return
        last = page[-1]
        after = After(last.at, last.player, last.term, last.seq)


async def _bounds(
    connection: Connection, night: date, file: NightFile | None
) -> tuple[datetime, datetime]:
    """The night's, as planned; else those of what is recorded of it."""
    planned = next((n for n in file.nights if n.date == night.isoformat()), None) if file else None
    if planned is not None:
        return as_datetime(planned.starts), as_datetime(planned.ends)
    found = await fetch_night_bounds(connection, night)
    return found.first, found.last + MOMENT


def _within(file: NightFile | None) -> Within | None:
    return None if file is None else Within(file.festival, _place(file, tuple(file.surfaces)))


def _place(file: NightFile | None, surfaces: Collection[str]) -> Place:
    outputs = file.outputs.values() if file else ()
    return Place(
        surfaces=tuple(sorted(surfaces)),
        outputs=tuple(o.id for o in outputs if o.surface in surfaces),
    )
