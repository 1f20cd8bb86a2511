"""Where timecode is listened for: a socket for Art-Net, one for plain MIDI, two for sessions of MIDI over RTP.

Plain MIDI comes in datagrams of MIDI bytes, by multicast as ipMIDI sends it (225.0.0.37, ports from 21928)
or to the port itself; an RTP session is invited at that port and sends to the one above it. What came is
told apart by how it begins.
"""

from __future__ import annotations

import ipaddress
import socket
import struct
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import msgspec

from show_control.clock import since_stamp
from show_control.model import Timecode
from show_control.timecode import artnet, mtc, rtp_midi
from show_control.timecode.seen import Malformed, Seen

BATCH: Final = 32
"""Datagrams that are read of a socket in one turn."""

_LARGEST: Final = 2048
_RECEIVE_BUFFER: Final = 1 << 20  # what a flood may hold there while a cue is met
_STAMPED: Final = sys.platform == "linux"
_SO_TIMESTAMPNS: Final = 35  # Python does not name it
_SENDERS: Final = 16


class Heard(NamedTuple):
    """A frame of a timecode, whose it is, and when the kernel had it: a loop that met a cue meanwhile
    reads it late. Nanoseconds."""

    timecode: str
    sender: str
    seen: Seen
    at: int


class Unheard(NamedTuple):
    """What cannot be listened to, and why."""

    timecode: str
    listen: str
    fault: str


class Midi(msgspec.Struct):
    """What is known of a MIDI port's senders."""

    quarters: dict[str, mtc.Quarters]
    sessions: rtp_midi.Sessions


class Receivers:
    """The sockets of the timecodes of a night file."""

    def __init__(self) -> None:
        self.malformed: Counter[str] = Counter()
        self._timecodes: dict[str, Timecode] = {}
        self._sockets: dict[socket.socket, list[str]] = {}
        """Whose each is: Art-Net's streams share one."""
        self._midi: dict[str, Midi] = {}

    def open(self, timecodes: Mapping[str, Timecode]) -> list[Unheard]:
        """Listen to these and to no others; what cannot be heard. Those that are the same stay open."""
        for each, known in list(self._timecodes.items()):
            if timecodes.get(each) != known:
                self._close(each)
        faults = []
        for each, timecode in timecodes.items():
            try:
                if each not in self._timecodes:
                    self._open(timecode)
            except OSError as fault:
                self._close(each)
                faults.append(Unheard(each, timecode.listen, fault.strerror or str(fault)))
        return faults

    @property
    def sockets(self) -> list[socket.socket]:
        """What to wait for."""
        return list(self._sockets)

    def read(self, ready: socket.socket, now: Callable[[], int]) -> Iterator[Heard]:
        """Some of what has come; `now` gives nanoseconds."""
        for _ in range(BATCH):
            try:
                packet, told, _, peer = ready.recvmsg(_LARGEST, 64)
            except OSError:
                return
            ago = _ago(told)
            at = now() - ago  # in this order: what comes between them makes it late, never early
            for each in list(self._sockets[ready]):
                try:
                    heard = self._hear(self._timecodes[each], ready, packet, peer, at)
                except Malformed:
                    self.malformed[each] += 1
                    continue
                sender = f"{peer[0]}:{peer[1]}"
                yield from (Heard(each, sender, seen, at) for seen in heard if seen is not None)

    def close(self) -> None:
        """Stop listening."""
        for each in list(self._timecodes):
            self._close(each)

    # ------------------------------------------------------------ parts

    def _open(self, timecode: Timecode) -> None:
        self._timecodes[timecode.id] = timecode
        if timecode.kind == "artnet" and (shared := self._at(timecode.listen)) is not None:
            self._sockets[shared].append(timecode.id)
            return
        parts = urlsplit(timecode.listen)
        host, port = parts.hostname or "", parts.port or 0
        group = ipaddress.IPv4Address(host).is_multicast
        self._bind(timecode, host, port, group=group)
        if timecode.kind == "mtc":
            self._midi[timecode.id] = Midi({}, {})
            if not group:
                self._bind(timecode, host, port + 1, group=False)

    def _at(self, listen: str) -> socket.socket | None:
        for bound, whose in self._sockets.items():
            if self._timecodes[whose[0]].listen == listen:
                return bound
        return None

    def _bind(self, timecode: Timecode, host: str, port: int, *, group: bool) -> None:
        bound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._sockets[bound] = [timecode.id]
        bound.setblocking(False)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER)
        if _STAMPED:
            bound.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)
        if group or timecode.kind == "artnet":  # others on this machine may listen to the same
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        if group:
            joined = socket.inet_aton(host) + socket.inet_aton(timecode.interface or "0.0.0.0")  # noqa: S104 - any: the system's choice
            bound.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, joined)

    def _close(self, timecode: str) -> None:
        for each, whose in list(self._sockets.items()):
            if timecode in whose:
                whose.remove(timecode)
            if not whose:
                del self._sockets[each]
                each.close()
        self._timecodes.pop(timecode, None)
        self._midi.pop(timecode, None)

    def _hear(
        self,
        timecode: Timecode,
        ready: socket.socket,
        packet: bytes,
        peer: rtp_midi.Address,
        now: int,
    ) -> list[Seen | None]:
        if timecode.kind == "artnet":
            return [artnet.read(packet, timecode.stream)]
        midi = self._midi[timecode.id]
        messages: tuple[bytes, ...] = ()
        answer: bytes | None = None
        at = now // 1_000_000
        if rtp_midi.is_session(packet):
            midi.sessions, answer = rtp_midi.command(midi.sessions, packet, peer, at)
        elif peer in midi.sessions:
            midi.sessions, messages, answer = rtp_midi.data(midi.sessions, packet, peer, at)
        else:
            messages = tuple(mtc.messages(packet))
        if answer is not None:
            _say(ready, answer, peer)
        return [_message(midi, f"{peer[0]}:{peer[1]}", m) for m in messages]


def _message(midi: Midi, sender: str, message: bytes) -> Seen | None:
    """One MIDI message of a sender, whose quarter frames are put together apart from others'."""
    known = midi.quarters.pop(sender, mtc.NONE_YET)
    midi.quarters[sender], seen = mtc.hear(known, message)
    while len(midi.quarters) > _SENDERS:
        del midi.quarters[next(iter(midi.quarters))]
    return seen


def _ago(told: list[tuple[int, int, bytes]]) -> int:
    """How long the kernel has had a packet, as it says itself."""
    for level, kind, data in told:
        if (level, kind) == (socket.SOL_SOCKET, _SO_TIMESTAMPNS) and len(data) >= 16:
            seconds, nanoseconds = struct.unpack("@qq", data[:16])
            return since_stamp(seconds * 1_000_000_000 + nanoseconds)
    return 0


def _say(ready: socket.socket, answer: bytes, peer: rtp_midi.Address) -> None:
    try:
        ready.sendto(answer, peer)
    except OSError:
        pass  # it asks again, or is gone
