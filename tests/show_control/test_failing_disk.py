"""A disk that fails at any one thing that the journal asks of it: the same packets leave all the same."""

from __future__ import annotations

import errno
import os
import select
from collections import Counter
from pathlib import Path

import pytest

from show_control.clock import VirtualClock
from show_control.entries import Entry
from show_control.journal import Disk, Journal, read, verify
from show_control.player import ENGINE, Player
from show_control.rehearsal import Script
from show_control.testing import RecordingTransport
from tests.show_control.house import FILE, at
from tests.show_control.journals import drained
from tests.show_control.playbook import call, loaded

OPERATIONS = ("create", "allocate", "write", "sync")
FAULTS = (errno.ENOSPC, errno.EIO)


class Faulty:
    """The real disk, until the n-th time that it is asked for one thing; from then on it refuses that."""

    def __init__(self, operation: str, times: int, fault: int) -> None:
        self._operation, self._times, self._fault = operation, times, fault
        self.asked: Counter[str] = Counter()
        real = Disk()
        self.disk = Disk(
            create=lambda path: self._ask("create") or real.create(path),
            write=lambda fd, record: self._ask("write") or real.write(fd, record),
            sync=lambda fd: self._ask("sync") or real.sync(fd),
            allocate=lambda fd, start, size: self._ask("allocate") or real.allocate(fd, start, size),
        )  # fmt: skip

    def _ask(self, operation: str) -> None:
        self.asked[operation] += 1
        if operation == self._operation and self.asked[operation] >= self._times:
            raise OSError(self._fault, os.strerror(self._fault))


class Evening:
    """A player that loads its file, starts a slot and is called, with a real journal."""

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        self.clock = VirtualClock(at("19:59"))
        self.journal = Journal.open(folder, self.clock, engine=ENGINE, disk=disk)
        self.transport = RecordingTransport(self.clock)
        self.player = Player(
            clock=self.clock,
            journal=self.journal,
            transport=self.transport,
            door=Script([]),
            asks=False,
        )
        self.player.load(loaded(FILE))
        for when, said in (
            ("20:01", "hold loop.1"),
            ("20:02", "resume loop.1"),
            ("20:11", "go gala"),
        ):
            self.until(when)
            (answer,) = self.player.take(call(said))
            assert answer.accepted
            self.settle()
        self.until("20:20")
        self.settle()

    def until(self, when: str) -> None:
        while (due := self.player.next_instant()) is not None and due <= at(when):
            self.player.turn()
        self.clock.wait_exactly(at(when))

    def settle(self) -> None:
        """Until all is on disk, or nothing ever will be."""
        self.journal.ask_flush()
        while self.journal.poll_flushed() < self.journal.newest and not self.journal.volatile:
            assert select.select([self.journal.flushed_fd], [], [], 10)[0], "no flush"

    def packets(self) -> list[tuple[int, bytes]]:
        return [(s.at, s.datagram) for s in self.transport.sent]


def ended(entries: list[Entry]) -> bool:
    intents = {(e.term, e.seq) for e in entries if e.kind == "intent"}
    return intents == {tuple(e.data["of"]) for e in entries if e.kind == "result"}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("times", [1, 2, 3, 5, 8])
@pytest.mark.parametrize("operation", OPERATIONS)
def test_whatever_the_disk_refuses_the_night_goes_on(
    tmp_path: Path, operation: str, times: int, fault: int
) -> None:
    """At opening, preallocation, write, flush; of the night file, of an intent, of its result."""
    good = Evening(tmp_path / "good")
    faulty = Faulty(operation, times, fault)
    evening = Evening(tmp_path / "faulty", faulty.disk)
    assert evening.packets() == good.packets()
    left = drained(evening.journal, (0, 0), limit=100)
    assert ended(left)
    assert [e.kind for e in left if e.kind == "cue_went"] == [
        e.kind for e in drained(good.journal, (0, 0), limit=100) if e.kind == "cue_went"
    ]
    keys = [e.key for e in left]
    assert len(set(keys)) == len(keys)
    refused = faulty.asked[operation] >= times
    # Without room ahead a file grows by its writes; only those are asked whether there is any.
    assert evening.journal.volatile is (refused and operation != "allocate")
    alarms = [e.data["code"] for e in left if e.kind == "alarm"]
    assert ("journal_volatile" in alarms) is evening.journal.volatile
    for journal in (good.journal, evening.journal):
        journal.close()
    on_disk = {e.key: e for e in read(tmp_path / "faulty")}
    told = {e.key: e for e in left}
    assert all(told[key] == entry for key, entry in on_disk.items() if key in told)
    assert not [f for f in verify(tmp_path / "faulty") if f.fault]


@pytest.mark.parametrize("operation", ["create", "write", "sync"])
def test_after_room_is_made_the_next_start_is_on_disk_under_the_old_name(
    tmp_path: Path, operation: str
) -> None:
    first = Evening(tmp_path)
    first.journal.close()
    full = Journal.open(
        tmp_path,
        VirtualClock(at("21:00")),
        engine=ENGINE,
        disk=Faulty(operation, 1, errno.ENOSPC).disk,
    )
    assert full.volatile
    assert full.player != first.journal.player
    full.close()
    again = Journal.open(tmp_path, VirtualClock(at("21:01")), engine=ENGINE)
    assert not again.volatile
    assert again.player == first.journal.player
    assert again.term > first.journal.term
    again.close()
