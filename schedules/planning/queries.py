"""Published versions, and which of their slots are in force, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from schedules.connection import Connection


class VersionRow(msgspec.Struct, frozen=True):
    """A published version, without what it holds."""

    festival: str
    number: int
    document_hash: str
    night_file_hash: str
    published_at: datetime
    published_by: str


class PublishedNightFile(msgspec.Struct, frozen=True):
    """What the player loads of a version: `night_file` is packed, and has that hash."""

    festival: str
    number: int
    night_file: bytes
    night_file_hash: str


class VersionFile(msgspec.Struct, frozen=True):
    """A version's packed night file, and when it was published."""

    festival: str
    number: int
    night_file: bytes
    published_at: datetime


class VersionDocument(msgspec.Struct, frozen=True):
    """A version's festival file, as it was when it was published."""

    festival: str
    number: int
    document: str


class InForceRow(msgspec.Struct, frozen=True):
    """One surface that a slot takes. `surface` is `venue/surface`: one key for all festivals."""

    festival: str
    version: int
    night: date
    slot: str
    surface: str
    programme: str
    starts: datetime
    ends: datetime


class Overlap(msgspec.Struct, frozen=True):
    """A slot of another festival that is in force where and when one wants to be."""

    slot: str
    night: date
    surface: str
    starts: datetime
    ends: datetime
    other_festival: str
    other_slot: str
    other_night: date
    other_starts: datetime
    other_ends: datetime


INSERT_VERSION = """
INSERT INTO version (
    festival, number, document, document_hash, night_file, night_file_hash, published_at,
    published_by
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""


async def insert_version(
    connection: Connection, version: VersionRow, *, document: str, night_file: bytes
) -> None:
    await connection.execute(
        INSERT_VERSION,
        version.festival,
        version.number,
        document,
        version.document_hash,
        night_file,
        version.night_file_hash,
        version.published_at,
        version.published_by,
    )


SELECT_NEWEST_VERSION = """
SELECT festival, number, document_hash, night_file_hash, published_at, published_by
FROM version
WHERE festival = $1
ORDER BY number DESC
LIMIT 1
"""


async def fetch_newest_version(connection: Connection, festival: str) -> VersionRow | None:
    row = await connection.fetchrow(SELECT_NEWEST_VERSION, festival)
    return None if row is None else VersionRow(**row)


SELECT_VERSIONS = """
SELECT festival, number, document_hash, night_file_hash, published_at, published_by
FROM version
WHERE festival = $1
ORDER BY number
"""


async def list_versions(connection: Connection, festival: str) -> list[VersionRow]:
    return [VersionRow(**row) for row in await connection.fetch(SELECT_VERSIONS, festival)]


SELECT_NEWEST_NIGHT_FILE = """
SELECT festival, number, night_file, night_file_hash
FROM version
WHERE festival = $1 OR $1 IS NULL
ORDER BY published_at DESC, number DESC
LIMIT 1
"""


async def fetch_newest_night_file(
    connection: Connection, festival: str | None = None
) -> PublishedNightFile | None:
    """Of a festival; without one, of whatever was published last."""
    row = await connection.fetchrow(SELECT_NEWEST_NIGHT_FILE, festival)
    return None if row is None else PublishedNightFile(**row)


SELECT_VERSION_FILES = """
SELECT DISTINCT ON (festival) festival, number, night_file, published_at
FROM version
WHERE (festival = $1 OR $1 IS NULL) AND (published_at <= $2 OR $2 IS NULL)
ORDER BY festival, number DESC
"""


async def fetch_version_files(
    connection: Connection, *, festival: str | None = None, until: datetime | None = None
) -> list[VersionFile]:
    """The newest version of each festival, or of one; with `until`, as it was at that instant."""
    rows = await connection.fetch(SELECT_VERSION_FILES, festival, until)
    return [VersionFile(**row) for row in rows]


SELECT_NEWEST_DOCUMENT = """
SELECT festival, number, document
FROM version
WHERE festival = $1 OR $1 IS NULL
ORDER BY published_at DESC, number DESC
LIMIT 1
"""


async def fetch_newest_document(
    connection: Connection, festival: str | None = None
) -> VersionDocument | None:
    """Of a festival; without one, of whatever was published last."""
    row = await connection.fetchrow(SELECT_NEWEST_DOCUMENT, festival)
    return None if row is None else VersionDocument(**row)


DELETE_IN_FORCE = "DELETE FROM in_force WHERE festival = $1"


async def clear_in_force(connection: Connection, festival: str) -> None:
    await connection.execute(DELETE_IN_FORCE, festival)


INSERT_IN_FORCE = """
INSERT INTO in_force (festival, version, night, slot, surface, programme, occupied)
VALUES ($1, $2, $3, $4, $5, $6, tstzrange($7, $8, '[)'))
"""


async def insert_in_force(connection: Connection, rows: Sequence[InForceRow]) -> None:
    """In one order for everybody: publishing at the same time waits, and does not deadlock."""
    ordered = sorted(rows, key=lambda row: (row.surface, row.programme, row.starts))
    await connection.executemany(INSERT_IN_FORCE, [msgspec.structs.astuple(r) for r in ordered])


SELECT_IN_FORCE = """
SELECT festival, version, night, slot, surface, programme,
    lower(occupied) AS starts, upper(occupied) AS ends
FROM in_force
WHERE night = $1
ORDER BY lower(occupied), surface, slot
"""


async def fetch_in_force(connection: Connection, night: date) -> list[InForceRow]:
    """Everything that is in force on a night, of all festivals."""
    return [InForceRow(**row) for row in await connection.fetch(SELECT_IN_FORCE, night)]


SELECT_OVERLAPS = """
SELECT wanted.slot, wanted.night, wanted.surface, wanted.starts, wanted.ends,
    other.festival AS other_festival, other.slot AS other_slot, other.night AS other_night,
    lower(other.occupied) AS other_starts, upper(other.occupied) AS other_ends
FROM unnest(
    $2::text[], $3::date[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[]
) AS wanted (slot, night, surface, programme, starts, ends)
JOIN in_force AS other
    ON other.surface = wanted.surface
    AND other.programme = wanted.programme
    AND other.occupied && tstzrange(wanted.starts, wanted.ends, '[)')
WHERE other.festival <> $1
ORDER BY wanted.starts, wanted.slot, wanted.surface
"""


async def find_overlaps(
    connection: Connection, festival: str, rows: Sequence[InForceRow]
) -> list[Overlap]:
    """What of other festivals stands in the way of these rows."""
    found = await connection.fetch(
        SELECT_OVERLAPS,
        festival,
        [row.slot for row in rows],
        [row.night for row in rows],
        [row.surface for row in rows],
        [row.programme for row in rows],
        [row.starts for row in rows],
        [row.ends for row in rows],
    )
    return [Overlap(**row) for row in found]
