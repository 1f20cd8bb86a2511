"""A night in virtual time: the player's own loop, with a list of calls and nobody to send to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import msgspec

from show_control.clock import Clock, VirtualClock
from show_control.commands import Answer, Record
from show_control.datagrams import Way
from show_control.doors import Doors
from show_control.entries import Entry
from show_control.events import Call, Called, Loaded, Timecode
from show_control.evidence import Which
from show_control.model import Millis, NightFile
from show_control.night_file import content_hash, pack_night_file
from show_control.outgoing import Packet
from show_control.overruns import Overruns
from show_control.player import Player
from show_control.transport import Heard, Unopened


class Sent(msgspec.Struct, frozen=True):
    """A packet that left, and when."""

    at: Millis
    packet: Packet


class Kept:
    """Entries kept in memory alone, keyed as the journal would."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def append(self, recorded: Sequence[Any]) -> list[Entry]:
        """Number and keep these."""
        new = [
            Entry(player="rehearsal", term=1, seq=seq, **_columns(one))
            for seq, one in enumerate(recorded, len(self.entries) + 1)
        ]
        self.entries += new
        return new

    def ask_flush(self) -> None:
        """There is no disk."""


def _columns(recorded: Any) -> Any:
    return msgspec.structs.asdict(recorded) if isinstance(recorded, Record) else recorded


class Nowhere:
    """Where packets go when nobody is there: they count as sent."""

    def open(self, servers: dict[str, Any]) -> list[Unopened]:
        """Nothing to connect to."""
        del servers
        return []

    def send(self, server: str, which: Which, datagram: bytes) -> str | None:
        """Gone."""
        del server, which, datagram
        return None

    def way(self, server: str, which: Which) -> Way:
        """By `send`."""
        return Way(partial(self.send, server, which))

    def connected(self) -> list[tuple[str, Which]]:
        """Nobody is."""
        return []

    def wait(self) -> Millis | None:
        """Nothing is waited for."""
        return None

    def turn(self) -> None:
        """As `wait`."""

    def with_more(self) -> list[Any]:
        """As `sockets`."""
        return []

    def sockets_to_write(self) -> list[Any]:
        """As `sockets`."""
        return []

    def write(self, ready: Any) -> None:
        """Never."""

    def refusals(self) -> list[tuple[str, Which]]:
        """Nobody refuses."""
        return []

    def sockets(self) -> list[Any]:
        """Nobody answers."""
        return []

    def read(self, ready: Any) -> list[Heard]:
        """As `sockets`."""
        del ready
        return []


class Script:
    """Calls, and timecodes, each at its instant: the door of a rehearsal. `answers` has what calls came to."""

    def __init__(self, calls: Sequence[tuple[Millis, Call | Timecode]]) -> None:
        self._calls = sorted(calls, key=lambda c: c[0])
        self.answers: list[Answer] = []

    def next_at(self) -> Millis | None:
        """When the next call is made."""
        return self._calls[0][0] if self._calls else None

    def turn(self, player: Player) -> None:
        """Make the calls whose instant has come."""
        while self._calls and self._calls[0][0] <= player.clock.now():
            _, said = self._calls.pop(0)
            event = said if isinstance(said, Timecode) else Called(call=said)
            self.answers += player.take(event)

    def sockets_to_read(self) -> list[Any]:
        """None."""
        return []

    def sockets_to_write(self) -> list[Any]:
        """None."""
        return []

    def has_more(self, player: Player) -> bool:
        """Never."""
        del player
        return False

    def ready(self, player: Player, readable: list[Any], writable: list[Any]) -> None:
        """Never."""


class Rehearsed(msgspec.Struct):
    """What a night came to: what was entered, and what was sent."""

    entries: list[Entry]
    sent: list[Sent]


def rehearse(file: NightFile, calls: Sequence[tuple[Millis, Call | Timecode]]) -> Rehearsed:
    """Play a night file from its first night's beginning to its last one's end."""
    entries, sent = list[Entry](), list[Sent]()
    for part in playing(file, calls):
        entries += part.entries
        sent += part.sent
    return Rehearsed(entries, sent)


def playing(
    file: NightFile,
    calls: Sequence[tuple[Millis, Call | Timecode]],
    clock: Clock | None = None,
    until: Millis | None = None,
) -> Iterator[Rehearsed]:
    """The same, a turn at a time, up to an instant; `clock` begins with the first night."""
    kept, sent, script = Kept(), list[Sent](), Script(calls)
    clock = clock or VirtualClock(begins(file))
    player = Player(
        clock=clock,
        journal=kept,
        transport=Nowhere(),
        door=Doors(script, Overruns()),
        asks=False,
        on_sent=lambda packet, at: sent.append(Sent(at, packet)),
    )
    player.load(Loaded(hash=content_hash(pack_night_file(file)), file=file))
    ends = max(n.ends for n in file.nights) if until is None else until
    told = 0
    while True:
        instants = [i for i in (player.next_instant(), player.next_chore()) if i is not None]
        over = not instants or min(instants) > ends
        if over and until is not None:
            clock.wait_exactly(until)
        yield Rehearsed(kept.entries[told:], sent.copy())
        told = len(kept.entries)
        sent.clear()
        if over:
            return
        player.turn()


def begins(file: NightFile) -> Millis:
    """When its first night does."""
    return min(n.starts for n in file.nights)
