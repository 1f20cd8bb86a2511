"""The same request, asked again of a player that was killed meanwhile: answered as the first time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from show_control.clock import SystemClock
from show_control.events import Call
from show_control.link.client import LinkClient
from tests.adversity.installation import BY, Installation, desk_at, put
from tests.adversity.processes import until


@asynccontextmanager
async def caller_at(installation: Installation) -> AsyncIterator[LinkClient]:
    """A program at the player's link that chooses its own request ids."""
    client = LinkClient(installation.folder, SystemClock(), name=BY, ceiling="call")
    following = asyncio.create_task(client.run())
    try:
        await client.connected()
        yield client
    finally:
        following.cancel()
        await asyncio.wait([following])


async def killed_and_back(installation: Installation) -> None:
    pid = installation.kill(installation.player_pid)
    await until(lambda: pid not in installation.processes.alive(), 5, "it is dead")
    installation.play()
    await until(lambda: installation.player_pid not in (None, pid), 10, "another player")


async def test_a_go_asked_again_after_a_kill_goes_once_and_is_answered_as_the_first_time(
    alone: Installation,
) -> None:
    async with desk_at(alone) as desk:
        run = await put(desk, "2")
    go = Call(
        call="go", by=BY, run=run.run, standby="2", standby_count=run.standby_count, request="go-1"
    )
    async with caller_at(alone) as caller:
        first = (await caller.call(go)).answer
    assert first.accepted, first
    await killed_and_back(alone)
    async with caller_at(alone) as caller:
        assert (await caller.call(go)).answer == first
    assert len([e for e in alone.entries("call") if e.data.get("request") == "go-1"]) == 1
    assert len(alone.went("2", first.at)) == 1


async def test_a_refusal_is_repeated_as_it_was_and_automation_stays_off_over_a_kill(
    alone: Installation,
) -> None:
    off = Call(call="automation_off", by=BY, reason="fog", request="off-1")
    again = Call(call="automation_off", by="Lee", request="off-2")
    async with caller_at(alone) as caller:
        accepted = (await caller.call(off)).answer
        refused = (await caller.call(again)).answer
    assert accepted.accepted
    assert refused.reason == "automation is off already, by Kim"
    await killed_and_back(alone)
    async with desk_at(alone) as desk:
        await until(lambda: desk.board().automation_off is not None, 10, "the board says so")
        told = desk.board().automation_off
        assert told is not None
        assert (told.by, told.reason) == (BY, "fog")
    async with caller_at(alone) as caller:
        assert (await caller.call(off)).answer == accepted
        assert (await caller.call(again)).answer == refused
