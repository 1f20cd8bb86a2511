"""MIDI timecode: quarter frames put together, and full frames (pure).

From the MIDI 1.0 detailed specification, MIDI Time Code (MMA document RP-004/RP-008). A quarter frame is
`F1 0nnndddd`: eight of them, piece 0 to piece 7, say the label of the frame in which piece 0 was sent, and
last two frames; piece 7 has the rate. A full frame is the SysEx `F0 7F dev 01 01 hr mn sc fr F7`, its hours
`0rrhhhhh`: it says where the timecode stands, before it runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from show_control.frames import Label, NoSuchFrame, Rate, counted, nanos, position
from show_control.timecode.seen import Malformed, Seen

_RATES: Final[tuple[Rate, ...]] = ("24", "25", "29.97", "30")
_QUARTER: Final = 0xF1
_SYSEX: Final = 0xF0
_END: Final = 0xF7
_REAL_TIME: Final = 0xF8
_FULL_FRAME: Final = 10
_DATA_BYTES: Final = {0xF1: 1, 0xF2: 2, 0xF3: 1}
_PIECES: Final = 8


class Quarters(msgspec.Struct, frozen=True):
    """What quarter frames have come to so far.

    `nibbles` are the pieces of a set, from 0 on; going backwards from 7 on. `count` is the frame in
    which the set under way began, once a set was whole, and `last` the piece that came last.
    """

    nibbles: tuple[int, ...] = ()
    backwards: bool = False
    last: int | None = None
    count: int | None = None
    rate: Rate = "25"


NONE_YET = Quarters()


def messages(data: bytes) -> Iterator[bytes]:
    """The MIDI messages of a datagram that holds plain MIDI, each with its status. Raises Malformed."""
    at, running = 0, 0
    while at < len(data):
        status = data[at]
        if status & 0x80:
            at += 1
        elif running:
            status = running
        else:
            raise Malformed("MIDI data without a status")
        length = _length(data, at, status)
        if at + length > len(data):
            raise Malformed("a MIDI message is cut off")
        yield bytes((status,)) + data[at : at + length]
        at += length
        if status < _REAL_TIME:  # what comes in between changes nothing
            running = status if status < _SYSEX else 0


def _length(data: bytes, at: int, status: int) -> int:
    """How many bytes belong to a message after its status."""
    if status == _SYSEX:
        ends = data.find(_END, at)
        if ends < 0:
            raise Malformed("a SysEx without an end")
        return ends + 1 - at
    return data_bytes(status)


def data_bytes(status: int) -> int:
    """How many data bytes a message has that is no SysEx."""
    if status >= _SYSEX:
        return _DATA_BYTES.get(status, 0)
    return 1 if status & 0xF0 in (0xC0, 0xD0) else 2


def hear(quarters: Quarters, message: bytes) -> tuple[Quarters, Seen | None]:
    """What one MIDI message says of timecode. Raises Malformed; other messages say nothing."""
    if message[:1] == b"\xf1" and len(message) == 2:
        return _quarter(quarters, message[1])
    if len(message) == _FULL_FRAME and message[:2] == b"\xf0\x7f" and message[3:5] == b"\x01\x01":
        return NONE_YET, _full(message[5:9])
    return quarters, None


def _full(told: bytes) -> Seen:
    hours, minutes, seconds, frames = told
    rate = _RATES[hours >> 5 & 3]
    return Seen(_placed(Label(hours & 0x1F, minutes, seconds, frames), rate), rate, still=True)


def _placed(label: Label, rate: Rate) -> int:
    try:
        return position(label, rate)
    except NoSuchFrame as wrong:
        raise Malformed(str(wrong)) from None


def _quarter(quarters: Quarters, data: int) -> tuple[Quarters, Seen | None]:
    piece, nibble = data >> 4 & 7, data & 0x0F
    if quarters.last is None or piece == (quarters.last + 1) % _PIECES:
        return _onward(quarters, piece, nibble)
    if piece == (quarters.last - 1) % _PIECES:
        return _back(quarters, piece, nibble)
    return _onward(NONE_YET, piece, nibble)  # some were lost: from here anew


def _onward(quarters: Quarters, piece: int, nibble: int) -> tuple[Quarters, Seen | None]:
    """A piece in its order: where the label of the set before is known, it says where it is by itself."""
    kept = () if quarters.backwards or piece == 0 else quarters.nibbles
    nibbles = (*kept, nibble) if len(kept) == piece else ()
    count = None if quarters.backwards else quarters.count
    if piece == 0 and count is not None:
        count += 2
    rate = quarters.rate
    if len(nibbles) == _PIECES:
        label, rate = _label(nibbles)
        count = _counted(label, rate)
    known = Quarters(nibbles, last=piece, count=count, rate=rate)
    if count is None:
        return known, None
    return known, Seen(nanos(4 * count + piece, rate) // 4, rate)


def _back(quarters: Quarters, piece: int, nibble: int) -> tuple[Quarters, Seen | None]:
    """Played backwards the pieces come from 7 to 0; a whole set says its label."""
    kept = quarters.nibbles if quarters.backwards and piece != _PIECES - 1 else ()
    nibbles = (*kept, nibble) if len(kept) == _PIECES - 1 - piece else ()
    known = Quarters(nibbles, backwards=True, last=piece)
    if len(nibbles) < _PIECES:
        return known, None
    label, rate = _label(nibbles[::-1])
    return known, Seen(nanos(_counted(label, rate), rate), rate)


def _counted(label: Label, rate: Rate) -> int:
    try:
        return counted(label, rate)
    except NoSuchFrame as wrong:
        raise Malformed(str(wrong)) from None


def _label(nibbles: tuple[int, ...]) -> tuple[Label, Rate]:
    low_frames, high_frames, low_seconds, high_seconds, low_minutes, high_minutes, low, high = (
        nibbles
    )
    return (
        Label(
            hours=low | (high & 1) << 4,
            minutes=low_minutes | (high_minutes & 3) << 4,
            seconds=low_seconds | (high_seconds & 3) << 4,
            frames=low_frames | (high_frames & 1) << 4,
        ),
        _RATES[high >> 1 & 3],
    )
