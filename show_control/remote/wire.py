"""The sockets that a remote is heard at: never waiting, reading little at a time, holding little of anybody."""

from __future__ import annotations

import socket
import struct
import sys
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from show_control import osc
from show_control.installation import Address
from show_control.model import Argument, Millis
from show_control.remote.caller import FORGOTTEN_AFTER, REPLY_PORT, Caller
from show_control.remote.gate import Gate
from show_control.streams import framed, unframing

LARGEST: Final = 4096
"""Bytes of one packet: what is asked of a remote is short, and reading it must be, too."""
BATCH: Final = 16
SIP: Final = 1024
MOST_CALLERS: Final = 64
MOST_OF_ONE: Final = 16
"""TCP connections, and those of one address; who has said nothing makes room for who comes."""
MOST_SENDERS: Final = 256
"""Addresses that send datagrams, of which something is kept."""
MOST_WAITING: Final = 4 << 20
"""Bytes that may wait for a TCP caller that does not read."""
PATIENCE: Final[Millis] = 5000
"""How long it may read nothing of what waits."""

_LONGEST_DATAGRAM: Final = 65_507
_RECEIVE_BUFFER: Final = 1 << 20  # what a flood may hold there while a cue is met
_STAMPED: Final = sys.platform == "linux"
_SO_TIMESTAMPNS: Final = 35  # Python does not name it


class Came(NamedTuple):
    """A packet, who it is from, and when the kernel had it, in milliseconds of the wall clock."""

    caller: Caller
    packet: bytes
    stamp: Millis | None


def stamped(sock: socket.socket) -> socket.socket:
    """Have the kernel say when it had what is read: a loop that was stopped must know what is old."""
    sock.setblocking(False)
    if _STAMPED:
        sock.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)
    return sock


def stamp_of(told: list[tuple[int, int, bytes]]) -> Millis | None:
    """The kernel's stamp among what `recvmsg` told."""
    for level, kind, data in told:
        if (level, kind) == (socket.SOL_SOCKET, _SO_TIMESTAMPNS) and len(data) >= 16:
            seconds, nanoseconds = struct.unpack("@qq", data[:16])
            return int(seconds * 1000 + nanoseconds // 1_000_000)
    return None


def family(address: Address) -> socket.AddressFamily:
    """Of an address and port."""
    return socket.AF_INET6 if ":" in address[0] else socket.AF_INET


class Datagrams:
    """One UDP socket. A sender is known by its address alone: button boxes change their port."""

    def __init__(self, address: Address, gate: Gate, *, open_to_all: bool) -> None:
        self.socket = stamped(socket.socket(family(address), socket.SOCK_DGRAM))
        try:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER)
            self.socket.bind(address)
        except OSError:
            self.socket.close()
            raise
        self._gate = gate
        self._open = open_to_all
        self._callers: OrderedDict[str, Caller] = OrderedDict()

    @property
    def callers(self) -> list[Caller]:
        """Those that were heard."""
        return list(self._callers.values())

    def read(self, now: Millis) -> Came | None:
        """The next packet of somebody who is let in; None where there is none, among a few."""
        for _ in range(BATCH):
            try:
                packet, told, flags, (ip, port, *_) = self.socket.recvmsg(LARGEST, 64)
            except OSError:
                return None
            if not self._gate.lets_in(ip):
                continue
            if not flags & socket.MSG_TRUNC:
                return Came(self._caller(ip, port, now), packet, stamp_of(told))
            self._gate.counts["packets too long"] += 1
        return None

    def _caller(self, ip: str, port: int, now: Millis) -> Caller:
        caller = self._callers.get(ip)
        if caller is None:
            caller = self._callers[ip] = Caller(ip, "udp", self._say, connected=self._open)
            if len(self._callers) > MOST_SENDERS:
                self._callers.popitem(last=False)
        elif now - caller.heard_at > FORGOTTEN_AFTER and not caller.kept:
            caller.forget(connected=self._open)
        self._callers.move_to_end(ip)
        caller.port, caller.heard_at = port, now
        return caller

    def tidy(self, now: Millis) -> None:
        """Forget who has said nothing for long."""
        for ip, caller in list(self._callers.items()):
            if now - caller.heard_at > FORGOTTEN_AFTER and not caller.kept:
                del self._callers[ip]

    def _say(self, caller: Caller, address: str, args: tuple[Argument, ...], back: bool) -> None:
        packet = osc.encode(address, args)
        port = caller.reply_port or (caller.port if back else REPLY_PORT)
        if len(packet) > _LONGEST_DATAGRAM:
            raise TooLong
        try:
            self.socket.sendto(packet, (caller.ip, port))
        except OSError:
            self._gate.counts["answers that could not be sent"] += 1

    def close(self) -> None:
        """Close the socket."""
        self.socket.close()


class TooLong(ValueError):
    """A message that no datagram can carry."""


