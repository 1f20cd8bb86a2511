"""A player that dies at a placed instant: kill -9 by itself, the N-th time that it comes there.

    python -m tests.adversity.dying_player DATA_DIR PLACE N

It is the real player with the real transport, journal and link. PLACE is

- `intent`: the state, the facts and the intents of a step are about to be written;
- `torn`: half of their bytes are;
- `entered`: all are, and no packet has left;
- `packet`: the N-th packet is about to leave (questions are not counted);
- `mark`: the packets have left, and that they have is about to be written.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from show_control.clock import SystemClock
from show_control.datagrams import Way
from show_control.entries import Entry
from show_control.evidence import Which
from show_control.journal import Disk, FolderLock, Journal, tail
from show_control.link import LinkServer
from show_control.player import ENGINE, Player
from show_control.process import come_back, pair_of, player_folder
from show_control.recovery import begins, recover
from show_control.serving import Serving
from show_control.transport import Transport
from tests.adversity.osc_by_hand import read_packet

PLACES = ("intent", "torn", "entered", "packet", "mark")


class Death:
    """Counts the times that the player comes to one place, once it is armed."""

    def __init__(self, place: str, times: int) -> None:
        self._place = place
        self._left = times
        self.armed = False

    def at(self, place: str) -> None:
        if self.comes(place):
            die()

    def comes(self, place: str) -> bool:
        if not self.armed or place != self._place:
            return False
        self._left -= 1
        return self._left == 0


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class DyingTransport(Transport):
    """Dies instead of a packet."""

    def __init__(self, death: Death) -> None:
        super().__init__()
        self._death = death

    def send(self, server: str, which: Which, datagram: bytes) -> str | None:
        if read_packet(datagram)[0].args != ("?",):
            self._death.at("packet")
        return super().way(server, which).send(datagram)

    def way(self, server: str, which: Which) -> Way:
        return Way(partial(self.send, server, which))


class DyingJournal(Journal):
    """Dies before or after it has written."""

    death: Death

    def append(self, recorded: Sequence[Any]) -> list[Entry]:
        sends = any(kind_of(one) == "intent" for one in recorded)
        if sends:
            self.death.at("intent")
        if any(kind_of(one) == "result" and "sent" in one["data"].values() for one in recorded):
            self.death.at("mark")
        entries = super().append(recorded)
        if sends:
            self.death.at("entered")
        return entries


def kind_of(recorded: Any) -> str:
    return recorded["kind"] if isinstance(recorded, Mapping) else recorded.kind


def half_written(death: Death) -> Disk:
    """Half of a record gets there."""

    def write(fd: int, record: bytes) -> int:
        if b"\xa6intent" in record and death.comes("torn"):
            os.write(fd, record[: len(record) // 2])
            die()
        return os.write(fd, record)

    return Disk(write=write)


def main(data_dir: Path, place: str, times: int) -> None:
    folder, death = player_folder(data_dir), Death(place, times)
    lock = FolderLock(folder)
    found = recover(tail(folder, begins))
    clock = SystemClock(pair_of(found))
    journal = DyingJournal.open(folder, clock, engine=ENGINE, disk=half_written(death))
    journal.death = death
    player = Player(
        clock=clock,
        journal=journal,
        transport=DyingTransport(death),
        door=Serving(LinkServer(folder, clock.boottime), journal),
        may_send=lock.may_send,
    )
    come_back(player, found, print)
    death.armed = True
    while True:
        player.turn()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
