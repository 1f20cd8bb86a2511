"""`lamplighter rehearse`: a night of a festival file in virtual time, printed as it ran."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any, get_args
from zoneinfo import ZoneInfo

import msgspec

from ops.night_window import Window, read_window
from schedules.catalogue.machines import Dialect
from schedules.catalogue.model import Festival
from schedules.compile import compile_nights
from schedules.festival_file import decode
from schedules.nights import night_time
from show_control import frames
from show_control.clock import Clock, PacedClock, SystemClock
from show_control.cue_sheet import line, text
from show_control.documents import Routing, Which
from show_control.entries import Entry
from show_control.events import Call, CallName, Timecode
from show_control.model import Argument, Millis, NightFile
from show_control.outgoing import Packet
from show_control.rehearsal import Rehearsed, begins, playing
from show_control.timecode.rehearsed import TO, Line
from show_control.timecode.rehearsed import told as timecodes_told

CALLER = "caller"
"""Who calls where the calls file names nobody."""
CALL_NAMES: tuple[str, ...] = get_args(CallName)
COLUMNS = (
    "at", "call", "run", "standby", "output", "by", "reason",
    "surface", "outputs", "to", "server", "which", "timecode",
)  # fmt: skip
"""`outputs` with spaces between."""


class CallsFault(ValueError):
    """A calls file that cannot be used: each fault on a line, with its place and what would be right."""


def rehearsed(
    file: str,
    night: date,
    calls: str | None,
    dialects: Iterable[Dialect] = (),
    *,
    as_json: bool,
    between: tuple[str | None, str | None] = (None, None),
    speed: float | None = None,
) -> Iterator[str]:
    """The lines to print, of a festival file's text, of a window of the night or of all of it.

    With a speed each comes when it happens. Raises FestivalFaults, CallsFault, WindowFault.
    """
    festival = decode(file, dialects)
    night_file = compile_nights(festival, nights=[night]).night_file
    window = read_window(*between, festival, night)
    rows = read_calls(calls, festival, night) if calls is not None else []
    lines = [said for _, said in rows if isinstance(said, Line)]
    called = [(at, said) for at, said in rows if isinstance(said, Call)]
    said: list[tuple[Millis, Call | Timecode]] = [*called, *timecodes_told(night_file, lines)]
    clock = None if speed is None else paced(night_file, window, speed)
    return told(playing(night_file, said, clock, window.ends), night_file, window, as_json)


def paced(file: NightFile, window: Window, speed: float) -> Clock:
    """A clock that hurries to where the window begins."""
    starts = begins(file)
    first = starts if window.starts is None else window.starts
    return PacedClock(starts, first, speed, SystemClock())


def told(
    parts: Iterable[Rehearsed], file: NightFile, window: Window, as_json: bool
) -> Iterator[str]:
    """What of it lies in the window, as it happens."""
    for part in parts:
        if as_json:
            yield from (as_line(s.at, s.packet) for s in part.sent if window.has(s.at))
        else:
            yield from cue_sheet([e for e in part.entries if window.has(e.at)], file)


def cue_sheet(entries: list[Entry], file: NightFile) -> Iterator[str]:
    """The sheet's lines."""
    views = (line(entry, file.time_zone) for entry in entries)
    return (text(view) for view in views if view is not None)


