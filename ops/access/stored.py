"""Accounts and sessions as the database holds them, made into what memory holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast
from uuid import UUID

from ops.access import queries
from ops.access.accounts import grant_of
from ops.access.directory import Account
from ops.access.queries import AccountRow, GrantRow, SessionRow
from ops.access.rights import Kind
from ops.access.sessions import Session
from ops.instants import as_datetime, as_millis
from schedules.connection import Connection
from show_control.model import Millis


async def every_account(connection: Connection) -> list[Account]:
    """All that are not revoked."""
    return await _with_grants(connection, await queries.list_accounts(connection))


async def account_by_id(connection: Connection, account: str) -> Account | None:
    return await _alone(connection, await queries.fetch_account(connection, UUID(account)))


async def account_named(connection: Connection, name: str) -> Account | None:
    return await _alone(connection, await queries.fetch_named(connection, name))


async def account_by_secret(connection: Connection, secret_digest: bytes) -> Account | None:
    return await _alone(connection, await queries.fetch_by_secret(connection, secret_digest))


async def every_session(connection: Connection, now: Millis) -> list[Session]:
    return [session_of(row) for row in await queries.list_sessions(connection, as_datetime(now))]


async def session_by_id(connection: Connection, key: str) -> Session | None:
    row = await queries.fetch_session(connection, key)
    return None if row is None else session_of(row)


def session_of(row: SessionRow) -> Session:
    return Session(row.id, str(row.account), as_millis(row.expires_at), row.pin_hash)


def row_of(session: Session) -> SessionRow:
    return SessionRow(
        session.id, UUID(session.account), session.pin_hash, as_datetime(session.expires_at)
    )


async def _alone(connection: Connection, row: AccountRow | None) -> Account | None:
    if row is None or row.revoked_at is not None:
        return None
    return (await _with_grants(connection, [row]))[0]


async def _with_grants(connection: Connection, rows: list[AccountRow]) -> list[Account]:
    grants = await queries.list_grants(connection, [row.id for row in rows])
    return [_account(row, (g for g in grants if g.account == row.id)) for row in rows]


def _account(row: AccountRow, grants: Iterable[GrantRow]) -> Account:
    return Account(
        id=str(row.id),
        kind=cast("Kind", row.kind),
        name=row.name,
        grants=tuple(grant_of(row) for row in grants),
        password_hash=row.password_hash,
        secret_digest=row.secret_digest,
        view=row.view,
        expires_at=None if row.expires_at is None else as_millis(row.expires_at),
    )
