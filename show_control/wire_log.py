"""The OSC messages that a journal's intents came to, told again from their entries (pure).

A dialect makes the same messages of the same intent, so the journal keeps one entry for a fade of
fifty packets and can still say each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from show_control import board
from show_control.commands import Send, Switch
from show_control.entries import RECORD_ONLY, Entry
from show_control.evidence import Which
from show_control.journal import Cursor
from show_control.looks import Look
from show_control.model import Action, Millis
from show_control.outgoing import Outgoing, Packet, packets_of, switch_packets

_END: Millis = 2**62


def wire_log(entries: Iterable[Entry]) -> Iterator[Packet]:
    """Every message that left, in order, as the entries tell it; `at` is the instant it was due.

    What a killed player still had to send of a fade, after the last of its entries, is not in it;
    what is unknowable is.
    """
    waiting, state = Outgoing(), board.EMPTY
    known = list(entries)
    failed = {
        (*result.data["of"], side)
        for result in known
        if result.kind == "result"
        for side in ("main", "backup")
        if str(result.data.get(side, "")).startswith("not sent")
    }
    step: list[Packet] = []
    lived = _END
    for entry in known:
        if entry.kind in ("file", "state", "term"):  # another step begins
            waiting.add(step)
            step = []
        if entry.kind == "term":
            yield from _left(waiting, lived, failed)
            waiting = Outgoing()
        elif entry.kind in ("file", "state"):
            state = board.fold(state, entry)
        elif entry.kind == "intent":
            yield from _left(waiting, entry.at, failed)
            step += _packets(state, entry)
        lived = entry.at
    waiting.add(step)
    yield from _left(waiting, _END, failed)


def _left(waiting: Outgoing, until: Millis, failed: set[tuple[int, int, str]]) -> Iterator[Packet]:
    for packet in waiting.take_due(until):
        if (*packet.intent, packet.side) not in failed:
            yield packet


def _packets(state: board.Fold, entry: Entry) -> list[Packet]:
    data = entry.data
    routing = data.get("routing", "wire")
    if routing == RECORD_ONLY:
        return []  # it went nowhere
    intent: Cursor = (entry.term, entry.seq)
    if "on_air" in data:
        server = entry.server or ""
        names = ("night", "slot", "run", "cue")
        columns = {name: getattr(entry, name) for name in names}
        switch = Switch(
            server=server,
            which=data["on_air"],
            at=entry.at,
            why=data["why"],
            routing=routing,
            **columns,
        )
        return switch_packets(state.files[data["file"]], switch, server, intent, entry.at)
    send = Send(
        output=entry.output or "",
        file=data["file"],
        before=msgspec.convert(data["before"], Look),
        after=msgspec.convert(data["look"], Look),
        at=entry.at,
        why=data["why"],
        routing=routing,
        action=msgspec.convert(data["action"], Action | None),
        night=entry.night,
        surface=entry.surface,
        slot=entry.slot,
        run=entry.run,
        cue=entry.cue,
    )
    sides: tuple[Which, ...] = tuple(msgspec.convert(data["sides"], list[Which]))
    return packets_of(state.files[data["file"]], send, intent, entry.at, sides)
