"""UDP: a connected socket to each address, so that the machine's refusal is heard, and feedback ports."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

import msgspec

from show_control.evidence import Which
from show_control.model import Millis

Key = tuple[str, Which]

BATCH: Final = 16
ANY: Final = "0.0.0.0"  # noqa: S104  # only where servers are reached by several local addresses

_LARGEST: Final = 65536
_RECEIVE_BUFFER: Final = 1 << 20  # a server asked for all its clips answers in a burst

# What a connected UDP socket reports of the packet before; the present one was not sent.
_OF_THE_ONE_BEFORE: Final = (errno.ECONNREFUSED, errno.EHOSTUNREACH, errno.ENETUNREACH)


def said_of(_: bytes, failed: OSError) -> str | None:
    """Why it was not sent, where nothing more is to be tried."""
    return failed.strerror or str(failed)


class Way(NamedTuple):
    """How datagrams get to one address: found out before an instant, when there is time.

    `quick` gives why one was not sent, in words, or anything else where it was; of what it raises
    `again` is asked.
    """

    quick: Callable[[bytes], object]
    again: Callable[[bytes, OSError], str | None] = said_of

    def send(self, datagram: bytes) -> str | None:
        """Send it, or say why it was not sent."""
        try:
            found = self.quick(datagram)
        except OSError as failed:
            return self.again(datagram, failed)
        return found if isinstance(found, str) else None


class Line:
    """The connected socket to one address; raises OSError where there can be none."""

    def __init__(self, url: str, peer: tuple[str, int]) -> None:
        self.url = url
        self.peer = peer
        self.lost = False
        """Whether the machine refused a packet; who acts on that puts it back."""
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            self.socket.setblocking(False)
            self.socket.connect(peer)
        except OSError:
            self.socket.close()
            raise
        self.local = str(self.socket.getsockname()[0])

    @property
    def way(self) -> Way:
        """The kernel's own send, and what is done where it refuses."""
        return Way(self.socket.send, self._again)

    def _again(self, packet: bytes, failed: OSError) -> str | None:
        if failed.errno not in _OF_THE_ONE_BEFORE:
            return said_of(packet, failed)
        self.lost = True
        return Way(self.socket.send).send(packet)

    def read(self, now: Millis) -> list[bytes]:
        """A few datagrams."""
        del now
        found: list[bytes] = []
        for _ in range(BATCH):
            try:
                found.append(self.socket.recv(_LARGEST))
            except BlockingIOError:
                break
            except OSError:
                self.lost = True
                break
        return found

    def close(self) -> None:
        """Close the socket."""
        self.socket.close()


class Ear(msgspec.Struct):
    """The socket of a feedback port; `peers` has who may speak there, by IP, then by port."""

    local: str
    socket: socket.socket
    peers: dict[str, dict[int, Key]]

    def read(self) -> tuple[list[tuple[Key, bytes]], int]:
        """A few datagrams with who they are from, and how many were from strangers."""
        found: list[tuple[Key, bytes]] = []
        unknown = 0
        for _ in range(BATCH):
            try:
                datagram, (ip, port) = self.socket.recvfrom(_LARGEST)
            except OSError:
                break
            here = self.peers.get(ip, {})
            # An address alone on its IP may answer from any port: servers do.
            key = next(iter(here.values())) if len(here) == 1 else here.get(port)
            if key is None:
                unknown += 1
            else:
                found.append((key, datagram))
        return found, unknown


class Deaf(NamedTuple):
    """A feedback port that cannot be had, why, and whose it is."""

    port: int
    local: str
    fault: str
    keys: tuple[Key, ...]


class Ears:
    """The feedback ports in use."""

    def __init__(self) -> None:
        self.open: dict[int, Ear] = {}

    def listen(self, ports: Mapping[int, Mapping[Key, Line]]) -> list[Deaf]:
        """Hear these addresses at these ports, and at no others; what cannot be had."""
        for port in self.open.keys() - ports.keys():
            self.open.pop(port).socket.close()
        found = (self._hear_at(port, lines) for port, lines in ports.items())
        return [fault for fault in found if fault is not None]

    def _hear_at(self, port: int, lines: Mapping[Key, Line]) -> Deaf | None:
        local = _local(lines.values())
        peers: dict[str, dict[int, Key]] = {}
        for key, line in lines.items():
            ip, peer_port = line.peer
            peers.setdefault(ip, {})[peer_port] = key
        known = self.open.get(port)
        if known is not None and known.local == local:
            known.peers = peers
            return None
        if known is not None:
            self.open.pop(port).socket.close()
        ear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            ear.setblocking(False)
            ear.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER)
            ear.bind((local, port))
        except OSError as e:
            ear.close()
            return Deaf(port, local, e.strerror or str(e), tuple(lines))
        self.open[port] = Ear(local, ear, peers)
        return None


def _local(lines: Iterable[Line]) -> str:
    locals_ = {line.local for line in lines}
    return locals_.pop() if len(locals_) == 1 else ANY
