"""`lamplighter journal`: what a player's folder holds, printed and checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import msgspec

from ops.rehearse import as_line
from show_control import board
from show_control.cue_sheet import line, text
from show_control.entries import Entry
from show_control.journal import Finding, read, verify
from show_control.process import player_folder
from show_control.recovery import recover
from show_control.wire_log import wire_log


def folder_of(data_dir: Path) -> Path:
    """The journal's folder; raises FileNotFoundError where no player has been."""
    folder = player_folder(data_dir)
    if not any(folder.glob("*.journal")):
        raise FileNotFoundError(f"no player has recorded anything in {data_dir}")
    return folder


def shown(data_dir: Path, night: date | None, *, as_json: bool) -> Iterator[str]:
    """The rehearsal's own lines: the cue sheet as it ran, or as JSON each OSC message that left."""
    entries = read(folder_of(data_dir))
    wanted = night.isoformat() if night else None
    if as_json:
        packets = wire_log(entries)
        return (as_line(p.at, p) for p in packets if wanted in (None, p.send.night))
    return sheet(entries, wanted)


def sheet(entries: Iterable[Entry], night: str | None) -> Iterator[str]:
    """The cue sheet's lines; alarms are not of it."""
    state = board.EMPTY
    for entry in entries:
        state = board.fold(state, entry)
        if night not in (None, entry.night) or entry.kind == "alarm":
            continue
        file = state.state.file
        view = line(entry, file.time_zone if file else "UTC")
        if view is not None:
            yield text(view)


def every_entry(data_dir: Path, night: date | None) -> Iterator[str]:
    """Every entry with its key, one JSON object a line."""
    for entry in read(folder_of(data_dir)):
        if night is None or entry.night == night.isoformat():
            yield msgspec.json.encode(entry).decode()


def verified(data_dir: Path, *, as_json: bool) -> tuple[list[str], bool]:
    """What is wrong, in lines, and whether the journal is sound: a torn tail is what kill -9 leaves."""
    folder = folder_of(data_dir)
    findings = [*verify(folder), *unended(folder)]
    if as_json:
        lines = [msgspec.json.encode(f).decode() for f in findings]
    else:
        lines = [f"term {f.term}: {f.words}" for f in findings] or ["sound"]
    return lines, not any(f.fault for f in findings)


def unended(folder: Path) -> Iterator[Finding]:
    """Intents that no entry ends: of the present term they may still be on their way."""
    found = recover(read(folder))
    for (term, seq), entry in found.unknowable.items():
        words = f"seq {seq}: nothing says what became of its intent on {entry.output}"
        yield Finding(term, "unended", words, fault=term != found.board.term)
