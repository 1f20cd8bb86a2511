"""Work that goes on for as long as the service does, whatever befalls one round of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from ops.logs import logger

AGAIN = 1.0

log = logger("keeping")


async def keep(name: str, work: Callable[[], Awaitable[None]], again: float = AGAIN) -> None:
    """Do it over and over; a failure nobody expected is logged and ends one round only."""
    while True:
        try:
            await work()
        except Exception:  # one part failing must not end the others
            log.exception("failed", part=name)
        await pause(again)


async def pause(seconds: float) -> None:
    """Between two attempts: no instant is meant, so no clock is asked."""
    await asyncio.sleep(seconds)  # noqa: TID251 - see above


async def wait(event: asyncio.Event, seconds: float) -> bool:
    """Whether it was set within this time."""
    try:
        async with asyncio.timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return False
