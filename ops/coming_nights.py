"""A festival file's coming nights, for a player that is given them at its start."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from ops.own_dialects import own_dialects
from schedules.catalogue.model import Festival
from schedules.compile import compile_nights
from schedules.festival_file import decode
from schedules.nights.night_time import from_millis, night_of
from schedules.planning.dates import nights_of
from show_control.clock import SystemClock
from show_control.model import Millis, NightFile
from show_control.night_file import pack_night_file


def packed_nights(data_dir: Path, file: str) -> bytes:
    """Of a festival file's text, as the player takes them. Raises FestivalFaults."""
    festival = decode(file, own_dialects(data_dir))
    return pack_night_file(coming_nights(festival, SystemClock().now()))


def coming_nights(festival: Festival, now: Millis) -> NightFile:
    """The nights that are not over yet; those of the future stand in the file for the player alone."""
    head = festival.festival
    tonight = night_of(from_millis(now), head.night_ends, ZoneInfo(head.time_zone))
    coming = [night for night in nights_of(head.nights) if night >= tonight]
    return compile_nights(festival, nights=coming).night_file
