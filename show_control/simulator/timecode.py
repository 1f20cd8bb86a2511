"""A sender of timecode, Art-Net's or MTC's, with what goes wrong with one, for rehearsals and tests.

Of the code that follows timecode it shares nothing: it counts labels one by one, and packs them as the
specifications say (Art-Net 4, ArtTimeCode; MIDI 1.0, MIDI Time Code).
"""

from __future__ import annotations

import re
import socket
from collections.abc import Sequence
from fractions import Fraction
from typing import Final
from urllib.parse import urlsplit

from show_control.model import NightFile, Timecode

PREFIX: Final = "timecode/"
TIMECODE_FAULTS: Final = ("stop", "loss:900ms", "jump:01:00:30:00", "reverse", "rate:30", "ok")
"""As they are written; numbers and labels are examples."""

_KINDS: Final = ("24", "25", "29.97", "30")
_LABELS: Final = {"24": 24, "25": 25, "29.97": 30, "30": 30}
_FRAME: Final = {
    "24": Fraction(10**9, 24),
    "25": Fraction(10**9, 25),
    "29.97": Fraction(1001 * 10**6, 30),
    "30": Fraction(10**9, 30),
}
_LABEL: Final = re.compile(r"(\d\d):(\d\d):(\d\d)[:;](\d\d)", re.ASCII)
_LOSS: Final = re.compile(r"loss:(\d{1,6})ms")
_BEHIND: Final = 250_000_000
"""Nanoseconds: who is further behind has slept, and leaves out what it did not send."""

Label = tuple[int, int, int, int]


def read_label(text: str) -> Label:
    """`HH:MM:SS:FF`. Raises ValueError."""
    found = _LABEL.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no timecode: HH:MM:SS:FF")
    hours, minutes, seconds, frames = (int(g) for g in found.groups())
    return hours, minutes, seconds, frames


def after(label: Label, rate: str) -> Label:
    """The next label: drop-frame leaves out 00 and 01 of each minute but every tenth."""
    hours, minutes, seconds, frames = label
    frames += 1
    if frames == _LABELS[rate]:
        frames, seconds = 0, seconds + 1
    if seconds == 60:
        seconds, minutes = 0, minutes + 1
        if rate == "29.97" and minutes % 10:
            frames = 2
    if minutes == 60:
        minutes, hours = 0, hours + 1
    return hours % 24, minutes, seconds, frames


def before(label: Label, rate: str) -> Label:
    """The label before."""
    hours, minutes, seconds, frames = label
    first = 2 if rate == "29.97" and seconds == 0 and minutes % 10 else 0
    if frames > first:
        return hours, minutes, seconds, frames - 1
    last = _LABELS[rate] - 1
    whole = (hours * 3600 + minutes * 60 + seconds - 1) % 86_400
    return whole // 3600, whole // 60 % 60, whole % 60, last


def art_net(label: Label, rate: str, stream: int = 0) -> bytes:
    """An ArtTimeCode packet."""
    hours, minutes, seconds, frames = label
    told = (0, stream, frames, seconds, minutes, hours, _KINDS.index(rate))
    return b"Art-Net\x00\x00\x97\x00\x0e" + bytes(told)


