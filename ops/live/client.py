"""One client of the feed, on its socket: the newest state whenever it can take it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from litestar.exceptions import WebSocketDisconnect
from litestar.types import Receive, Send

from ops.live.feed import Feed

POLICY = 1008


async def serve_client(
    feed: Feed,
    resume: tuple[str | None, int | None],
    receive: Receive,
    send: Send,
    ended: asyncio.Event,
) -> None:
    """Until the client goes or its session ends. The socket is accepted already.

    A client that reads slowly holds up its own sending alone: the server's `send` waits while the
    socket's buffer is full, and what comes meanwhile is merged into the one next frame.
    """
    ways_out: tuple[Callable[[], Awaitable[None]], ...] = (
        lambda: _feed_client(feed, resume, send),
        lambda: _until_gone(receive),
        lambda: _until_ended(ended, send),
    )
    first_out = asyncio.Event()

    async def take(way: Callable[[], Awaitable[None]]) -> None:
        try:
            await way()
        except (OSError, WebSocketDisconnect):
            pass  # the client went while it was being sent to
        finally:
            first_out.set()

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(take(way)) for way in ways_out]
        await first_out.wait()
        for task in tasks:
            task.cancel()


async def _feed_client(feed: Feed, resume: tuple[str | None, int | None], send: Send) -> None:
    feed_id, number = resume
    beats = feed.beats
    if number is None or not feed.resumable(feed_id, number):
        number = feed.number
        await _send_text(send, feed.snapshot())
    while True:
        if feed.number > number:
            frame, number = feed.since(number), feed.number
            await _send_text(send, frame)
        if feed.beats > beats:
            beats = feed.beats
            await _send_text(send, feed.beat_frame)
        if feed.number == number and feed.beats == beats:
            await feed.moved()


async def _send_text(send: Send, text: str) -> None:
    await send({"type": "websocket.send", "text": text, "bytes": None})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "websocket.disconnect":
        pass  # what clients say here is not listened to


async def _until_ended(ended: asyncio.Event, send: Send) -> None:
    await ended.wait()
    await send({"type": "websocket.close", "code": POLICY, "reason": "signed out"})
