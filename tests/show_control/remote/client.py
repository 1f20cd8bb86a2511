"""A remote made for QLab, written from its documentation and from RFC 1055: nothing of ours is in it.

https://qlab.app/docs/v5/scripting/osc-dictionary-v5/: TCP is framed by SLIP with an END on both sides;
datagrams are answered to port 53001, unless `/udpReplyPort` names another; an answer is `/reply` and
the address with one text of JSON.
"""

from __future__ import annotations

import json
import select
import socket
import struct
from collections.abc import Callable
from typing import Any, NamedTuple

END, ESC, ESC_END, ESC_ESC = b"\xc0", b"\xdb", b"\xdb\xdc", b"\xdb\xdd"
LOCAL = "127.0.0.1"


class Heard(NamedTuple):
    """A message, read by hand."""

    address: str
    args: tuple[Any, ...]

    @property
    def json(self) -> dict[str, Any]:
        (text,) = self.args
        found: dict[str, Any] = json.loads(text)
        return found


def text(value: str) -> bytes:
    """Ended by a null, filled with nulls to a multiple of four."""
    data = value.encode()
    return data + b"\0" * (4 - len(data) % 4)


def packed(address: str, *args: Any) -> bytes:
    """An OSC 1.0 message of ints, floats, texts and bools."""
    tags, values = ",", b""
    for arg in args:
        match arg:
            case bool():
                tags += "T" if arg else "F"
            case int():
                tags, values = tags + "i", values + struct.pack(">i", arg)
            case float():
                tags, values = tags + "f", values + struct.pack(">f", arg)
            case _:
                tags, values = tags + "s", values + text(arg)
    return text(address) + text(tags) + values


def bundled(*packets: bytes, tag: int = 1) -> bytes:
    """A bundle: 1 is immediately, more is an instant in units of 2**-32 s since 1900."""
    parts = b"".join(struct.pack(">i", len(p)) + p for p in packets)
    return b"#bundle\0" + struct.pack(">Q", tag) + parts


def unpacked(packet: bytes) -> Heard:
    address, at = _text(packet, 0)
    tags, at = _text(packet, at)
    args: list[Any] = []
    for tag in tags[1:]:
        if tag == "s":
            value, at = _text(packet, at)
            args.append(value)
        else:
            args.append(struct.unpack_from(">" + tag, packet, at)[0])
            at += 4
    assert at == len(packet)
    return Heard(address, tuple(args))


def _text(packet: bytes, at: int) -> tuple[str, int]:
    end = packet.index(b"\0", at)
    return packet[at:end].decode(), at + (end - at) // 4 * 4 + 4


def slipped(packet: bytes, *, both: bool = True) -> bytes:
    """Framed, with an END before it too or not."""
    escaped = packet.replace(ESC, ESC_ESC).replace(END, ESC_END)
    return (END if both else b"") + escaped + END


class Client:
    """What TCP and UDP have in common. `turn` lets the other side do something while this one waits."""

    def __init__(self, sock: socket.socket, turn: Callable[[], None]) -> None:
        self.sock = sock
        self.turn = turn
        self.heard: list[Heard] = []

    def send(self, address: str, *args: Any) -> None:
        raise NotImplementedError

    def receive(self) -> None:
        raise NotImplementedError

    def until(self, there: Callable[[], Any]) -> Any:
        """Wait until there is something; what."""
        for _ in range(1000):
            if found := there():
                return found
            self.turn()
            if select.select([self.sock], [], [], 0.01)[0]:
                self.receive()
        raise AssertionError(f"not heard; only {self.heard}")

    def next(self, address: str) -> Heard:
        """The next message with this address; it is taken out."""

        def found() -> Heard | None:
            return next((h for h in self.heard if h.address == address), None)

        heard: Heard = self.until(found)
        self.heard.remove(heard)
        return heard

    def ask(self, address: str, *args: Any, under: str | None = None) -> dict[str, Any]:
        """Say something, and what its answer says."""
        self.send(address, *args)
        reply = self.next(f"/reply{under or address}").json
        assert reply["address"] == (under or address)
        return reply

    def data(self, address: str, *args: Any, under: str | None = None) -> Any:
        """What is answered where it is ok."""
        reply = self.ask(address, *args, under=under)
        assert reply["status"] == "ok", reply
        return reply.get("data")

    def own(self, address: str, *args: Any) -> tuple[Any, ...]:
        """A word of Lamplighter's, and what its answer says without the address."""
        self.send(address, *args)
        asked, *rest = self.next("/lamplighter/reply").args
        assert asked == address
        return tuple(rest)

    def nothing_comes(self) -> bool:
        """Whether it stays quiet for a little while."""
        for _ in range(5):
            self.turn()
            if select.select([self.sock], [], [], 0.01)[0]:
                self.receive()
        return not self.heard

    def close(self) -> None:
        self.sock.close()


class Tcp(Client):
    def __init__(self, port: int, turn: Callable[[], None], *, both: bool = True) -> None:
        super().__init__(socket.create_connection((LOCAL, port), timeout=10), turn)
        self.both = both
        self.begun = b""

    def send(self, address: str, *args: Any) -> None:
        self.sock.sendall(slipped(packed(address, *args), both=self.both))

    def receive(self) -> None:
        data = self.sock.recv(1 << 16)
        if not data:
            raise ConnectionError("cut")
        *whole, self.begun = (self.begun + data).split(END)
        packets = [w.replace(ESC_END, END).replace(ESC_ESC, ESC) for w in whole if w]
        self.heard += map(unpacked, packets)


class Udp(Client):
    """`replies`: where answers are heard; port 53001 is QLab's, which a test cannot count on having."""

    def __init__(self, port: int, turn: Callable[[], None], *, ip: str = LOCAL) -> None:
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.bind((ip, 0))
        super().__init__(sock, turn)
        self.to = (LOCAL, port)

    @property
    def port(self) -> int:
        return int(self.sock.getsockname()[1])

    def send(self, address: str, *args: Any) -> None:
        self.sock.sendto(packed(address, *args), self.to)

    def receive(self) -> None:
        self.heard.append(unpacked(self.sock.recv(1 << 16)))
