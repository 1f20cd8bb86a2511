"""Where the cues at a timecode lie on its timeline (pure)."""

from __future__ import annotations

from collections.abc import Iterable

from schedules.catalogue.model import Cue
from show_control.frames import Rate, a_day, position, read

_NS = 1_000_000


def places(cues: Iterable[Cue], rate: Rate) -> list[int | None]:
    """The place of each cue at a timecode, in milliseconds from 00:00:00:00 of its first day of labels.

    A cue more than twelve hours before the one before it in the file is of the next day: 00:00:10:00
    after 23:59:50:00.
    """
    day = a_day(rate)
    found: list[int | None] = []
    before, days = 0, 0
    for cue in cues:
        if cue.timecode is None:
            found.append(None)
            continue
        where = position(read(cue.timecode), rate) + days * day
        if where < before - day // 2:
            where, days = where + day, days + 1
        before = where
        found.append((where + _NS // 2) // _NS)
    return found
