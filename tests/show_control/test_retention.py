"""Nights are kept 14 days, and for as long as the record does not have them; room on the disk is told."""

from __future__ import annotations

import errno
import os
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from show_control.clock import VirtualClock
from show_control.journal import Cursor, Disk, Journal, read, verify
from show_control.model import Millis
from show_control.player import Player
from show_control.rehearsal import Script
from show_control.testing import RecordingTransport
from show_control.tidying import LOOK_EVERY, LOW, Tidying
from tests.show_control.house import FILE
from tests.show_control.journals import NIGHT, drained, fact, flush, numbers
from tests.show_control.playbook import loaded

DAY: Millis = 24 * 3_600_000


def term_of(folder: Path, at: Millis, number: int) -> Cursor:
    """A player's whole life: it starts, records a fact and stops."""
    journal = Journal.open(folder, VirtualClock(at), engine="1")
    journal.append([fact(number)])
    journal.close()
    return journal.newest


def kept(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.glob("*.journal"))


class House:
    """A player that starts now on a folder, in virtual time, with the service's word given by hand."""

    def __init__(self, folder: Path, now: Millis, disk: Disk | None = None) -> None:
        self.clock = VirtualClock(now)
        self.journal = Journal.open(folder, self.clock, engine="1", disk=disk)
        self.player = Player(
            clock=self.clock,
            journal=self.journal,
            transport=RecordingTransport(self.clock),
            door=Script([]),
            asks=False,
        )
        self.tidying = Tidying(self.journal)
        self.looks(0)

    def looks(self, after: Millis = LOOK_EVERY) -> None:
        """So much later it has a turn; what was written is on disk by then."""
        self.clock.wait_exactly(self.clock.now() + after)
        if not self.journal.volatile:
            flush(self.journal)
        self.tidying.turn(self.player, self.clock.now())

    def stored(self, cursor: Cursor, player: str | None = None) -> None:
        self.tidying.stored(player or self.journal.player, cursor)

    def alarms(self) -> list[tuple[Any, Any]]:
        flush(self.journal)
        entries = [e for e in drained(self.journal, None) if e.kind == "alarm"]
        return [(e.data["code"], e.data.get("cleared", False)) for e in entries]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A night every day for twenty days, the player started for each."""
    for day in range(20):
        term_of(tmp_path, NIGHT + day * DAY, day)
    return tmp_path


def test_old_nights_go_one_at_a_time_once_they_are_stored(folder: Path) -> None:
    house = House(folder, NIGHT + 20 * DAY)
    with closing(house.journal):
        house.stored((39, 2))
        house.looks()
        assert "00000001.journal" not in kept(folder)
        assert "00000003.journal" in kept(folder), "one at each look"
        for _ in range(30):
            house.looks()
        # The term of day 5 ended when that of day 6 began, 14 days ago.
        assert kept(folder)[0] == "00000013.journal"
        assert numbers(drained(house.journal, (0, 0))) == list(range(6, 20))
        trimmed = [e.data["term"] for e in drained(house.journal, None) if e.kind == "trimmed"]
        assert trimmed == [1, 3, 5, 7, 9, 11]
    assert not [f for f in verify(folder) if f.fault]


def test_nothing_goes_that_the_record_does_not_have(folder: Path) -> None:
    house = House(folder, NIGHT + 60 * DAY)
    with closing(house.journal):
        house.stored((5, 1))
        for _ in range(10):
            house.looks()
        # Of term 5 only the first entry is stored.
        assert kept(folder)[0] == "00000005.journal"
        house.stored((3, 1))  # a database put back from an old copy: less is stored than was
        house.looks()
        assert kept(folder)[0] == "00000005.journal"


def test_with_the_service_dead_for_twenty_days_nothing_goes_and_the_size_is_told(
    folder: Path,
) -> None:
    house = House(folder, NIGHT + 40 * DAY)
    with closing(house.journal):
        before = kept(folder)
        for _ in range(20):
            house.looks(DAY)
        assert kept(folder) == before
        (alarm,) = [e for e in drained(house.journal, None) if e.kind == "alarm"]
        size = sum((folder / name).stat().st_size for name in before[:-2]) / 1e6
        assert alarm.reason == (
            f"19 journal files older than 14 days, {size:.1f} MB, are not stored yet: they are kept"
        )
        house.stored(house.journal.newest)
        for _ in range(25):
            house.looks()
        assert house.alarms() == [("journal_kept", False), ("journal_kept", True)]
        assert kept(folder) == before[-1:]


def test_another_players_record_says_nothing_of_this_journal(folder: Path) -> None:
    house = House(folder, NIGHT + 60 * DAY)
    with closing(house.journal):
        house.stored((99, 1), player="another")
        for _ in range(5):
            house.looks()
        assert kept(folder)[0] == "00000001.journal"


def test_the_present_term_stays_however_old_it_is(tmp_path: Path) -> None:
    house = House(tmp_path, NIGHT)
    with closing(house.journal):
        house.clock.wait_exactly(NIGHT + 90 * DAY)
        house.journal.append([fact(1)])
        house.stored(house.journal.newest)
        house.looks()
        assert kept(tmp_path) == ["00000001.journal"]


def test_a_file_that_was_left_empty_goes_with_its_neighbours(folder: Path) -> None:
    (folder / "00000003.journal").write_bytes(b"")
    house = House(folder, NIGHT + 20 * DAY)
    with closing(house.journal):
        house.stored((39, 2))
        for _ in range(8):
            house.looks()
        assert kept(folder)[0] == "00000013.journal"


def test_nothing_is_removed_near_a_cue_and_everything_after_it(folder: Path) -> None:
    house = House(folder, NIGHT + 60 * DAY)
    with closing(house.journal):
        house.stored((39, 2))
        house.player.load(loaded(FILE))
        left = iter([1.9, 2.0])
        house.player.left = lambda: next(left)
        house.looks()
        assert kept(folder)[0] == "00000001.journal"
        house.looks()
        assert kept(folder)[0] == "00000003.journal"


def test_a_file_that_cannot_be_removed_stops_nothing(folder: Path) -> None:
    refused: list[Path] = []

    def remove(path: Path) -> None:
        refused.append(path)
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    house = House(folder, NIGHT + 60 * DAY, Disk(remove=remove))
    with closing(house.journal):
        house.stored((39, 2))
        house.looks()
        house.looks()
        assert refused == [folder / "00000001.journal"] * 2
        assert len(kept(folder)) == 21
        assert numbers(drained(house.journal, (0, 0))) == list(range(20))


def test_a_disk_that_fills_up_is_told_before_it_is_full(tmp_path: Path) -> None:
    free = 10 * LOW
    house = House(tmp_path, NIGHT, Disk(free=lambda _: free))
    with closing(house.journal):
        house.looks()
        assert house.alarms() == []
        free = LOW - 1
        house.looks()
        house.looks()
        free = LOW  # about the bound it stays as it is
        house.looks()
        assert house.alarms() == [("disk_low", False)]
        free = 2 * LOW
        house.looks()
        assert house.alarms() == [("disk_low", False), ("disk_low", True)]


def test_who_reads_while_a_file_goes_reads_the_others(folder: Path) -> None:
    entries = read(folder)
    next(entries)
    (folder / "00000003.journal").unlink()
    assert numbers(list(entries)) == [0, *range(2, 20)]
