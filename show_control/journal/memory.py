"""The newest entries, kept in memory: for those who follow, and where there is no disk."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable
from itertools import islice

from show_control.entries import Entry
from show_control.journal.reading import Cursor, Page

_SAVED = 2_000
"""Entries kept that are on disk too."""

_UNSAVED = 50_000
"""Entries kept that are nowhere else; beyond, the oldest are dropped."""


def cursor_of(entry: Entry) -> Cursor:
    """The cursor of a reader whose last entry this is."""
    return (entry.term, entry.seq)


class Recent:
    """Entries by key, without a gap but where a volatile journal ran out of room."""

    def __init__(self) -> None:
        self.dropped = 0
        """Entries that were nowhere else and are gone."""
        self._entries: deque[Entry] = deque()

    def add(self, entries: Iterable[Entry], flushed: Cursor) -> None:
        """Keep these; let go of the oldest that `flushed` covers, or that there is no room for."""
        self._entries.extend(entries)
        while len(self._entries) > _SAVED and (
            (saved := cursor_of(self._entries[0]) <= flushed) or len(self._entries) > _UNSAVED
        ):
            self._entries.popleft()
            self.dropped += not saved

    def covers(self, cursor: Cursor) -> bool:
        """Whether all that follows the cursor is here."""
        if not self._entries:
            return False
        first = self._entries[0]
        return cursor >= (first.term, first.seq - 1)

    def after(self, cursor: Cursor, limit: int, last: Cursor) -> Page:
        """At most `limit` entries, with keys after `cursor` and up to `last`."""
        begin = bisect_right(self._entries, cursor, key=cursor_of)
        end = bisect_right(self._entries, last, key=cursor_of)
        page = list(islice(self._entries, begin, min(end, begin + limit)))
        return Page(page, more=begin + len(page) < end)
