"""All clients, in one process beside the servers' core."""

from __future__ import annotations

import asyncio
import socket
import time
from collections import defaultdict
from typing import Any

from benchmarks.answering import answer
from benchmarks.live_feed.watcher import Group, Watcher

PATIENCE = 60


async def main() -> None:
    groups: defaultdict[str, Group] = defaultdict(Group)

    async def connect(asked: dict[str, Any]) -> dict[str, Any]:
        """So many, spread over some seconds; answers once each has its document."""
        group, count = groups[asked["group"]], asked["count"]
        loop = asyncio.get_running_loop()
        began = time.monotonic()
        async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as tasks:
            for n in range(count):
                await asyncio.sleep(max(0.0, began + n * asked["over"] / count - time.monotonic()))
                tasks.create_task(join(loop, group, asked))
        asked_all = time.monotonic()
        async with asyncio.timeout(PATIENCE):
            while group.documents < count:  # noqa: ASYNC110 - each client counts for itself
                await asyncio.sleep(0.005)
        ended = time.monotonic()
        return {"documents": group.documents, "seconds": ended - began, "after": ended - asked_all}

    async def deafen(asked: dict[str, Any]) -> dict[str, Any]:
        group = groups[asked["group"]]
        async with asyncio.timeout(PATIENCE):
            for _ in range(asked["count"]):
                await join(asyncio.get_running_loop(), group, asked, deaf=True)
        return {}

    async def take(asked: dict[str, Any]) -> dict[str, Any]:
        return groups[asked["group"]].take()

    async def drop(asked: dict[str, Any]) -> dict[str, Any]:
        for watcher in groups.pop(asked["group"]).watchers:
            watcher.transport.abort()
        return {}

    await answer({}, {"connect": connect, "deafen": deafen, "take": take, "drop": drop})


async def join(
    loop: asyncio.AbstractEventLoop, group: Group, asked: dict[str, Any], *, deaf: bool = False
) -> None:
    sock = socket.socket()
    sock.setblocking(False)
    if deaf:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    await loop.sock_connect(sock, ("127.0.0.1", asked["port"]))
    _, watcher = await loop.create_connection(
        lambda: Watcher(group, request(asked), deaf=deaf), sock=sock
    )
    group.watchers.append(watcher)


def request(asked: dict[str, Any]) -> bytes:
    headers = {
        "Host": f"127.0.0.1:{asked['port']}",
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        **asked["headers"],
    }
    lines = [f"GET {asked['path']} HTTP/1.1", *(f"{k}: {v}" for k, v in headers.items()), "", ""]
    return "\r\n".join(lines).encode()


if __name__ == "__main__":
    asyncio.run(main())
