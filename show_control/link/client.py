"""The service's and the console's side of the link, for asyncio."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from websockets.asyncio.client import ClientConnection, unix_connect
from websockets.exceptions import WebSocketException

from show_control.clock import Clock
from show_control.events import Call
from show_control.link.address import socket_path
from show_control.link.frames import (
    Asked,
    Beat,
    CallFrame,
    Ceiling,
    Entries,
    EntriesAfter,
    FromPlayer,
    Hello,
    Key,
    LoadFrame,
    Malformed,
    Refused,
    Reply,
    StoredUpTo,
    Welcome,
    from_player,
    pack,
)

_DELAYS = (0.05, 0.1, 0.2, 0.5, 1.0)
"""Seconds before each further try; the last is repeated."""

_MOST = 64 * 2**20

_PART = 48 * 2**10
"""Bytes of a night file in one frame: the player reads them between cues."""

_logger = logging.getLogger(__name__)


class LinkLost(Exception):
    """There is no player, or it went before it answered: whether it did what was asked is open."""


class NoReply(LinkLost):
    """The player did not answer in time: whether it did what was asked is open."""


class RefusedByLink(Exception):
    """The player would not take the frame: nothing was done."""


class Disconnected(msgspec.Struct, frozen=True):
    """The connection is gone, or could not be made; another try follows."""

    reason: str


Heard = Welcome | Beat | Disconnected
"""What comes unasked: a connection, its heartbeat, its end."""


class LinkClient:
    """Keeps one connection to the player of a data folder while `run` runs.

    `heard` is called in order with what comes unasked, and must not wait. Nothing is asked twice:
    whoever calls decides, with the same request id, and pulls entries again from its own cursor.
    """

    def __init__(
        self,
        data_dir: Path,
        clock: Clock,
        *,
        name: str,
        ceiling: Ceiling,
        heard: Callable[[Heard], None] = lambda _: None,
    ) -> None:
        self.welcome: Welcome | None = None
        """The present player's; None while there is no connection."""
        self.beat: Beat | None = None
        """The newest, of this connection or the one before."""
        self._data_dir = data_dir
        self._clock = clock
        self._hello = Hello(name=name, ceiling=ceiling)
        self._heard = heard
        self._connected = asyncio.Event()
        self._connection: ClientConnection | None = None
        self._waiting: dict[int, asyncio.Future[Reply | Entries]] = {}
        self._ids = itertools.count(1)
        self._wake = asyncio.Event()

    async def run(self) -> None:
        """Connect, and connect again, until cancelled."""
        tries = 0
        try:
            while True:
                reason = await self._connect_once()
                tries = 0 if self.welcome is not None else tries + 1
                self._lost(reason)
                await self._pause(_DELAYS[min(tries, len(_DELAYS) - 1)])
        finally:
            self._lost("closed")

    async def connected(self) -> Welcome:
        """Wait for a connection."""
        while self.welcome is None:
            await self._connected.wait()
        return self.welcome

    def try_now(self) -> None:
        """Do not wait out the delay: the player is known to be back."""
        self._wake.set()

    async def call(self, call: Call, *, within: float = 1.5) -> Reply:
        """Ask once; raises NoReply, LinkLost or RefusedByLink."""
        frame = CallFrame(id=next(self._ids), call=call, made=self._clock.boottime())
        answer = await self._ask(frame, within)
        assert isinstance(answer, Reply)
        return answer

    async def entries(self, after: Key | None, *, limit: int = 500, within: float = 5.0) -> Entries:
        """A page of entries after a key; while it says `more`, there are more."""
        answer = await self._ask(EntriesAfter(id=next(self._ids), after=after, limit=limit), within)
        assert isinstance(answer, Entries)
        return answer

    async def tell_stored(self, key: Key) -> None:
        """Say up to where the record has the player's entries; raises LinkLost."""
        if self._connection is None or self.welcome is None:
            raise LinkLost("the player does not answer")
        try:
            await self._connection.send(pack(StoredUpTo(id=next(self._ids), key=key)))
        except WebSocketException as fault:
            raise LinkLost(str(fault)) from None

    async def load(
        self, packed: bytes, *, replaces: str | None, by: str, within: float = 10.0
    ) -> Reply:
        """Give the player a packed night file in place of the one with the hash `replaces`."""
        last = LoadFrame(id=next(self._ids), packed=b"", replaces=replaces, by=by)
        parts = [packed[at : at + _PART] for at in range(0, len(packed), _PART)] or [b""]
        frames = [msgspec.structs.replace(last, packed=p, more=True) for p in parts[:-1]]
        answer = await self._ask(
            msgspec.structs.replace(last, packed=parts[-1]), within, before=frames
        )
        assert isinstance(answer, Reply)
        return answer

    async def _ask(
        self, frame: Asked, within: float, *, before: Sequence[Asked] = ()
    ) -> Reply | Entries:
        if self._connection is None or self.welcome is None:
            raise LinkLost("the player does not answer")
        future: asyncio.Future[Reply | Entries] = asyncio.get_running_loop().create_future()
        self._waiting[frame.id] = future
        try:
            async with asyncio.timeout(within):
                for one in (*before, frame):
                    await self._connection.send(pack(one))
                return await future
        except TimeoutError:
            raise NoReply(f"the player did not answer within {within} s") from None
        except WebSocketException as fault:
            raise LinkLost(str(fault)) from None
        finally:
            del self._waiting[frame.id]
            future.cancel()  # where sending failed, nobody is left to hear of it
            if future.done() and not future.cancelled():
                future.exception()  # the connection may have gone while it was still being asked

    async def _connect_once(self) -> str:
        """Connect and listen; tells why it ended."""
        try:
            async with unix_connect(
                str(socket_path(self._data_dir)),
                compression=None,
                open_timeout=2,
                close_timeout=1,
                ping_interval=None,  # the player's heartbeat is the sign of life
                max_size=_MOST,
                logger=_logger,
            ) as self._connection:
                await self._connection.send(pack(self._hello))
                async for message in self._connection:
                    self._take(from_player(message if isinstance(message, bytes) else b""))
        except (OSError, WebSocketException, Malformed) as fault:
            return str(fault) or type(fault).__name__
        return "the player closed the connection"

    def _take(self, frame: FromPlayer) -> None:
        match frame:
            case Welcome():
                self.welcome = frame
                self._connected.set()
                self._heard(frame)
            case Beat():
                self.beat = frame
                self._heard(frame)
            case Refused():
                self._settle(frame.id, RefusedByLink(frame.reason))
            case Reply() | Entries():
                self._settle(frame.id, frame)

    def _settle(self, number: int, answer: Reply | Entries | Exception) -> None:
        future = self._waiting.get(number)
        if future is None or future.done():
            return  # too late: whoever asked has been told so
        if isinstance(answer, Exception):
            future.set_exception(answer)
        else:
            future.set_result(answer)

    def _lost(self, reason: str) -> None:
        self.welcome = None
        self._connection = None
        self._connected.clear()
        for number in list(self._waiting):
            self._settle(number, LinkLost(reason))
        self._heard(Disconnected(reason))

    async def _pause(self, seconds: float) -> None:
        self._wake.clear()
        try:
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            pass
