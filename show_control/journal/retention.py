"""How long a journal is kept: whole files, oldest first, and none that the record does not have.

A term's file ended before the next one's began, so its age is read from the next one's first entry.
The present term's file stays: it has the whole state. Where nobody says what is stored, nothing goes.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from show_control.journal.folder import term_path, terms
from show_control.journal.framing import Scan
from show_control.journal.reading import Cursor
from show_control.journal.term_file import Disk
from show_control.model import Millis

KEPT: Millis = 14 * 24 * 3_600_000
"""Nights of so many days are kept, whatever is stored."""


class Aged(msgspec.Struct, frozen=True):
    """A file whose nights are older than `KEPT`."""

    term: int
    size: int


class Retention:
    """Knows when each file of a folder ended, and removes those that may go."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._folder = folder
        self._disk = disk
        self._begins: dict[int, Millis] = {}

    def aged(self, present: int, now: Millis) -> list[Aged]:
        """The files that are old enough to go, oldest first."""
        names = [t for t in terms(self._folder) if t <= present]
        found: list[Aged] = []
        for n, term in enumerate(names[:-1]):
            if (ended := self._ended(names[n + 1 :])) is None or ended > now - KEPT:
                break
            found.append(Aged(term, term_path(self._folder, term).stat().st_size))
        return found

    def remove(self, aged: Aged) -> None:
        """Raises OSError."""
        self._disk.remove(term_path(self._folder, aged.term))
        self._begins.pop(aged.term, None)

    def free(self) -> int:
        """Bytes that may still be written where the journal lies."""
        return self._disk.free(self._folder)

    def _ended(self, following: list[int]) -> Millis | None:
        """When a file was done with; one that follows may have been left before its first entry."""
        return next((at for t in following if (at := self._began(t)) is not None), None)

    def _began(self, term: int) -> Millis | None:
        """The instant of a term's first entry; None where it has none that can be read."""
        if term not in self._begins:
            with term_path(self._folder, term).open("rb") as file:
                first = next(iter(Scan(file, mending=False)), None)
            if first is None:
                return None
            try:
                self._begins[term] = first.entries()[0].at
            except msgspec.DecodeError:
                return None
        return self._begins[term]


def stored_terms(aged: list[Aged], stored: Cursor | None) -> list[Aged]:
    """Those of which every entry is stored: the newest that is stored is of a later term."""
    return [a for a in aged if stored is not None and a.term < stored[0]]
