"""Bytes of a journal file: records, each the entries of one `append`, whole or not at all.

A record has a head of four u32, little-endian: the length of what follows the head, the crc32 of all
but itself, the first entry's seq and how many entries there are (so that a reader may pass over a
record undecoded). The entries follow, a msgpack array. Files are preallocated with zeros: a length of
zero ends one. Where bytes are no record, the next whole record behind them is looked for: what was damaged
costs the entries that it held and no others.
"""

from __future__ import annotations

import re
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
_STRIPPED = 4096
"""Zeros that a record may well end with."""
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(list[Entry])

_COUNT_AND_ARRAY = re.compile(rb"\0\0[\x90-\x9f\xdc\xdd]")
"""The end of a head and the beginning of its entries: fewer than 2**16 of them, as an array."""
_INTO_HEAD = _HEAD.size - 2

End = Literal["end", "torn"]
"""How a file ends: cleanly, or in a record that was not written whole."""


class Gap(msgspec.Struct, frozen=True):
    """Bytes from `start` to `end` that are no record, and the seqs before and behind them."""

    start: int
    end: int
    before: int
    behind: int

    @property
    def lost(self) -> int:
        """How many entries."""
        return self.behind - self.before - 1


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
    """The entries of a record; raises msgspec.DecodeError for what another version wrote."""
    try:
        return _decoder.decode(packed)
    except (UnicodeDecodeError, RecursionError) as fault:
        raise msgspec.DecodeError(str(fault)) from None


def _crc(packed: bytes, first: int, count: int) -> int:
    return zlib.crc32(packed, zlib.crc32(_SUMMED.pack(len(packed), first, count)))


class Scan:
    """The records of an open file from `offset` on, which moves along.

    `mending` passes over damage to what lies behind it; what was passed over is in `gaps`.
    """

    def __init__(self, file: BinaryIO, offset: int = 0, *, mending: bool = True) -> None:
        self._file = file
        self._mending = mending
        self._last = 0
        self.offset = offset
        self.gaps: list[Gap] = []

    def __iter__(self) -> Iterator[Record]:
        self._file.seek(self.offset)
        while (record := self._next() or self._beyond()) is not None:
            self._last = record.last
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

    def _beyond(self) -> Record | None:
        """The first whole record behind what is none; None where there are no more."""
        found = _first_record(self._rest(), self._last) if self._mending else None
        if found is None:
            return None
        start, self.offset = self.offset, self.offset + found
        self._file.seek(self.offset)
        record = self._next()
        if record is not None:
            self.gaps.append(Gap(start, record.start, self._last, record.first))
        return record

    def _rest(self) -> bytes:
        self._file.seek(self.offset)
        return self._file.read().rstrip(b"\0")

    def ended(self) -> End:
        """What is at `offset`, once no record is: no more, or a write cut short."""
        return "torn" if self._rest() else "end"


def _first_record(rest: bytes, after: int) -> int | None:
    """Where the first whole record with a seq above `after` begins."""
    places = (found.start() - _INTO_HEAD for found in _COUNT_AND_ARRAY.finditer(rest))
    return next((at for at in places if at > 0 and _is_record(rest, at, after)), None)


def _is_record(found: bytes, at: int, after: int) -> bool:
    """Whether a whole record starts there; its last zeros may have been stripped."""
    if len(found) < at + _HEAD.size:
        return False
    length, crc, first, count = _HEAD.unpack_from(found, at)
    if not (0 < length <= MOST and after < first and count):
        return False
    packed = found[at + _HEAD.size : at + _HEAD.size + length]
    if length - len(packed) > _STRIPPED:
        return False
    return bool(crc == _crc(packed.ljust(length, b"\0"), first, count))
