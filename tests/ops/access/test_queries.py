"""People and sessions, kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from ops.access.queries import (
    PersonRow,
    SessionRow,
    delete_expired_sessions,
    delete_session,
    disable_person,
    fetch_person,
    insert_person,
    list_people,
    list_sessions,
    save_session,
    set_password,
)
from schedules.connection import Connection

NOW = datetime(2025, 8, 28, 11, tzinfo=UTC)


async def kim(connection: Connection) -> PersonRow | None:
    return await insert_person(
        connection, name="Kim", password_hash="argon", rights=("see", "control"), now=NOW
    )


async def test_a_name_is_one_person_s(connection: Connection) -> None:
    person = await kim(connection)
    assert person is not None
    assert (person.name, person.rights, person.disabled_at) == ("Kim", ["see", "control"], None)
    assert await kim(connection) is None
    assert await fetch_person(connection, "Kim") == person
    assert await fetch_person(connection, "Lee") is None
    assert await list_people(connection) == [person]


async def test_there_are_three_rights(connection: Connection) -> None:
    with pytest.raises(asyncpg.CheckViolationError):
        await insert_person(connection, name="Lee", password_hash="x", rights=["fly"], now=NOW)


async def test_a_person_is_disabled_once_and_stays(connection: Connection) -> None:
    await kim(connection)
    assert await disable_person(connection, "Kim", NOW)
    assert not await disable_person(connection, "Kim", NOW + timedelta(days=1))
    person = await fetch_person(connection, "Kim")
    assert person is not None
    assert person.disabled_at == NOW


async def test_a_password_is_changed(connection: Connection) -> None:
    await kim(connection)
    assert await set_password(connection, "Kim", "other")
    assert not await set_password(connection, "Lee", "other")
    person = await fetch_person(connection, "Kim")
    assert person is not None
    assert person.password_hash == "other"


async def test_sessions_are_kept_until_they_expire(connection: Connection) -> None:
    short = SessionRow("short", b"{}", NOW + timedelta(minutes=1))
    long = SessionRow("long", b"{}", NOW + timedelta(hours=1))
    for session in (short, long):
        await save_session(connection, session)
    assert await list_sessions(connection, NOW + timedelta(minutes=1)) == [long]
    await delete_expired_sessions(connection, NOW + timedelta(minutes=1))
    assert await list_sessions(connection, NOW) == [long]
    longer = SessionRow("long", b'{"a":1}', NOW + timedelta(hours=2))
    await save_session(connection, longer)
    assert await list_sessions(connection, NOW) == [longer]
    await delete_session(connection, "long")
    assert await list_sessions(connection, NOW) == []
