"""MIDI over RTP, as its receiver: Apple's sessions, and the MIDI list in RFC 6295's payload (pure).

Sessions: *MIDI Network Driver Protocol*,
https://developer.apple.com/library/archive/documentation/Audio/Conceptual/MIDINetworkDriverProtocol/MIDI/MIDI.html .
Packets: RFC 3550, 5.1 (the header); RFC 6295, 3 (the MIDI list). The recovery journal is not read: what it
would bring back of timecode is late by then.

We are invited, never invite: a sender opens the session on the control port and on the data port above it,
then keeps in touch by clock questions, which we answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from show_control.model import Millis
from show_control.timecode.mtc import data_bytes
from show_control.timecode.seen import Malformed

Address = tuple[str, int]

SSRC: Final = 0x4C414D50
"""Ours, in every session."""
NAME: Final = b"Lamplighter\x00"
FORGOTTEN_AFTER: Final[Millis] = 60_000
"""Apple's page: who has not been heard for a minute is gone."""
MOST: Final = 16
"""Sessions at one time; further ones are refused."""
TELL_EVERY: Final[Millis] = 1000
"""How often a sender is told what has come, so that its journal stays short."""

_SIGNATURE: Final = b"\xff\xff"
_VERSION: Final = 2
_SYSEX_MARKS: Final = frozenset({0xF0, 0xF7, 0xF4})


class Session(msgspec.Struct, frozen=True):
    """Who is connected, by the SSRC of its invitation."""

    ssrc: int
    heard_at: Millis
    sequence: int | None = None
    told_at: Millis = 0


Sessions = dict[Address, Session]
"""By the address that a sender's data comes from."""


def is_session(packet: bytes) -> bool:
    """Whether it is a command of the session, and no RTP."""
    return packet.startswith(_SIGNATURE)


def command(
    sessions: Sessions, packet: bytes, peer: Address, now: Millis
) -> tuple[Sessions, bytes | None]:
    """Take a command of a session; the answer to go back, if there is one. Raises Malformed."""
    known = {a: s for a, s in sessions.items() if now - s.heard_at < FORGOTTEN_AFTER}
    kind, rest = packet[2:4], packet[4:]
    match kind:
        case b"IN":
            return _invited(known, rest, peer, now)
        case b"BY":
            _, _, ssrc = _words(rest, 3)
            return {a: s for a, s in known.items() if s.ssrc != ssrc}, None
        case b"CK":
            return _asked_the_time(known, rest, peer, now)
        case b"RS" | b"RL" | b"OK" | b"NO":
            return known, None
        case _:
            raise Malformed("not a command of a MIDI session")


def _words(told: bytes, count: int) -> tuple[int, ...]:
    if len(told) < 4 * count:
        raise Malformed("a command of a MIDI session is cut off")
    return tuple(int.from_bytes(told[4 * n : 4 * n + 4], "big") for n in range(count))


def _invited(
    sessions: Sessions, told: bytes, peer: Address, now: Millis
) -> tuple[Sessions, bytes | None]:
    version, token, ssrc = _words(told, 3)
    if version != _VERSION:
        raise Malformed(f"version {version} of MIDI sessions is not known")
    ours = version.to_bytes(4, "big") + token.to_bytes(4, "big") + SSRC.to_bytes(4, "big")
    if peer not in sessions and len(sessions) >= MOST:
        return sessions, _SIGNATURE + b"NO" + ours
    return {**sessions, peer: Session(ssrc, now)}, _SIGNATURE + b"OK" + ours + NAME


def _asked_the_time(
    sessions: Sessions, told: bytes, peer: Address, now: Millis
) -> tuple[Sessions, bytes | None]:
    """CK0 is answered by CK1 with our time, in tenths of a millisecond; CK2 needs no answer."""
    _words(told, 8)
    found = sessions.get(peer)
    if found is None:
        return sessions, None
    sessions = {**sessions, peer: msgspec.structs.replace(found, heard_at=now)}
    if told[4] != 0:
        return sessions, None
    ours = (10 * now).to_bytes(8, "big")
    head = _SIGNATURE + b"CK" + SSRC.to_bytes(4, "big") + b"\x01\x00\x00\x00"
    return sessions, head + told[8:16] + ours + bytes(8)


