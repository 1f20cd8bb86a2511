"""Packets on their way: encoded ahead, each with its instant, its output and the intent it is of."""

from __future__ import annotations

import msgspec

from show_control import osc
from show_control.commands import Send
from show_control.dialects import Timed, dialect_of, supersede
from show_control.evidence import Which
from show_control.journal import Cursor
from show_control.model import Millis, NightFile

SIDES: tuple[Which, ...] = ("main", "backup")


class Packet(Timed, frozen=True, kw_only=True):
    """A message as it leaves for one output, to `sides` of its server."""

    output: str
    server: str
    sides: tuple[Which, ...]
    datagram: bytes
    send: Send
    intent: Cursor


def packets_of(
    file: NightFile, send: Send, intent: Cursor, now: Millis, sides: tuple[Which, ...] = SIDES
) -> list[Packet]:
    """What carries out a send, encoded; raises ValueError for what its server cannot be told."""
    output = file.outputs[send.output]
    server = file.servers[output.server]
    there = tuple(s for s in sides if s == "main" or server.backup is not None)
    return [
        Packet(
            at=timed.at,
            address=timed.address,
            args=timed.args,
            ramp=timed.ramp,
            release=timed.release,
            output=output.id,
            server=server.id,
            sides=there,
            datagram=osc.encode(timed.address, timed.args),
            send=send,
            intent=intent,
        )
        for timed in dialect_of(server).express(server, output, send, now)
    ]


class Outgoing:
    """Every packet that has not left yet, by output; a new send takes back the rest of a fade."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[Packet]] = {}

    def add(self, output: str, packets: list[Packet]) -> set[Cursor]:
        """Queue a send's packets for its output; gives the intents of which nothing is left."""
        before = self._waiting.get(output, [])
        kept = supersede(before, packets)
        self._waiting[output] = [p for p in kept if isinstance(p, Packet)]
        return {p.intent for p in before} - {p.intent for p in self._waiting[output]}

    @property
    def next_at(self) -> Millis | None:
        """When the next packet leaves."""
        return min((w[0].at for w in self._waiting.values() if w), default=None)

    def take_due(self, now: Millis) -> list[Packet]:
        """The packets whose instant has come, by instant, then in the order they were queued."""
        due: list[Packet] = []
        for output, waiting in list(self._waiting.items()):
            due += [p for p in waiting if p.at <= now]
            left = [p for p in waiting if p.at > now]
            if left:
                self._waiting[output] = left
            else:
                del self._waiting[output]
        return sorted(due, key=lambda p: p.at)


class Outcome(msgspec.Struct):
    """What became of an intent's first packet at each side: `sent`, or why not."""

    sides: dict[Which, str] = {}
