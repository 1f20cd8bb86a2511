"""Accounts made, changed and revoked, in the database: memory hears of it from there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from ops.access import queries
from ops.access.names import NoGood, as_kept, as_read, good_name
from ops.access.queries import AccountRow, GrantRow
from ops.access.rights import Grant, Kind, in_order
from schedules.connection import Connection


class NewAccount(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for: `password_hash` for a person, `secret_digest` for a token or link."""

    kind: Kind
    name: str
    grants: tuple[Grant, ...]
    password_hash: str | None = None
    secret_digest: bytes | None = None
    view: str | None = None
    expires_at: datetime | None = None


async def add_account(connection: Connection, new: NewAccount, now: datetime) -> UUID:
    """Its id. Raises NoGood where the name is another's, of whatever kind, or looks like it."""
    name = good_name(new.name)
    async with connection.transaction():
        await queries.revoke_expired(connection, name, now)
        await _look_for_a_double(connection, name)
        account = await queries.insert_account(
            connection,
            kind=new.kind,
            name=name,
            now=now,
            password_hash=new.password_hash,
            secret_digest=new.secret_digest,
            view=new.view,
            expires_at=new.expires_at,
        )
        if account is None:
            raise NoGood(f"{name} was added at this very moment")
        await _put_grants(connection, account, new.grants)
    return account


async def named(connection: Connection, kind: Kind, name: str) -> AccountRow:
    """The one in force; raises NoGood, with those that there are."""
    found = await queries.fetch_named(connection, as_kept(name))
    if found is not None and found.kind == kind:
        return found
    if found is not None:
        raise NoGood(f"{name} is a {found.kind}, not a {kind}")
    known = [row.name for row in await queries.list_accounts(connection) if row.kind == kind]
    there_are = f"there are {', '.join(known)}" if known else "there is none at all"
    raise NoGood(f"there is no {kind} {name}: {there_are}")


async def revoke(connection: Connection, account: UUID, now: datetime) -> None:
    """From now on it is nobody: its sessions end, and its open connections are closed."""
    async with connection.transaction():
        await queries.revoke_account(connection, account, now)
        await queries.delete_sessions_of(connection, account)


async def change_password(connection: Connection, account: UUID, password_hash: str) -> None:
    """Whoever signed in with the old one signs in anew."""
    async with connection.transaction():
        await queries.set_password(connection, account, password_hash)
        await queries.delete_sessions_of(connection, account)


async def grant(
    connection: Connection, account: UUID, grants: Iterable[Grant], *, only: bool = False
) -> tuple[Grant, ...]:
    """Add to what it may do, or with `only` put this in its place; what it may do now."""
    async with connection.transaction():
        before = [] if only else await queries.list_grants(connection, [account])
        merged = merge([*(grant_of(row) for row in before), *grants])
        await queries.delete_grants(connection, account)
        await _put_grants(connection, account, merged)
    return merged


def grant_of(row: GrantRow) -> Grant:
    return Grant(in_order(row.rights), row.festival, row.surface)


def merge(grants: Iterable[Grant]) -> tuple[Grant, ...]:
    """One for each place, with all that is granted there."""
    places: dict[tuple[str | None, str | None], set[str]] = {}
    for one in grants:
        places.setdefault((one.festival, one.surface), set()).update(one.rights)
    return tuple(Grant(in_order(rights), *place) for place, rights in places.items())


async def _look_for_a_double(connection: Connection, name: str) -> None:
    """Kim and kim would be one in everybody's eyes."""
    looks = as_read(name)
    for row in await queries.list_accounts(connection):
        if as_read(row.name) == looks:
            raise NoGood(f"there is a {row.kind} {row.name} already")


async def _put_grants(connection: Connection, account: UUID, grants: Sequence[Grant]) -> None:
    for one in grants:
        row = GrantRow(account, list(one.rights), one.festival, one.surface)
        await queries.insert_grant(connection, row)
