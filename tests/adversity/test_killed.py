"""kill -9 of the player, the service and PostgreSQL, in the middle of a sequence.

In the processes that `lamplighter run` started, with a listener on the wire.
"""

from __future__ import annotations

import asyncio

from show_control.console.desk import Desk
from tests.adversity.installation import Installation, call, confirmed, desk_at, stands_by
from tests.adversity.processes import note, until

COUNTDOWN = 2000
COUNTDOWN_CLIP, VALLEY_CLIP, WATER_CLIP = 10, 5, 1
LATE = 500
"""Milliseconds that a busy machine may be late on the wire; a lost clock would be seconds off."""


async def countdown_called(desk: Desk, installation: Installation) -> float:
    """The servers show cue 2, and cue 4 has gone: when, in Unix milliseconds."""
    await confirmed(desk, await call(desk, "2"))
    return await call(desk, "4")


async def comes_on_the_clock(installation: Installation, went: float) -> None:
    """Cue 6 comes, once, two seconds after cue 4."""
    due = went + COUNTDOWN
    wire = installation.wire
    await until(lambda: installation.went("6", went), 10, "6 goes")
    await until(lambda: all(wire.counts(VALLEY_CLIP, went).values()), 10, "6 is on the wire")
    first = min(p.at for p in wire.presses(VALLEY_CLIP, went))
    note(f"6 came {first - due:+.1f} ms from its instant")
    assert -1 <= first - due < LATE
    (entry,) = installation.went("6", went)
    assert entry.at == due


def once_each(installation: Installation, since: float) -> None:
    """Neither cue fired twice at any server."""
    for clip in (COUNTDOWN_CLIP, VALLEY_CLIP):
        assert set(installation.wire.counts(clip, since).values()) == {1}, clip
    assert [len(installation.went(cue, since)) for cue in ("4", "5", "6")] == [1, 1, 1]


async def test_the_player_is_killed_and_the_run_rejoins_on_the_clock(running: Installation) -> None:
    wire = running.wire
    async with desk_at(running) as desk:
        went = await countdown_called(desk, running)
        await confirmed(desk, went)
        killed = running.kill(running.player_pid)
        since = wire.packets[-1].at
        before = len(wire.packets)
        await until(lambda: running.player_pid not in (None, killed), 10, "another player")
        await until(lambda: len(wire.packets) > before, 10, "the servers are asked")
        asked_after = wire.packets[before].at - since
        await comes_on_the_clock(running, went)
        due = went + COUNTDOWN
        note(f"asked again {asked_after:.0f} ms after the kill; due in {due - since:.0f} ms then")
        told = wire.told(since + 0.001, due - 1)
        assert told == [], "a server that confirms its look is sent nothing"
        once_each(running, went)
        run = await stands_by(desk, "8")
        assert run.by == "Kim"
    await running.is_whole()
    await running.is_sound()
    assert not wire.faults


async def test_the_service_is_killed_and_the_cues_go_on(running: Installation) -> None:
    async with desk_at(running) as desk:
        went = await countdown_called(desk, running)
        killed = running.kill(running.service_pid)
        await comes_on_the_clock(running, went)
        once_each(running, went)
    await until(lambda: running.service_pid not in (None, killed), 10, "another service")
    await until(running.serves, 15, "the page answers")
    await running.is_whole()


async def test_postgresql_is_killed_and_as_run_is_whole_afterwards(running: Installation) -> None:
    async with desk_at(running) as desk:
        went = await countdown_called(desk, running)
        killed = running.kill(running.postmaster_pid)
        await comes_on_the_clock(running, went)
        once_each(running, went)
    await until(lambda: running.postmaster_pid not in (None, killed), 30, "another PostgreSQL")
    await running.is_whole(within=30)
    await running.is_sound()


async def test_all_three_are_killed_at_once(running: Installation) -> None:
    async with desk_at(running) as desk:
        went = await countdown_called(desk, running)
        await asyncio.sleep(0.2)
        for pid in (running.service_pid, running.postmaster_pid, running.player_pid):
            running.kill(pid)
        await until(lambda: running.went("6", went), 15, "6 goes")
        await until(lambda: all(running.wire.counts(VALLEY_CLIP, went).values()), 10, "on the wire")
        once_each(running, went)
    await running.is_whole(within=40)
    await running.is_sound()
