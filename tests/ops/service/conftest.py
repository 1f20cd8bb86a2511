"""The world of the service's tests: made once, since nothing here is about making it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.ops.service.world import SLOT, Serving, World, served, standing_by, until


@pytest.fixture(scope="session")
async def world() -> AsyncIterator[World]:
    """Its own short folder: a Unix socket's path may not be long."""
    folder = Path(tempfile.mkdtemp(prefix="lamplighter-"))
    world = World(folder)
    try:
        await world.prepare_database()
        await world.add_scoped_people()
        await world.publish(1)
        world.start_player()
        yield world
    finally:
        world.close()
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
async def shared(world: World) -> AsyncIterator[Serving]:
    async with served(world.settings) as serving:
        yield serving


@pytest.fixture
async def serving(world: World, shared: Serving) -> Serving:
    """The service with database and player up, and a run standing by."""
    await until(lambda: shared.runtime.database.is_up)
    await until(lambda: standing_by(shared))
    return shared


@pytest.fixture
async def free(serving: Serving) -> AsyncIterator[None]:
    """Before and after, whatever others called: nothing is stopped or held, and the run is Kim's."""
    await _free(serving)
    yield
    await _free(serving)


async def _free(serving: Serving) -> None:
    run = f"runs/{SLOT}"
    async with serving.person() as kim:
        for call in ("calls/restore", "calls/automation_on", f"{run}/take_over", f"{run}/resume"):
            answer = await kim.post(f"/api/v1/{call}", json={})
            assert answer.status_code in {200, 409}, answer.text
