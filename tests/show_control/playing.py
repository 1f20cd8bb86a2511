"""The player's own loop in virtual time, against simulators that answer: to play, kill and restart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from show_control import board
from show_control.clock import VirtualClock
from show_control.commands import Answer, Record
from show_control.documents import Board, OutputView
from show_control.entries import Entry
from show_control.events import Tick
from show_control.model import Millis, NightFile
from show_control.night_file import content_hash, pack_night_file
from show_control.player import ENGINE, Player
from show_control.recovery import recover
from show_control.rehearsal import Script
from show_control.simulator import Simulated, simulated
from show_control.testing import RecordingTransport, Sent
from tests.show_control.house import FILE, at
from tests.show_control.playbook import call, loaded


class Shelf:
    """Entries of one term, kept in memory."""

    def __init__(self, clock: VirtualClock, term: int = 1) -> None:
        self.term = term
        self.entries: list[Entry] = []
        pair = {"wall": clock.pair.wall, "boottime": clock.pair.boottime}
        header = {"boot": clock.boot, "clock": pair, "engine": ENGINE, "volatile": False}
        self.append([{"kind": "term", "at": clock.now(), "data": header}])

    def append(self, recorded: Sequence[Any]) -> list[Entry]:
        new = [
            Entry(player="p", term=self.term, seq=seq, **columns(one))
            for seq, one in enumerate(recorded, len(self.entries) + 1)
        ]
        # As they come back from a file.
        self.entries += [msgspec.msgpack.decode(msgspec.msgpack.encode(e), type=Entry) for e in new]
        return new

    def ask_flush(self) -> None:
        """There is no disk."""


def columns(recorded: Any) -> Any:
    return msgspec.structs.asdict(recorded) if isinstance(recorded, Record) else recorded


class Playing:
    """A player, its servers, and all that it has entered."""

    def __init__(
        self,
        file: NightFile = FILE,
        start: str = "19:59:50",
        *,
        answering: bool = True,
        asking: bool = True,
        more: Iterable[Simulated] = (),
    ) -> None:
        self.asking = asking
        self.night, self.zone = file.nights[0].date, file.time_zone
        self.clock = VirtualClock(self.at(start))
        self.servers = [*simulated(file), *more]
        self.transport = RecordingTransport(self.clock, self.servers if answering else ())
        self.entries: list[Entry] = []
        self.term = 0
        self.player = self.begin()
        self.player.load(loaded(file))

    def begin(self) -> Player:
        self.term += 1
        self.shelf = Shelf(self.clock, self.term)
        return Player(
            clock=self.clock,
            journal=self.shelf,
            transport=self.transport,
            door=Script([]),
            asks=self.asking,
        )

    def kill(self) -> None:
        """The player dies between two turns; packets that waited are lost with it."""
        self.entries += self.shelf.entries
        self.shelf.entries = []

    def come_back(self, *, same_engine: bool = True) -> None:
        """Another player takes the journal up."""
        self.kill()
        found = recover(self.entries)
        self.player = self.begin()
        self.player.unknowable(found.unknowable)
        self.player.resume(found.board.state, same_engine=same_engine)

    def at(self, text: str) -> Millis:
        return at(text, self.night, self.zone)

    def call(self, said: str, when: str | None = None, **rest: Any) -> Answer:
        if when is not None:
            self.until(when)
        (answer,) = self.player.take(call(said, **rest))
        return answer

    def until(self, when: str | Millis) -> list[Sent]:
        """Let time pass, as the loop does; what was sent meanwhile, questions left out."""
        to = self.at(when) if isinstance(when, str) else when
        before = len(self.transport.sent)
        while (due := self.next_due()) is not None and due <= to:
            mine = [self.player.next_instant(), self.player.next_chore()]
            if due in mine:
                self.player.turn()
            else:
                self.clock.wait_exactly(due)
                self.player.hear(self.transport.arrived())
                self.player.do_chores()
        self.clock.wait_exactly(to)
        return told(self.transport.sent[before:])

    def next_due(self) -> Millis | None:
        instants = [
            self.player.next_instant(),
            self.player.next_chore(),
            self.transport.next_arrival(),
        ]
        return min((i for i in instants if i is not None), default=None)

    def all_entries(self) -> list[Entry]:
        return [*self.entries, *self.shelf.entries]

    def board(self) -> Board:
        folded = board.EMPTY
        for entry in self.all_entries():
            folded = board.fold(folded, entry)
        assert folded.state == self.player.state, "the board is a fold of the entries"
        return board.view(folded, self.clock.now())

    def output(self, name: str) -> OutputView:
        return next(o for o in self.board().outputs if o.output == name)

    def give(self, server: str, fault: Any) -> None:
        """A fault: `west/backup`, `silent`."""
        next(s for s in self.servers if s.name == server).give(fault)

    def step(self) -> None:
        """A turn that only looks around."""
        self.player.take(Tick())


def told(sent: Sequence[Sent]) -> list[Sent]:
    """What was sent, without the questions."""
    return [s for s in sent if not any(a.value == "?" for m in s.messages for a in m.args)]


def hash_of(file: NightFile) -> str:
    return content_hash(pack_night_file(file))
