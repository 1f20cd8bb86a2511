"""People and sessions, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from schedules.connection import Connection


class PersonRow(msgspec.Struct, frozen=True):
    """Somebody who may sign in, unless disabled."""

    id: UUID
    name: str
    password_hash: str
    rights: list[str]
    created_at: datetime
    disabled_at: datetime | None


class SessionRow(msgspec.Struct, frozen=True):
    """A session; `id` is a digest of what the cookie holds."""

    id: str
    data: bytes
    expires_at: datetime


INSERT_PERSON = """
INSERT INTO person (name, password_hash, rights, created_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (name) DO NOTHING
RETURNING id, name, password_hash, rights, created_at, disabled_at
"""


async def insert_person(
    connection: Connection,
    *,
    name: str,
    password_hash: str,
    rights: Sequence[str],
    now: datetime,
) -> PersonRow | None:
    """None if the name is taken."""
    row = await connection.fetchrow(INSERT_PERSON, name, password_hash, list(rights), now)
    return None if row is None else PersonRow(**row)


SELECT_PERSON = """
SELECT id, name, password_hash, rights, created_at, disabled_at
FROM person
WHERE name = $1
"""


async def fetch_person(connection: Connection, name: str) -> PersonRow | None:
    row = await connection.fetchrow(SELECT_PERSON, name)
    return None if row is None else PersonRow(**row)


SELECT_PEOPLE = """
SELECT id, name, password_hash, rights, created_at, disabled_at
FROM person
ORDER BY name
"""


async def list_people(connection: Connection) -> list[PersonRow]:
    return [PersonRow(**row) for row in await connection.fetch(SELECT_PEOPLE)]


UPDATE_HASH = "UPDATE person SET password_hash = $2 WHERE name = $1"


async def set_password(connection: Connection, name: str, password_hash: str) -> bool:
    """Whether there is such a person."""
    return await connection.execute(UPDATE_HASH, name, password_hash) == "UPDATE 1"


DISABLE_PERSON = "UPDATE person SET disabled_at = $2 WHERE name = $1 AND disabled_at IS NULL"


async def disable_person(connection: Connection, name: str, now: datetime) -> bool:
    """Whether there was such a person, not disabled yet."""
    return await connection.execute(DISABLE_PERSON, name, now) == "UPDATE 1"


SAVE_SESSION = """
INSERT INTO session (id, data, expires_at)
VALUES ($1, $2, $3)
ON CONFLICT (id) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at
"""


async def save_session(connection: Connection, session: SessionRow) -> None:
    await connection.execute(SAVE_SESSION, session.id, session.data, session.expires_at)


SELECT_SESSIONS = """
SELECT id, data, expires_at
FROM session
WHERE expires_at > $1
"""


async def list_sessions(connection: Connection, now: datetime) -> list[SessionRow]:
    """Those that have not expired."""
    return [SessionRow(**row) for row in await connection.fetch(SELECT_SESSIONS, now)]


DELETE_SESSION = "DELETE FROM session WHERE id = $1"


async def delete_session(connection: Connection, session: str) -> None:
    await connection.execute(DELETE_SESSION, session)


DELETE_EXPIRED_SESSIONS = "DELETE FROM session WHERE expires_at <= $1"


async def delete_expired_sessions(connection: Connection, now: datetime) -> None:
    await connection.execute(DELETE_EXPIRED_SESSIONS, now)
