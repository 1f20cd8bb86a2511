"""Retelling: a night as the version of its time planned it, and as it ran."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from ops.instants import as_datetime
from ops.services.recording import entry_of
from ops.services.wording import entry_texts
from schedules.as_run.model import RanRun
from schedules.as_run.queries import fetch_night_kinds, list_recorded_nights
from schedules.as_run.rules import KINDS, as_it_ran
from schedules.connection import Connection
from schedules.planning.queries import VersionFile, fetch_version_files
from show_control.model import Night, NightFile, Text
from show_control.night_file import unpack_night_file


class NightHead(msgspec.Struct, frozen=True, kw_only=True):
    """A night that is planned, recorded, or both; no festival where only the record knows it."""

    night: date
    festival: str | None = None
    title: Text = {}
    time_zone: str | None = None
    version: int | None = None
    recorded: bool


class NightTold(msgspec.Struct, frozen=True, kw_only=True):
    """A night: the night file that planned it, where one did, and the runs that the record has."""

    night: date
    file: NightFile | None
    planned: Night | None
    runs: tuple[RanRun, ...]
    texts: dict[str, Text]
    """What the entry says that gave each run its status, by run."""


class Heading(msgspec.Struct, frozen=True):
    """Of a night in a packed night file, no more than its date."""

    date: str


class Headings(msgspec.Struct, frozen=True):
    """What a list of nights needs of a packed night file: much less than all of it."""

    festival: str
    time_zone: str
    title: Text = {}
    nights: tuple[Heading, ...] = ()


async def list_nights(connection: Connection) -> list[NightHead]:
    """Every night of the newest versions, and every recorded one, by date."""
    recorded = set(await list_recorded_nights(connection))
    found = [
        NightHead(
            night=night,
            festival=file.festival,
            title=file.title,
            time_zone=file.time_zone,
            version=version.number,
            recorded=night in recorded,
        )
        for version in await fetch_version_files(connection)
        for file in [msgspec.msgpack.decode(version.night_file, type=Headings)]
        for night in [date.fromisoformat(heading.date) for heading in file.nights]
    ]
    planned = {head.night for head in found}
    alone = [NightHead(night=night, recorded=True) for night in recorded - planned]
    return sorted([*found, *alone], key=lambda head: (head.night, head.festival or ""))


async def tell_night(
    connection: Connection, night: date, festival: str | None = None
) -> NightTold | None:
    """Of a festival; else of the one published last that has this night. None where nothing is
    planned or recorded."""
    file = await night_file_of(connection, night, festival)
    entries = await fetch_night_kinds(connection, night, KINDS)
    if file is not None:
        entries = [e for e in entries if e.run is None or e.run.startswith(f"{file.festival}.")]
    runs = as_it_ran(entries)
    if file is None and not runs:
        return None
    said = {(e.player, e.term, e.seq): e for e in entries}
    return NightTold(
        night=night,
        file=file,
        planned=_night_in(file, night) if file else None,
        runs=runs,
        texts={run.run: entry_texts(entry_of(said[run.decided])) for run in runs},
    )


async def night_file_of(
    connection: Connection, night: date, festival: str | None = None
) -> NightFile | None:
    """The version that was in force when the night was over: one published later plans no past."""
    newest = await fetch_version_files(connection, festival=festival)
    for version in _by_publishing(newest):
        if not _has(version, night):
            continue
        file = unpack_night_file(version.night_file)
        planned = _night_in(file, night)
        if planned is None or version.published_at <= as_datetime(planned.ends):
            return file
        return await _as_it_was(connection, file, planned) or file
    return None


async def _as_it_was(connection: Connection, file: NightFile, planned: Night) -> NightFile | None:
    until = as_datetime(planned.ends)
    before = await fetch_version_files(connection, festival=file.festival, until=until)
    found = [unpack_night_file(version.night_file) for version in before]
    return next((f for f in found if _night_in(f, date.fromisoformat(planned.date))), None)


def _by_publishing(versions: Sequence[VersionFile]) -> list[VersionFile]:
    return sorted(versions, key=lambda version: version.published_at, reverse=True)


def _has(version: VersionFile, night: date) -> bool:
    headings = msgspec.msgpack.decode(version.night_file, type=Headings)
    return any(heading.date == night.isoformat() for heading in headings.nights)


def _night_in(file: NightFile, night: date) -> Night | None:
    return next((one for one in file.nights if one.date == night.isoformat()), None)
