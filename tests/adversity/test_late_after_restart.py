"""Cues that fall due while the player is dead: what they come to is given once, and nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from show_control.timing import LATE_AFTER
from tests.adversity.installation import Installation, call, confirmed, desk_at, installed
from tests.adversity.processes import until
from tests.adversity.tonight import Document, countdown, opening_night

COUNTDOWN = 1_000
CLEAR = "/composition/layers/1/clear"


def six_stops(document: Document) -> None:
    """Cue 6 takes the picture away; the laser is not in this."""
    cues = document["sequences"][0]["cues"]
    six = next(c for c in cues if c["number"] == "6")
    six["do"] = [{"outputs": ["surface:facade"], "action": "stop"}]
    document["sequences"][0]["cues"] = [c for c in cues if c["number"] in ("2", "4", "5", "6")]


@pytest_asyncio.fixture(scope="module")
async def stopping(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Installation]:
    folder = tmp_path_factory.mktemp("stopping")
    async with installed(folder, opening_night(countdown("1s"), six_stops)) as found:
        found.play("--load", found.file)
        yield found


async def test_a_stop_that_fell_due_meanwhile_is_given_once(stopping: Installation) -> None:
    wire = stopping.wire
    async with desk_at(stopping) as desk:
        await confirmed(desk, await call(desk, "2"))
        called = await call(desk, "4")
        await confirmed(desk, called)
        pid = stopping.kill(stopping.player_pid)
        await until(lambda: pid not in stopping.processes.alive(), 5, "it is dead")
        since = wire.packets[-1].at + 0.001
        await until(lambda: desk.now > called + COUNTDOWN + LATE_AFTER + 200, 5, "6 has fallen due")
        stopping.play()
        await until(lambda: stopping.went("6"), 10, "6 is entered")
        await until(
            lambda: len({p.side for p in wire.told(since)}) == 6, 10, "the servers are told"
        )
        await confirmed(desk, called + COUNTDOWN)
    (went,) = stopping.went("6")
    assert went.data["late"] > LATE_AFTER
    pressed = [p for p in wire.told(since) if p.address == CLEAR and p.args == (1,)]
    assert sorted(p.side for p in pressed) == sorted({p.side for p in wire.told(since)})
    assert {p.address for p in wire.told(since)} == {CLEAR}
    await stopping.is_sound()
