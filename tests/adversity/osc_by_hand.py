"""Reads OSC packets, written from the specification alone: https://opensoundcontrol.stanford.edu/spec-1_0.html

It shares nothing with what it judges: neither the product's codec nor the library under it.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any, NamedTuple


class Message(NamedTuple):
    """An address pattern, its type tags without the comma, and its arguments."""

    address: str
    tags: str
    args: tuple[Any, ...]


def read_packet(packet: bytes) -> list[Message]:
    """The messages of a packet, those of bundles in order. Raises ValueError for what is no OSC."""
    if len(packet) % 4:
        raise ValueError("a packet's size is a multiple of four")
    if not packet.startswith(b"#bundle\0"):
        return [_message(packet)]
    found, at = [], 16  # after the name and a time tag of eight bytes
    while at < len(packet):
        (size,) = struct.unpack_from(">i", packet, at)
        found += read_packet(packet[at + 4 : at + 4 + size])
        at += 4 + size
    return found


def _message(packet: bytes) -> Message:
    address, at = _string(packet, 0)
    tags, at = _string(packet, at)
    if not address.startswith("/") or not tags.startswith(","):
        raise ValueError(f"neither an address nor type tags: {packet!r}")
    args = []
    for tag in tags[1:]:
        arg, at = READ[tag](packet, at)
        args.append(arg)
    if at != len(packet):
        raise ValueError(f"more than its type tags say: {packet!r}")
    return Message(address, tags[1:], tuple(args))


def _string(packet: bytes, at: int) -> tuple[str, int]:
    """Ended by a null, filled with nulls to a multiple of four."""
    end = packet.index(b"\0", at)
    after = at + (end - at) // 4 * 4 + 4
    if packet[end:after].strip(b"\0"):
        raise ValueError(f"a string is filled with something else than nulls: {packet!r}")
    return packet[at:end].decode("ascii"), after


def _number(layout: str) -> Callable[[bytes, int], tuple[Any, int]]:
    size = struct.calcsize(layout)
    return lambda packet, at: (struct.unpack_from(layout, packet, at)[0], at + size)


READ: dict[str, Callable[[bytes, int], tuple[Any, int]]] = {
    "i": _number(">i"),
    "f": _number(">f"),
    "s": _string,
}
"""The types that are on our wire; another is a KeyError, and so a failed test."""


def one_string(address: str, text: str) -> bytes:
    """A message with a string: what a test says to a simulated server."""

    def filled(part: str) -> bytes:
        return part.encode("ascii") + b"\0" * (4 - len(part) % 4)

    return filled(address) + filled(",s") + filled(text)
