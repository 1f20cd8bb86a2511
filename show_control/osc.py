"""OSC 1.0 packets and the values in them: the only importer of pythonosc.

python-osc writes and reads the single values; the walk over a packet is ours, because python-osc
skips unknown tags without their bytes (so that the values after them are wrong), reads a float that
is cut short, and drops messages whose address has no leading "/" without a word. A blob's value is
text in hex; a time tag is its 64 bits as an int.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from pythonosc.parsing import osc_types

from show_control.model import Argument, Message, OscTag

_BUNDLE: Final = b"#bundle\x00"
_BUNDLE_HEADER: Final = 16  # the mark and a time tag
_WORD: Final = re.compile(rb"[A-Za-z]\w*/")
_DEEPEST: Final = 8  # bundles in bundles; a packet can be made of thousands
_SIGNED_32: Final = (-(2**31), 2**31 - 1)
_SIGNED_64: Final = (-(2**63), 2**63 - 1)
_UNSIGNED_64: Final = (0, 2**64 - 1)


class Malformed(ValueError):
    """A datagram that is not OSC as we read it; the message says where it fails."""


class Unencodable(ValueError):
    """A message that OSC cannot carry; the message says which argument and why."""


# ---------------------------------------------------------------- writing


def encode(address: str, args: Sequence[Argument] = ()) -> bytes:
    """One message as a packet, each argument under its own tag; raises Unencodable."""
    if not address.startswith("/"):
        raise Unencodable(f"an OSC address begins with '/': {address!r}")
    tags = "," + "".join(argument.tag for argument in args)
    values = b"".join(_written(argument) for argument in args)
    return _text(address) + _text(tags) + values


def _written(argument: Argument) -> bytes:
    try:
        return _WRITERS[argument.tag](argument.value)
    except (TypeError, ValueError, OverflowError, osc_types.BuildError) as e:
        raise Unencodable(f"{argument.tag} cannot carry {argument.value!r}: {e}") from e


def _text(value: object) -> bytes:
    if not isinstance(value, str):
        raise TypeError("it is not text")
    if "\x00" in value:
        raise ValueError("text with a null byte would be cut short")
    return osc_types.write_string(value)


def _whole(value: object, bounds: tuple[int, int]) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("it is not a whole number")
    if not bounds[0] <= value <= bounds[1]:
        raise ValueError(f"it is not from {bounds[0]} to {bounds[1]}")
    return value


def _finite(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("it is not a number")
    if not math.isfinite(value):
        raise ValueError("it is not finite")
    return float(value)


def _blob(value: object) -> bytes:
    if not isinstance(value, str):
        raise TypeError("it is not text in hex")
    content = bytes.fromhex(value)
    # python-osc refuses the empty blob, which OSC allows.
    return osc_types.write_blob(content) if content else osc_types.write_int(0)


def _nothing(*allowed: object) -> Callable[[Any], bytes]:
    def write(value: object) -> bytes:
        if value not in allowed:
            raise ValueError("the tag says it all")
        return b""

    return write


_WRITERS: dict[OscTag, Callable[[Any], bytes]] = {
    "i": lambda v: osc_types.write_int(_whole(v, _SIGNED_32)),
    "h": lambda v: osc_types.write_int64(_whole(v, _SIGNED_64)),
    "t": lambda v: _whole(v, _UNSIGNED_64).to_bytes(8, "big"),
    "f": lambda v: osc_types.write_float(_finite(v)),
    "d": lambda v: osc_types.write_double(_finite(v)),
    "s": _text,
    "b": _blob,
    "T": _nothing(None, True),
    "F": _nothing(None, False),
    "N": _nothing(None),
}


# ---------------------------------------------------------------- reading


def decode(datagram: bytes, *, slashless: bool = False) -> list[Message]:
    """The messages of a packet in their order; raises Malformed, and nothing else.

    With `slashless` an address without its leading "/" is given one: some servers forget it. Bundles are opened and their time tags ignored: no server promises to keep them, and one sends a
    counter in them.
    """
    if len(datagram) % 4:
        raise Malformed(f"{len(datagram)} bytes are not a multiple of four")
    return _elements(datagram, 0, slashless)


def _elements(packet: bytes, depth: int, slashless: bool) -> list[Message]:  # internal
    if not packet.startswith(_BUNDLE):
        return [_message(packet, slashless)]
    if depth == _DEEPEST:
        raise Malformed("bundles in bundles, too deep")
    if len(packet) < _BUNDLE_HEADER:
        raise Malformed("a bundle without a time tag")
    found: list[Message] = []
    at = _BUNDLE_HEADER
    while at < len(packet):
        size = int.from_bytes(packet[at : at + 4], "big")
        at += 4
        if not size or size % 4 or at + size > len(packet):
            raise Malformed(f"a bundle's element cannot be {size} bytes")
        found += _elements(packet[at : at + size], depth + 1, slashless)
        at += size
    return found


def _message(packet: bytes, slashless: bool) -> Message:  # internal
    if not packet.startswith(b"/") and not (slashless and _WORD.match(packet)):
        raise Malformed(f"neither an address nor a bundle: {packet[:16]!r}")
    try:
        address, at = osc_types.get_string(packet, 0)
        address = address if address.startswith("/") else f"/{address}"
        if at == len(packet):  # older senders leave out the tags where there are no arguments
            return Message(address=address)
        tags, at = osc_types.get_string(packet, at)
        args, at = _arguments(packet, tags, at)
    except (osc_types.ParseError, UnicodeDecodeError) as e:
        raise Malformed(str(e)) from e
    if at != len(packet):
        raise Malformed(f"{address}: {len(packet) - at} bytes that no tag explains")
    return Message(address=address, args=tuple(args))


def _arguments(packet: bytes, tags: str, at: int) -> tuple[list[Argument], int]:
    if not tags.startswith(","):
        raise Malformed(f"no type tags: {tags[:16]!r}")
    if unknown := set(tags[1:]) - _READERS.keys():
        raise Malformed(f"unknown type tags: {' '.join(sorted(unknown))}")
    found = []
    for tag in tags[1:]:
        size, read = _READERS[tag]
        # Checked here: python-osc pads a float that is cut short.
        if at + size > len(packet):
            raise Malformed(f"{tag} is cut short")
        value, at = read(packet, at)
        if isinstance(value, float) and not math.isfinite(value):
            raise Malformed(f"{tag} is not a finite number")
        if at > len(packet):
            raise Malformed(f"{tag} is cut short")
        found.append(_argument(tag, value))
    return found, at


def _argument(tag: str, value: Any) -> Argument:
    if isinstance(value, bytes):
        value = value.hex()
    return Argument(tag=tag, value=value)  # type: ignore[arg-type]  # _READERS has no other


def _said(value: object) -> Callable[[bytes, int], tuple[object, int]]:
    return lambda _, at: (value, at)


def _read_blob(packet: bytes, at: int) -> tuple[bytes, int]:
    # python-osc takes a negative size, and steps back.
    if packet[at] & 0x80:
        raise Malformed("a blob of negative size")
    return osc_types.get_blob(packet, at)


_READERS: dict[str, tuple[int, Callable[[bytes, int], tuple[Any, int]]]] = {
    "i": (4, osc_types.get_int),
    "h": (8, osc_types.get_int64),
    "t": (8, osc_types.get_uint64),
    "f": (4, osc_types.get_float),
    "d": (8, osc_types.get_double),
    "s": (4, osc_types.get_string),
    "b": (4, _read_blob),
    "T": (0, _said(True)),
    "F": (0, _said(False)),
    "N": (0, _said(None)),
}
