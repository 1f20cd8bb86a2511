"""The journal that is being written: its term's file, or, where the disk fails, memory."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import msgspec

from show_control.clock import Clock
from show_control.commands import Record
from show_control.entries import Entry
from show_control.journal.folder import new_player_id, player_id, term_path, terms
from show_control.journal.framing import frame
from show_control.journal.memory import Recent
from show_control.journal.reading import Cursor, Page, Pages
from show_control.journal.retention import Aged, Retention
from show_control.journal.term_file import Disk, TermFile
from show_control.model import Millis
from show_control.sentences import said, say

Recorded = Record | Mapping[str, Any]
"""What is recorded: a command of the engine, or an `Entry`'s columns without its key."""


class Journal:
    """What the player records, in order, each entry with a key that is never given twice.

    Terms are two apart: the one between belongs to a journal whose disk fails while it runs, and so
    needs no disk to be its own. From then until the next start the journal is `volatile`: entries
    are kept in memory alone (50,000; the oldest are dropped), beginning with those that no flush
    had reached, which keep their keys. Nothing here raises for the disk's sake.
    """

    def __init__(self, player: str, term: int, clock: Clock, engine: str) -> None:
        """For `open`."""
        self.player = player
        self.term = term
        self.volatile = False
        self._seq = 0
        self._clock = clock
        self._engine = engine
        self._file: TermFile | None = None
        self._pages: Pages | None = None
        self._recent = Recent()
        self._saved: Cursor = (term, 0)
        self._start: Cursor = (term, 0)
        self._own: list[Entry] = []
        self._retention: Retention | None = None

    @classmethod
    def open(cls, folder: Path, clock: Clock, *, engine: str, disk: Disk | None = None) -> Self:
        """Begin a term. The folder's lock is the caller's to hold.

        Where the disk cannot be written, the journal is volatile from the start, under a new player
        id: which terms of the old one were volatile is not known.
        """
        disk = disk or Disk()
        before = terms(folder)
        term = before[-1] + 2 if before else 1
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _save_last(folder, before)
            journal = cls(player_id(folder), term, clock, engine)
            file = TermFile(term_path(folder, term), disk)
        except OSError as failure:
            journal = cls(new_player_id(), term, clock, engine)
            journal._begin_volatile(failure)
        else:
            journal._begin(file)
        journal._pages = Pages(folder, terms(folder))
        journal._retention = Retention(folder, disk)
        return journal

    def append(self, recorded: Sequence[Recorded]) -> list[Entry]:
        """Number and write these, whole or not at all; gives them with their keys.

        They are in the page cache then, which outlives the process; `ask_flush` brings them to disk.
        """
        if not recorded:
            return []
        self._note_flushes()  # and leave `flushed_fd` readable: the loop has yet to hear of it
        if not self.volatile:
            if self._file is None:
                raise ValueError("the journal is closed")
            entries = self._numbered(recorded)
            head, packed = frame(entries)
            try:
                self._file.write(head + packed, entries[-1].seq)
                return self._keep(entries, packed)
            except OSError as failure:
                self._turn_volatile(failure)
        return self._remember(recorded)

    def ask_flush(self) -> None:
        """Let all that is written be brought to disk; returns at once."""
        if self._file is not None and not self.volatile:
            self._file.flusher.ask()

    @property
    def flushed_fd(self) -> int | None:
        """Readable for `select` when a flush has ended; None where there is no file."""
        return self._file.flusher.done if self._file is not None else None

    def poll_flushed(self) -> Cursor:
        """Take note of the flushes that have ended, or failed; gives `flushed`."""
        if self._file is not None:
            self._file.flusher.drain()
        self._note_flushes()
        return self._saved

    def _note_flushes(self) -> None:
        if self._file is not None and not self.volatile:
            flusher = self._file.flusher
            self._saved = (self.term, flusher.flushed)
            if flusher.failure is not None:
                self._turn_volatile(flusher.failure)

    @property
    def flushed(self) -> Cursor:
        """The newest key on disk, as of `poll_flushed`."""
        return self._saved

    @property
    def newest(self) -> Cursor:
        """The newest key given."""
        return (self.term, self._seq)

    @property
    def leaves(self) -> Cursor:
        """The newest key that may leave the player: on disk, or `volatile`."""
        return self.newest if self.volatile else self._saved

    @property
    def dropped(self) -> int:
        """Volatile entries that memory had no room for: lost."""
        return self._recent.dropped

    def take_own(self) -> list[Entry]:
        """What the journal itself has recorded since last asked: its header, its alarm."""
        own, self._own = self._own, []
        return own

    @property
    def anchor(self) -> Cursor:
        """Where a reader who has nothing begins: the present term's header, the whole state after it."""
        return (self._start[0], self._start[1] + 1)

    def entries_after(self, cursor: Cursor | None, limit: int) -> Page:
        """What may leave after a cursor; after None from the anchor on, after (0, 0) everything."""
        after = self._start if cursor is None else cursor
        page = Page([])
        if self._pages is not None and not self._recent.covers(after):
            page = self._pages.after(after, limit, self._saved)
        if not page.entries and not page.more:
            page = self._recent.after(after, limit, self.leaves)
        if not page.entries:
            return page
        last = page.entries[-1]
        reached = (last.term, last.seq)
        return msgspec.structs.replace(
            page, more=page.more or reached < self.leaves, volatile=reached > self._saved
        )

    def aged(self, now: Millis) -> list[Aged]:
        """Files whose nights are old enough to go; none while the journal is volatile."""
        if self.volatile or self._retention is None:
            return []
        return self._retention.aged(self.term, now)

    def trim(self, aged: Aged) -> None:
        """Remove a file for good; raises OSError."""
        if self._retention is not None and self._pages is not None:
            self._retention.remove(aged)
            self._pages.forget(aged.term)

    def free(self) -> int:
        """Bytes that the disk has room for; raises OSError."""
        return self._retention.free() if self._retention is not None else 0

    def close(self) -> None:
        """Flush what is written and let the file go."""
        if self._file is not None:
            self._file.close(sound=not self.volatile)
            if not self.volatile:
                self._saved = (self.term, self._file.flusher.flushed)
            self._file = None

    def _begin(self, file: TermFile) -> None:
        self._file = file
        entries = self._numbered([self._header(volatile=False)])
        head, packed = frame(entries)
        try:
            file.write(head + packed, entries[-1].seq)
            file.settle()
        except OSError as failure:
            file.close(sound=False)
            self._file = None
            self.player, self._seq = new_player_id(), 0
            self._begin_volatile(failure)
        else:
            self._own += self._keep(entries, packed)
            self._saved = (self.term, file.flusher.flushed)

    def _begin_volatile(self, failure: OSError) -> None:
        self.volatile = True
        why = said("alarm.journal", fault=str(failure))
        alarm = {
            "kind": "alarm",
            "at": self._clock.now(),
            "reason": say(why),
            "data": {"code": "journal_volatile", "said": msgspec.to_builtins(why), "outputs": []},
        }
        headed = [self._header(volatile=True), alarm]
        self._own += self._remember(headed)

    def _turn_volatile(self, failure: OSError) -> None:
        self.term, self._seq = self.term + 1, 0
        self._begin_volatile(failure)

    def _header(self, *, volatile: bool) -> dict[str, Any]:
        pair = self._clock.pair
        data = {
            "boot": self._clock.boot,
            "clock": {"wall": pair.wall, "boottime": pair.boottime},
            "engine": self._engine,
            "volatile": volatile,
        }
        if volatile:
            data["saved"] = list(self._saved)
        return {"kind": "term", "at": self._clock.now(), "data": data}

    def _numbered(self, recorded: Sequence[Recorded]) -> list[Entry]:
        return [
            Entry(player=self.player, term=self.term, seq=seq, **_columns(one))
            for seq, one in enumerate(recorded, self._seq + 1)
        ]

    def _remember(self, recorded: Sequence[Recorded]) -> list[Entry]:
        """Number these and keep them in memory alone."""
        entries = self._numbered(recorded)
        return self._keep(entries, frame(entries)[1])

    def _keep(self, entries: list[Entry], packed: bytes) -> list[Entry]:
        self._seq = entries[-1].seq
        self._recent.add(entries, packed, self._saved)
        return entries


def _save_last(folder: Path, before: list[int]) -> None:
    """What a killed player wrote and had not flushed goes to disk before it is read to anyone."""
    if before:
        with term_path(folder, before[-1]).open("rb") as file:
            os.fsync(file.fileno())


def _columns(recorded: Recorded) -> Mapping[str, Any]:
    return msgspec.structs.asdict(recorded) if isinstance(recorded, Record) else recorded
