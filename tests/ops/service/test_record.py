"""As-run is pulled into the database, and published night files are loaded."""

from __future__ import annotations

from typing import Any

import asyncpg

from ops.database.pool import connected
from tests.ops.service.world import Serving, World, standing_by, until

ENTRIES = "/api/v1/nights/2025-08-28/entries"


async def stored(world: World) -> int:
    async with connected(world.postgres.dsn("app")) as connection:
        found: int = await connection.fetchval("SELECT count(*) FROM as_run")
        return found


async def test_as_run_is_stored_once_and_told(world: World, serving: Serving) -> None:
    async with serving.person() as kim:
        body = {"standby": "3", "request": "recorded"}
        assert (await kim.post("/api/v1/runs/opening/standby", json=body)).status_code == 200
        entries: list[dict[str, Any]] = []

        async def calls() -> list[dict[str, Any]]:
            found: list[dict[str, Any]] = (await kim.get(ENTRIES)).json()
            return [e for e in found if e["data"].get("request") == "recorded"]

        while not (entries := [e for e in await calls() if e["kind"] == "call"]):
            pass
        assert [e["by"] for e in entries] == ["Kim"]
        assert (await kim.get("/api/v1/nights/1999-01-01/entries")).json() == []


async def test_a_database_put_back_from_a_copy_is_filled_up_again(
    world: World, serving: Serving
) -> None:
    before = await stored(world)
    assert before > 10
    owner = await asyncpg.connect(world.postgres.dsn("owner"))
    await owner.execute("DELETE FROM as_run")
    await owner.close()
    # The cursor is read again with the next connection to the database.
    world.postgres.stop()
    world.postgres.start()
    await until(lambda: serving.runtime.database.is_up)
    while await stored(world) < before:
        pass


async def test_a_published_version_is_loaded(world: World, serving: Serving) -> None:
    hash_ = await world.publish(2)
    await until(lambda: serving.runtime.feed.board.file == hash_)
    await until(lambda: serving.runtime.feed.board.version == 2)
    assert standing_by(serving)


async def test_a_refused_load_is_an_alarm(world: World, serving: Serving) -> None:
    async with connected(world.postgres.dsn("app")) as connection:
        await connection.execute(
            "INSERT INTO version VALUES ('lights', 99, '', '', $1, 'nonsense', now(), 'a test')",
            b"nonsense",
        )
    alarms = serving.runtime.alarms
    await until(lambda: [a for a in alarms.risen if a.code == "load_refused"])
    await world.publish(100)
    await until(lambda: not [a for a in alarms.risen if a.code == "load_refused"])
