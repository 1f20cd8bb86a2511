"""Our service, as `lamplighter serve` runs it, on a data folder and a database of its own; what
changes the board is in this process instead of a player."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import msgspec
import uvicorn

from benchmarks.answering import Answer, answer
from benchmarks.live_feed.board import changed, night_under_way
from benchmarks.live_feed.publishing import publish_steadily
from ops.logs import configure_logs
from ops.serve import configuration, listening
from ops.settings import Settings

NAME, PASSWORD = "Bench", "a lantern in the rain"
LONG = "x" * 100_000


async def main(folder: Path) -> None:
    settings = Settings(data_dir=folder, port=0, log_level="error")
    configure_logs(settings)
    config = configuration(settings)
    server = uvicorn.Server(config)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(server.serve([listening(config)]))
        while not server.started:  # noqa: ASYNC110 - it sets no event
            await asyncio.sleep(0.01)
        await attend(server)
        server.should_exit = True
        await task


async def attend(server: uvicorn.Server) -> None:
    runtime: Any = server.config.loaded_app.state.runtime
    feed = runtime.feed
    port = server.servers[0].sockets[0].getsockname()[1]
    # Once it has told that there is no player, it has nothing to say of its own.
    while not (runtime.database.is_up and runtime.following.silent):  # noqa: ASYNC110
        await asyncio.sleep(0.05)
    feed.publish(night_under_way())

    async def until_deaf(asked: dict[str, Any]) -> dict[str, Any]:
        """Publish what is long until so many clients have not read it, and all others have."""
        before, n = feed.board, 0
        while runtime.fan_out.slow < asked["count"]:
            n += 1
            feed.publish(msgspec.structs.replace(before, title={"en": f"{n}{LONG}"}))
            await asyncio.sleep(0.5)
        feed.publish(before)
        while runtime.fan_out.slow > asked["count"]:  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.1)
        return {"rounds": n}

    async def clients(_: dict[str, Any]) -> dict[str, Any]:
        return {"clients": runtime.fan_out.clients, "slow": runtime.fan_out.slow}

    ready = {"port": port, "path": "/api/v1/live", "headers": await signed_in(port)}
    questions: dict[str, Answer] = {
        "publish": partial(publish_steadily, lambda: feed.publish(changed(feed.board))),
        "until_deaf": until_deaf,
        "clients": clients,
    }
    await answer(ready, questions)


async def signed_in(port: int) -> dict[str, str]:
    """The header by which clients are known, as a browser would send it."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        body = {"name": NAME, "password": PASSWORD}
        answered = await client.post("/api/v1/session", json=body)
        answered.raise_for_status()
        return {"Cookie": "; ".join(f"{k}={v}" for k, v in client.cookies.items())}


def add_person(folder: Path) -> None:
    """Whoever looks, in the way in which a person is added."""
    subprocess.run(
        [sys.executable, "-m", "ops", "person", "add", NAME, "--right", "see"],
        env={**os.environ, "LAMPLIGHTER_DATA_DIR": str(folder), "LAMPLIGHTER_PASSWORD": PASSWORD},
        check=True,
        stdout=subprocess.DEVNULL,
    )


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
