"""What a journal is worth after a kill at any byte, a damaged byte, a full or a dying disk."""

import errno
import os
from itertools import accumulate
from pathlib import Path

import pytest

from show_control.entries import Entry
from show_control.journal import Disk, Finding, read, verify
from tests.show_control.journals import drained, fact, flush, numbers, opened


def written(folder: Path, batches: tuple[int, ...] = (1, 3, 2)) -> tuple[bytes, list[list[Entry]]]:
    journal = opened(folder)
    records = [journal.take_own()]
    facts = [[fact(n, reason="r" * n) for n in range(size)] for size in batches]
    records += [journal.append(one) for one in facts]
    journal.close()
    return (folder / "00000001.journal").read_bytes(), records


def prefixes(records: list[list[Entry]]) -> list[list[Entry]]:
    return [[], *accumulate(records)]


@pytest.mark.parametrize("rest_is_preallocated", [True, False])
def test_cut_at_any_byte_whole_batches_are_left(tmp_path: Path, rest_is_preallocated: bool) -> None:
    whole, records = written(tmp_path)
    path, legal = tmp_path / "00000001.journal", prefixes(records)
    seen = []
    for cut in range(len(whole) + 1):
        path.write_bytes(whole[:cut] + bytes(4096 if rest_is_preallocated else 0))
        found: list[Finding] = []
        entries = list(read(tmp_path, found.append))
        assert entries in legal
        assert not any(f.fault for f in (*found, *verify(tmp_path)))
        seen.append(legal.index(entries))
    assert seen == sorted(seen)
    assert seen[-1] == len(records)


def test_a_changed_byte_costs_its_record_and_no_other(tmp_path: Path) -> None:
    whole, records = written(tmp_path)
    path, ends = tmp_path / "00000001.journal", ends_of(whole, records)
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1 :] + bytes(64))
        hurt = next(n for n, end in enumerate(ends) if at < end)
        left = [entry for n, one in enumerate(records) if n != hurt for entry in one]
        assert list(read(tmp_path)) == left
        if hurt == len(records) - 1:  # it looks as if the write had been cut short
            assert [f.kind for f in verify(tmp_path) if f.kind != "header"] == ["torn"]
        else:
            (told,) = [f for f in verify(tmp_path) if f.kind == "damaged"]
            start = ends[hurt] - size_of(whole, ends, hurt)
            assert told.words == (
                f"00000001.journal: bytes {start} to {ends[hurt] - 1} are no record, "
                f"{len(records[hurt])} entries are lost"
            )
            assert told.lost == len(records[hurt])


@pytest.mark.parametrize("of", [b"\0", b"\xff", b"\x90\0\0\x91"])
def test_a_hole_of_any_length_is_passed_over_to_the_next_whole_record(
    tmp_path: Path, of: bytes
) -> None:
    """Pages of zeros are what a power cut leaves in the middle of a file."""
    whole, records = written(tmp_path, (1,) * 30)
    ends = ends_of(whole, records)
    hole = (of * len(whole))[: ends[20] - ends[4] - 7]
    at = ends[4] + 3
    (tmp_path / "00000001.journal").write_bytes(whole[:at] + hole + whole[at + len(hole) :])
    assert [e.seq for e in read(tmp_path)] == [*range(1, 6), *range(22, 32)]
    (told,) = verify(tmp_path)
    assert (told.kind, told.lost, told.fault) == ("damaged", 16, True)
    journal = opened(tmp_path)
    assert [e.seq for e in drained(journal, (0, 0)) if e.term == 1] == [
        *range(1, 6),
        *range(22, 32),
    ]
    journal.close()


def ends_of(whole: bytes, records: list[list[Entry]]) -> list[int]:
    """Where each record ends."""
    ends, at = [], 0
    for _ in records:
        at += 16 + int.from_bytes(whole[at : at + 4], "little")
        ends.append(at)
    return ends


def size_of(whole: bytes, ends: list[int], number: int) -> int:
    return ends[number] - (ends[number - 1] if number else 0)


def test_after_a_torn_end_the_next_term_goes_on(tmp_path: Path) -> None:
    whole, _ = written(tmp_path)
    (tmp_path / "00000001.journal").write_bytes(whole[:-1])
    journal = opened(tmp_path)
    journal.append([fact(7)])
    flush(journal)
    assert numbers(drained(journal, (0, 0))) == [0, 0, 1, 2, 7]


