"""Packets in a stream of bytes: SLIP, and a length before each. Pure.

SLIP is RFC 1055 with an END on both sides of a packet, as OSC 1.1 and QLab have it; a single END is
understood too. The length is OSC 1.0's, four bytes with the highest first; Pixera's has `pxr1` before
it and the lowest byte first.
"""

from __future__ import annotations

import re
from typing import Final, Literal, Protocol

from show_control.model import Framing

LARGEST: Final = 1 << 20
"""No server has more to say at once; QLab's lists of cues run to hundreds of kilobytes."""

_END: Final = b"\xc0"
_ESCAPES: Final = ((b"\xdb", b"\xdb\xdd"), (b"\xc0", b"\xdb\xdc"))
_BAD_ESCAPE: Final = re.compile(rb"\xdb(?![\xdc\xdd])")
_MARK: Final = b"pxr1"


class Broken(ValueError):
    """A stream in which the next packet cannot be found any more: it must be opened anew."""


class Unframing(Protocol):
    """Takes bytes as they come, gives whole packets; `malformed` counts those that were none."""

    malformed: int

    def feed(self, data: bytes) -> list[bytes]:
        """The packets that are whole now; raises Broken."""
        ...


def framed(framing: Framing, packet: bytes) -> bytes:
    """A packet as it goes into the stream."""
    match framing:
        case "slip":
            for plain, escaped in _ESCAPES:
                packet = packet.replace(plain, escaped)
            return _END + packet + _END
        case "length":
            return len(packet).to_bytes(4, "big") + packet
        case "pxr1":
            return _MARK + len(packet).to_bytes(4, "little") + packet
        case "none":
            return packet


def unframing(framing: Framing, largest: int = LARGEST) -> Unframing:
    """What takes a stream apart again; in SLIP no packet is longer than `largest`."""
    match framing:
        case "slip":
            return _Slip(largest)
        case "length":
            return _Length(b"", "big")
        case "pxr1":
            return _Length(_MARK, "little")
        case "none":
            return _Deaf()


class _Slip:
    """A packet that is too long, or has a wrong escape, is dropped; the next END is a new beginning."""

    def __init__(self, largest: int) -> None:
        self.malformed = 0
        self._largest = largest
        self._begun: list[bytes] = []
        self._size = 0
        self._lost = False

    def feed(self, data: bytes) -> list[bytes]:
        *ended, rest = data.split(_END)
        found = [packet for part in ended if (packet := self._finished(part)) is not None]
        self._keep(rest)
        return found

    def _finished(self, part: bytes) -> bytes | None:
        self._keep(part)
        whole, lost = b"".join(self._begun), self._lost
        self._begun, self._size, self._lost = [], 0, False
        if lost or _BAD_ESCAPE.search(whole):
            self.malformed += 1
            return None
        # In what has no wrong escape, neither replacement can make one out of two others' halves.
        return whole.replace(b"\xdb\xdc", b"\xc0").replace(b"\xdb\xdd", b"\xdb") or None

    def _keep(self, part: bytes) -> None:
        self._size += len(part)
        if self._size > 2 * self._largest:
            self._begun, self._lost = [], True
        elif part and not self._lost:
            self._begun.append(part)


class _Length:
    def __init__(self, mark: bytes, order: Literal["big", "little"]) -> None:
        self.malformed = 0
        self._mark = mark
        self._order = order
        self._waiting = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        self._waiting += data
        found: list[bytes] = []
        at, head = 0, len(self._mark) + 4
        while len(self._waiting) - at >= head:
            size = self._size(self._waiting[at : at + head])
            if len(self._waiting) - at - head < size:
                break
            found.append(bytes(self._waiting[at + head : at + head + size]))
            at += head + size
        del self._waiting[:at]
        return found

    def _size(self, head: bytes | bytearray) -> int:
        size = int.from_bytes(head[-4:], self._order)
        if not head.startswith(self._mark):
            raise Broken(f"no {self._mark.decode()} before a packet")
        if size > LARGEST:
            raise Broken(f"a packet of {size} bytes is too long")
        return size


class _Deaf:
    malformed = 0

    def feed(self, data: bytes) -> list[bytes]:
        del data
        return []
