"""An empty installation takes the demo festival, once, from who may edit everywhere."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ops.access.accounts import NewAccount, add_account
from ops.access.rights import Grant
from ops.database.pool import connected
from ops.instants import as_datetime
from show_control.clock import SystemClock
from tests.ops.service.world import HASH, Serving, World, served, standing_by, until

DEMO = "/api/v1/festivals/demo"


async def add_han(world: World) -> None:
    """A person who may see the bridge, and nothing else."""
    grants = (Grant(("see",), surface="bridge"),)
    new = NewAccount(kind="person", name="Han", grants=grants, password_hash=HASH)
    async with connected(world.postgres.dsn("app")) as connection:
        await add_account(connection, new, as_datetime(SystemClock().wall()))


@pytest.fixture
async def empty() -> AsyncIterator[Serving]:
    """A service with database and player up, and nothing in them."""
    folder = Path(tempfile.mkdtemp(prefix="lamplighter-"))
    world = World(folder)
    try:
        await world.prepare_database()
        await add_han(world)
        world.start_player()
        async with served(world.settings) as serving:
            await until(lambda: serving.runtime.database.is_up)
            await until(lambda: serving.runtime.player.welcome)
            yield serving
    finally:
        world.close()
        shutil.rmtree(folder)


async def test_it_is_loaded_once_and_stands_by(empty: Serving) -> None:
    async with empty.person("Kim") as kim, empty.person("Lee") as lee:
        assert (await kim.get("/api/v1/festivals")).json() == []
        assert (await kim.get("/api/v1/nights")).json() == []
        assert (await kim.get("/api/v1/works")).json() == []
        assert (await lee.post(DEMO)).status_code == 403
        first, second = await asyncio.gather(kim.post(DEMO), kim.post(DEMO))
        assert sorted([first.status_code, second.status_code]) == [201, 409]
        loaded = first if first.status_code == 201 else second
        assert loaded.json() == {"festival": "seoullight-2025-fall", "version": 1}
        (festival,) = (await kim.get("/api/v1/festivals")).json()
        assert festival["version"] == 1
        await until(lambda: empty.runtime.feed.board.festival == "seoullight-2025-fall")
        await until(lambda: standing_by(empty), 40)
        nights = (await kim.get("/api/v1/nights")).json()
        assert len(nights) == 11
        assert empty.runtime.feed.board.night in {one["night"] for one in nights}
        works = (await kim.get("/api/v1/works")).json()
        assert {name["name"]["en"] for work in works for name in work["artists"]} >= {"d'strict"}
        refused = await kim.post(DEMO)
        assert refused.status_code == 409
        assert refused.headers["content-type"] == "application/problem+json"


async def test_a_draft_that_nobody_published_is_not_written_over(empty: Serving) -> None:
    dsn = empty.runtime.database._dsn()
    async with connected(dsn) as connection:
        await connection.execute(
            "INSERT INTO festival VALUES ('mine', 'festival', '{}', 'UTC', 'x', 'x', 1, now())"
        )
    async with empty.person("Kim") as kim:
        assert (await kim.post(DEMO)).status_code == 409
        assert [one["id"] for one in (await kim.get("/api/v1/festivals")).json()] == ["mine"]


async def test_who_may_see_one_surface_is_told_of_nights_and_works_no_more(empty: Serving) -> None:
    async with empty.person("Kim") as kim, empty.person("Han") as han:
        assert (await han.post(DEMO)).status_code == 403
        assert (await kim.post(DEMO)).status_code == 201
        await until(lambda: empty.runtime.feed.board.night)
        await until(lambda: standing_by(empty), 40)
        night = f"/api/v1/nights/{empty.runtime.feed.board.night}"
        every = (await kim.get(night)).json()
        assert {one["surface"] for one in every["surfaces"]} == {"facade", "bridge"}
        assert {one["surface"] for one in every["slots"]} == {"facade"}
        seen = (await han.get(night)).json()
        assert [one["surface"] for one in seen["surfaces"]] == ["bridge"]
        assert seen["slots"] == []
        assert [one["work"] for one in (await han.get("/api/v1/works")).json()] == ["laser-field"]
        while not (await kim.get(f"{night}/entries", params={"kind": "stands_by"})).json():
            pass
        entries = (await han.get(f"{night}/entries")).json()
        assert {one["surface"] for one in entries} <= {"bridge", None}
        assert {one["output"] for one in entries} <= {"bridge-laser", None}
        table = (await han.get(f"{night}/entries.csv")).text
        assert "opening-ceremony" not in table