def instant(at: Millis) -> str:
    """RFC 3339 in UTC, to the millisecond."""
    whole = datetime.fromtimestamp(at // 1000, UTC)
    return f"{whole:%Y-%m-%dT%H:%M:%S}.{at % 1000:03}Z"


def as_line(at: Millis, packet: Packet) -> str:
    """One OSC message as one line of JSON."""
    send = packet.send
    return json.dumps(
        {
            "at": instant(at),
            "night": send.night,
            "surface": send.surface,
            "slot": send.slot,
            "run": send.run,
            "cue": send.cue,
            "output": send.output,
            "server": packet.side,
            "address": packet.address,
            "args": [plain(a) for a in packet.args],
            **({} if send.routing == "wire" else {"routing": send.routing}),
        },
        ensure_ascii=False,
    )


def plain(argument: Argument) -> object:
    """An OSC argument as JSON has it: T and F are true and false, N is null, blobs are hex."""
    match argument.tag:
        case "T" | "F":
            return argument.tag == "T"
        case "N":
            return None
        case _:
            value = argument.value
            return value.hex() if isinstance(value, bytes) else value


def read_calls(csv_text: str, festival: Festival, night: date) -> list[tuple[Millis, Call | Line]]:
    """Calls, and what timecodes do, with their instants. Raises CallsFault with every fault of the file."""
    reader = csv.DictReader(csv_text.splitlines(), skipinitialspace=True, restval="")
    reader.fieldnames = [name.strip() for name in reader.fieldnames or ()]
    faults = [*header_faults(reader.fieldnames)]
    calls: list[tuple[Millis, Call | Line]] = []
    for row in reader if not faults else ():
        cells = {k: (v or "").strip() for k, v in row.items() if isinstance(k, str)}
        if not any(cells.values()):
            continue
        try:
            if None in row:
                raise ValueError("it has more cells than the first line has names")
            calls.append(read_row(cells, festival, night))
        except ValueError as fault:
            faults.append(f"line {reader.line_num}: {fault}")
    if faults:
        raise CallsFault("\n".join(faults))
    return calls


def header_faults(names: object) -> Iterator[str]:
    """What is wrong with the first line."""
    given = [n.strip() for n in names] if isinstance(names, list) else []
    missing = [n for n in ("at", "call") if n not in given]
    if missing:
        yield f"line 1: no column {' and no '.join(missing)}: it names the columns, of {', '.join(COLUMNS)}"
    for name in given:
        if name not in COLUMNS:
            yield f"line 1: there is no column {name!r}: the columns are {', '.join(COLUMNS)}"


def read_row(cells: dict[str, str], festival: Festival, night: date) -> tuple[Millis, Call | Line]:
    """A call, or what a timecode does from then on. Raises ValueError saying what would be right."""
    if cells["call"] != "timecode":
        return read_call(cells, festival, night)
    name, to = cells.get("timecode", ""), cells.get("to", "")
    known = {t.id: t.rate for t in festival.timecodes}
    if name not in known:
        there = ", ".join(known) or "the festival file has none"
        raise ValueError(f"timecode = {name!r}: it is one of {there}")
    if to not in TO:
        frames.counted(frames.read(to), known[name])
    at = read_at(cells["at"], festival, night)
    return at, Line(at, name, to)


def read_call(cells: dict[str, str], festival: Festival, night: date) -> tuple[Millis, Call]:
    """One row. Raises ValueError saying what would be right."""
    given: dict[str, Any] = {k: v for k, v in cells.items() if v and k != "at"}
    if cells["call"] not in CALL_NAMES:
        raise ValueError(f"call = {cells['call']!r}: it is one of {', '.join(CALL_NAMES)}")
    for column, allowed in (("to", get_args(Routing)), ("which", get_args(Which))):
        if given.get(column, allowed[0]) not in allowed:
            raise ValueError(f"{column} = {given[column]!r}: it is one of {', '.join(allowed)}")
    if "outputs" in given:
        given["outputs"] = given["outputs"].split()
    return read_at(cells["at"], festival, night), msgspec.convert({"by": CALLER} | given, Call)


def read_at(written: str, festival: Festival, night: date) -> Millis:
    """A call's instant. Raises ValueError for what is no night time of that night."""
    ends = festival.festival.night_ends
    try:
        at = night_time.parse(written)
    except ValueError:
        raise ValueError(
            f"at = {written!r}: night time is HH:MM[:SS[.mmm]], as 20:05 or 25:30"
        ) from None
    if not ends <= at < ends + night_time.DAY:
        last = night_time.brief(ends + night_time.DAY)
        raise ValueError(
            f"at = {written!r}: this night lasts from {night_time.brief(ends)} to {last}"
        )
    zone = ZoneInfo(festival.festival.time_zone)
    return night_time.millis(night_time.resolve(night, at, zone).instant)
