"""What a client of the feed says: its clock's reading or a call, each to be answered, one by one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from litestar.exceptions import WebSocketDisconnect
from litestar.types import Receive
from msgspec import UNSET, UnsetType

from ops.live.client import POLICY, Client
from ops.live.fan_out import FanOut
from ops.live.feed import text

SECOND = 1_000_000_000
AT_ONCE = 60
A_SECOND = 20
"""Messages that a client may send in a burst, and for long."""
LAST_WORD = 1.0
"""Seconds that a client which is sent away has to take its close frame."""


class Said(msgspec.Struct, frozen=True):
    """`clock` is any number, given back as it came; `call` is for who answers calls to read."""

    clock: float | int | UnsetType = UNSET
    call: msgspec.Raw | UnsetType = UNSET


Answers = Callable[[msgspec.Raw | None], Awaitable[Any]]
"""Gives the frame that answers a call; with None, to what nobody understands."""


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


async def attend_client(
    fan_out: FanOut, client: Client, receive: Receive, answers: Answers
) -> None:
    """Until the client goes or is sent away. Its socket is accepted already."""
    fan_out.join(client)
    try:
        async with asyncio.timeout(None) as listening:
            client.on_closing = lambda: listening.reschedule(0)  # the past: at once
            if client.closing is None:
                await _listen(client, receive, answers)
    except TimeoutError:
        pass  # it is sent away
    except (OSError, WebSocketDisconnect):
        return  # it went while it was being answered
    finally:
        fan_out.leave(client)
    if client.closing is not None:
        await _send_away(client, *client.closing)


async def _listen(client: Client, receive: Receive, answers: Answers) -> None:
    """One after the other: what is said meanwhile waits in the server, which reads no further."""
    allowance = Allowance(client.heartbeats.stopwatch)
    while (message := await receive())["type"] == "websocket.receive":
        if not allowance.takes():
            client.close(POLICY, "too many messages")
            return
        said = _understood(message.get("text"))
        if said.clock is not UNSET:
            now = client.heartbeats.player_now()
            await client.send(text({"clock": said.clock, "player_at": now}))
        else:
            call = None if said.call is UNSET else said.call
            await client.send(text(await answers(call)))


def _understood(said: str | None) -> Said:
    try:
        return msgspec.json.decode(said or "", type=Said)
    except (msgspec.MsgspecError, RecursionError):
        return Said()


async def _send_away(client: Client, code: int, reason: str) -> None:
    try:
        async with asyncio.timeout(LAST_WORD):
            await client.send_away(code, reason)
    except (TimeoutError, OSError, WebSocketDisconnect):
        pass  # it does not read; the server ends the connection
