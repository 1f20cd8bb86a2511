"""A night file of 30,000 cues is taken while cues go, and memory as the night goes on."""

from __future__ import annotations

import asyncio
import time
from statistics import median

import msgspec

from benchmarks.cues.measure import EVERY, lateness
from benchmarks.figures import table
from benchmarks.instants.floor import Floor
from benchmarks.instants.nights import chain, many_cues, night, plain_servers
from benchmarks.instants.playing import Playing
from benchmarks.instants.receiver import Receiver
from benchmarks.instants.verdicts import Lateness, Steal, pooled, priority, verdict
from show_control.clock import MILLI, SystemClock
from show_control.model import Millis, NightFile

AHEAD: Millis = 1_500
COMMAND = "make bench ARGS=load"


class Size(msgspec.Struct, frozen=True):
    large: int
    cues: int
    rounds: int


FULL = Size(30_000, 200, 5)
QUICK = Size(1_500, 25, 1)


class Found(msgspec.Struct):
    """What the rounds came to: seconds, megabytes, and both senders' lateness."""

    took: list[float] = []
    memory: list[float] = []
    ours: list[Lateness] = []
    floor: list[Lateness] = []
    realtime: bool = False


def measure(*, quick: bool) -> None:
    """Print the table."""
    asyncio.run(_measure(QUICK if quick else FULL))


async def _measure(size: Size) -> None:
    print(f"\nload: a night file of {size.large:,} cues while cues go\n")
    found, steal = Found(), Steal()
    with Receiver(2) as receiver, Floor([receiver.ports[1]]) as floor:
        async with Playing() as playing:
            found.memory.append(playing.memory())
            for _ in range(size.rounds):
                await one_round(size, playing, receiver, floor, found)
            found.realtime = playing.promptness().realtime
        told = priority(found.realtime, floor.realtime)
    print(table(("what", "figure", "floor", "target", "verdict"), rows(found)))
    print(f"\n{told} Steal {steal.percent():.1f} %.\n{COMMAND}")


async def one_round(
    size: Size, playing: Playing, receiver: Receiver, floor: Floor, found: Found
) -> None:
    """Cues begin; in the midst of them the large file is taken.

    What takes this process long, on a machine that is busy, is done before their instants are set.
    """
    many = with_many(of_chain(receiver.ports[0], 0, size.cues), size.large).sequences
    receiver.take()
    pair = playing.pair()
    first = SystemClock(pair).now() + AHEAD
    small = of_chain(receiver.ports[0], first, size.cues)
    await playing.load(small)
    begins = pair.boottime + (first - pair.wall) * MILLI
    large = msgspec.structs.replace(small, sequences={**many, **small.sequences})
    floor.begin(begins + EVERY * MILLI // 2, EVERY * MILLI, size.cues)
    await asyncio.sleep((AHEAD + size.cues * EVERY / 4) / 1000)
    began = time.monotonic()
    await playing.load(large)
    found.took.append(time.monotonic() - began)
    await asyncio.to_thread(floor.ended)
    await asyncio.sleep(0.1)
    came = receiver.take()
    found.memory.append(playing.memory())
    found.ours.append(lateness(came, receiver.ports[0], begins, size.cues))
    found.floor.append(lateness(came, receiver.ports[1], begins + EVERY * MILLI // 2, size.cues))


def of_chain(port: int, first: Millis, cues: int) -> NightFile:
    sequences = {"chain": chain(cues, EVERY, ["on-server-0"])}
    return night(first - AHEAD, plain_servers([port]), sequences, [("chain", first)])


def with_many(small: NightFile, count: int) -> NightFile:
    """The same night, and many sequences more."""
    many = night(0, small.servers, many_cues(count), []).sequences
    return msgspec.structs.replace(small, sequences={**small.sequences, **many})


def rows(found: Found) -> list[tuple[str, ...]]:
    ours, floor = pooled(found.ours), pooled(found.floor)
    took, most = median(found.took), max(found.memory)
    grew = found.memory[-1] - found.memory[1]
    over, plain = (sum(v > 1 for v in late.values) for late in (ours, floor))
    return [
        ("load, s, median (most)", f"{took:.2f} ({max(found.took):.2f})", "-", "0.50", verdict(took < 0.5)),
        ("cues more than 1 ms late", f"{over} of {len(ours.values)}", f"{plain}", "the floor's", verdict(over <= plain, ours.lost == 0, ours.early == 0)),
        ("lateness p50 / p99 / max, ms", f"{ours.median:.3f} / {ours.p99:.2f} / {ours.most:.1f}", f"{floor.median:.3f} / {floor.p99:.2f} / {floor.most:.1f}", "-", "-"),
        ("memory at first, after each, MB", " ".join(f"{m:.0f}" for m in found.memory), "-", "60", verdict(most < 60)),
        ("growth after the first, MB", f"{grew:.1f}", "-", "2", verdict(grew <= 2)),
    ]  # fmt: skip
