"""The wire between the player and its media servers, with a listener on it.

The player's file names the ports here; each datagram is noted, read by hand and passed on to the
simulated server behind, and its answer comes back from the port that the player knows.
"""

from __future__ import annotations

import selectors
import socket
import struct
import sys
import threading
import time
from collections.abc import Iterable
from typing import Any, NamedTuple, Self

from tests.adversity.osc_by_hand import one_string, read_packet

Side = tuple[str, str]
LARGEST = 65536
GLANCE = 0.2
SO_TIMESTAMPNS = 35
"""Linux's; Python does not name it."""


class Packet(NamedTuple):
    """A message as it came to a server's port: when (Unix milliseconds), and from which port."""

    at: float
    source: int
    side: Side
    address: str
    tags: str
    args: tuple[Any, ...]

    @property
    def asks(self) -> bool:
        """A question changes nothing at a server."""
        return self.args == ("?",)

    @property
    def clip(self) -> int | None:
        """The clip that this connects, if it is a press."""
        parts = self.address.split("/")
        pressed = parts[-1] == "connect" and self.args == (1,)
        return int(parts[-2]) if pressed else None


class Tap(NamedTuple):
    """A server's address: what the player sends to, and the way to the simulated server."""

    side: Side
    front: socket.socket
    back: socket.socket
    answers_to: int | None


class Wire:
    """Runs in a thread of its own until closed. `packets` has what came, in the order of arrival."""

    def __init__(self, servers: Iterable[dict[str, Any]], behind: dict[Side, int]) -> None:
        self.packets: list[Packet] = []
        self.faults: list[str] = []
        self.cut: set[str] = set()
        """Servers behind a cable that is out: nothing gets to them, and nothing comes back."""
        self.in_vain: list[Side] = []
        """What was sent to those meanwhile."""
        self._taps = [
            Tap(
                (s["id"], which),
                bound(port_of(s[which])),
                towards(behind[s["id"], which]),
                s.get("feedback_port"),
            )
            for s in servers
            for which in ("main", "backup")
            if which in s
        ]
        self._open = True
        self._thread = threading.Thread(target=self._pass_on, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._open = False
        self._thread.join(5)
        for tap in self._taps:
            tap.front.close()
            tap.back.close()

    # --- what a test asks

    def told(self, since: float = 0, until: float = float("inf")) -> list[Packet]:
        """What was sent, without the questions."""
        return [p for p in self.packets if since <= p.at <= until and not p.asks]

    def presses(self, clip: int, since: float = 0) -> list[Packet]:
        """The presses that connect a clip."""
        return [p for p in self.told(since) if p.clip == clip]

    def counts(self, clip: int, since: float = 0) -> dict[Side, int]:
        """How often each server that answers was told to connect a clip."""
        found = {tap.side: 0 for tap in self._taps if tap.answers_to is not None}
        for press in self.presses(clip, since):
            found[press.side] += 1
        return found

    def fault(self, fault: str, *servers: str) -> None:
        """Give the simulated servers a fault, at run time: these, or all."""
        for tap in self._taps:
            if not servers or tap.side[0] in servers:
                tap.back.send(one_string("/lamplighter/fault", fault))

    def shout(self, datagram: bytes, side: Side) -> None:
        """Send the player something from a server's own port."""
        tap = next(t for t in self._taps if t.side == side)
        if tap.answers_to is not None:
            tap.front.sendto(datagram, ("127.0.0.1", tap.answers_to))

    # --- the thread

    def _pass_on(self) -> None:
        with selectors.DefaultSelector() as selector:
            for tap in self._taps:
                selector.register(tap.front, selectors.EVENT_READ, (tap, "front"))
                selector.register(tap.back, selectors.EVENT_READ, (tap, "back"))
            while self._open:
                for key, _ in selector.select(GLANCE):
                    tap, end = key.data
                    self._forward(tap) if end == "front" else self._back(tap)

    def _forward(self, tap: Tap) -> None:
        datagram, extra, _, (_, source) = tap.front.recvmsg(LARGEST, 64)
        if tap.side[0] in self.cut:
            self.in_vain.append(tap.side)
            return
        at = stamped(extra)
        try:
            self.packets += [
                Packet(at, source, tap.side, *message) for message in read_packet(datagram)
            ]
        except (ValueError, KeyError) as fault:
            self.faults.append(f"{tap.side}: {fault}")
        try:
            tap.back.send(datagram)
        except OSError:
            pass  # nobody simulates it now: the player hears nothing

    def _back(self, tap: Tap) -> None:
        try:
            answer = tap.back.recv(LARGEST)
        except OSError:
            return  # the refusal of what was passed on
        if tap.answers_to is not None and tap.side[0] not in self.cut:
            tap.front.sendto(answer, ("127.0.0.1", tap.answers_to))


def stamped(extra: list[tuple[int, int, bytes]]) -> float:
    """When the kernel had it, in Unix milliseconds: this thread may be late on a busy machine."""
    for level, kind, data in extra:
        if (level, kind) == (socket.SOL_SOCKET, SO_TIMESTAMPNS):
            seconds, nanoseconds = struct.unpack("@ll", data)
            return float(seconds * 1000 + nanoseconds / 1_000_000)
    return time.time() * 1000


def bound(port: int) -> socket.socket:
    found = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    found.bind(("127.0.0.1", port))
    if sys.platform == "linux":
        found.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    return found


def towards(port: int) -> socket.socket:
    found = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    found.connect(("127.0.0.1", port))
    return found


def port_of(url: str) -> int:
    return int(url.rpartition(":")[2])
