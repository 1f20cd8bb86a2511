"""The fan-out: one pass over all clients for each change, whoever they are and however many.

A client is sent to right here, without a task being woken for it. Only where the server's `send`
waits, because the client does not read, the rest is a task's; until that is done the client is
passed over, and then it is given the newest state. So a client that never reads costs what the
server buffers for it, and delays nobody.
"""

from __future__ import annotations

import asyncio

from ops.keeping import pause
from ops.live.beginning import Rest, begin
from ops.live.client import Client
from ops.logs import logger

AT_A_TIME = 100
"""Clients that are sent to before anything else in this process has its turn: about a millisecond."""

log = logger("live")


class FanOut:
    """Clients join and leave; `run` is done for as long as the service lives."""

    def __init__(self, moved: asyncio.Event) -> None:
        self._moved = moved
        self._clients: dict[Client, asyncio.Task[None] | None] = {}
        self._slow: asyncio.TaskGroup | None = None

    @property
    def clients(self) -> int:
        return len(self._clients)

    @property
    def slow(self) -> int:
        """How many have not read what they were sent."""
        return sum(task is not None for task in self._clients.values())

    async def run(self) -> None:
        async with asyncio.TaskGroup() as self._slow:
            while True:
                await self._moved.wait()
                self._moved.clear()
                await self._pass()

    async def _pass(self) -> None:
        for n, client in enumerate(tuple(self._clients), 1):
            self.attend(client)
            if n % AT_A_TIME == 0:
                await pause(0)

    def join(self, client: Client) -> None:
        self._clients[client] = None
        self.attend(client)

    def leave(self, client: Client) -> None:
        task = self._clients.pop(client)
        if task is not None:
            task.cancel()

    def attend(self, client: Client) -> None:
        """Give it what it has not had, unless that is being done."""
        if self._clients.get(client, self) is not None:
            return  # it has left, or has not read yet
        try:
            rest = begin(client.catch_up())
        except Exception as fault:  # noqa: BLE001 - one client failing must not end the others
            _failed(client, fault)
        else:
            if rest is not None:
                assert self._slow is not None, "clients join while the fan-out runs"
                self._clients[client] = self._slow.create_task(self._finish(client, rest))

    async def _finish(self, client: Client, rest: Rest) -> None:
        try:
            await rest
        except Exception as fault:  # noqa: BLE001 - as above
            _failed(client, fault)
        if client in self._clients:
            self._clients[client] = None


def _failed(client: Client, fault: Exception) -> None:
    """It went while it was being sent to, which its own reading tells; or worse."""
    if not isinstance(fault, OSError):
        log.error("failed", part="live", exc_info=fault)
        client.close(1011, "")