def data(
    sessions: Sessions, packet: bytes, peer: Address, now: Millis
) -> tuple[Sessions, tuple[bytes, ...], bytes | None]:
    """The MIDI messages of an RTP packet of a session, and what its sender is told. Raises Malformed.

    A packet that an earlier one has overtaken says nothing any more.
    """
    found = sessions.get(peer)
    if found is None:
        raise Malformed("RTP of no session")
    payload, sequence = _payload(packet)
    heard = tuple(_midi_list(payload))
    if found.sequence is not None and not 0 < (sequence - found.sequence) % 65536 < 32768:
        return sessions, (), None
    tell = now - found.told_at >= TELL_EVERY
    known = Session(found.ssrc, now, sequence, now if tell else found.told_at)
    got = SSRC.to_bytes(4, "big") + sequence.to_bytes(2, "big") + b"\x00\x00"
    return {**sessions, peer: known}, heard, _SIGNATURE + b"RS" + got if tell else None


def _payload(packet: bytes) -> tuple[bytes, int]:
    """What follows RTP's header, and its sequence number."""
    if len(packet) < 13 or packet[0] >> 6 != 2:
        raise Malformed("not RTP")
    starts = 12 + 4 * (packet[0] & 0x0F)
    if packet[0] & 0x10:
        if len(packet) < starts + 4:
            raise Malformed("RTP's header is cut off")
        starts += 4 + 4 * int.from_bytes(packet[starts + 2 : starts + 4], "big")
    return packet[starts:], int.from_bytes(packet[2:4], "big")


def _midi_list(payload: bytes) -> Iterator[bytes]:
    """The commands of a MIDI command section: a header of one or two bytes, then delta times and commands."""
    if not payload:
        raise Malformed("no MIDI command section")
    flags, starts, length = payload[0], 1, payload[0] & 0x0F
    if flags & 0x80:
        if len(payload) < 2:
            raise Malformed("the MIDI command section is cut off")
        starts, length = 2, length << 8 | payload[1]
    if len(payload) < starts + length:
        raise Malformed("the MIDI list is cut off")
    return _commands(payload[starts : starts + length], first_delta=bool(flags & 0x20))


def _commands(listed: bytes, *, first_delta: bool) -> Iterator[bytes]:
    at, running, delta = 0, 0, first_delta
    while at < len(listed):
        if delta:
            at = _past_delta(listed, at)
            if at == len(listed):
                return  # the last delta time may have no command
        delta = True
        status = listed[at]
        if status & 0x80:
            at += 1
        elif running:
            status = running
        else:
            raise Malformed("a MIDI command without a status")
        ends = _end(listed, at, status)
        yield bytes((status,)) + listed[at:ends]
        at = ends
        if status < 0xF8:
            running = status if status < 0xF0 else 0


def _past_delta(listed: bytes, at: int) -> int:
    """A delta time is one to four bytes; all but the last have their top bit set."""
    for length in range(1, 5):
        if at + length > len(listed):
            break
        if not listed[at + length - 1] & 0x80:
            return at + length
    raise Malformed("a delta time without an end")


def _end(listed: bytes, at: int, status: int) -> int:
    """Where a command ends; a SysEx, or a segment of one, at the mark that closes it."""
    if status in (0xF0, 0xF7):
        ends = next((n for n in range(at, len(listed)) if listed[n] in _SYSEX_MARKS), None)
        if ends is None:
            raise Malformed("a SysEx without an end")
        return ends + 1
    ends = at + data_bytes(status)
    if ends > len(listed):
        raise Malformed("a MIDI command is cut off")
    return ends
