"""A timecode as a rehearsal has it: nobody sends one, so it runs where it is said to (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from show_control.events import Timecode as Told
from show_control.frames import Rate, a_day, counted, nanos, read
from show_control.model import Millis, NightFile
from show_control.timecode.chasing import FREEWHEEL, MILLI, UNHEARD

TO: Final = ("stopped", "lost", "running")


class Line(msgspec.Struct, frozen=True):
    """From an instant on a timecode is at a label and runs, stands (`stopped`), is not heard (`lost`), or
    is heard again where it would be (`running`)."""

    at: Millis
    timecode: str
    to: str


def from_slots(file: NightFile) -> Iterator[Line]:
    """Each slot's timecode runs from the slot's start, there at the sequence's first cue."""
    for night in file.nights:
        for slot in night.slots:
            sequence = file.sequences[slot.sequence]
            first = next((c.timecode for c in sequence.cues if c.timecode is not None), None)
            if sequence.timecode in file.timecodes and first is not None:
                yield Line(slot.starts, sequence.timecode or "", first)


def told(file: NightFile, lines: Iterable[Line]) -> list[tuple[Millis, Told]]:
    """What the engine is told of them. A timecode that has lines of its own does not run by its slots.

    Raises ValueError, and NoSuchFrame, for a label that is none.
    """
    mine = list(lines)
    named = {line.timecode for line in mine}
    mine += [line for line in from_slots(file) if line.timecode not in named]
    zeros: dict[str, int] = {}
    found: list[tuple[Millis, Told]] = []
    for line in sorted(mine, key=lambda line: line.at):
        rate = file.timecodes[line.timecode].rate
        if line.to not in TO:
            where = nanos(counted(read(line.to), rate), rate)
            zeros[line.timecode] = line.at - (where + MILLI // 2) // MILLI
        found += _events(line, rate, zeros.get(line.timecode, line.at))
    return found


def _events(line: Line, rate: Rate, zero: Millis) -> list[tuple[Millis, Told]]:
    def at(instant: Millis, status: str, why: str | None = None) -> tuple[Millis, Told]:
        runs = status in ("running", "freewheeling")
        given = {
            "timecode": line.timecode,
            "status": status,
            "position": (instant - zero) % (a_day(rate) // MILLI),
            "zero": zero if runs else None,
            "why": why,
            "told": rate,
            "type": "Timecode",
        }
        return instant, msgspec.convert(given, Told)

    match line.to:
        case "stopped":
            return [at(line.at, "stopped", "still")]
        case "lost":
            by_itself = at(line.at + UNHEARD // MILLI, "freewheeling")
            return [by_itself, at(line.at + FREEWHEEL // MILLI, "lost", "unheard")]
        case _:
            return [at(line.at, "running")]
