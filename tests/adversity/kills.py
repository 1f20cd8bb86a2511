"""A night on which the player is killed again and again, and the receiver's log held against the journal.

One round: cue 4 is called, 6 follows it, and somewhere on the way the player dies and is started
again by its parent. Nothing fires twice, nothing is lost, what follows is on the clock.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

import msgspec

from show_control.console.desk import Desk
from show_control.documents import RunView
from show_control.entries import Entry
from show_control.wire_log import wire_log
from tests.adversity.installation import Installation, call, confirmed, put
from tests.adversity.osc_by_hand import read_packet
from tests.adversity.processes import note, until
from tests.adversity.wire import Side

COUNTDOWN = 2000
CLIPS = (10, 5)
FIRST_PACKET = 500
"""Milliseconds from a player's start to its first packet, at the median, without those in which it
stood in the queue for a processor: another's work on this machine is no fault of its."""
ON_THE_CLOCK = 1000
SETTLED = 500
"""Milliseconds from its first packet until each server has answered, or is given what it should show.
Where a loaded machine takes so long that the follow comes before, 4 is what it should not show any more."""
SLOW = 5000
"""What one alone may take, all told."""
LATE = 500
"""What a busy machine may be late on the wire; a lost clock would be seconds off."""

Disaster = Callable[[], Awaitable["Restart"]]


class Restart(msgspec.Struct):
    """Of a player: when its process began and when its first packet came, in Unix milliseconds.

    `queued` are the milliseconds in which it could have run and had no processor.
    """

    began: float
    first: float
    queued: float

    @property
    def took(self) -> float:
        return self.first - self.began


class Round(msgspec.Struct):
    """How late 6 was, and how long after the player's new start it was due; milliseconds."""

    late: float
    after: float
    restart: Restart


class Log:
    """What the rounds came to."""

    def __init__(self) -> None:
        self.rounds: list[Round] = []

    def judge(self) -> None:
        """None early; the first packet in time; and who had a second to be on the clock again was."""
        judge_restarts([r.restart for r in self.rounds])
        late = sorted(r.late for r in self.rounds)
        on_the_clock = [r.late for r in self.rounds if r.after >= ON_THE_CLOCK]
        note(f"6 came (ms from its instant): {', '.join(f'{one:.1f}' for one in late)}")
        assert late[0] >= -1, "a cue came early"
        assert max(on_the_clock, default=0) < LATE


def judge_restarts(restarts: list[Restart]) -> None:
    """The first packet comes in time."""
    took = sorted(one.took for one in restarts)
    queued = sum(one.queued for one in restarts) / len(restarts)
    told = ", ".join(f"{one:.0f}" for one in took)
    note(f"first packet (ms from the start): {told}; of that in the queue {queued:.0f}")
    assert median(one.took - one.queued for one in restarts) < FIRST_PACKET
    assert took[-1] < SLOW


def term_of(desk: Desk) -> int:
    """Of the player that the desk is connected to."""
    welcome = desk._client.welcome
    return 0 if welcome is None else welcome.term


def began(pid: int) -> float:
    """When a process began, in Unix milliseconds; the kernel counts hundredths of a second."""
    ticks = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])
    age = time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")
    return (time.time() - age) * 1000


def queued(pid: int) -> float:
    """How long a process has waited for a processor so far, in milliseconds."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[1]) / 1_000_000


async def restarted(installation: Installation, dead: int | None) -> Restart:
    """Wait for another player than the dead one, and for its first packet."""
    pid = await until(
        lambda: installation.player_pid != dead and installation.player_pid, 10, "another player"
    )
    assert pid
    since = began(pid)
    wire = installation.wire
    first = await until(
        lambda: next((p.at for p in reversed(wire.packets) if p.at > since), None), 10, "it asks"
    )
    first = min([p.at for p in wire.packets[-500:] if p.at > since], default=first)
    return Restart(since, first, queued(pid))


async def one_round(installation: Installation, desk: Desk, disaster: Disaster) -> Round:
    """GO of the countdown, the disaster, the follow."""
    run = await put(desk, "4")
    since = desk.now
    restart, answered = await asyncio.gather(disaster(), gone(desk, run))
    await until(lambda: desk.connected, 10, "the player answers")
    if not answered and not installation.went("4", since):
        await call(desk, "4")  # nobody knew, and the journal says that it did not go
    (went,) = installation.went("4", since)
    wire = installation.wire
    await until(lambda: installation.went("6", since), 10, "6 goes")
    await until(lambda: all(wire.counts(CLIPS[1], since).values()), 10, "6 is on the wire")
    (six,) = installation.went("6", since)
    await confirmed(desk, six.at)
    due = went.at + COUNTDOWN
    for clip in CLIPS:
        counts = wire.counts(clip, since)
        once = clip == CLIPS[1] or restart.first + SETTLED < due
        assert set(counts.values()) <= ({1} if once else {0, 1}), (clip, counts)
    came = min(p.at for p in wire.presses(CLIPS[1], since))
    return Round(came - due, due - restart.began, restart)


async def gone(desk: Desk, run: RunView) -> bool:
    """Give GO; whether it is known that it went."""
    came = await desk.go(run)
    assert came.outcome is not None
    assert came.outcome.phase in ("done", "unknown"), came
    return came.outcome.phase == "done"


# --- the receiver's log against the journal


async def every_intent_ended(installation: Installation) -> None:
    """Each as sent, not sent or unknowable, once."""
    entries = installation.entries("intent", "result")
    ended = Counter(tuple(e.data["of"]) for e in entries if e.kind == "result")
    intents = {(e.term, e.seq) for e in entries if e.kind == "intent"}
    assert set(ended) == intents
    assert set(ended.values()) == {1}
    words = Counter(
        str(e.data[side]) for e in entries for side in ("main", "backup") if side in e.data
    )
    note(f"intents ended as {dict(words)}")


Told = tuple[Side, str, str]
"""A message to an address, the arguments as text."""


def judge_wire(installation: Installation) -> None:
    """What the journal says was sent, came; what came is in the journal, as sent or unknowable.

    Judged are messages that leave with their intent: a press is released, and a fade goes on, by
    packets of their own, which a kill may cut off.
    """
    sent, unknowable = told_by(installation.entries())
    came = Counter(
        (p.side, p.address, str(p.args)) for p in installation.wire.packets if not p.asks
    )
    missing = sent - came
    assert not missing, "entered as sent, and never received"
    known = {key[1:] for key in sent + unknowable}
    beyond = came - sent - unknowable
    assert not [key for key in beyond if key[1:] in known], beyond


def told_by(entries: list[Entry]) -> tuple[Counter[Told], Counter[Told]]:
    """The messages that a journal says were sent, and those of which it cannot know."""
    ends = {tuple(e.data["of"]): e.data for e in entries if e.kind == "result"}
    first: dict[tuple[tuple[int, int], str], float] = {}
    sent: Counter[Told] = Counter()
    unknowable: Counter[Told] = Counter()
    for packet in wire_log(entries):
        at = first.setdefault((packet.intent, packet.side), packet.at)
        if packet.at > at:
            continue
        told = sent if ends[packet.intent][packet.side] == "sent" else unknowable
        for message in read_packet(packet.datagram):
            told[(packet.server, packet.side), message.address, str(message.args)] += 1
    return sent, unknowable
