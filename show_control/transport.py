"""UDP sockets for the player's one loop: nothing here waits, and nothing here is raised at it.

Each address of a server has a connected socket, so that the machine's refusal is heard; each
feedback port has one more. Names are resolved once, at `open`.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import msgspec

from show_control.evidence import Which
from show_control.model import Server
from show_control.sentences import Sentence, said, say

_BATCH: Final = 16
_LARGEST: Final = 65536
_RECEIVE_BUFFER: Final = 1 << 20  # a server asked for all its clips answers in a burst
_ANY: Final = "0.0.0.0"  # noqa: S104  # only where servers are reached by several local addresses

# What a connected UDP socket reports of the packet before; the present one was not sent.
_OF_THE_ONE_BEFORE: Final = (errno.ECONNREFUSED, errno.EHOSTUNREACH, errno.ENETUNREACH)

Key = tuple[str, Which]


class Heard(msgspec.Struct, frozen=True):
    """A datagram, and the address that it is from."""

    server: str
    which: Which
    datagram: bytes


class _Line(msgspec.Struct, frozen=True):
    """The connected socket to one address."""

    url: str
    socket: socket.socket
    peer: tuple[str, int]
    local: str


class _Ear(msgspec.Struct):
    """The socket of a feedback port; `peers` has who may speak there, by IP, then by port."""

    local: str
    socket: socket.socket
    peers: dict[str, dict[int, Key]]


class Unopened(NamedTuple):
    """What could not be opened, and the servers that it is missed for."""

    why: Sentence
    servers: tuple[str, ...]


class Transport:
    """Real sockets. `unknown` counts the datagrams that were dropped for their sender."""

    def __init__(self) -> None:
        self.unknown = 0
        self._lines: dict[Key, _Line] = {}
        self._ears: dict[int, _Ear] = {}
        self._faults: dict[Key, Unopened] = {}
        self._refused: list[Key] = []

    def open(self, servers: Mapping[str, Server]) -> list[Unopened]:
        """Be connected to these servers, and no others; what could not be opened."""
        wanted = _wanted(servers)
        for key, line in list(self._lines.items()):
            if wanted.get(key) != line.url:
                self._lines.pop(key).socket.close()
        self._faults = {}
        for key, url in wanted.items():
            if key not in self._lines:
                self._connect(key, url)
        return [*self._faults.values(), *self._listen(servers)]

    def send(self, server: str, which: Which, datagram: bytes) -> str | None:
        """Send it, or say why it was not sent. That the one before was refused: see `refusals`."""
        key = (server, which)
        line = self._lines.get(key)
        if line is None:
            fault = self._faults.get(key)
            return say(fault.why) if fault else f"{server} has no {which} address"
        try:
            self._send_on(key, line, datagram)
        except OSError as e:
            return _words(e)
        return None

    def refusals(self) -> list[Key]:
        """The addresses whose machine refused a packet since this was last asked."""
        found, self._refused = self._refused, []
        return found

    def sockets(self) -> list[socket.socket]:
        """What to `select()` on for reading."""
        lines = [line.socket for line in self._lines.values()]
        return [*lines, *(ear.socket for ear in self._ears.values())]

    def read(self, ready: socket.socket) -> list[Heard]:
        """What has arrived at one of `sockets()`: a few datagrams, the rest at the next call."""
        for key, line in self._lines.items():
            if line.socket is ready:
                return self._read_line(key, line)
        for ear in self._ears.values():
            if ear.socket is ready:
                return self._read_ear(ear)
        return []

    def close(self) -> None:
        """Close every socket."""
        self.open({})

    # ------------------------------------------------------------ opening

    def _connect(self, key: Key, url: str) -> None:
        try:
            peer = _resolved(url)
            line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        except (OSError, ValueError) as e:
            self._faults[key] = _unopened(key, url, e)
            return
        try:
            line.setblocking(False)
            line.connect(peer)
            self._lines[key] = _Line(url, line, peer, line.getsockname()[0])
        except OSError as e:
            line.close()
            self._faults[key] = _unopened(key, url, e)

    def _listen(self, servers: Mapping[str, Server]) -> list[Unopened]:
        ports: dict[int, list[Key]] = {}
        for key in self._lines:
            if (port := servers[key[0]].feedback_port) is not None:
                ports.setdefault(port, []).append(key)
        for port in self._ears.keys() - ports.keys():
            self._ears.pop(port).socket.close()
        found = (self._hear_at(port, keys) for port, keys in ports.items())
        return [fault for fault in found if fault is not None]

    def _hear_at(self, port: int, keys: list[Key]) -> Unopened | None:
        locals_ = {self._lines[key].local for key in keys}
        local = locals_.pop() if len(locals_) == 1 else _ANY
        peers: dict[str, dict[int, Key]] = {}
        for key in keys:
            ip, peer_port = self._lines[key].peer
            peers.setdefault(ip, {})[peer_port] = key
        known = self._ears.get(port)
        if known is not None and known.local == local:
            known.peers = peers
            return None
        if known is not None:
            self._ears.pop(port).socket.close()
        ear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            ear.setblocking(False)
            ear.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER)
            ear.bind((local, port))
        except OSError as e:
            ear.close()
            why = said("alarm.feedback_port", port=port, local=local, fault=_words(e))
            return Unopened(why, tuple(dict.fromkeys(server for server, _ in keys)))
        self._ears[port] = _Ear(local, ear, peers)
        return None

    # ------------------------------------------------------------ sending and hearing

    def _send_on(self, key: Key, line: _Line, datagram: bytes) -> None:
        try:
            line.socket.send(datagram)
        except OSError as e:
            if e.errno not in _OF_THE_ONE_BEFORE:
                raise
            self._refused.append(key)
            line.socket.send(datagram)

    def _read_line(self, key: Key, line: _Line) -> list[Heard]:
        found = []
        for _ in range(_BATCH):
            try:
                datagram = line.socket.recv(_LARGEST)
            except BlockingIOError:
                break
            except OSError:
                self._refused.append(key)
                break
            found.append(Heard(*key, datagram))
        return found

    def _read_ear(self, ear: _Ear) -> list[Heard]:
        found = []
        for _ in range(_BATCH):
            try:
                datagram, (ip, port) = ear.socket.recvfrom(_LARGEST)
            except OSError:
                break
            here = ear.peers.get(ip, {})
            # An address alone on its IP may answer from any port: servers do.
            key = next(iter(here.values())) if len(here) == 1 else here.get(port)
            if key is None:
                self.unknown += 1
            else:
                found.append(Heard(*key, datagram))
        return found


def _wanted(servers: Mapping[str, Server]) -> dict[Key, str]:
    found: dict[Key, str] = {}
    for server in servers.values():
        found[server.id, "main"] = server.main
        if server.backup is not None:
            found[server.id, "backup"] = server.backup
    return found


def _resolved(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    if parts.scheme != "udp" or not parts.hostname or not parts.port:
        raise ValueError("it should be udp://host:port")
    found = socket.getaddrinfo(parts.hostname, parts.port, socket.AF_INET, socket.SOCK_DGRAM)
    ip, port = found[0][4][:2]
    return str(ip), int(port)


def _words(e: Exception) -> str:
    return getattr(e, "strerror", None) or str(e)


def _unopened(key: Key, url: str, e: OSError | ValueError) -> Unopened:
    server, which = key
    why = said("alarm.address", server=server, which=Sentence(which), url=url, fault=_words(e))
    return Unopened(why, (server,))
