"""Many cues at one instant, to as many servers: how long from the first packet to the last."""

from __future__ import annotations

import asyncio
import time
from statistics import median

import msgspec

from benchmarks.figures import table
from benchmarks.instants.floor import Floor
from benchmarks.instants.nights import night, plain_servers, together
from benchmarks.instants.playing import Playing
from benchmarks.instants.receiver import Receiver
from benchmarks.instants.verdicts import Steal, priority, verdict
from show_control.clock import MILLI
from show_control.model import Millis

EVERY: Millis = 200
AHEAD: Millis = 700
COMMAND = "make bench ARGS=burst"


class Size(msgspec.Struct, frozen=True):
    bursts: int
    rounds: int


FULL = Size(20, 5)
QUICK = Size(2, 1)


class Spreads(msgspec.Struct):
    """Of each burst, in milliseconds: first to last, and the last one's lateness."""

    first_to_last: list[float] = []
    last_late: list[float] = []
    missing: int = 0


def measure(*, quick: bool) -> None:
    """Print the table."""
    asyncio.run(_measure(QUICK if quick else FULL))


async def _measure(size: Size) -> None:
    print("\nburst: cues due at one instant to as many servers, ms\n")
    rows, steal, told = [], Steal(), ""
    for servers in (32, 64):
        ours, floors = Spreads(), Spreads()
        with Receiver(2 * servers) as receiver, Floor(receiver.ports[servers:]) as floor:
            async with Playing() as playing:
                for _ in range(size.rounds):
                    await one_round(size.bursts, servers, playing, receiver, floor, ours, floors)
                told = priority(playing.promptness().realtime, floor.realtime)
        rows.append(row(servers, ours, floors))
    print(table(HEAD, rows))
    print(f"\n{told} Steal {steal.percent():.1f} %.\n{COMMAND}")


async def one_round(
    bursts: int,
    servers: int,
    playing: Playing,
    receiver: Receiver,
    floor: Floor,
    ours: Spreads,
    floors: Spreads,
) -> None:
    """A night of slots, each a burst; the floor's half-way between them."""
    pair = playing.pair()
    first = playing.now() + AHEAD
    there = plain_servers(receiver.ports[:servers])
    sequences = {"burst": together([f"on-{s}" for s in there])}
    slots = [("burst", first + n * EVERY) for n in range(bursts)]
    await playing.load(night(first - AHEAD, there, sequences, slots, lasts=EVERY))
    begins = pair.boottime + (first - pair.wall) * MILLI
    receiver.take()
    floor.begin(begins + EVERY * MILLI // 2, EVERY * MILLI, bursts)
    await asyncio.to_thread(floor.ended)
    await asyncio.to_thread(time.sleep, EVERY / 1000)
    came = receiver.take()
    for spreads, ports, offset in (
        (ours, set(receiver.ports[:servers]), 0),
        (floors, set(receiver.ports[servers:]), EVERY * MILLI // 2),
    ):
        for n in range(bursts):
            due = begins + offset + n * EVERY * MILLI
            at = [c.at for c in came if c.port in ports and 0 <= c.at - due < EVERY * MILLI]
            spreads.missing += servers - len(at)
            if at:
                spreads.first_to_last.append((max(at) - min(at)) / MILLI)
                spreads.last_late.append((max(at) - due) / MILLI)


HEAD = ("cues", "ours first to last", "last late", "floor first to last", "last late", "ratio", "missing", "target", "verdict")  # fmt: skip


def row(servers: int, ours: Spreads, floors: Spreads) -> tuple[str, ...]:
    mine, plain = median(ours.first_to_last), median(floors.first_to_last)
    held = verdict(mine <= 1.5 * plain, ours.missing == 0)
    return (str(servers), f"{mine:.3f}", f"{median(ours.last_late):.3f}", f"{plain:.3f}", f"{median(floors.last_late):.3f}", f"{mine / plain:.2f}", str(ours.missing), "1.50", held)  # fmt: skip
