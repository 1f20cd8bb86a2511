"""Accounts, grants and sessions, kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg
import pytest

from ops.access import queries
from ops.access.queries import GrantRow, SessionRow
from schedules.connection import Connection

NOW = datetime(2025, 8, 28, 11, tzinfo=UTC)
SECRET = bytes(32)


async def kim(connection: Connection) -> UUID | None:
    return await queries.insert_account(
        connection, kind="person", name="Kim", password_hash="argon", now=NOW
    )


async def desk(
    connection: Connection, secret: bytes = SECRET, expires_at: datetime | None = None
) -> UUID | None:
    return await queries.insert_account(
        connection,
        kind="token",
        name="desk",
        secret_digest=secret,
        now=NOW,
        expires_at=expires_at,
    )


async def test_a_name_is_one_account_s_whatever_its_kind(connection: Connection) -> None:
    assert await kim(connection) is not None
    assert await kim(connection) is None
    person = await queries.fetch_named(connection, "Kim")
    assert person is not None
    assert (person.kind, person.password_hash, person.revoked_at) == ("person", "argon", None)
    token = await queries.insert_account(
        connection, kind="token", name="Kim", secret_digest=SECRET, now=NOW
    )
    assert token is None
    assert await queries.fetch_named(connection, "Lee") is None
    assert await queries.list_accounts(connection) == [person]
    assert await queries.fetch_account(connection, person.id) == person


async def test_a_revoked_name_may_be_given_anew(connection: Connection) -> None:
    first = await kim(connection)
    assert first is not None
    assert await queries.revoke_account(connection, first, NOW)
    assert not await queries.revoke_account(connection, first, NOW + timedelta(days=1))
    before = await queries.fetch_account(connection, first)
    assert before is not None
    assert before.revoked_at == NOW
    second = await kim(connection)
    assert second not in {None, first}


async def test_an_expired_name_may_be_given_anew(connection: Connection) -> None:
    ends = NOW + timedelta(hours=1)
    first = await desk(connection, expires_at=ends)
    await queries.revoke_expired(connection, "desk", NOW)
    assert await desk(connection, bytes([1] * 32)) is None
    await queries.revoke_expired(connection, "desk", ends)
    assert await desk(connection, bytes([1] * 32)) not in {None, first}
    assert await queries.fetch_by_secret(connection, SECRET) is None
    found = await queries.fetch_by_secret(connection, bytes([1] * 32))
    assert found is not None
    assert found.name == "desk"


@pytest.mark.parametrize(
    ("kind", "password_hash", "secret_digest"),
    [
        ("person", None, None),
        ("person", "argon", SECRET),
        ("token", "argon", None),
        ("link", None, None),
        ("token", None, b"short"),
        ("robot", None, SECRET),
    ],
)
async def test_an_account_signs_in_by_the_means_of_its_kind(
    connection: Connection, kind: str, password_hash: str | None, secret_digest: bytes | None
) -> None:
    with pytest.raises(asyncpg.CheckViolationError):
        await queries.insert_account(
            connection,
            kind=kind,
            name="x",
            password_hash=password_hash,
            secret_digest=secret_digest,
            now=NOW,
        )


@pytest.mark.parametrize("rights", [["fly"], []])
async def test_there_are_three_rights(connection: Connection, rights: list[str]) -> None:
    account = await kim(connection)
    assert account is not None
    with pytest.raises(asyncpg.CheckViolationError):
        await queries.insert_grant(connection, GrantRow(account, rights, None, None))


async def test_a_place_is_granted_once(connection: Connection) -> None:
    account = await kim(connection)
    assert account is not None
    row = GrantRow(account, ["see"], None, None)
    await queries.insert_grant(connection, row)
    assert await queries.list_grants(connection, [account]) == [row]
    with pytest.raises(asyncpg.UniqueViolationError):
        await queries.insert_grant(connection, GrantRow(account, ["edit"], None, None))


async def test_a_password_is_changed(connection: Connection) -> None:
    account = await kim(connection)
    assert account is not None
    await queries.set_password(connection, account, "other")
    person = await queries.fetch_named(connection, "Kim")
    assert person is not None
    assert person.password_hash == "other"


async def test_sessions_are_kept_until_they_expire(connection: Connection) -> None:
    account = await kim(connection)
    assert account is not None
    short = SessionRow("short", account, None, NOW + timedelta(minutes=1))
    long = SessionRow("long", account, "argon", NOW + timedelta(hours=1))
    for session in (short, long):
        await queries.insert_session(connection, session)
    assert await queries.list_sessions(connection, NOW + timedelta(minutes=1)) == [long]
    await queries.delete_expired_sessions(connection, NOW + timedelta(minutes=1))
    assert await queries.list_sessions(connection, NOW) == [long]
    await queries.delete_session(connection, "long")
    assert await queries.list_sessions(connection, NOW) == []


async def test_a_renewal_changes_nothing_else(connection: Connection) -> None:
    account = await kim(connection)
    assert account is not None
    ends = NOW + timedelta(hours=1)
    await queries.insert_session(connection, SessionRow("s", account, None, ends))
    await queries.lock_session(connection, "s", "argon")
    await queries.renew_session(connection, "s", NOW)
    assert await queries.fetch_session(connection, "s") == SessionRow("s", account, "argon", ends)
    await queries.delete_sessions_of(connection, account)
    await queries.renew_session(connection, "s", ends)
    assert await queries.fetch_session(connection, "s") is None
