"""What the live feed costs, and how late it is, beside a bare broadcast of the same bytes.

Both servers have all their clients for the whole run, and publish in turn, round after round:
what the machine does meanwhile befalls both. A ratio is of one round's two figures.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from benchmarks.child import Child, stolen
from benchmarks.live_feed.figures import Block, Joined, Measured, Plan, tell
from benchmarks.live_feed.ours import add_person
from ops.database.embedded import EmbeddedServer
from ops.database.migrate import migrate

COMMAND = "make bench ARGS=live_feed"
SETTLE = 0.5
"""Seconds for what was published last to arrive."""
OVER = 3.0
"""Seconds in which all clients connect."""


QUICK = Plan(clients=40, deaf=3, rounds=2, changes=5)


def measure(*, quick: bool = False) -> None:
    plan = QUICK if quick else Plan()
    cores = len(os.sched_getaffinity(0))
    print(f"\nThe live feed: {plan.clients} clients, a change every {plan.every * 1000:.0f} ms,")
    print(f"{plan.rounds} rounds of {plan.changes} changes, {cores} cores\n")
    before = stolen()
    with ExitStack() as stack:
        folder = stack.enter_context(installation())
        ours = stack.enter_context(Child("benchmarks.live_feed.ours", str(folder), core=0))
        bare = stack.enter_context(Child("benchmarks.live_feed.bare", core=0))
        watchers = stack.enter_context(Child("benchmarks.live_feed.watchers", core=1))
        measured = Run(plan, {"ours": ours, "bare": bare}, watchers).measure()
    tell(plan, measured)
    print(f"\nThe host took {percent(before, stolen()):.1f} % meanwhile. Again: {COMMAND}")


@contextmanager
def installation() -> Iterator[Path]:
    """A data folder with a database and one person who may see."""
    folder = Path(tempfile.mkdtemp(prefix="lamplighter-"))
    postgres = EmbeddedServer(folder, durable=False)
    try:
        postgres.start()
        asyncio.run(migrate(postgres.dsn("owner")))
        add_person(folder)
        yield folder
    finally:
        postgres.stop()
        shutil.rmtree(folder)


class Run:
    """The rounds, with all processes there."""

    def __init__(self, plan: Plan, servers: dict[str, Child], watchers: Child) -> None:
        self.plan = plan
        self.servers = servers
        self.watchers = watchers

    def measure(self) -> Measured:
        empty = {name: server.memory() for name, server in self.servers.items()}
        came = {name: self.join(name) for name in self.servers}
        rounds = [self.round(n) for n in range(self.plan.rounds)]
        joined = {
            name: Joined(told["documents"], told["after"], empty[name], self.servers[name].memory())
            for name, told in came.items()
        }
        deaf = [self.deaf_round() for _ in range(self.plan.rounds)]
        return Measured(joined, rounds, deaf)

    def join(self, name: str) -> dict[str, Any]:
        """All its clients, within three seconds."""
        told = self.servers[name].told
        return self.watchers.ask("connect", group=name, count=self.plan.clients, over=OVER, **told)

    def round(self, n: int) -> dict[str, Block]:
        order = ["ours", "bare"] if n % 2 == 0 else ["bare", "ours"]
        return {name: self.block(name) for name in order}

    def block(self, name: str) -> Block:
        plan, server = self.plan, self.servers[name]
        self.watchers.ask("take", group=name)
        cpu, began = server.cpu(), time.monotonic()
        server.ask("publish", count=plan.changes, every=plan.every)
        span = time.monotonic() - began
        time.sleep(SETTLE)
        used = server.cpu() - cpu
        seen = self.watchers.ask("take", group=name)
        arrived = seen["frames"] / (plan.changes * plan.clients)
        return Block(100 * used / span, seen["q500"], seen["q990"], 100 * arrived)

    def deaf_round(self) -> dict[str, Block]:
        """Ours with clients that never read, then without."""
        ours, deaf = self.servers["ours"], self.plan.deaf
        self.watchers.ask("deafen", group="deaf", count=deaf, **ours.told)
        ours.ask("until_deaf", count=deaf)
        time.sleep(SETTLE)
        block = self.block("ours")
        assert ours.ask("clients")["slow"] >= deaf, "they have not read meanwhile"
        self.watchers.ask("drop", group="deaf")
        while ours.ask("clients")["clients"] > self.plan.clients:
            time.sleep(SETTLE)
        return {"with": block, "without": self.block("ours")}


def percent(before: tuple[int, int], after: tuple[int, int]) -> float:
    return 100 * (after[0] - before[0]) / max(1, after[1] - before[1])
