"""Festivals and their drafts, in the database."""

from __future__ import annotations

from datetime import datetime

import msgspec

from schedules.connection import Connection
from show_control.model import Text


class FestivalRow(msgspec.Struct, frozen=True):
    """A festival with its draft, the festival file as it was imported."""

    id: str
    kind: str
    title: Text
    time_zone: str
    draft: str
    draft_hash: str
    revision: int
    imported_at: datetime


class FestivalHead(msgspec.Struct, frozen=True):
    """A festival as a list shows it. `version` is None until it is published."""

    id: str
    kind: str
    title: Text
    time_zone: str
    revision: int
    imported_at: datetime
    version: int | None


# No row comes back where the draft is the same already.
SAVE_DRAFT = """
INSERT INTO festival (id, kind, title, time_zone, draft, draft_hash, revision, imported_at)
VALUES ($1, $2, $3, $4, $5, $6, 1, $7)
ON CONFLICT (id) DO UPDATE SET
    kind = excluded.kind,
    title = excluded.title,
    time_zone = excluded.time_zone,
    draft = excluded.draft,
    draft_hash = excluded.draft_hash,
    revision = festival.revision + 1,
    imported_at = excluded.imported_at
WHERE festival.draft_hash <> excluded.draft_hash
RETURNING revision
"""


async def save_draft(
    connection: Connection,
    *,
    festival: str,
    kind: str,
    title: Text,
    time_zone: str,
    draft: str,
    draft_hash: str,
    now: datetime,
) -> int | None:
    """The draft's new revision; None if nothing had to change."""
    revision: int | None = await connection.fetchval(
        SAVE_DRAFT, festival, kind, title, time_zone, draft, draft_hash, now
    )
    return revision


SELECT_FESTIVAL = """
SELECT id, kind, title, time_zone, draft, draft_hash, revision, imported_at
FROM festival
WHERE id = $1
"""


async def fetch_festival(connection: Connection, festival: str) -> FestivalRow | None:
    row = await connection.fetchrow(SELECT_FESTIVAL, festival)
    return None if row is None else FestivalRow(**row)


LOCK_FESTIVAL = SELECT_FESTIVAL + "FOR UPDATE"


async def lock_festival(connection: Connection, festival: str) -> FestivalRow | None:
    """As `fetch_festival`; until the transaction ends nobody else publishes or imports it."""
    row = await connection.fetchrow(LOCK_FESTIVAL, festival)
    return None if row is None else FestivalRow(**row)


SELECT_FESTIVALS = """
SELECT id, kind, title, time_zone, revision, imported_at,
    (SELECT max(number) FROM version WHERE version.festival = festival.id) AS version
FROM festival
ORDER BY id
"""


async def list_festivals(connection: Connection) -> list[FestivalHead]:
    return [FestivalHead(**row) for row in await connection.fetch(SELECT_FESTIVALS)]


LOCK_FESTIVALS = "LOCK TABLE festival IN SHARE ROW EXCLUSIVE MODE"


async def lock_festivals(connection: Connection) -> None:
    """Until the transaction ends nobody else imports a festival."""
    await connection.execute(LOCK_FESTIVALS)
