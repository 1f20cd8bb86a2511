"""Reading a journal's folder: all of it in order, from a cursor on, or to find what is wrong."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from show_control.entries import Entry
from show_control.journal.folder import file_name, term_path, terms
from show_control.journal.framing import Record, Scan

Cursor = tuple[int, int]
"""(term, seq) of the last entry that a reader has; (0, 0) for one that has none and wants all."""

_BUDGET = 2**18
"""Bytes read for one page: the player's thread reads, and it has other things to do."""


class Finding(msgspec.Struct, frozen=True):
    """Something about a term's file that a person should know.

    `torn` is what kill -9 leaves, and no entry that had left was in it; the other kinds are faults.
    `lost` is how many entries that were written cannot be read.
    """

    term: int
    kind: str
    words: str
    fault: bool = True
    lost: int = 0


Report = Callable[[Finding], None]


def read(folder: Path, report: Report | None = None) -> Iterator[Entry]:
    """Every entry that can be read, in order; what cannot is passed over, and reported."""
    for term in terms(folder):
        yield from _read_term(folder, term, report)


def tail(
    folder: Path, begins: Callable[[Entry], bool], report: Report | None = None
) -> list[Entry]:
    """The entries from the last one on that `begins`; all of them where none does.

    What a restart replays: terms are read backwards, no more of them than it takes.
    """
    found: list[Entry] = []
    for term in reversed(terms(folder)):
        found = [*_read_term(folder, term, report), *found]
        begin = next((n for n in range(len(found) - 1, -1, -1) if begins(found[n])), None)
        if begin is not None:
            return found[begin:]
    return found


def _read_term(folder: Path, term: int, report: Report | None) -> Iterator[Entry]:
    try:
        file = term_path(folder, term).open("rb")
    except FileNotFoundError:
        return  # the player has trimmed it since the folder was listed
    with file:
        scan = Scan(file)
        for record in scan:
            try:
                yield from record.entries()
            except msgspec.DecodeError as fault:
                if report:
                    report(_undecodable(term, record, fault))
        if report:
            for finding in _damage(term, scan):
                report(finding)


def _undecodable(term: int, record: Record, fault: msgspec.DecodeError) -> Finding:
    return Finding(
        term,
        "undecodable",
        f"{file_name(term)}: the record at byte {record.start}: {fault}",
        lost=record.last - record.first + 1,
    )


def verify(folder: Path) -> list[Finding]:
    """All that is wrong with a folder's files; empty where nothing is."""
    found: list[Finding] = []
    for term in terms(folder):
        with term_path(folder, term).open("rb") as file:
            scan = Scan(file)
            found += _faults(term, scan)
            found += _damage(term, scan)
    return found


def _damage(term: int, scan: Scan) -> Iterator[Finding]:
    """What a scan to the end of a file has passed over, with its place."""
    name = file_name(term)
    for gap in scan.gaps:
        words = (
            f"{name}: bytes {gap.start} to {gap.end - 1} are no record, {gap.lost} entries are lost"
        )
        yield Finding(term, "damaged", words, lost=gap.lost)
    if scan.ended() == "torn":
        words = f"{name}: its last record, at byte {scan.offset}, was not written whole"
        yield Finding(term, "torn", words, fault=False)


def _faults(term: int, scan: Scan) -> Iterator[Finding]:
    expected, player = 1, None
    for record in scan:
        if scan.gaps and scan.gaps[-1].end == record.start:
            expected = record.first  # told as damage
        try:
            entries = record.entries()
        except msgspec.DecodeError as fault:
            yield _undecodable(term, record, fault)
            expected = record.last + 1
            continue
        for entry in entries:
            player = player or entry.player
            for kind, words in _entry_faults(entry, term, expected, player):
                yield Finding(term, kind, words)
            expected = entry.seq + 1
    if expected == 1:
        yield Finding(term, "empty", "it has no entries", fault=False)


def _entry_faults(entry: Entry, term: int, expected: int, player: str) -> Iterator[tuple[str, str]]:
    if entry.seq != expected:
        yield "gap", f"after seq {expected - 1} comes {entry.seq}"
    if (entry.kind == "term") != (expected == 1):
        what = "a second header" if entry.kind == "term" else "no header"
        yield "header", f"{what} at seq {entry.seq}"
    if entry.term != term:
        yield "term", f"seq {entry.seq} says that it is of term {entry.term}"
    if entry.player != player:
        yield "player", f"seq {entry.seq} says that it is of player {entry.player}, not {player}"


class Page(msgspec.Struct, frozen=True):
    """Entries after a cursor. With `more` ask again, even where there are none yet: the files are
    passed over a stretch at a time. `volatile`: a restart of the player may lose some of them."""

    entries: list[Entry]
    more: bool = False
    volatile: bool = False


class Pages:
    """Serves cursors from the files; remembers where each left off, so that a catch-up is linear."""

    _REMEMBERED = 16

    def __init__(self, folder: Path, terms: list[int]) -> None:
        self._folder = folder
        self._terms = terms
        self._places: OrderedDict[Cursor, tuple[int, int]] = OrderedDict()

    def forget(self, term: int) -> None:
        """Its file is gone."""
        self._terms = [t for t in self._terms if t != term]

    def after(self, cursor: Cursor, limit: int, last: Cursor) -> Page:
        """At most `limit` entries, with keys after `cursor` and up to `last`."""
        term, offset = self._places.pop(cursor, (cursor[0], 0))
        files = [t for t in self._terms if term <= t <= last[0]]
        if not files:
            return Page([])
        if files[0] != term:
            offset = 0
        with term_path(self._folder, files[0]).open("rb") as file:
            # The present term's own file ends in room for more, not in damage.
            scan = Scan(file, offset, mending=files[0] != last[0])
            found, offset, ended = _stretch(scan, cursor, limit, (files[0], last))
        entries = found[:limit]
        reached = (entries[-1].term, entries[-1].seq) if entries else cursor
        goes_on = ended and len(files) > 1
        self._remember(reached, (files[1], 0) if goes_on else (files[0], offset))
        return Page(entries, more=goes_on or not ended)

    def _remember(self, cursor: Cursor, place: tuple[int, int]) -> None:
        self._places[cursor] = place
        while len(self._places) > self._REMEMBERED:
            self._places.popitem(last=False)


def _stretch(
    scan: Scan, cursor: Cursor, limit: int, until: tuple[int, Cursor]
) -> tuple[list[Entry], int, bool]:
    """Entries (the last may be too many), where to go on, and whether the term has no more."""
    (term, last), budget = until, scan.offset + _BUDGET
    found: list[Entry] = []
    for record in scan:
        if (term, record.first) > last:
            return found, record.start, True
        if (term, record.last) > cursor:
            found += _wanted(record, cursor, last)
        if len(found) > limit:
            return found, record.start, False
        if len(found) == limit or record.end > budget:
            return found, record.end, False
    return found, scan.offset, True


def _wanted(record: Record, cursor: Cursor, last: Cursor) -> list[Entry]:
    try:
        return [e for e in record.entries() if cursor < (e.term, e.seq) <= last]
    except msgspec.DecodeError:
        return []  # of another version; `verify` tells of it
