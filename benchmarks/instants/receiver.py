"""Ports whose datagrams the kernel stamps as they come: nobody's turn on a processor is in the figure."""

from __future__ import annotations

import select
import socket
import struct
import threading
import time
from typing import NamedTuple, Self

SO_TIMESTAMPNS = 35
"""Linux's; Python does not name it."""
_GLANCE = 0.05
_ROOM = 4 << 20


class Came(NamedTuple):
    """A datagram: when it came, in nanoseconds of CLOCK_BOOTTIME, at which of the ports, and what."""

    at: int
    port: int
    datagram: bytes


class Receiver:
    """Reads in a thread of its own. Ends with the block."""

    def __init__(self, ports: int) -> None:
        self.came: list[Came] = []
        self._sockets = [_bound() for _ in range(ports)]
        self.ports = [s.getsockname()[1] for s in self._sockets]
        self._open = True
        self._thread = threading.Thread(target=self._read, daemon=True)

    def take(self) -> list[Came]:
        """What has come since this was last asked, in the order of its stamps."""
        taken, self.came = self.came, []
        return sorted(taken)

    def _read(self) -> None:
        while self._open:
            readable, _, _ = select.select(self._sockets, [], [], _GLANCE)
            if not readable:
                continue
            # The stamps are of the wall clock, which may be slewed: mapped while they are fresh.
            shift = min(_shift() for _ in range(3))[1]
            for ready in readable:
                datagram, extra, _, _ = ready.recvmsg(2048, 64)
                seconds, nanoseconds = struct.unpack("@ll", extra[0][2])
                at = seconds * 1_000_000_000 + nanoseconds + shift
                self.came.append(Came(at, ready.getsockname()[1], datagram))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._open = False
        self._thread.join()
        for one in self._sockets:
            one.close()


def _shift() -> tuple[int, int]:
    """From the wall clock to CLOCK_BOOTTIME, after how long it took to read: the shortest is the truest."""
    before = time.clock_gettime_ns(time.CLOCK_BOOTTIME)
    wall = time.time_ns()
    after = time.clock_gettime_ns(time.CLOCK_BOOTTIME)
    return after - before, (before + after) // 2 - wall


def _bound() -> socket.socket:
    found = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _ROOM)
    found.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    found.bind(("127.0.0.1", 0))
    return found
