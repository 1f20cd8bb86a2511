"""The player's shell without wires: what tests and rehearsals put in the place of `Transport`."""

from __future__ import annotations

import heapq
import socket
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Protocol

import msgspec

from show_control.datagrams import Way
from show_control.evidence import Which
from show_control.model import Message, Millis, Server
from show_control.osc import decode
from show_control.simulator import Simulated
from show_control.transport import Heard, Unopened

Key = tuple[str, Which]


class Now(Protocol):
    """What is asked of a clock here."""

    def now(self) -> Millis:
        """The present instant."""
        ...


class Sent(msgspec.Struct, frozen=True):
    """A datagram that would have left, and the messages in it."""

    at: Millis
    server: str
    which: Which
    datagram: bytes
    messages: tuple[Message, ...]


class RecordingTransport:
    """Takes the place of `Transport`; `sent` has what was sent.

    With `simulators` it answers, `delay` later by the clock: nothing to `select()` on, so the loop
    waits until `next_arrival()` and reads `arrived()`. `failing` has what `send` says by address, and
    `refuse(...)` lets a machine refuse.
    """

    def __init__(self, clock: Now, simulators: Iterable[Simulated] = (), delay: Millis = 2) -> None:
        self.sent: list[Sent] = []
        self.failing: dict[Key, str] = {}
        self.unknown = 0
        self._clock = clock
        self._delay = delay
        self._simulators = {(s.server.id, s.which): s for s in simulators}
        self._coming: list[tuple[Millis, int, Key, bytes]] = []
        self._count = 0
        self._refused: list[Key] = []

    def open(self, servers: Mapping[str, Server]) -> list[Unopened]:  # noqa: ARG002  # as Transport
        """Everything can be opened."""
        return []

    def send(self, server: str, which: Which, datagram: bytes) -> str | None:
        """Record it, and let the simulator there answer."""
        key, now = (server, which), self._clock.now()
        if key in self.failing:
            return self.failing[key]
        # What is not OSC is JSON of an API: its messages are in the datagram alone.
        messages = () if datagram.startswith(b"{") else tuple(decode(datagram))
        self.sent.append(Sent(now, server, which, datagram, messages))
        if key in self._simulators:
            simulator = self._simulators[key]
            for answer in simulator.hear(datagram, now):
                self.deliver(server, which, answer, now + self._delay + simulator.delay)
        return None

    def way(self, server: str, which: Which) -> Way:
        """By `send`."""
        return Way(partial(self.send, server, which))

    def tell(self) -> None:
        """Let every simulator say what it says unasked."""
        now = self._clock.now()
        for (server, which), simulator in self._simulators.items():
            for packet in simulator.tell(now):
                self.deliver(server, which, packet, now + self._delay + simulator.delay)

    def deliver(self, server: str, which: Which, datagram: bytes, at: Millis) -> None:
        """Let a datagram arrive from a server's address at an instant."""
        self._count += 1
        heapq.heappush(self._coming, (at, self._count, (server, which), datagram))

    def connected(self) -> list[Key]:
        """As `Transport.connected`: nothing is lost here, so nothing comes back."""
        return []

    def wait(self) -> Millis | None:
        """There are no connections."""
        return None

    def turn(self) -> None:
        """As `wait`."""

    def with_more(self) -> list[socket.socket]:
        """As `sockets`."""
        return []

    def sockets_to_write(self) -> list[socket.socket]:
        """As `sockets`."""
        return []

    def write(self, ready: socket.socket) -> None:
        """Never."""

    def refuse(self, server: str, which: Which) -> None:
        """Let a machine say that nobody listens there."""
        self._refused.append((server, which))

    def refusals(self) -> list[Key]:
        """As `Transport.refusals`."""
        found, self._refused = self._refused, []
        return found

    def sockets(self) -> list[socket.socket]:
        """None: see `next_arrival`."""
        return []

    def read(self, ready: socket.socket) -> list[Heard]:  # noqa: ARG002  # as Transport
        """Nothing: there are no sockets."""
        return []

    def next_arrival(self) -> Millis | None:
        """When the next datagram arrives."""
        return self._coming[0][0] if self._coming else None

    def arrived(self) -> list[Heard]:
        """What has arrived by now."""
        found = []
        while self._coming and self._coming[0][0] <= self._clock.now():
            _, _, key, datagram = heapq.heappop(self._coming)
            found.append(Heard(*key, datagram))
        return found

    def close(self) -> None:
        """Nothing was opened."""
