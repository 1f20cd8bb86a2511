"""The bare server: `websockets.broadcast` to everybody, with no backpressure and nobody asked who
they are. Its frames are our feed's, byte for byte."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

from websockets.asyncio.server import ServerConnection, broadcast, serve

from benchmarks.answering import answer
from benchmarks.live_feed.board import changed, night_under_way
from benchmarks.live_feed.publishing import publish_steadily
from ops.live.beats import Beats
from ops.live.feed import Feed


async def main() -> None:
    feed = Feed("0123456789abcdef", night_under_way(), Beats(lambda: 0))
    connections: set[ServerConnection] = set()

    async def attend(connection: ServerConnection) -> None:
        await connection.send(feed.snapshot())
        connections.add(connection)
        try:
            await connection.wait_closed()
        finally:
            connections.discard(connection)

    def publish() -> None:
        before = feed.number
        feed.publish(changed(feed.board))
        broadcast(connections, feed.since(before))

    async with serve(attend, "127.0.0.1", 0, compression=None, backlog=2048) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        ready: dict[str, Any] = {"port": port, "path": "/", "headers": {}}
        await answer(ready, {"publish": partial(publish_steadily, publish)})


if __name__ == "__main__":
    asyncio.run(main())
