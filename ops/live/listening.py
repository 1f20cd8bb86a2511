"""What a client of the feed says: its clock's reading, to be answered, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import msgspec
from litestar.exceptions import WebSocketDisconnect
from litestar.types import Receive

from ops.live.client import POLICY, Client
from ops.live.fan_out import FanOut
from ops.live.feed import text

SECOND = 1_000_000_000
AT_ONCE = 60
A_SECOND = 20
"""Messages that a client may send in a burst, and for long."""
LAST_WORD = 1.0
"""Seconds that a client which is sent away has to take its close frame."""


class ClockAsked(msgspec.Struct, frozen=True):
    """`clock` is any number, given back as it came."""

    clock: float | int


class Allowance:
    """How much a client may say: so much at once, and as much again as time passes."""

    def __init__(self, stopwatch: Callable[[], int]) -> None:
        self._stopwatch = stopwatch
        self._left = float(AT_ONCE)
        self._at = stopwatch()

    def takes(self) -> bool:
        """Whether one more may be said now."""
        now = self._stopwatch()
        self._left = min(AT_ONCE, self._left + (now - self._at) / SECOND * A_SECOND)
        self._at = now
        self._left -= 1
        return self._left >= 0


async def attend_client(fan_out: FanOut, client: Client, receive: Receive) -> None:
    """Until the client goes or is sent away. Its socket is accepted already."""
    fan_out.join(client)
    try:
        async with asyncio.timeout(None) as listening:
            client.on_closing = lambda: listening.reschedule(0)  # the past: at once
            if client.closing is None:
                await _listen(client, receive)
    except TimeoutError:
        pass  # it is sent away
    except (OSError, WebSocketDisconnect):
        return  # it went while it was being answered
    finally:
        fan_out.leave(client)
    if client.closing is not None:
        await _send_away(client, *client.closing)


async def _listen(client: Client, receive: Receive) -> None:
    beats = client.heartbeats
    allowance = Allowance(beats.stopwatch)
    while (message := await receive())["type"] == "websocket.receive":
        if not allowance.takes():
            client.close(POLICY, "too many messages")
            return
        asked = _clock_asked(message.get("text"))
        if asked is not None:
            await client.send(text({"clock": asked.clock, "player_at": beats.player_now()}))


def _clock_asked(said: str | None) -> ClockAsked | None:
    try:
        return None if said is None else msgspec.json.decode(said, type=ClockAsked)
    except msgspec.MsgspecError:
        return None


async def _send_away(client: Client, code: int, reason: str) -> None:
    try:
        async with asyncio.timeout(LAST_WORD):
            await client.send_away(code, reason)
    except (TimeoutError, OSError, WebSocketDisconnect):
        pass  # it does not read; the server ends the connection
