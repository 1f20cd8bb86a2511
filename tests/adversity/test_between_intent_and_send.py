"""A kill placed between an intent and its packet: random kills do not hit that window.

Exactly once over UDP is not to be had. What stands is told as unknowable; a server that says what
it shows is asked, and is sent only what it lacks.
"""

from __future__ import annotations

import sys

import pytest

from tests.adversity.installation import Installation, call, confirmed, desk_at, put, stands_by
from tests.adversity.processes import until

SERVERS = 6
CLIP = 10


@pytest.mark.parametrize("n", [1, 4])
async def test_what_nobody_can_know_is_told_and_nothing_is_repeated(
    alone: Installation, n: int
) -> None:
    """It dies instead of the n-th packet of cue 4: n - 1 servers have it."""
    wire = alone.wire
    async with desk_at(alone) as desk:
        await confirmed(desk, await call(desk, "2"))
        await put(desk, "4")
        alone.kill(alone.player_pid)
        await until(lambda: alone.player_pid is None, 5, "it is dead")
        dying = alone.processes.start(
            sys.executable, "-m", "tests.adversity.dying_player", alone.data, str(n)
        )
        await until(lambda: not desk.connected, 5, "the desk has noticed")
        await stands_by(desk, "4")
        since = desk.now
        came = await desk.go(await stands_by(desk, "4"))
        assert dying.wait(5) == -9
        assert came.outcome is not None
        assert came.outcome.phase == "unknown", "nobody can say, and the desk says so"
        intents = [e for e in alone.entries("intent") if e.at >= since and e.cue == "4"]
        assert len(intents) == 3
        assert sum(wire.counts(CLIP, since).values()) == n - 1
        had = {side for side, count in wire.counts(CLIP, since).items() if count}

        killed_at = max((p.at for p in wire.told(since)), default=since)
        alone.play()
        await stands_by(desk, "8")
        await confirmed(desk, since)
        results = {tuple(e.data["of"]): e for e in alone.entries("result")}
        ends = [results[i.term, i.seq].data for i in intents]
        assert [(e["main"], e["backup"]) for e in ends] == [("unknowable", "unknowable")] * 3
        counts = wire.counts(CLIP, since)
        assert counts == dict.fromkeys(counts, 1), "each server has it once"
        assert len(counts) == SERVERS
        repeated = [p for p in wire.told(killed_at + 0.001) if p.side in had and p.clip == CLIP]
        assert repeated == []
    await alone.is_sound()
