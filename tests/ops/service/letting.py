"""Letting in, as the commands do it, and a second service in a process of its own."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx

from ops import letting_in
from ops.letting_in import Wanted
from ops.settings import Settings
from tests.ops.service.world import World, until


async def said(lines: AsyncIterator[str]) -> str:
    """What a command prints."""
    return "\n".join([line async for line in lines])


async def token(
    settings: Settings, name: str, *rights: str, expires: timedelta | None = None
) -> dict[str, str]:
    """A token, as the header that it is sent in."""
    wanted = Wanted(rights=rights)
    secret = await said(letting_in.token_created(settings, name, wanted, expires))
    return {"Authorization": f"Bearer {secret}"}


async def link(settings: Settings, name: str, *rights: str) -> str:
    """A link's secret."""
    wanted = Wanted(rights=rights)
    told = await said(letting_in.link_created(settings, name, wanted, None, "clock", None))
    return told.partition("#link=")[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@asynccontextmanager
async def another_process(world: World) -> AsyncIterator[str]:
    """The address of another service on the same player and database, started by its command."""
    port = free_port()
    environment = {
        **os.environ,
        "LAMPLIGHTER_DATA_DIR": str(world.folder),
        "LAMPLIGHTER_PORT": str(port),
    }
    command = [sys.executable, "-m", "ops", "serve"]
    process = await asyncio.to_thread(
        lambda: subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    )
    try:
        address = f"http://127.0.0.1:{port}"
        await until(lambda: _answers(port), 20)
        async with httpx.AsyncClient(base_url=address) as client:
            assert (await client.get("/health/live")).status_code == 200
        yield address
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 10)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0
