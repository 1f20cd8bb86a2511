"""Journals for tests: small facts, and waiting for a flush without sleeping."""

from __future__ import annotations

import select
from pathlib import Path
from typing import Any

from show_control.clock import VirtualClock
from show_control.entries import Entry
from show_control.journal import Cursor, Disk, Journal

NIGHT = 1_756_378_800_000


def fact(number: int, **columns: Any) -> dict[str, Any]:
    return {"kind": "call", "at": NIGHT + number, "data": {"number": number}, **columns}


def opened(folder: Path, disk: Disk | None = None) -> Journal:
    return Journal.open(folder, VirtualClock(NIGHT), engine="1", disk=disk)


def flush(journal: Journal) -> Cursor:
    """Ask for a flush and wait until it is done or has failed."""
    assert journal.flushed_fd is not None
    newest = journal.newest
    journal.ask_flush()
    while journal.poll_flushed() < newest and not journal.volatile:
        readable, _, _ = select.select([journal.flushed_fd], [], [], 10)
        assert readable, "no flush within ten seconds"
    return journal.flushed


def drained(journal: Journal, cursor: Cursor | None, limit: int = 500) -> list[Entry]:
    """All that follows a cursor, page by page, as a peer asks."""
    found: list[Entry] = []
    while True:
        page = journal.entries_after(cursor, limit)
        assert len(page.entries) <= limit
        found += page.entries
        if page.entries:
            cursor = page.entries[-1].key[1:]
        elif cursor is None:
            return found
        if not page.more:
            return found


def numbers(entries: list[Entry]) -> list[int]:
    return [e.data["number"] for e in entries if e.kind == "call"]
