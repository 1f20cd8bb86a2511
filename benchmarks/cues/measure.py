"""Cues every 20 ms by our player, and half-way between them by the floor, under each load.

A cue's lateness is the kernel's stamp at the receiver less the cue's instant. Rounds of the loads
alternate, and are pooled.
"""

from __future__ import annotations

import asyncio
import socket
import time
from contextlib import AbstractContextManager, ExitStack, nullcontext

import msgspec

from benchmarks.figures import table
from benchmarks.instants import loads
from benchmarks.instants.floor import Floor
from benchmarks.instants.installing import Installation
from benchmarks.instants.nights import asked_server, chain, night, plain_servers
from benchmarks.instants.playing import Playing
from benchmarks.instants.receiver import Came, Receiver
from benchmarks.instants.verdicts import Lateness, Steal, pooled, priority, verdict
from show_control.clock import MILLI
from show_control.model import Millis

EVERY: Millis = 20
AHEAD: Millis = 700
"""From the load to the first cue."""
COMMAND = "make bench ARGS=cues"


class Size(msgspec.Struct, frozen=True):
    cues: int
    rounds: int
    dashboards: int


FULL = Size(500, 5, 200)
QUICK = Size(25, 1, 0)


class Round(msgspec.Struct, frozen=True):
    """One load once."""

    ours: Lateness
    floor: Lateness
    steal: float


class Stage:
    """A player, the floor and the receiver; in a whole installation where there are dashboards."""

    def __init__(self, playing: Playing, receiver: Receiver, floor: Floor, feedback: int) -> None:
        self.playing = playing
        self.receiver = receiver
        self.floor = floor
        self.feedback = feedback

    async def round(self, cues: int, load: AbstractContextManager[None]) -> Round:
        """Load a night that starts shortly, and wait until it is over."""
        ours, floors = self.receiver.ports[:2]
        servers = plain_servers([ours])
        servers["asked"] = asked_server(self.receiver.ports[2], self.feedback)
        with load:
            self.receiver.take()  # before there are cues: a busy machine may take long to load
            pair = self.playing.pair()
            first = self.playing.now() + AHEAD
            sequences = {"chain": chain(cues, EVERY, ["on-server-0"])}
            await self.playing.load(night(first - AHEAD, servers, sequences, [("chain", first)]))
            begins = pair.boottime + (first - pair.wall) * MILLI
            steal = Steal()
            self.floor.begin(begins + EVERY * MILLI // 2, EVERY * MILLI, cues)
            await asyncio.to_thread(self.floor.ended)
            await asyncio.to_thread(time.sleep, 0.1)
            stolen = steal.percent()
        came = self.receiver.take()
        return Round(
            ours=lateness(came, ours, begins, cues),
            floor=lateness(came, floors, begins + EVERY * MILLI // 2, cues),
            steal=stolen,
        )


def lateness(came: list[Came], port: int, begins: int, cues: int) -> Lateness:
    """Of a port's datagrams: each ends with its cue's number, and none may come twice."""
    numbered = {int.from_bytes(c.datagram[-4:], "big"): c.at for c in came if c.port == port}
    twice = sum(c.port == port for c in came) - len(numbered)
    late = [(at - begins - n * EVERY * MILLI) / MILLI for n, at in numbered.items()]
    return Lateness(sorted(late), cues - len(numbered) + twice)


def measure(*, quick: bool) -> None:
    """Print the table."""
    asyncio.run(_measure(QUICK if quick else FULL))


async def _measure(size: Size) -> None:
    rounds: dict[str, list[Round]] = {}
    print("\ncues: each 20 ms, stamped by the receiver's kernel\n")
    with Receiver(3) as receiver, Floor([receiver.ports[1]]) as floor:
        async with Playing() as playing:
            stage = Stage(playing, receiver, floor, free_port())
            told = priority(playing.promptness().realtime, floor.realtime)
            chosen = player_loads(stage)
            if size is QUICK:
                chosen = {name: chosen[name] for name in ("idle", "link flooded, both busy")}
            for _ in range(size.rounds):
                for name, commands in chosen.items():
                    load = loads.processes(*commands)
                    rounds.setdefault(name, []).append(await stage.round(size.cues, load))
        if size.dashboards:
            rounds["200 dashboards"] = await with_dashboards(size, receiver, floor)
    print(table(HEAD, [row(name, found) for name, found in rounds.items()]))
    print(f"\n{told}\n{COMMAND}")


def player_loads(stage: Stage) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The loads that need the player alone."""
    flood = (loads.flood(stage.playing.folder),)
    return {
        "idle": (),
        "one core busy": loads.busy(1),
        "both cores busy": loads.busy(2),
        "5,000 feedback a second": (loads.feedback(stage.feedback),),
        "link flooded, both busy": loads.busy(2) + flood,
    }


async def with_dashboards(size: Size, receiver: Receiver, floor: Floor) -> list[Round]:
    """As many pages follow the board of a whole installation."""
    with ExitStack() as stack:
        installation = stack.enter_context(Installation())
        pages = loads.dashboards(installation.port, size.dashboards)
        await asyncio.to_thread(stack.enter_context, loads.processes(pages, ready=True))
        async with Playing(data=installation.data) as playing:
            stage = Stage(playing, receiver, floor, free_port())
            return [await stage.round(size.cues, nullcontext()) for _ in range(size.rounds)]


HEAD = ("load", "ours p50 / p99 / max", "over 1 ms", "floor p50 / p99 / max", "over 1 ms", "early", "lost", "steal", "target", "verdict")  # fmt: skip


def row(name: str, rounds: list[Round]) -> tuple[str, ...]:
    """A load's line."""
    ours, floor = pooled([r.ours for r in rounds]), pooled([r.floor for r in rounds])
    steal = sum(r.steal for r in rounds) / len(rounds)
    sound = ours.early == 0 and ours.lost == 0 and ours.median <= 0.10
    if "flooded" in name:
        target = "p50 0.10, p99 0.50"
        held = verdict(sound, ours.p99 <= 0.5)
    else:
        most, share = 1.5 * floor.p99 + 0.5, 1.5 * floor.over_1 + 1
        target = f"p50 0.10, p99 {most:.2f}, {share:.1f} %"
        held = verdict(sound, ours.p99 <= most, ours.over_1 <= share)
    return (name, spread(ours), f"{ours.over_1:.1f} %", spread(floor), f"{floor.over_1:.1f} %", str(ours.early), str(ours.lost), f"{steal:.1f} %", target, held)  # fmt: skip


def spread(found: Lateness) -> str:
    return f"{found.median:.3f} / {found.p99:.2f} / {found.most:.1f}"


def free_port() -> int:
    """For feedback: one that nobody has now."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