def quarter_frame(label: Label, rate: str, piece: int) -> bytes:
    """One of the eight pieces of a label."""
    hours, minutes, seconds, frames = label
    value = (frames, seconds, minutes, hours | _KINDS.index(rate) << 5)[piece // 2]
    return bytes((0xF1, piece << 4 | (value >> 4 if piece % 2 else value & 0x0F)))


class Sender:
    """Sends one timecode to where it is listened for; it runs from its first turn on."""

    def __init__(self, timecode: Timecode, start: Label) -> None:
        self.timecode = timecode
        self.rate: str = timecode.rate
        self.label = start
        self.stands = False
        self.backwards = False
        self._silent_until = 0
        self._piece = 0
        self._set = start
        self._due: Fraction | None = None
        parts = urlsplit(timecode.listen)
        host = "127.0.0.1" if parts.hostname == "0.0.0.0" else parts.hostname  # noqa: S104 - everywhere: here
        self._to = (host, parts.port)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        if timecode.interface is not None:
            by = socket.inet_aton(timecode.interface)
            self._socket.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, by)

    @property
    def name(self) -> str:
        """As faults name it."""
        return f"{PREFIX}{self.timecode.id}"

    def give(self, fault: str, now: int) -> str | None:
        """Stop: the same frame again and again. Loss: nothing is sent, and it runs on. What is wrong with
        the fault's name."""
        if loss := _LOSS.fullmatch(fault):
            self._silent_until = now + int(loss[1]) * 1_000_000
        elif fault.startswith("jump:"):
            try:
                self.label = self._set = read_label(fault.removeprefix("jump:"))
            except ValueError as wrong:
                return str(wrong)
            self._piece = 0
        elif fault.startswith("rate:") and fault.removeprefix("rate:") in _KINDS:
            self.rate = fault.removeprefix("rate:")
        elif fault == "stop":
            self.stands = True
        elif fault == "reverse":
            self.backwards = True
        elif fault == "ok":
            self.stands = self.backwards = False
            self._silent_until, self.rate = 0, self.timecode.rate
        else:
            return f"{fault!r} is not one of {', '.join(TIMECODE_FAULTS)}"
        return None

    def next_at(self, now: int) -> int:
        """When it sends next, in nanoseconds."""
        return now if self._due is None else -(-self._due.numerator // self._due.denominator)

    def turn(self, now: int) -> None:
        """Send what is due; an MTC sender sends four pieces a frame."""
        mtc = self.timecode.kind == "mtc"
        step = _FRAME[self.rate] / (4 if mtc else 1)
        if self._due is None or now - self._due > _BEHIND:
            self._due = Fraction(now)
        while self._due <= now:
            if now >= self._silent_until:
                self._say(self._quarter() if mtc else self._frame())
            self._advance(mtc=mtc)
            self._due += step

    def close(self) -> None:
        """Send no more."""
        self._socket.close()

    def _frame(self) -> bytes:
        return art_net(self.label, self.rate, self.timecode.stream)

    def _quarter(self) -> bytes:
        """While it stands, MTC says so by a full frame."""
        if self.stands:
            hours, minutes, seconds, frames = self.label
            told = (hours | _KINDS.index(self.rate) << 5, minutes, seconds, frames)
            return b"\xf0\x7f\x7f\x01\x01" + bytes(told) + b"\xf7"
        piece = 7 - self._piece if self.backwards else self._piece
        return quarter_frame(self._set, self.rate, piece)

    def _advance(self, *, mtc: bool) -> None:
        if self.stands:
            return
        self._piece = (self._piece + 1) % 8 if mtc else 0
        if mtc and self._piece % 4:
            return
        self.label = (
            before(self.label, self.rate) if self.backwards else after(self.label, self.rate)
        )
        if not mtc or self._piece == 0:
            self._set = self.label

    def _say(self, packet: bytes) -> None:
        try:
            self._socket.sendto(packet, self._to)
        except OSError:
            pass  # nobody listens


def senders(file: NightFile, asked: Sequence[str]) -> list[Sender]:
    """Senders of the timecodes named, as `ID` or `ID@HH:MM:SS:FF`. Raises ValueError.

    Without a label one begins where the first cue at it is.
    """
    found = []
    for text in asked:
        name, _, label = text.partition("@")
        if name not in file.timecodes:
            known = ", ".join(file.timecodes) or "the file has none"
            raise ValueError(f"there is no timecode {name!r}: {known}")
        start = read_label(label) if label else _first(file, name)
        found.append(Sender(file.timecodes[name], start))
    return found


def _first(file: NightFile, timecode: str) -> Label:
    labels = [
        cue.timecode
        for sequence in file.sequences.values()
        if sequence.timecode == timecode
        for cue in sequence.cues
        if cue.timecode is not None
    ]
    return read_label(min(labels)) if labels else (0, 0, 0, 0)


def give_timecode_fault(given: Sequence[Sender], text: str, now: int) -> str | None:
    """Give the fault that `timecode/ID=FAULT` names; what is wrong with it."""
    name, _, fault = text.strip().partition("=")
    found = [s for s in given if s.name == name]
    if not found:
        return f"there is no {name!r}: {', '.join(s.name for s in given) or 'none is sent'}"
    return found[0].give(fault, now)
