"""Packets on their way: encoded ahead, each with its instant, its output and the intent it is of."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from show_control import packets
from show_control.commands import Send, Switch
from show_control.dialects import Timed, dialect_of, supersede
from show_control.evidence import Which
from show_control.journal import Cursor
from show_control.model import MOMENTARY, Millis, NightFile, Output, Server

SIDES: tuple[Which, ...] = ("main", "backup")


class Packet(Timed, frozen=True, kw_only=True):
    """A message as it leaves for one output, to one side of its server. `order` is among its equals.

    `switches` is the server whose main or backup it puts on the picture, where it is such a message.
    """

    output: str
    server: str
    side: Which
    order: int
    datagram: bytes
    send: Send | Switch
    intent: Cursor
    switches: str | None = None


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
            side=side,
            order=order,
            datagram=datagram,
            send=send,
            intent=intent,
        )
        for order, (timed, datagram) in enumerate(encoded(server, output, send, now))
        for side in there
    ]


def switch_packets(
    file: NightFile, switch: Switch, server: str, intent: Cursor, now: Millis
) -> list[Packet]:
    """What puts one address of a server of this file on the picture; nothing where nothing does."""
    there = file.servers[server].on_air if server in file.servers else None
    if there is None:
        return []
    via = file.servers[there.via]
    message = there.main if switch.which == "main" else there.backup
    return [
        Packet(
            at=max(switch.at, now),
            address=message.address,
            args=message.args,
            output=f"on_air {server}",
            server=via.id,
            side="main",
            order=0,
            datagram=packets.encode(via, message.address, message.args),
            send=switch,
            intent=intent,
            switches=server,
        )
    ]


def encoded(server: Server, output: Output, send: Send, now: Millis) -> list[tuple[Timed, bytes]]:
    """The messages of a send with their bytes, each encoded once for main and backup."""
    messages = told(server, output, send, now)
    return [(timed, packets.encode(server, timed.address, timed.args)) for timed in messages]


def told(server: Server, output: Output, send: Send, now: Millis) -> list[Timed]:
    """What carries out a send: in its dialect's words, or in the file's own where that has raw OSC."""
    action = send.action
    if action is None or action.kind != "osc":
        return dialect_of(server).express(server, output, send, now)
    return [Timed(max(send.at, now), action.address or "", action.args)]


def momentary(send: Send | Switch) -> bool:
    """Whether it is told once, beside whatever else goes on."""
    return isinstance(send, Send) and send.action is not None and send.action.kind in MOMENTARY


def shows_nothing(send: Send | Switch) -> bool:
    """Whether it is told beside all looks: what is known of them stays so."""
    return momentary(send) and isinstance(send, Send) and send.before == send.after


class Outgoing:
    """Every packet that has not left yet; a new send takes back the rest of a fade where it goes."""

    def __init__(self) -> None:
        self._waiting: dict[tuple[str, Which], list[Packet]] = {}

    def add(self, packets: list[Packet]) -> set[Cursor]:
        """Queue the packets of one step; gives the intents of which nothing is left anywhere.

        Intent by intent: what a later one does to an output takes back the rest of a fade that an
        earlier one began in the same step. What is due at that very instant still goes, in order.
        """
        taken: set[Cursor] = set()
        by_side: dict[tuple[Cursor, str, Which], list[Packet]] = {}
        for packet in packets:
            by_side.setdefault((packet.intent, packet.output, packet.side), []).append(packet)
        for (_, output, side), new in by_side.items():
            before = self._waiting.get((output, side), [])
            at_once = [p for p in before if p.at <= new[0].send.at]
            after = [p for p in before if p.at > new[0].send.at]
            if momentary(new[0].send):
                self._waiting[output, side] = [
                    *at_once,
                    *sorted([*new, *after], key=lambda p: p.at),
                ]
                continue
            kept = supersede(after, new)
            self._waiting[output, side] = [*at_once, *(p for p in kept if isinstance(p, Packet))]
            taken |= {p.intent for p in before}
        return taken - {p.intent for waiting in self._waiting.values() for p in waiting}

    def withdraw(self, outputs: Collection[str]) -> set[Cursor]:
        """Forget what waits for these outputs; gives the intents that it was of."""
        keys = [key for key in self._waiting if key[0] in outputs]
        return {packet.intent for key in keys for packet in self._waiting.pop(key)}

    @property
    def next_at(self) -> Millis | None:
        """When the next packet leaves."""
        return min((w[0].at for w in self._waiting.values() if w), default=None)

    def take_due(self, now: Millis) -> list[Packet]:
        """The packets whose instant has come: by instant, by intent, then main before backup."""
        due: list[Packet] = []
        for key, waiting in list(self._waiting.items()):
            due += [p for p in waiting if p.at <= now]
            left = [p for p in waiting if p.at > now]
            if left:
                self._waiting[key] = left
            else:
                del self._waiting[key]
        return sorted(due, key=lambda p: (p.at, p.intent, p.order, p.side == "backup"))


class Outcome(msgspec.Struct):
    """What became of an intent's first packet at each side: `sent`, or why not."""

    sides: dict[Which, str] = {}