class Connection:
    """One TCP caller."""

    def __init__(self, sock: socket.socket, caller: Caller, now: Millis) -> None:
        self.socket = sock
        self.caller = caller
        self.output = bytearray()
        self.moved: Millis = now
        """When it last took something of what waits for it."""
        self.unframing = unframing("slip", LARGEST)


class Streams:
    """A TCP listener and its callers, each packet framed by SLIP, with an END before it or not."""

    def __init__(
        self, address: Address, gate: Gate, clock: Callable[[], Millis], *, open_to_all: bool
    ) -> None:
        self.listener = socket.socket(family(address), socket.SOCK_STREAM)
        try:
            self.listener.setblocking(False)
            self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self.listener.bind(address)
            self.listener.listen(128)
        except OSError:
            self.listener.close()
            raise
        self._gate = gate
        self._now = clock
        self._open = open_to_all
        self._connections: dict[socket.socket, Connection] = {}
        self._of: dict[Caller, Connection] = {}

    @property
    def callers(self) -> list[Caller]:
        """Those that are connected."""
        return list(self._of)

    def sockets_to_read(self) -> list[Any]:
        """The listener, and who is not owed too much."""
        return [self.listener, *(c.socket for c in self._connections.values() if not c.output)]

    def sockets_to_write(self) -> list[Any]:
        """Callers for whom something waits."""
        return [c.socket for c in self._connections.values() if c.output]

    def read(self, sock: Any) -> list[Came]:
        """A few packets of a caller; a new one is let in."""
        if sock is self.listener:
            self._accept()
        elif (connection := self._connections.get(sock)) is not None:
            return self._received(connection)
        return []

    def _accept(self) -> None:
        for _ in range(BATCH):
            try:
                sock, (ip, *_) = self.listener.accept()
            except OSError:
                return
            if not self._gate.lets_in(ip) or not self._room_for(ip):
                sock.close()
                continue
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            caller = Caller(ip, "tcp", self._say, connected=self._open)
            connection = Connection(stamped(sock), caller, self._now())
            self._connections[sock] = self._of[caller] = connection

    def _room_for(self, ip: str) -> bool:
        """Whether there is room for one more, made if need be by cutting who never said anything."""
        everybody = list(self._connections.values())
        his = [c for c in everybody if c.caller.ip == ip]
        if len(everybody) < MOST_CALLERS and len(his) < MOST_OF_ONE:
            return True
        among = his if len(his) >= MOST_OF_ONE else everybody
        if silent := next((c for c in among if not c.caller.spoke), None):
            self.cut(silent, "silent ones cut, to make room")
            return True
        self._gate.counts["turned away, too many"] += 1
        return False

    def _received(self, connection: Connection) -> list[Came]:
        try:
            data, told, _, _ = connection.socket.recvmsg(SIP, 64)
        except BlockingIOError:
            return []
        except OSError:
            data, told = b"", []
        if not data:
            self.cut(connection, "gone")
            return []
        before = connection.unframing.malformed
        packets = connection.unframing.feed(data)
        self._gate.counts["malformed"] += connection.unframing.malformed - before
        connection.caller.heard_at = self._now()
        stamp = stamp_of(told)
        return [Came(connection.caller, packet, stamp) for packet in packets]

    def _say(self, caller: Caller, address: str, args: tuple[Argument, ...], back: bool) -> None:
        del back
        connection = self._of.get(caller)
        if connection is None:
            return
        if len(connection.output) > MOST_WAITING:
            self.cut(connection, "cut, as they do not read")
            return
        if not connection.output:
            connection.moved = self._now()
        connection.output += framed("slip", osc.encode(address, args))
        self.write(connection)

    def writable(self, sock: Any) -> None:
        """There is room again."""
        if (connection := self._connections.get(sock)) is not None:
            self.write(connection)

    def write(self, connection: Connection) -> None:
        """Send what the kernel takes."""
        try:
            while connection.output:
                with memoryview(connection.output) as waiting:
                    sent = connection.socket.send(waiting[: 1 << 16])
                del connection.output[:sent]
                connection.moved = self._now()
        except BlockingIOError:
            pass
        except OSError:
            self.cut(connection, "gone")

    def tidy(self, now: Millis) -> None:
        """Cut who does not read."""
        for connection in list(self._connections.values()):
            if connection.output and now - connection.moved > PATIENCE:
                self.cut(connection, "cut, as they do not read")

    def cut(self, connection: Connection, why: str) -> None:
        """Close a connection; what it still waits for is dropped."""
        if self._connections.pop(connection.socket, None) is not None:
            self._of.pop(connection.caller, None)
            self._gate.counts[why] += 1
            connection.socket.close()

    def close(self) -> None:
        """Close all."""
        for connection in list(self._connections.values()):
            self.cut(connection, "gone")
        self.listener.close()
