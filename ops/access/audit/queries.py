"""The audit, in the database: added to, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from schedules.connection import Connection


class AuditRow(msgspec.Struct, frozen=True):
    """Who asked what, about what, when, from where, and what came of it."""

    id: UUID
    at: datetime
    who: str
    kind: str
    what: str
    about: str | None
    outcome: str
    reason: str | None
    address: str | None


# Written again where it is not known whether it was written.
INSERT_AUDIT = """
INSERT INTO audit (id, at, who, kind, what, about, outcome, reason, address)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (id) DO NOTHING
"""


async def insert_audit(connection: Connection, rows: Sequence[AuditRow]) -> None:
    await connection.executemany(INSERT_AUDIT, [msgspec.structs.astuple(row) for row in rows])


SELECT_AUDIT = """
SELECT id, at, who, kind, what, about, outcome, reason, address
FROM (
    SELECT id, at, who, kind, what, about, outcome, reason, address
    FROM audit
    WHERE at >= $1
    ORDER BY at DESC, id DESC
    LIMIT $2
) AS newest
ORDER BY at, id
"""


async def list_audit(connection: Connection, since: datetime, limit: int) -> list[AuditRow]:
    """The newest of those since then, oldest first."""
    return [AuditRow(**row) for row in await connection.fetch(SELECT_AUDIT, since, limit)]
