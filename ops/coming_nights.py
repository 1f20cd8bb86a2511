"""A festival file's coming nights, for a player that is given them at its start."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from ops.own_dialects import own_dialects
from schedules.catalogue.model import Festival
from schedules.compile import compile_nights
from schedules.festival_file import decode
from schedules.nights.night_time import from_millis
from show_control.clock import SystemClock
from show_control.model import Millis, NightFile
from show_control.night_file import pack_night_file


def packed_nights(data_dir: Path, file: str) -> bytes:
    """Of a festival file's text, as the player takes them. Raises FestivalFaults."""
    festival = decode(file, own_dialects(data_dir))
    return pack_night_file(coming_nights(festival, SystemClock().now()))


def coming_nights(festival: Festival, now: Millis, version: int | None = None) -> NightFile:
    """The nights that are not over yet; those of the future stand in the file for the player alone."""
    file = compile_nights(festival, version=version).night_file
    # The night before today's may still be on.
    since = from_millis(now).astimezone(ZoneInfo(festival.festival.time_zone)).date() - timedelta(1)
    nights = tuple(n for n in file.nights if date.fromisoformat(n.date) >= since and n.ends > now)
    used = _with_started(file, {s.sequence for n in nights for s in n.slots})
    return NightFile(
        **{
            **{f: getattr(file, f) for f in file.__struct_fields__},
            "nights": nights,
            "sequences": {k: s for k, s in file.sequences.items() if k in used},
        }
    )


def _with_started(file: NightFile, sequences: set[str]) -> set[str]:
    """These, those that their cues start, and so on."""
    found, new = set[str](), set(sequences)
    while new:
        found |= new
        cues = (cue for key in new for cue in file.sequences[key].cues)
        new = {a.sequence for c in cues for a in c.do if a.sequence is not None} - found
    return found
