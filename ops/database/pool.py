"""Connections to PostgreSQL, all prepared alike.

They act as the app's role whoever they sign in as, speak UTC, take and give JSON as plain
values, and refuse instants without a zone, which asyncpg alone would read in the local
zone of the process.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

import asyncpg
import msgspec

from ops.database.cluster import ROLE_NAMES

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
SETTINGS = {"application_name": "lamplighter", "timezone": "UTC"}
APP_SETTINGS = SETTINGS | {"role": ROLE_NAMES["app"]}
# Seconds: to get a connection, and for a statement to answer.
CONNECTING = 5.0
ANSWERING = 30.0

GONE = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # its last words are read, its end is not yet
)

# In quotes: these classes take parameters in their stubs only.
Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"
Listening: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
"""A connection that is told of notifications, and of its own end."""


@asynccontextmanager
async def open_pool(dsn: str, *, min_size: int = 1, max_size: int = 10) -> AsyncIterator[Pool]:
    """A pool that outlives PostgreSQL's deaths: dead connections are replaced as they are
    found. Until then what is asked of it raises something that `is_gone` knows."""
    async with asyncpg.create_pool(
        dsn,
        min_size=min_size,
        max_size=max_size,
        init=prepare,
        server_settings=APP_SETTINGS,
        timeout=CONNECTING,
        command_timeout=ANSWERING,
    ) as pool:
        yield pool


@asynccontextmanager
async def connected(dsn: str) -> AsyncIterator[asyncpg.Connection[asyncpg.Record]]:
    """One connection, for a command."""
    connection = await asyncpg.connect(dsn, server_settings=APP_SETTINGS, timeout=CONNECTING)
    try:
        await prepare(connection)
        yield connection
    finally:
        await connection.close()


def is_gone(error: BaseException) -> bool:
    """Whether PostgreSQL is not there: dead, starting or going down; not that it, or
    asyncpg, refuses what it was given."""
    return isinstance(error, GONE) and not isinstance(error, asyncpg.DataError)


async def prepare(connection: asyncpg.Connection[asyncpg.Record]) -> None:
    for name in ("json", "jsonb"):
        await connection.set_type_codec(
            name, schema="pg_catalog", encoder=_to_json, decoder=msgspec.json.decode
        )
    await connection.set_type_codec(
        "timestamptz",
        schema="pg_catalog",
        format="tuple",
        encoder=_to_microseconds,
        decoder=_from_microseconds,
    )


def _to_json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _to_microseconds(value: datetime) -> tuple[int]:
    if value.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return ((value - EPOCH) // MICROSECOND,)


def _from_microseconds(value: tuple[Any, ...]) -> datetime:
    """Raises OverflowError for `infinity`, which no column of ours may hold."""
    return EPOCH + int(value[0]) * MICROSECOND
