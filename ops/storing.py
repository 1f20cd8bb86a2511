"""The commands that work with the database: `migrate`, `import`, `export`, `publish`."""

from __future__ import annotations

import getpass
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from uuid import uuid4

import asyncpg

from ops.access.audit.queries import AuditRow, insert_audit
from ops.database.address import Address, database
from ops.database.binaries import NoBinaries
from ops.database.cluster import CannotMakeFolder
from ops.database.embedded import DatabaseDown
from ops.database.migrate import MigrationRefused, migrate
from ops.database.pool import connected
from ops.own_dialects import own_dialects
from ops.services.cataloguing import import_festival
from ops.services.planning import NoSuchFestival, Overlapping, publish
from ops.settings import Settings
from schedules.catalogue.queries import fetch_festival
from schedules.connection import Connection
from schedules.faults import FestivalFaults
from schedules.nights.night_time import from_millis
from show_control.clock import SystemClock

DATABASE_FAULTS = (asyncpg.PostgresError, asyncpg.InterfaceError)


class CannotDo(Exception):
    """Why a command did nothing, in lines for the person who asked."""


@asynccontextmanager
async def reached(settings: Settings) -> AsyncIterator[Address]:
    """The database, or CannotDo with what is wrong with it."""
    try:
        async with database(settings) as address:
            yield address
    except (OSError, DatabaseDown, CannotMakeFolder, NoBinaries, *DATABASE_FAULTS) as fault:
        raise CannotDo(f"the database: {fault}") from fault
    except MigrationRefused as refused:
        raise CannotDo(str(refused)) from refused


@asynccontextmanager
async def connection_of(settings: Settings) -> AsyncIterator[Connection]:
    """A connection to a database whose tables are up to date."""
    async with reached(settings) as address:
        await migrate(address.owner)
        async with connected(address.app) as connection:
            yield connection


async def migrated(settings: Settings) -> AsyncIterator[str]:
    """Apply what is new; say what was."""
    async with reached(settings) as address:
        applied = await migrate(address.owner)
    for name in applied:
        yield f"applied {name}"
    if not applied:
        yield "up to date"


async def imported(settings: Settings, name: str, text: str) -> AsyncIterator[str]:
    """Make a festival file's text the draft; `name` is what the file is called."""
    async with connection_of(settings) as connection, connection.transaction():
        try:
            own = own_dialects(settings.data_dir)
            told = await import_festival(connection, text, now(), own)
        except FestivalFaults as faults:
            raise CannotDo("\n".join(f"fault: {f}" for f in faults.faults)) from faults
        if told.changed:
            await enter(connection, "import", f"{told.festival}, revision {told.revision}")
    if told.changed:
        yield f"{told.festival}: the draft is now {name}, revision {told.revision}"
    else:
        yield f"{told.festival}: no change"


async def exported(settings: Settings, festival: str) -> AsyncIterator[str]:
    """A draft's festival file, to the letter as it is kept."""
    async with connection_of(settings) as connection:
        row = await fetch_festival(connection, festival)
    if row is None:
        raise CannotDo(f"there is no festival {festival}: import its file first")
    yield row.draft


async def published(settings: Settings, festival: str, by: str | None) -> AsyncIterator[str]:
    """Publish a draft."""
    async with connection_of(settings) as connection, connection.transaction():
        try:
            own = own_dialects(settings.data_dir)
            told = await publish(
                connection, festival, by=by or user_name(), now=now(), dialects=own
            )
        except FestivalFaults as faults:
            raise CannotDo("\n".join(f"fault: {f}" for f in faults.faults)) from faults
        except (NoSuchFestival, Overlapping) as fault:
            raise CannotDo(str(fault)) from fault
        if told.changed:
            await enter(connection, "publish", f"{told.festival}, version {told.version}", by)
    what = "published as" if told.changed else "no change: it is already"
    yield f"{told.festival}: {what} version {told.version}"


async def enter(connection: Connection, what: str, about: str, by: str | None = None) -> None:
    """Into the audit: who did this from the command line."""
    row = AuditRow(
        id=uuid4(),
        at=now(),
        who=by or user_name(),
        kind="command",
        what=what,
        about=about,
        outcome="done",
        reason=None,
        address=None,
    )
    await insert_audit(connection, [row])


def now() -> datetime:
    """This moment, in UTC."""
    return from_millis(SystemClock().wall())


def user_name() -> str:
    """Who is logged in on this machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "nobody named"
