"""The record as CSV: RFC 4180, with a byte order mark so that spreadsheets read Korean (pure)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

import msgspec

from ops.instants import as_millis, as_text
from ops.services.recording import entry_of
from ops.services.wording import entry_texts
from schedules.as_run.queries import AsRunEntry
from show_control.model import words

BOM = "\ufeff"
COLUMNS = {
    "time": "현장 시각",
    "what": "일어난 일",
    "kind": "종류",
    "surface": "면",
    "slot": "순서",
    "run": "진행",
    "cue": "큐",
    "output": "출력",
    "server": "서버",
    "by": "사람",
    "reason": "이유",
    "at": "UTC",
    "player": "플레이어",
    "term": "기수",
    "seq": "번호",
    "data": "데이터",
}
"""The columns, and how they are headed in Korean."""
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet would take for the beginning of a formula."""


def head(language: str) -> str:
    """The byte order mark and the headings."""
    return BOM + _lines([COLUMNS.values() if language == "ko" else COLUMNS])


def rows(entries: Iterable[AsRunEntry], zone: ZoneInfo, language: str) -> str:
    """A line for each entry."""
    return _lines(_row(entry, zone, language) for entry in entries)


def harmless(cell: str) -> str:
    """The text as a spreadsheet shows it, and never as it would reckon it."""
    return f"'{cell}" if cell.startswith(FORMULAS) else cell


def _row(row: AsRunEntry, zone: ZoneInfo, language: str) -> Sequence[str]:
    wall = row.at.astimezone(zone).isoformat(sep=" ", timespec="milliseconds")
    return (
        wall,
        words(entry_texts(entry_of(row)), language),
        row.kind,
        row.surface or "",
        row.slot or "",
        row.run or "",
        row.cue or "",
        row.output or "",
        row.server or "",
        row.by_name or "",
        row.reason or "",
        as_text(as_millis(row.at)),
        row.player,
        str(row.term),
        str(row.seq),
        msgspec.json.encode(row.data).decode(),
    )


def _lines(lines: Iterable[Iterable[str]]) -> str:
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    for line in lines:
        writer.writerow([harmless(cell) for cell in line])
    return written.getvalue()
