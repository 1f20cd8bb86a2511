"""Packets from their intent to their result: held until their instant, sent if we may, entered.

Between an instant and its last packet nothing is done but send: who receives them was looked up
before, what became of them is entered after.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from show_control.clock import Clock
from show_control.commands import Send, Switch
from show_control.datagrams import said_of
from show_control.entries import NEWER, RECORD_ONLY, REROUTED, Entry
from show_control.evidence import Which
from show_control.hearing import Hearing
from show_control.intents import result_entry
from show_control.journal import Cursor
from show_control.looks import Look
from show_control.model import Millis, NightFile
from show_control.outgoing import (
    SIDES,
    Outcome,
    Outgoing,
    Packet,
    momentary,
    packets_of,
    shows_nothing,
    switch_packets,
)
from show_control.ports import Keeps, Sends

NOT_OURS = "another player has the folder"

NO_SIMULATOR = "not sent: its simulator is not there"

OnSent = Callable[[Packet, Millis], None]


Ways = list[tuple[Callable[[bytes], object], bytes, Callable[[bytes, OSError], str | None]]]


def give(ways: Ways, may_send: Callable[[], bool]) -> list[object]:
    """Each datagram to its way; words for those that were not sent.

    What lies between two packets is how far apart their servers are: nothing but the question
    whether they may still be sent.
    """
    found: list[object] = []
    for quick, datagram, again in ways:
        try:
            found.append(quick(datagram) if may_send() else NOT_OURS)
        except OSError as failed:
            found.append(again(datagram, failed))
    return found


class Sending:
    """What leaves a player. `hearing` is told of what was sent, and asks through here."""

    def __init__(
        self,
        *,
        clock: Clock,
        journal: Keeps,
        transport: Sends,
        may_send: Callable[[], bool],
        on_sent: OnSent | None,
    ) -> None:
        self.outgoing = Outgoing()
        self.hearing = Hearing(self.ask)
        self._clock = clock
        self._journal = journal
        self._transport = transport
        self._may_send = may_send
        self._on_sent = on_sent
        self._open: dict[Cursor, Send | Switch] = {}
        self._missed: dict[tuple[str, Which], dict[str, Look]] = {}

    def packets(
        self,
        file: NightFile,
        send: Send,
        intent: Entry,
        now: Millis,
        sides: tuple[Which, ...] = SIDES,
    ) -> list[Packet]:
        """A send's packets; one that cannot be expressed, or goes nowhere, ends as not sent.

        `file` has its output at the server that hears it.
        """
        if send.routing == RECORD_ONLY or send.output not in file.outputs:
            self._open[intent.term, intent.seq] = send
            became = RECORD_ONLY if send.routing == RECORD_ONLY else NO_SIMULATOR
            self.enter_results({(intent.term, intent.seq): dict.fromkeys(sides, became)})
            return []
        try:
            packets = packets_of(file, send, (intent.term, intent.seq), now, sides)
            reason = "this server has no message for it" if send.action else "nothing to change"
        except ValueError as fault:
            packets, reason = [], str(fault)
        self._open[intent.term, intent.seq] = send
        if not packets:
            self.enter_results(
                {(intent.term, intent.seq): dict.fromkeys(sides, f"not sent: {reason}")}
            )
        return packets

    def switch(
        self, file: NightFile, switch: Switch, server: str, intent: Entry, now: Millis
    ) -> list[Packet]:
        """The packet that puts one address of a server of this file on the picture."""
        key = (intent.term, intent.seq)
        recorded = switch.routing == RECORD_ONLY
        packets = [] if recorded else switch_packets(file, switch, server, key, now)
        self._open[key] = switch
        if not packets:
            self.enter_results({key: {"main": RECORD_ONLY if recorded else NO_SIMULATOR}})
        return packets

    def queue(self, packets: list[Packet]) -> None:
        """Hand packets over to be sent at their instants, output by output."""
        lost = self.outgoing.add(packets)
        self.enter_results({i: dict.fromkeys(SIDES, NEWER) for i in lost})

    def withdraw(self, outputs: Collection[str]) -> None:
        """Take back what waits for outputs that are routed elsewhere now."""
        self.enter_results(
            {i: dict.fromkeys(SIDES, REROUTED) for i in self.outgoing.withdraw(outputs)}
        )

    def send_due(self) -> None:
        """Send every packet whose instant has come."""
        self.send(self.outgoing.take_due(self._clock.now()))

    def ways(self, due: list[Packet]) -> Ways:
        """Each packet with its way."""
        found = [(self._transport.way(p.server, p.side), p.datagram) for p in due]
        return [(way.quick, datagram, way.again) for way, datagram in found]

    def warm(self, ways: Ways) -> None:
        """Go the way of these packets without them: what it takes is at hand then, not in memory
        that was last used at the cue before."""
        give([(len, datagram, said_of) for _, datagram, _ in ways], self._may_send)

    def send(self, due: list[Packet], ways: Ways | None = None) -> None:
        """Send these; then, and only then, enter that they went."""
        if not due:
            return
        now = self._clock.now()
        given = give(self.ways(due) if ways is None else ways, self._may_send)
        self.refused()
        self.enter_sent(due, [g if isinstance(g, str) else None for g in given], now)

    def enter_sent(self, due: list[Packet], failed: list[str | None], now: Millis) -> None:
        """Enter what became of packets: the first of an intent to a side tells of that side."""
        outcomes: dict[Cursor, Outcome] = {}
        for packet, fault in zip(due, failed, strict=True):
            outcome = outcomes.setdefault(packet.intent, Outcome({}))
            outcome.sides.setdefault(packet.side, f"not sent: {fault}" if fault else "sent")
            if fault is None:
                if packet.switches is None:
                    self.hearing.sent(
                        packet.server,
                        packet.side,
                        packet.output,
                        now,
                        ramp=packet.ramp == "opacity",
                        nothing=shows_nothing(packet.send),
                    )
                else:
                    self.hearing.switched(packet.switches, now)
                if self._on_sent:
                    self._on_sent(packet, now)
            elif isinstance(packet.send, Send) and not momentary(packet.send):
                outputs = self._missed.setdefault((packet.server, packet.side), {})
                outputs.setdefault(packet.output, packet.send.before)
        self.enter_results({i: o.sides for i, o in outcomes.items()})

    def take_missed(self, server: str, which: Which) -> dict[str, Look]:
        """The outputs that an address was not told of since this was last asked, each with the look
        that it had there before."""
        return self._missed.pop((server, which), {})

    def enter_results(self, ended: Mapping[Cursor, Mapping[Which, str]]) -> None:
        """Enter what became of intents, each once: the later packets of a fade belong to it."""
        now = self._clock.now()
        results = [
            result_entry(self._open.pop(intent), intent, sides, now)
            for intent, sides in ended.items()
            if intent in self._open
        ]
        self._journal.append(results)

    def ask(self, server: str, which: Which, datagram: bytes) -> str | None:
        """Send a question, for `hearing`."""
        if not self._may_send():
            return None
        failed = self._transport.send(server, which, datagram)
        self.refused()
        return failed

    def refused(self) -> None:
        """Tell `hearing` of the addresses whose machine refused a packet."""
        for server, which in self._transport.refusals():
            self.hearing.refused(server, which)
