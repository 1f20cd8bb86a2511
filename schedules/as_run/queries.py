"""What really ran, in the database: entries by (player, term, seq), never changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from schedules.connection import Connection


class AsRunEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One recorded fact as it is stored. `sha256` is of the entry as its player packed it:
    what stands here may be cleaned for PostgreSQL, the same bytes have the same sha256."""

    player: str
    term: int
    seq: int
    at: datetime
    kind: str
    night: date | None = None
    surface: str | None = None
    slot: str | None = None
    run: str | None = None
    cue: str | None = None
    output: str | None = None
    server: str | None = None
    by_name: str | None = None
    reason: str | None = None
    data: dict[str, Any] = {}
    sha256: bytes


class Key(msgspec.Struct, frozen=True, order=True):
    """What an entry is stored by."""

    player: str
    term: int
    seq: int


class Cursor(msgspec.Struct, frozen=True, order=True):
    """Up to where a player's entries are stored."""

    term: int
    seq: int


INSERT_ENTRIES = """
INSERT INTO as_run (
    player, term, seq, at, kind, night, surface, slot, run, cue, output, server, by_name,
    reason, data, sha256
)
SELECT player, term, seq, at, kind, night, surface, slot, run, cue, output, server, by_name,
    reason, data, sha256
FROM unnest(
    $1::text[], $2::bigint[], $3::bigint[], $4::timestamptz[], $5::text[], $6::date[],
    $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[],
    $14::text[], $15::jsonb[], $16::bytea[]
) AS entry (
    player, term, seq, at, kind, night, surface, slot, run, cue, output, server, by_name,
    reason, data, sha256
)
ON CONFLICT (player, term, seq) DO NOTHING
RETURNING player, term, seq
"""


async def store_entries(connection: Connection, entries: Sequence[AsRunEntry]) -> list[Key]:
    """Store what is not there yet, and say what that was; what is there stays as it is."""
    columns = zip(*(msgspec.structs.astuple(entry) for entry in entries), strict=True)
    rows = await connection.fetch(INSERT_ENTRIES, *map(list, columns)) if entries else []
    return [Key(**row) for row in rows]


SELECT_DIFFERING = """
SELECT DISTINCT player, term, seq
FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bytea[])
    AS entry (player, term, seq, sha256)
JOIN as_run AS stored USING (player, term, seq)
WHERE stored.sha256 <> entry.sha256
ORDER BY player, term, seq
"""


async def find_differing(connection: Connection, entries: Sequence[AsRunEntry]) -> list[Key]:
    """Keys of entries that are stored with other bytes."""
    rows = await connection.fetch(
        SELECT_DIFFERING,
        [entry.player for entry in entries],
        [entry.term for entry in entries],
        [entry.seq for entry in entries],
        [entry.sha256 for entry in entries],
    )
    return [Key(**row) for row in rows]


SELECT_CURSOR = """
SELECT term, seq
FROM as_run
WHERE player = $1
ORDER BY term DESC, seq DESC
LIMIT 1
"""


async def fetch_cursor(connection: Connection, player: str) -> Cursor | None:
    """Where to go on pulling; None for a player of whom nothing is stored."""
    row = await connection.fetchrow(SELECT_CURSOR, player)
    return None if row is None else Cursor(**row)


SELECT_NIGHT = """
SELECT player, term, seq, at, kind, night, surface, slot, run, cue, output, server, by_name,
    reason, data, sha256
FROM as_run
WHERE night = $1
ORDER BY at, player, term, seq
"""


async def fetch_night(connection: Connection, night: date) -> list[AsRunEntry]:
    return [AsRunEntry(**row) for row in await connection.fetch(SELECT_NIGHT, night)]


SELECT_NIGHT_KINDS = """
SELECT player, term, seq, at, kind, night, surface, slot, run, cue, output, server, by_name,
    reason, data, sha256
FROM as_run
WHERE night = $1 AND kind = ANY($2::text[])
ORDER BY at, player, term, seq
"""


async def fetch_night_kinds(
    connection: Connection, night: date, kinds: Sequence[str]
) -> list[AsRunEntry]:
    """Of a night, only entries of these kinds."""
    rows = await connection.fetch(SELECT_NIGHT_KINDS, night, list(kinds))
    return [AsRunEntry(**row) for row in rows]


class Bounds(msgspec.Struct, frozen=True):
    """When the first and the last entry of a night were made."""

    first: datetime
    last: datetime


SELECT_NIGHT_BOUNDS = """
SELECT coalesce(min(at), 'epoch'::timestamptz) AS first,
    coalesce(max(at), 'epoch'::timestamptz) AS last
FROM as_run
WHERE night = $1
"""


async def fetch_night_bounds(connection: Connection, night: date) -> Bounds:
    """1970 for a night of which nothing is recorded."""
    row = await connection.fetchrow(SELECT_NIGHT_BOUNDS, night)
    assert row is not None, "an aggregate always gives a row"
    return Bounds(**row)


# From night to night by the index, whatever each holds: PostgreSQL has no skip scan of its own.
SELECT_RECORDED_NIGHTS = """
WITH RECURSIVE recorded (night) AS (
    (SELECT night FROM as_run WHERE night IS NOT NULL ORDER BY night LIMIT 1)
    UNION ALL
    SELECT (
        SELECT as_run.night FROM as_run
        WHERE as_run.night > recorded.night
        ORDER BY as_run.night LIMIT 1
    )
    FROM recorded
    WHERE recorded.night IS NOT NULL
)
SELECT night FROM recorded WHERE night IS NOT NULL
"""


async def list_recorded_nights(connection: Connection) -> list[date]:
    """The nights of which something is recorded, in order."""
    rows = await connection.fetch(SELECT_RECORDED_NIGHTS)
    return [row["night"] for row in rows]


SELECT_RUN = """
SELECT player, term, seq, at, kind, night, surface, slot, run, cue, output, server, by_name,
    reason, data, sha256
FROM as_run
WHERE run = $1
ORDER BY at, player, term, seq
"""


async def fetch_run(connection: Connection, run: str) -> list[AsRunEntry]:
    return [AsRunEntry(**row) for row in await connection.fetch(SELECT_RUN, run)]
