"""What the public feeds are made of: a festival's published versions. Drafts are in another table."""

from __future__ import annotations

from datetime import datetime

import msgspec

from schedules.connection import Connection


class PackedVersion(msgspec.Struct, frozen=True):
    """A published version with its night file as it was packed."""

    number: int
    published_at: datetime
    night_file: bytes


SELECT_PACKED_VERSIONS = """
SELECT number, published_at, night_file
FROM version
WHERE festival = $1
ORDER BY number
"""


async def fetch_packed_versions(connection: Connection, festival: str) -> list[PackedVersion]:
    """All versions of a festival, the oldest first."""
    rows = await connection.fetch(SELECT_PACKED_VERSIONS, festival)
    return [PackedVersion(**row) for row in rows]


SELECT_NEWEST_NUMBER = "SELECT max(number) FROM version WHERE festival = $1"


async def fetch_newest_number(connection: Connection, festival: str) -> int | None:
    """None for what was never published."""
    number: int | None = await connection.fetchval(SELECT_NEWEST_NUMBER, festival)
    return number


SELECT_DOCUMENT_OF = "SELECT document FROM version WHERE festival = $1 AND number = $2"


async def fetch_document_of(connection: Connection, festival: str, number: int) -> str:
    """A version's festival file."""
    document: str = await connection.fetchval(SELECT_DOCUMENT_OF, festival, number)
    return document