class Disks:
    """A disk with room for so many bytes, whose flushes fail from a certain one on."""

    def __init__(self, room: int = 10**9, flushes: int = 10**9) -> None:
        self.room, self.flushes = room, flushes
        self.touched_after_failure = False
        self.failed = False

    def write(self, fd: int, record: bytes) -> int:
        self.touched_after_failure |= self.failed
        if not self.room:
            self.failed = True
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        taken = os.write(fd, record[: self.room])
        self.failed = taken < len(record)
        self.room -= taken
        return taken

    def sync(self, fd: int) -> None:
        self.touched_after_failure |= self.failed
        self.flushes -= 1
        if self.flushes < 0:
            self.failed = True
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        os.fdatasync(fd)

    @property
    def disk(self) -> Disk:
        return Disk(write=self.write, sync=self.sync, allocate=lambda fd, offset, length: None)


@pytest.mark.parametrize("room", [300, 301, 350, 400, 450])
def test_on_a_full_disk_calls_go_on_and_say_so(tmp_path: Path, room: int) -> None:
    disks = Disks(room)
    journal = opened(tmp_path, disks.disk)
    before = journal.append([fact(0)])
    saved = flush(journal)
    after = [journal.append([fact(n)])[0] for n in range(1, 9)]
    assert journal.volatile
    header, alarm = [e for e in journal.take_own() if e.term == 2]
    assert (header.kind, header.data["volatile"]) == ("term", True)
    assert (alarm.kind, alarm.data["code"]) == ("alarm", "journal_volatile")
    assert numbers(drained(journal, (0, 0))) == list(range(9))
    assert journal.entries_after(saved, 100).volatile
    journal.ask_flush()
    journal.close()
    assert not disks.touched_after_failure
    kept = {e.key: e for e in read(tmp_path)}
    given = {e.key: e for e in before + after}
    assert len(given) == 9
    assert all(kept[key] == given[key] for key in kept.keys() & given.keys())
    assert opened(tmp_path).term == 3  # no other will ever call itself term 2


def test_a_failed_flush_is_not_tried_again(tmp_path: Path) -> None:
    disks = Disks(flushes=2)
    journal = opened(tmp_path, disks.disk)
    journal.append([fact(1)])
    saved = flush(journal)
    journal.append([fact(2)])
    assert flush(journal) == saved == (1, 2)
    assert journal.volatile
    journal.append([fact(3)])
    # What was written and not flushed leaves under its own key, marked.
    page = journal.entries_after(saved, 100)
    assert [(e.kind, e.term, e.seq) for e in page.entries] == [
        ("call", 1, 3),
        ("term", 2, 1),
        ("alarm", 2, 2),
        ("call", 2, 3),
    ]
    assert page.volatile
    assert page.entries[1].data["saved"] == [1, 2]
    journal.close()
    assert not disks.touched_after_failure


@pytest.mark.parametrize("disks", [Disks(room=0), Disks(room=20), Disks(flushes=0)])
def test_without_a_disk_from_the_start_it_is_another_player(tmp_path: Path, disks: Disks) -> None:
    first = opened(tmp_path)
    first.append([fact(1)])
    first.close()
    journal = opened(tmp_path, disks.disk)
    journal.append([fact(2)])
    assert journal.volatile
    assert journal.flushed_fd is None
    assert journal.player != first.player
    assert [e.kind for e in journal.take_own()] == ["term", "alarm"]
    assert numbers(drained(journal, (0, 0))) == [1, 2]
    assert numbers(drained(journal, None)) == [2]
    journal.close()
    assert opened(tmp_path).player == first.player


def test_memory_is_bounded_and_tells_what_it_dropped(tmp_path: Path) -> None:
    journal = opened(tmp_path, Disks(room=0).disk)
    for start in range(0, 60_000, 1_000):
        journal.append([fact(n) for n in range(start, start + 1_000)])
    left = numbers(drained(journal, (0, 0), limit=2_000))
    assert left == list(range(10_000, 60_000))
    assert journal.dropped == 10_002  # the header and the alarm too
