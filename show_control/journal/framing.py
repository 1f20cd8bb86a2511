"""Bytes of a journal file: records, each the entries of one `append`, whole or not at all.

A record has a head of four u32, little-endian: the length of what follows the head, the crc32 of all
but itself, the first entry's seq and how many entries there are (so that a reader may pass over a
record undecoded). The entries follow, a msgpack array. Files are preallocated with zeros: a length of
zero ends one.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Literal

import msgspec

from show_control.entries import Entry

MOST = 64 * 2**20
"""The longest record; more is damage."""

_HEAD = struct.Struct("<IIII")
_SUMMED = struct.Struct("<III")
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(list[Entry])

End = Literal["end", "torn", "damaged"]
"""How a file ends: cleanly, in a record that was not written whole, or before more records."""


class Record(msgspec.Struct, frozen=True):
    """One record as found in a file: its first and last seq, its place, its entries undecoded."""

    first: int
    last: int
    start: int
    end: int
    packed: bytes

    def entries(self) -> list[Entry]:
        """Decoded, as `unpacked`."""
        return unpacked(self.packed)


def frame(entries: Sequence[Entry]) -> tuple[bytes, bytes]:
    """A record's head, and what follows it: the entries, packed."""
    packed = _encoder.encode(entries)
    if len(packed) > MOST:
        raise ValueError(f"a record of {len(packed)} bytes: at most {MOST} are kept")
    first, count = entries[0].seq, len(entries)
    head = _HEAD.pack(len(packed), _crc(packed, first, count), first, count)
    return head, packed


def unpacked(packed: bytes) -> list[Entry]:
    """The entries of a record; raises msgspec.ValidationError for what another version wrote."""
    return _decoder.decode(packed)


def _crc(packed: bytes, first: int, count: int) -> int:
    return zlib.crc32(packed, zlib.crc32(_SUMMED.pack(len(packed), first, count)))


class Scan:
    """The records of an open file from `offset` on, which moves along."""

    def __init__(self, file: BinaryIO, offset: int = 0) -> None:
        self._file = file
        self.offset = offset

    def __iter__(self) -> Iterator[Record]:
        self._file.seek(self.offset)
        while (record := self._next()) is not None:
            yield record

    def _next(self) -> Record | None:
        head = self._file.read(_HEAD.size)
        if len(head) < _HEAD.size:
            return None
        length, crc, first, count = _HEAD.unpack(head)
        if not 0 < length <= MOST:
            return None
        packed = self._file.read(length)
        if len(packed) < length or crc != _crc(packed, first, count):
            return None
        start, self.offset = self.offset, self.offset + _HEAD.size + length
        return Record(first, first + count - 1, start, self.offset, packed)

    def ended(self) -> End:
        """What is at `offset`, once no record is: no more, a write cut short, or damage that hides
        whole records behind it."""
        self._file.seek(self.offset)
        rest = self._file.read().rstrip(b"\0")
        if not rest:
            return "end"
        return "damaged" if any(_is_record(rest, at) for at in range(1, len(rest))) else "torn"


def _is_record(found: bytes, at: int) -> bool:
    """Whether a whole record starts there; its last zeros may have been stripped."""
    if len(found) < at + _HEAD.size:
        return False
    length, crc, first, count = _HEAD.unpack_from(found, at)
    # What no journal of ours reaches is not worth a crc: this runs at every byte of what is left.
    if not (0 < length <= len(found) - at and 0 < first < 2**28 and 0 < count < 2**16):
        return False
    packed = found[at + _HEAD.size : at + _HEAD.size + length].ljust(length, b"\0")
    return bool(crc == _crc(packed, first, count))
