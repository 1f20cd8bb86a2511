"""Art-Net timecode, from the packet definition of ArtTimeCode (pure).

The vendor's page: Art-Net 4 specification, ArtTimeCode,
https://art-net.org.uk/how-it-works/time-keeping-triggering/arttimecode/ . Nineteen bytes: ID, OpCode
(low byte first), ProtVer, a filler, StreamId, frames, seconds, minutes, hours, type.
"""

from __future__ import annotations

from typing import Final

from show_control.frames import Label, NoSuchFrame, Rate, position
from show_control.timecode.seen import Malformed, Seen

PORT: Final = 6454

_ID: Final = b"Art-Net\x00"
_OP_TIME_CODE: Final = 0x9700
_OLDEST: Final = 14
_LENGTH: Final = 19
_TYPES: Final[tuple[Rate, ...]] = ("24", "25", "29.97", "30")  # film, EBU, DF, SMPTE


def read(packet: bytes, stream: int) -> Seen | None:
    """The frame of a packet; None for Art-Net that is not timecode, or is another stream's.

    Raises Malformed.
    """
    if not packet.startswith(_ID) or len(packet) < 10:
        raise Malformed("not Art-Net")
    if int.from_bytes(packet[8:10], "little") != _OP_TIME_CODE:
        return None
    if len(packet) < _LENGTH:
        raise Malformed("ArtTimeCode is 19 bytes")
    if int.from_bytes(packet[10:12], "big") < _OLDEST:
        raise Malformed("ProtVer is 14 or more")
    told, frames, seconds, minutes, hours, kind = packet[13:_LENGTH]
    if told != stream:
        return None
    if kind >= len(_TYPES):
        raise Malformed(f"type {kind} of timecode is not known")
    rate = _TYPES[kind]
    try:
        return Seen(position(Label(hours, minutes, seconds, frames), rate), rate)
    except NoSuchFrame as wrong:
        raise Malformed(str(wrong)) from None
