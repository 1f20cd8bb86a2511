"""Connections: what they take and give, whom they act as, and that they come back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import asyncpg
import pytest

from ops.database.address import Address
from ops.database.embedded import EmbeddedServer
from ops.database.migrate import migrate
from ops.database.pool import Pool, connected, is_gone, open_pool
from schedules.connection import Connection

NIGHT = datetime(2025, 8, 28, 11, 0, 0, 123456, tzinfo=UTC)


async def test_an_instant_is_given_back_in_utc(connection: Connection) -> None:
    seoul = NIGHT.astimezone(ZoneInfo("Asia/Seoul"))
    given = await connection.fetchval("SELECT $1::timestamptz", seoul)
    assert given == NIGHT
    assert given.utcoffset() == timedelta(0)
    before = datetime(1969, 7, 20, 20, 17, 40, 7, tzinfo=UTC)
    assert await connection.fetchval("SELECT $1::timestamptz", before) == before


async def test_an_instant_without_a_zone_is_refused(connection: Connection) -> None:
    naive = NIGHT.replace(tzinfo=None)
    for query, value in (
        ("SELECT $1::timestamptz", naive),
        ("SELECT $1::timestamptz[]", [naive]),
        ("SELECT $1::tstzrange", asyncpg.Range(naive, naive)),
    ):
        with pytest.raises((asyncpg.DataError, ValueError), match="needs a time zone"):
            await connection.fetchval(query, value)


async def test_no_instant_is_endless(connection: Connection) -> None:
    with pytest.raises(OverflowError):
        await connection.fetchval("SELECT 'infinity'::timestamptz")


async def test_json_is_taken_and_given_as_values(connection: Connection) -> None:
    value = {"clip": "낮", "levels": [0.5, None, True]}
    for kind in ("json", "jsonb"):
        assert await connection.fetchval(f"SELECT $1::{kind}", value) == value
    assert await connection.fetchval("SELECT $1::jsonb[]", [value, {}]) == [value, {}]


@pytest.mark.parametrize("who", ["app", "owner"])
async def test_whoever_signs_in_acts_as_the_app(database: Address, who: str) -> None:
    async with connected(getattr(database, who)) as connection:
        assert await connection.fetchval("SELECT current_user") == "lamplighter_app"
        assert await connection.fetchval("SHOW timezone") == "UTC"
    async with open_pool(getattr(database, who)) as pool:
        for _ in range(2):  # the second after the pool has reset the connection
            async with pool.acquire() as connection:
                assert await connection.fetchval("SELECT current_user") == "lamplighter_app"


async def test_a_pool_outlives_a_kill_9_of_postgresql(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path, durable=False)
    process = server.start()
    assert process is not None
    await migrate(server.dsn("owner"))
    async with open_pool(server.dsn("app"), min_size=3) as pool:
        assert await answers(pool)
        process.kill()
        process.wait()
        assert not await answers(pool)
        server.start()
        tried = [await answers(pool) for _ in range(10)]
        assert tried[-5:] == [True] * 5
    server.stop()


async def answers(pool: Pool) -> bool:
    """Whether PostgreSQL does, on a connection that is prepared like every other."""
    try:
        async with pool.acquire() as connection:
            assert await connection.fetchval("SELECT current_user") == "lamplighter_app"
            assert await connection.fetchval("SELECT $1::jsonb", {"a": 1}) == {"a": 1}
    except Exception as error:
        if is_gone(error):
            return False
        raise
    return True


async def test_what_is_refused_is_not_gone(connection: Connection) -> None:
    with pytest.raises(asyncpg.DataError) as refused:
        await connection.fetchval("SELECT $1::int", "seven")
    assert not is_gone(refused.value)
