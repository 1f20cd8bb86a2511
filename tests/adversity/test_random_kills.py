"""kill -9 of the player at random instants of a night, and at those where it hurts most.

Its parent, the supervisor that the installed command is, starts it again. A sample in every run of
the tests, a hundred in the soak. The parent is killed too: the player outlives it and is taken over.

Times to the first packet count from the start of the new process, as the kernel has it: what the
machine does until then is the parent's glance (a tenth of a second) and its wait (the same).
"""

from __future__ import annotations

import asyncio
import random
import subprocess

import pytest

from show_control.console.desk import Desk
from tests.adversity.installation import Installation, call, confirmed, desk_at, put
from tests.adversity.kills import (
    CLIPS,
    COUNTDOWN,
    Log,
    Restart,
    every_intent_ended,
    judge_wire,
    one_round,
    restarted,
)
from tests.adversity.processes import note, until

AROUND = 0.03


def when(chance: random.Random, number: int) -> float:
    """Seconds from the GO to the kill: about the GO, about the follow, or anywhere."""
    match number % 5:
        case 0:
            return chance.uniform(0, AROUND)
        case 1:
            return COUNTDOWN / 1000 + chance.uniform(-AROUND, AROUND)
        case _:
            return chance.uniform(0, COUNTDOWN / 1000 + 0.3)


async def killed_after(installation: Installation, seconds: float) -> Restart:
    await asyncio.sleep(seconds)
    return await restarted(installation, installation.kill(installation.player_pid))


async def kills(installation: Installation, number: int) -> None:
    chance, log = random.Random(2025), Log()  # noqa: S311 - the same kills every time
    async with desk_at(installation) as desk:
        await call(desk, "2")
        for n in range(number):
            seconds = when(chance, n)
            note(f"kill {n} after {seconds:.3f} s")
            log.rounds.append(
                await one_round(installation, desk, lambda s=seconds: killed_after(installation, s))  # type: ignore[misc]  # bound now
            )
    log.judge()
    await is_well(installation)


async def is_well(installation: Installation) -> None:
    await every_intent_ended(installation)
    judge_wire(installation)
    await installation.is_sound()
    assert not installation.wire.faults


async def parent_killed(installation: Installation, desk: Desk, seconds: float) -> None:
    """The player does not notice: the follow comes on the clock, and its next parent takes it over."""
    player, wire = installation.player_pid, installation.wire
    run = await put(desk, "4")
    came = await desk.go(run)
    assert came.outcome is not None
    since = came.outcome.at
    await asyncio.sleep(seconds)
    installation.kill(installation.parent.pid)
    await until(lambda: all(wire.counts(CLIPS[1], since).values()), 10, "6 is on the wire")
    late = min(p.at for p in wire.presses(CLIPS[1], since)) - since - COUNTDOWN
    note(f"parent killed after {seconds:.2f} s: 6 came {late:+.1f} ms from its instant")
    assert -1 <= late < 500
    await confirmed(desk, since + COUNTDOWN)
    assert {*wire.counts(CLIPS[0], since).values(), *wire.counts(CLIPS[1], since).values()} == {1}
    await until(lambda: installation.service_pid is None, 10, "the service ends with its parent")
    await until(lambda: installation.postmaster_pid is None, 10, "PostgreSQL ends with it")
    again: subprocess.Popen[bytes] = installation.run()
    await until(installation.serves, 30, "the page answers")
    assert again.poll() is None
    assert installation.player_pid == player


async def test_the_player_is_killed_at_any_instant(running: Installation) -> None:
    await kills(running, 10)


async def test_the_parent_is_killed_and_the_player_is_taken_over(running: Installation) -> None:
    async with desk_at(running) as desk:
        await call(desk, "2")
        await parent_killed(running, desk, 0.7)
    # An adopted player that dies is started again as one of its own would be.
    await kills(running, 1)
    await running.is_whole()


@pytest.mark.soak
@pytest.mark.timeout(2400)
async def test_the_player_is_killed_a_hundred_times(running: Installation) -> None:
    await kills(running, 100)
    await running.is_whole()


@pytest.mark.soak
@pytest.mark.timeout(600)
async def test_the_parent_is_killed_many_times(running: Installation) -> None:
    chance = random.Random(7)  # noqa: S311 - the same kills every time
    async with desk_at(running) as desk:
        await call(desk, "2")
        for _ in range(8):
            await parent_killed(running, desk, chance.uniform(0, 2.1))
    await is_well(running)
    await running.is_whole()
