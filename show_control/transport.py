"""Sockets to the servers for the player's one loop: nothing here waits, and nothing here is raised at it.

Names are resolved once, at `open`. `udp://` is datagrams and feedback ports; `tcp://` is a connection
that comes back by itself, framed as the server's dialect has it.
"""

from __future__ import annotations

import random
import socket
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

import msgspec

from show_control.clock import MILLI, SystemClock
from show_control.connection import Connection
from show_control.datagrams import Ears, Key, Line, Way
from show_control.evidence import Which
from show_control.model import Millis, Server
from show_control.packets import framing_of
from show_control.sentences import Sentence, said, say

_SOCKETS: Final = {"udp": socket.SOCK_DGRAM, "tcp": socket.SOCK_STREAM}


class Heard(msgspec.Struct, frozen=True):
    """A packet, and the address that it is from."""

    server: str
    which: Which
    datagram: bytes


class Unopened(NamedTuple):
    """What could not be opened, and the servers that it is missed for."""

    why: Sentence
    servers: tuple[str, ...]


class Transport:
    """Real sockets. `now` is milliseconds that only rise; `jitter` gives a number from -1 to 1.

    `unknown` counts the datagrams that were dropped for their sender, `malformed` what was no packet
    in a stream.
    """

    def __init__(
        self,
        now: Callable[[], Millis] | None = None,
        jitter: Callable[[], float] | None = None,
    ) -> None:
        self.unknown = 0
        self.malformed: Counter[Key] = Counter()
        self._now = now or _since_boot()
        self._jitter = jitter or (lambda: random.uniform(-1, 1))  # noqa: S311  # no secret
        self._lines: dict[Key, Line | Connection] = {}
        self._connections: dict[Key, Connection] = {}
        self._ears = Ears()
        self._faults: dict[Key, Unopened] = {}

    def open(self, servers: Mapping[str, Server]) -> list[Unopened]:
        """Be connected to these servers, and no others; what could not be opened."""
        wanted = _wanted(servers)
        for key, line in list(self._lines.items()):
            if wanted.get(key) != line.url or not _framed_alike(line, servers[key[0]]):
                self._lines.pop(key).close()
        self._faults = {}
        for key, url in wanted.items():
            if key not in self._lines:
                self._connect(key, url, servers[key[0]])
        lines = self._lines.items()
        self._connections = {k: line for k, line in lines if isinstance(line, Connection)}
        return [*self._faults.values(), *self._listen(servers)]

    def send(self, server: str, which: Which, datagram: bytes) -> str | None:
        """Send it, or say why it was not sent. That the one before was refused: see `refusals`."""
        return self.way(server, which).send(datagram)

    def way(self, server: str, which: Which) -> Way:
        """How datagrams get there, until the next turn."""
        key = (server, which)
        line = self._lines.get(key)
        if isinstance(line, Line):
            return line.way
        if line is not None:
            return Way(partial(line.send, self._now))
        fault = self._faults.get(key)
        why = say(fault.why) if fault else f"{server} has no {which} address"
        return Way(lambda _: why)

    def refusals(self) -> list[Key]:
        """The addresses that refused a packet or a connection, or ended one, since this was last asked."""
        found = [key for key, line in self._lines.items() if line.lost]
        for key in found:
            self._lines[key].lost = False
        return found

    def connected(self) -> list[Key]:
        """The addresses that were connected anew since this was last asked."""
        found = [key for key, line in self._connections.items() if line.came]
        for key in found:
            self._connections[key].came = False
        return found

    def wait(self) -> Millis | None:
        """How long until a connection wants a turn."""
        instants = [line.next_at for line in self._connections.values()]
        first = min((i for i in instants if i is not None), default=None)
        return None if first is None else max(0, first - self._now())

    def turn(self) -> None:
        """Try again what is not connected, give up what takes too long."""
        now = self._now()
        for line in self._connections.values():
            line.turn(now)

    def sockets(self) -> list[socket.socket]:
        """What to `select()` on for reading."""
        lines = [line.socket for line in self._lines.values() if line.socket is not None]
        return [*lines, *(ear.socket for ear in self._ears.open.values())]

    def with_more(self) -> list[socket.socket]:
        """Those of `sockets()` of which something lies here already: `select()` would not tell."""
        return [c.socket for c in self._connections.values() if c.socket and c.has_more]

    def sockets_to_write(self) -> list[socket.socket]:
        """What to `select()` on for writing."""
        return [c.socket for c in self._connections.values() if c.socket and c.wants_to_write]

    def write(self, ready: socket.socket) -> None:
        """One of `sockets_to_write()` is ready."""
        for line in self._connections.values():
            if line.socket is ready:
                line.writable(self._now())

    def read(self, ready: socket.socket) -> list[Heard]:
        """What has arrived at one of `sockets()`: a few packets, the rest at the next call."""
        for key, line in self._lines.items():
            if line.socket is ready:
                return self._read(key, line)
        for ear in self._ears.open.values():
            if ear.socket is ready:
                found, unknown = ear.read()
                self.unknown += unknown
                return [Heard(*key, datagram) for key, datagram in found]
        return []

    def close(self) -> None:
        """Close every socket."""
        self.open({})

    # ------------------------------------------------------------ parts

    def _connect(self, key: Key, url: str, server: Server) -> None:
        try:
            scheme, peer = _resolved(url)
            if scheme == "udp":
                self._lines[key] = Line(url, peer)
            else:
                connection = Connection(url, peer, framing_of(server), self._jitter)
                connection.turn(self._now())
                self._lines[key] = connection
        except (OSError, ValueError) as e:
            self._faults[key] = _unopened(key, url, e)

    def _listen(self, servers: Mapping[str, Server]) -> list[Unopened]:
        ports: dict[int, dict[Key, Line]] = {}
        for key, line in self._lines.items():
            port = servers[key[0]].feedback_port
            if port is not None and isinstance(line, Line):
                ports.setdefault(port, {})[key] = line
        return [_unheard(*fault) for fault in self._ears.listen(ports)]

    def _read(self, key: Key, line: Line | Connection) -> list[Heard]:
        found = [Heard(*key, packet) for packet in line.read(self._now())]
        if isinstance(line, Connection) and line.malformed:
            self.malformed[key] += line.malformed
            line.malformed = 0
        return found


