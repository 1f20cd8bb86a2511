"""A player that dies between an intent and its packet: kill -9 by itself, instead of the n-th send.

    python -m tests.adversity.dying_player DATA_DIR N

It is the real player with the real transport; questions are not counted.
"""

from __future__ import annotations

import os
import signal
import sys
from functools import partial
from pathlib import Path

from show_control.clock import SystemClock
from show_control.datagrams import Way
from show_control.evidence import Which
from show_control.journal import FolderLock, Journal, tail
from show_control.link import LinkServer
from show_control.player import ENGINE, Player
from show_control.process import come_back, pair_of, player_folder
from show_control.recovery import begins, recover
from show_control.serving import Serving
from show_control.transport import Transport
from tests.adversity.osc_by_hand import read_packet


class Dying(Transport):
    """Sends until its time has come."""

    def __init__(self, sends: int) -> None:
        super().__init__()
        self._left = sends

    def send(self, server: str, which: Which, datagram: bytes) -> str | None:
        if read_packet(datagram)[0].args != ("?",):
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return super().way(server, which).send(datagram)

    def way(self, server: str, which: Which) -> Way:
        return Way(partial(self.send, server, which))


def main(data_dir: Path, sends: int) -> None:
    folder = player_folder(data_dir)
    lock = FolderLock(folder)
    found = recover(tail(folder, begins))
    clock = SystemClock(pair_of(found))
    journal = Journal.open(folder, clock, engine=ENGINE)
    door = Serving(LinkServer(folder, clock.boottime), journal)
    player = Player(
        clock=clock, journal=journal, transport=Dying(sends), door=door, may_send=lock.may_send
    )
    come_back(player, found, print)
    while True:
        player.turn()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
