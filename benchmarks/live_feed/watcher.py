"""One client: a WebSocket with the least work a reader can do, so that the servers are measured."""

from __future__ import annotations

import asyncio
import time
from array import array
from typing import Any

TEXT, CLOSE, PING = 1, 8, 9
STAMP = b'"since":'
NOT_MASKED = bytes(4)


class Group:
    """Clients of one server, and what they saw since they were asked last."""

    def __init__(self) -> None:
        self.watchers: list[Watcher] = []
        self.delays = array("q")
        self.documents = 0
        self.lost = 0

    def take(self) -> dict[str, Any]:
        """Frames, and nanoseconds from the change to its arrival at quantiles; then anew."""
        delays, self.delays = sorted(self.delays), array("q")
        last = len(delays) - 1
        quantiles = {q: delays[round(last * q / 1000)] for q in (500, 990)} if delays else {}
        return {"frames": len(delays), "lost": self.lost} | {
            f"q{q}": delay / 1e6 for q, delay in quantiles.items()
        }


class Watcher(asyncio.Protocol):
    """Shakes hands, then reads frames; `deaf` reads nothing after that."""

    def __init__(self, group: Group, request: bytes, *, deaf: bool) -> None:
        self._group = group
        self._request = request
        self._deaf = deaf
        self._buffer = b""
        self._open = False
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self._request)

    def connection_lost(self, _exc: Exception | None) -> None:
        self._group.lost += 1

    def data_received(self, data: bytes) -> None:
        now = time.monotonic_ns()
        self._buffer += data
        if not self._open:
            head, found, self._buffer = self._buffer.partition(b"\r\n\r\n")
            if not found:
                self._buffer = head
                return
            assert head.startswith(b"HTTP/1.1 101"), head
            self._open = True
            if self._deaf:
                self.transport.pause_reading()
                return
        self._buffer = self._frames(self._buffer, now)

    def _frames(self, buffer: bytes, now: int) -> bytes:
        """Take what is whole; gives what is not yet."""
        at = 0
        while len(buffer) - at >= 2:
            length, head = buffer[at + 1], 2
            if length >= 126:
                head += 2 if length == 126 else 8
                length = int.from_bytes(buffer[at + 2 : at + head], "big")
            if len(buffer) - at < head + length:
                break
            self._frame(buffer[at] & 15, buffer[at + head : at + head + length], now)
            at += head + length
        return buffer[at:]

    def _frame(self, kind: int, data: bytes, now: int) -> None:
        if kind == PING:
            self.transport.write(bytes((0x8A, 0x80 | len(data))) + NOT_MASKED + data)
        elif kind == TEXT and data.startswith(b'{"number"'):
            start = data.find(STAMP)
            if start >= 0:
                stamp = data[start + len(STAMP) : data.find(b",", start)]
                self._group.delays.append(now - int(stamp))
        elif kind == TEXT and data.startswith(b'{"feed"'):
            self._group.documents += 1
