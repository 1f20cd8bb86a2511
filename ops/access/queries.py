"""Accounts, what is granted to them, and their sessions, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from schedules.connection import Connection


class AccountRow(msgspec.Struct, frozen=True):
    """A person, a token or a link; revoked or expired ones are not in force."""

    id: UUID
    kind: str
    name: str
    password_hash: str | None
    secret_digest: bytes | None
    view: str | None
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


class GrantRow(msgspec.Struct, frozen=True):
    """Rights of an account, and where: NULL is everywhere."""

    account: UUID
    rights: list[str]
    festival: str | None
    surface: str | None


class SessionRow(msgspec.Struct, frozen=True):
    """A session; `id` is a digest of what the cookie holds. Locked where it has a PIN's hash."""

    id: str
    account: UUID
    pin_hash: str | None
    expires_at: datetime


# --- accounts -------------------------------------------------------------------------------

# An expired name may be given anew: the account that had it is revoked as of its end.
REVOKE_EXPIRED = """
UPDATE account SET revoked_at = expires_at
WHERE name = $1 AND revoked_at IS NULL AND expires_at <= $2
"""


async def revoke_expired(connection: Connection, name: str, now: datetime) -> None:
    await connection.execute(REVOKE_EXPIRED, name, now)


INSERT_ACCOUNT = """
INSERT INTO account (kind, name, password_hash, secret_digest, view, created_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (name) WHERE revoked_at IS NULL DO NOTHING
RETURNING id
"""


async def insert_account(
    connection: Connection,
    *,
    kind: str,
    name: str,
    now: datetime,
    password_hash: str | None = None,
    secret_digest: bytes | None = None,
    view: str | None = None,
    expires_at: datetime | None = None,
) -> UUID | None:
    """Its id; None if the name is taken."""
    found: UUID | None = await connection.fetchval(
        INSERT_ACCOUNT, kind, name, password_hash, secret_digest, view, now, expires_at
    )
    return found


SELECT_ACCOUNTS = """
SELECT id, kind, name, password_hash, secret_digest, view, created_at, expires_at, revoked_at
FROM account
WHERE revoked_at IS NULL
ORDER BY name
"""


async def list_accounts(connection: Connection) -> list[AccountRow]:
    """Those that are not revoked; some of them may have expired."""
    return [AccountRow(**row) for row in await connection.fetch(SELECT_ACCOUNTS)]


SELECT_ACCOUNT = """
SELECT id, kind, name, password_hash, secret_digest, view, created_at, expires_at, revoked_at
FROM account
WHERE id = $1
"""


async def fetch_account(connection: Connection, account: UUID) -> AccountRow | None:
    row = await connection.fetchrow(SELECT_ACCOUNT, account)
    return None if row is None else AccountRow(**row)


SELECT_NAMED = """
SELECT id, kind, name, password_hash, secret_digest, view, created_at, expires_at, revoked_at
FROM account
WHERE name = $1 AND revoked_at IS NULL
"""


async def fetch_named(connection: Connection, name: str) -> AccountRow | None:
    """The one in force, whatever its kind."""
    row = await connection.fetchrow(SELECT_NAMED, name)
    return None if row is None else AccountRow(**row)


SELECT_BY_DIGEST = """
SELECT id, kind, name, password_hash, secret_digest, view, created_at, expires_at, revoked_at
FROM account
WHERE secret_digest = $1 AND revoked_at IS NULL
"""


async def fetch_by_secret(connection: Connection, secret_digest: bytes) -> AccountRow | None:
    row = await connection.fetchrow(SELECT_BY_DIGEST, secret_digest)
    return None if row is None else AccountRow(**row)


UPDATE_HASH = "UPDATE account SET password_hash = $2 WHERE id = $1"


async def set_password(connection: Connection, account: UUID, password_hash: str) -> None:
    await connection.execute(UPDATE_HASH, account, password_hash)


REVOKE_ACCOUNT = "UPDATE account SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL"


async def revoke_account(connection: Connection, account: UUID, now: datetime) -> bool:
    """Whether it was not revoked yet."""
    return await connection.execute(REVOKE_ACCOUNT, account, now) == "UPDATE 1"


# --- what is granted ------------------------------------------------------------------------

SELECT_GRANTS = """
SELECT account, rights, festival, surface
FROM account_grant
WHERE account = ANY($1::uuid[])
ORDER BY account, festival NULLS FIRST, surface NULLS FIRST
"""


async def list_grants(connection: Connection, accounts: Sequence[UUID]) -> list[GrantRow]:
    return [GrantRow(**row) for row in await connection.fetch(SELECT_GRANTS, list(accounts))]


INSERT_GRANT = """
INSERT INTO account_grant (account, rights, festival, surface) VALUES ($1, $2, $3, $4)
"""


async def insert_grant(connection: Connection, grant: GrantRow) -> None:
    await connection.execute(
        INSERT_GRANT, grant.account, grant.rights, grant.festival, grant.surface
    )


DELETE_GRANTS = "DELETE FROM account_grant WHERE account = $1"


async def delete_grants(connection: Connection, account: UUID) -> None:
    await connection.execute(DELETE_GRANTS, account)


# --- sessions -------------------------------------------------------------------------------

INSERT_SESSION = """
INSERT INTO session (id, account, pin_hash, expires_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (id) DO NOTHING
"""


async def insert_session(connection: Connection, session: SessionRow) -> None:
    await connection.execute(
        INSERT_SESSION, session.id, session.account, session.pin_hash, session.expires_at
    )


RENEW_SESSION = "UPDATE session SET expires_at = greatest(expires_at, $2) WHERE id = $1"


async def renew_session(connection: Connection, session: str, expires_at: datetime) -> None:
    """One that ended meanwhile, in another process, is not brought back."""
    await connection.execute(RENEW_SESSION, session, expires_at)


LOCK_SESSION = "UPDATE session SET pin_hash = $2 WHERE id = $1"


async def lock_session(connection: Connection, session: str, pin_hash: str | None) -> None:
    """Lock, or with None unlock."""
    await connection.execute(LOCK_SESSION, session, pin_hash)


SELECT_SESSIONS = """
SELECT id, account, pin_hash, expires_at
FROM session
WHERE expires_at > $1
"""


async def list_sessions(connection: Connection, now: datetime) -> list[SessionRow]:
    """Those that have not expired."""
    return [SessionRow(**row) for row in await connection.fetch(SELECT_SESSIONS, now)]


SELECT_SESSION = """
SELECT id, account, pin_hash, expires_at
FROM session
WHERE id = $1
"""


async def fetch_session(connection: Connection, session: str) -> SessionRow | None:
    row = await connection.fetchrow(SELECT_SESSION, session)
    return None if row is None else SessionRow(**row)


DELETE_SESSION = "DELETE FROM session WHERE id = $1"


async def delete_session(connection: Connection, session: str) -> None:
    await connection.execute(DELETE_SESSION, session)


DELETE_SESSIONS_OF = "DELETE FROM session WHERE account = $1"


async def delete_sessions_of(connection: Connection, account: UUID) -> None:
    await connection.execute(DELETE_SESSIONS_OF, account)


DELETE_EXPIRED_SESSIONS = "DELETE FROM session WHERE expires_at <= $1"


async def delete_expired_sessions(connection: Connection, now: datetime) -> None:
    await connection.execute(DELETE_EXPIRED_SESSIONS, now)