def _since_boot() -> Callable[[], Millis]:
    clock = SystemClock()
    return lambda: clock.boottime() // MILLI


def _framed_alike(line: Any, server: Server) -> bool:
    return isinstance(line, Line) or line.framing == framing_of(server)


def _wanted(servers: Mapping[str, Server]) -> dict[Key, str]:
    found: dict[Key, str] = {}
    for server in servers.values():
        found[server.id, "main"] = server.main
        if server.backup is not None:
            found[server.id, "backup"] = server.backup
    return found


def _resolved(url: str) -> tuple[str, tuple[str, int]]:
    parts = urlsplit(url)
    if parts.scheme not in _SOCKETS or not parts.hostname or not parts.port:
        raise ValueError("it should be udp://host:port or tcp://host:port")
    kind = _SOCKETS[parts.scheme]
    found = socket.getaddrinfo(parts.hostname, parts.port, socket.AF_INET, kind)
    ip, port = found[0][4][:2]
    return parts.scheme, (str(ip), int(port))


def _unopened(key: Key, url: str, e: OSError | ValueError) -> Unopened:
    server, which = key
    fault = getattr(e, "strerror", None) or str(e)
    why = said("alarm.address", server=server, which=Sentence(which), url=url, fault=fault)
    return Unopened(why, (server,))


def _unheard(port: int, local: str, fault: str, keys: Iterable[Key]) -> Unopened:
    why = said("alarm.feedback_port", port=port, local=local, fault=fault)
    return Unopened(why, tuple(dict.fromkeys(server for server, _ in keys)))
