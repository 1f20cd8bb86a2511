"""The newest entries, kept in memory: for those who follow, and where there is no disk."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from show_control.entries import Entry
from show_control.journal.framing import unpacked
from show_control.journal.reading import Cursor, Page

_SAVED, _SAVED_BYTES = 2_000, 2 * 2**20
"""Entries kept that are on disk too, and bytes of them: either is enough."""

_UNSAVED = 50_000
"""Entries kept that are nowhere else; beyond, the oldest are dropped."""


class _Kept(NamedTuple):
    """The entries of one record, packed: a tenth of what they take unpacked."""

    term: int
    first: int
    last: int
    packed: bytes

    @property
    def cursor(self) -> Cursor:
        """Of a reader who has had all of them."""
        return (self.term, self.last)


class Recent:
    """Entries by key, without a gap but where a volatile journal ran out of room."""

    def __init__(self) -> None:
        self.dropped = 0
        """Entries that were nowhere else and are gone."""
        self._kept: deque[_Kept] = deque()
        self._count = self._bytes = 0

    def add(self, entries: Sequence[Entry], packed: bytes, flushed: Cursor) -> None:
        """Keep these; let go of the oldest that `flushed` covers, or that there is no room for."""
        self._kept.append(_Kept(entries[0].term, entries[0].seq, entries[-1].seq, packed))
        self._count += len(entries)
        self._bytes += len(packed)
        while self._many() and (
            (saved := self._kept[0].cursor <= flushed) or self._count > _UNSAVED
        ):
            gone = self._kept.popleft()
            count = gone.last - gone.first + 1
            self._count -= count
            self._bytes -= len(gone.packed)
            self.dropped += 0 if saved else count

    def _many(self) -> bool:
        return self._count > _SAVED or self._bytes > _SAVED_BYTES

    def covers(self, cursor: Cursor) -> bool:
        """Whether all that follows the cursor is here."""
        if not self._kept:
            return False
        first = self._kept[0]
        return cursor >= (first.term, first.first - 1)

    def after(self, cursor: Cursor, limit: int, last: Cursor) -> Page:
        """At most `limit` entries, with keys after `cursor` and up to `last`."""
        begin = bisect_right(self._kept, cursor, key=lambda kept: kept.cursor)
        found: list[Entry] = []
        for kept in islice(self._kept, begin, None):
            if (kept.term, kept.first) > last or len(found) > limit:
                break
            entries = unpacked(kept.packed)
            found += [e for e in entries if cursor < (e.term, e.seq) <= last]
        return Page(found[:limit], more=len(found) > limit)
