"""Recording: entries pulled from players become as-run, each stored once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec

from schedules.as_run.queries import (
    AsRunEntry,
    Cursor,
    Key,
    fetch_cursor,
    find_differing,
    store_entries,
)
from schedules.connection import Connection
from show_control.entries import Entry

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
PACKED = msgspec.msgpack.Encoder(order="deterministic")


class Stored(msgspec.Struct, frozen=True):
    """`new` were not there before. `refused` are keys that were, with other bytes: somebody
    must be told, for two players have one name, or a journal was tampered with."""

    new: tuple[Key, ...]
    refused: tuple[Key, ...]


async def store(connection: Connection, entries: Sequence[Entry]) -> Stored:
    """Store entries, again and again if need be; what is refused keeps nothing else out."""
    rows = [as_run_entry(entry) for entry in entries]
    async with connection.transaction():
        new = await store_entries(connection, rows)
        refused = await find_differing(connection, rows)
    return Stored(new=tuple(new), refused=tuple(refused))


async def cursor(connection: Connection, player: str) -> tuple[int, int]:
    """Term and seq after which to pull this player's entries; (0, 0) for a new one."""
    found = await fetch_cursor(connection, player) or Cursor(0, 0)
    return (found.term, found.seq)


def as_run_entry(entry: Entry) -> AsRunEntry:
    """An entry as it is stored: an instant for milliseconds, JSON for what is packed."""
    texts = ("kind", "surface", "slot", "run", "cue", "output", "server", "reason")
    return AsRunEntry(
        player=entry.player,
        term=entry.term,
        seq=entry.seq,
        at=EPOCH + timedelta(milliseconds=entry.at),
        night=None if entry.night is None else date.fromisoformat(entry.night),
        by_name=storable(entry.by),
        data=storable(msgspec.to_builtins(entry.data)),
        sha256=hashlib.sha256(PACKED.encode(entry)).digest(),
        **{name: storable(getattr(entry, name)) for name in texts},
    )


def entry_of(row: AsRunEntry) -> Entry:
    """A stored entry as its player wrote it."""
    columns = ("player", "term", "seq", "kind", "surface", "slot", "run", "cue", "output", "server")
    return Entry(
        at=(row.at - EPOCH) // MILLISECOND,
        night=None if row.night is None else row.night.isoformat(),
        by=row.by_name,
        reason=row.reason,
        data=row.data,
        **{name: getattr(row, name) for name in columns},
    )


def storable(value: Any) -> Any:
    """PostgreSQL's text holds no NUL, which a media server, or a query, may well send us."""
    match value:
        case str():
            return value.replace("\0", "\N{REPLACEMENT CHARACTER}")
        case dict():
            return {storable(key): storable(item) for key, item in value.items()}
        case list() | tuple():
            return [storable(item) for item in value]
        case _:
            return value
