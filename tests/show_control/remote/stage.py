"""A player with a remote at real ports, in time that a test lets pass."""

from __future__ import annotations

import select
import socket
from pathlib import Path
from typing import Any, TypeVar

from show_control.clock import VirtualClock
from show_control.entries import Entry
from show_control.installation import RemoteSettings, decode
from show_control.journal import Journal
from show_control.model import Millis, NightFile
from show_control.outgoing import Packet
from show_control.player import Player
from show_control.rehearsal import Nowhere
from show_control.remote import Remote
from tests.show_control.house import FILE, at
from tests.show_control.playbook import loaded
from tests.show_control.remote.client import Client, Tcp, Udp

C = TypeVar("C", bound=Client)

GALA = "20:10"
"""When the small house's gala stands by."""


class HandClock(VirtualClock):
    """Time that passes only by a test's hand; an instant that is not here yet is not."""

    def until(self, instant: Millis, early: int = 0) -> float:
        return max(0, self._due(instant) - early - self.boottime()) / 1e9


def free_port(kind: socket.SocketKind) -> int:
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def settings(**changed: Any) -> RemoteSettings:
    """Open to this machine, at ports of its own, changed as a file would say it."""
    table = {
        "udp": f"127.0.0.1:{free_port(socket.SOCK_DGRAM)}",
        "tcp": f"127.0.0.1:{free_port(socket.SOCK_STREAM)}",
        "allow": ["127.0.0.1"],
    } | changed
    lines = (f"{key} = {value!r}" for key, value in table.items() if value is not None)
    remote = decode("[remote]\n" + "\n".join(lines).replace("'", '"')).remote
    assert remote is not None
    return remote


class Stage:
    def __init__(
        self, folder: Path, file: NightFile = FILE, start: str = GALA, **changed: Any
    ) -> None:
        self.settings = settings(**changed)
        self.clock = HandClock(at(start))
        self.journal = Journal.open(folder, self.clock, engine="1")
        self.logged: list[str] = []
        self._clients: list[Client] = []
        self.sent: list[Packet] = []
        self.remote = Remote(self.settings, self.journal, self.clock.now, self.logged.append)
        self.player = Player(
            clock=self.clock,
            journal=self.journal,
            transport=Nowhere(),
            door=self.remote,
            asks=False,
            on_sent=lambda packet, _: self.sent.append(packet),
        )
        self.player.load(loaded(file))
        self.turn()

    def turn(self) -> None:
        """Read, act, answer: no time passes."""
        self.player.listen(0.0)

    def wait(self, millis: Millis) -> None:
        """Let time pass, through every instant on the way."""
        to = self.clock.now() + millis
        while (due := self.player.next_instant()) is not None and due <= to:
            self.player.meet(due)
        self.clock.wait_exactly(to)
        self.turn()

    def tcp(self, *, both: bool = True) -> Tcp:
        assert self.settings.tcp is not None
        return self._kept(Tcp(self.settings.tcp[1], self.turn, both=both))

    def udp(self, ip: str = "127.0.0.1") -> Udp:
        assert self.settings.udp is not None
        return self._kept(Udp(self.settings.udp[1], self.turn, ip=ip))

    def _kept(self, client: C) -> C:
        self._clients.append(client)
        return client

    def entries(self, *kinds: str) -> list[Entry]:
        found = self.journal.entries_after((0, 0), 2000).entries
        return [e for e in found if e.kind in kinds]

    def went(self) -> list[str | None]:
        """The cues that went, as they are entered once on disk."""
        self.journal.ask_flush()
        while self.journal.poll_flushed() < self.journal.newest:
            assert select.select([self.journal.flushed_fd], [], [], 10)[0], "no flush"
        return [e.cue for e in self.entries("cue_went") if e.slot == "gala"]

    def close(self) -> None:
        for client in self._clients:
            client.close()
        self.remote.close()
        self.journal.close()
