"""Migrations: applied once, in order, whole; refused where files and database differ."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from ops.database.address import Address
from ops.database.embedded import EmbeddedServer
from ops.database.migrate import (
    Migration,
    MigrationRefused,
    find_pending,
    migrate,
    shipped,
)
from tests.database import as_owner, named, new_database

ONE = Migration(name="0001_make_lamp.sql", sql="CREATE TABLE lamp (id int);")
TWO = Migration(name="0002_make_wick.sql", sql="CREATE TABLE wick (id int);")
BROKEN = Migration(name="0003_break.sql", sql="CREATE TABLE broken (id int); SELECT 1/0;")


@pytest_asyncio.fixture
async def empty(server: EmbeddedServer) -> AsyncIterator[Address]:
    async with new_database(server, "template1") as address:
        yield address


async def ask(dsn: str, query: str) -> Any:
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


async def test_ours_are_applied_once(empty: Address) -> None:
    applied = await migrate(empty.owner)
    assert applied == [migration.name for migration in shipped()]
    assert applied[0] == "0001_create_catalogue.sql"
    assert await migrate(empty.owner) == []


async def test_applies_only_what_is_new(empty: Address) -> None:
    assert await migrate(empty.owner, [ONE]) == [ONE.name]
    assert await migrate(empty.owner, [ONE, TWO]) == [TWO.name]


async def test_two_at_once_apply_each_once(empty: Address) -> None:
    both = await asyncio.gather(*(migrate(empty.owner, [ONE, TWO]) for _ in range(2)))
    assert sorted(map(len, both)) == [0, 2]


async def test_one_that_fails_leaves_nothing_of_itself(empty: Address) -> None:
    with pytest.raises(MigrationRefused, match=r"0003_break\.sql: division by zero"):
        await migrate(empty.owner, [ONE, BROKEN])
    assert await ask(empty.owner, "SELECT to_regclass('lamp') IS NOT NULL")
    assert await ask(empty.owner, "SELECT to_regclass('broken') IS NULL")
    assert await ask(empty.owner, "SELECT string_agg(name, ' ') FROM migration") == ONE.name


async def test_a_changed_file_is_refused_by_name(empty: Address) -> None:
    await migrate(empty.owner, [ONE])
    changed = Migration(name=ONE.name, sql=ONE.sql + " -- and more")
    with pytest.raises(MigrationRefused, match=r"0001_make_lamp\.sql was changed"):
        await migrate(empty.owner, [changed, TWO])
    assert await ask(empty.owner, "SELECT to_regclass('wick') IS NULL")


async def test_a_missing_file_is_refused_by_name(empty: Address) -> None:
    await migrate(empty.owner, [ONE, TWO])
    with pytest.raises(MigrationRefused, match=r"0002_make_wick\.sql .* newer"):
        await migrate(empty.owner, [ONE])


async def test_one_that_comes_late_is_refused_by_name(empty: Address) -> None:
    await migrate(empty.owner, [TWO])
    with pytest.raises(MigrationRefused, match=r"0001_make_lamp\.sql comes before 0002"):
        await migrate(empty.owner, [ONE, TWO])


async def test_a_number_is_given_once(empty: Address) -> None:
    twin = Migration(name="0001_make_twin.sql", sql="")
    with pytest.raises(MigrationRefused, match="its number is taken"):
        await migrate(empty.owner, [ONE, twin])


async def test_the_app_may_ask_what_is_pending(empty: Address) -> None:
    connection = await asyncpg.connect(empty.app)
    assert await find_pending(connection, [ONE, TWO]) == [ONE, TWO]
    await migrate(empty.owner, [ONE])
    assert await find_pending(connection, [ONE, TWO]) == [TWO]
    await connection.close()


async def test_a_user_who_may_not_is_told_what_to_ask_for(
    server: EmbeddedServer, empty: Address
) -> None:
    """As on a foreign server, whose administrator gave us a user and a database."""
    await as_owner(server, "CREATE ROLE stranger LOGIN PASSWORD 'stranger'")
    stranger = empty.owner.replace("lamplighter_owner", "stranger")
    stranger = stranger.replace(stranger.split(":")[2].split("@")[0], "stranger")
    try:
        with pytest.raises(MigrationRefused) as refused:
            await migrate(stranger)
    finally:
        await as_owner(server, "DROP ROLE stranger")
    assert "CREATE EXTENSION IF NOT EXISTS btree_gist" in str(refused.value)
    assert "TO stranger" in str(refused.value)


async def test_a_foreign_user_prepared_as_told_can_migrate_and_serve(
    server: EmbeddedServer, empty: Address
) -> None:
    """One DSN for all: what is connected acts as the app's role."""
    name = empty.owner.split("@/")[1].split("?")[0]
    await as_owner(server, "CREATE ROLE foreigner LOGIN PASSWORD 'foreigner'")
    foreigner = empty.owner.replace("lamplighter_owner", "foreigner")
    foreigner = foreigner.replace(foreigner.split(":")[2].split("@")[0], "foreigner")
    for statement in (
        "CREATE EXTENSION IF NOT EXISTS btree_gist",
        "GRANT lamplighter_app TO foreigner",
        "GRANT CREATE ON SCHEMA public TO foreigner",
    ):
        connection = await asyncpg.connect(named(server.dsn("owner"), name))
        await connection.execute(statement)
        await connection.close()
    try:
        assert len(await migrate(foreigner)) == len(shipped())
        connection = await asyncpg.connect(foreigner, server_settings={"role": "lamplighter_app"})
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("DELETE FROM as_run")
        await connection.close()
    finally:
        connection = await asyncpg.connect(named(server.dsn("owner"), name))
        await connection.execute("GRANT foreigner TO lamplighter_owner")
        await connection.execute("DROP OWNED BY foreigner CASCADE")
        await connection.close()
        await as_owner(server, "DROP ROLE foreigner")


async def test_who_was_signed_in_stays_so_when_people_become_accounts(empty: Address) -> None:
    before = [migration for migration in shipped() if migration.name < "0005"]
    await migrate(empty.owner, before)
    add = """
        INSERT INTO person (name, password_hash, rights, created_at, disabled_at) VALUES
            ('Kim', 'argon', ARRAY['see', 'control'], now(), NULL),
            ('Lee', 'argon', '{}', now(), now());
        INSERT INTO session (id, data, expires_at) VALUES
            ('kim', '{"name":"Kim","rights":["see"]}', now() + interval '1 day'),
            ('gone', '{"name":"Gone","rights":[]}', now() + interval '1 day'),
            ('empty', '{}', now() + interval '1 day');
    """
    connection = await asyncpg.connect(empty.owner)
    await connection.execute(add)
    await connection.close()
    await migrate(empty.owner)
    kept = "SELECT string_agg(s.id || ' ' || a.name, ',') FROM session s JOIN account a ON a.id = s.account"
    assert await ask(empty.owner, kept) == "kim Kim"
    granted = "SELECT string_agg(a.name || array_to_string(g.rights, '+'), ',') FROM account_grant g JOIN account a ON a.id = g.account"
    assert await ask(empty.owner, granted) == "Kimsee+control"
    assert await ask(empty.owner, "SELECT name FROM account WHERE revoked_at IS NOT NULL") == "Lee"
