"""Following the feed: connected again and again, going on where it was lost."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException

from ops.keeping import pause
from ops.watch.address import resuming

DELAYS = (0.2, 0.5, 1.0, 2.0, 5.0)
"""Seconds before each further try; the last is repeated."""
POLICY = 1008
REFUSED = (400, 401, 403, 404)
MOST = 64 * 2**20


class NotLetIn(Exception):
    """The service will not have this token, or no longer: trying again would not help."""


class Follower:
    """`take` is given each frame; `lost` is told why there is none, and None when there is again."""

    def __init__(
        self,
        address: str,
        token: str,
        *,
        take: Callable[[str], None],
        resume: Callable[[], tuple[str, int] | None],
        lost: Callable[[str | None], None],
        wait: Callable[[float], Awaitable[None]] = pause,
    ) -> None:
        self._address = address
        self._token = token
        self._take = take
        self._resume = resume
        self._lost = lost
        self._wait = wait
        self._tries = 0

    async def follow(self) -> None:
        """Until cancelled; raises NotLetIn."""
        while True:
            try:
                await self._connected()
                why = "closed"
            except InvalidStatus as fault:
                why = f"HTTP {fault.response.status_code}"
                if fault.response.status_code in REFUSED:
                    raise NotLetIn(why) from fault
            except ConnectionClosed as fault:
                why = str(fault)
                if fault.rcvd is not None and fault.rcvd.code == POLICY:
                    raise NotLetIn(fault.rcvd.reason or "closed by policy") from fault
            except (OSError, TimeoutError, WebSocketException) as fault:
                why = str(fault) or type(fault).__name__
            self._lost(why)
            await self._wait(DELAYS[min(self._tries, len(DELAYS) - 1)])
            self._tries += 1

    async def _connected(self) -> None:
        async with connect(
            resuming(self._address, self._resume()),
            additional_headers={"Authorization": f"Bearer {self._token}"},
            compression=None,
            max_size=MOST,
            open_timeout=5,
            close_timeout=1,
        ) as socket:
            async for frame in socket:
                self._tries = 0
                self._lost(None)
                self._take(frame if isinstance(frame, str) else frame.decode())
