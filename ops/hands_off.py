"""The demo's own hands: the laser is enabled, and each GO is given when its time has come."""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path

from show_control.board import EMPTY, Fold, fold, view
from show_control.clock import SystemClock
from show_control.documents import Board, CueView, RunView
from show_control.events import Call
from show_control.link.client import LinkClient, LinkLost
from show_control.model import Millis
from show_control.process import player_folder

BY = "hands-off"
DWELL: Millis = 5_000
"""How long a look without an end of its own is left to be looked at."""
LONGEST: Millis = 10_000
"""The same for one that lasts long without being a work."""
GLANCE = 0.5


async def call_by_itself(data_dir: Path) -> None:
    """Call the night until cancelled."""
    clock = SystemClock()
    client = LinkClient(player_folder(data_dir), clock, name=BY, ceiling="call")
    async with asyncio.TaskGroup() as group:
        group.create_task(client.run())
        seen, after = EMPTY, None
        while True:
            await client.connected()
            try:
                page = await client.entries(after)
                for entry in page.entries:
                    seen, after = fold(seen, entry), entry.key
                if not page.more:
                    await make_calls(client, seen, clock.now())
            except LinkLost:
                seen, after = EMPTY, None
            await pause(GLANCE)


async def make_calls(client: LinkClient, seen: Fold, now: Millis) -> None:
    """Whatever should be called now."""
    board = view(seen, now)
    for output in board.outputs:
        if output.hazard and not output.enabled_by and board.night_starts and not board.stopped:
            await client.call(Call(call="enable", by=BY, output=output.output, request=new_id()))
    for run in board.runs:
        if wants_go(board, run, now):
            await client.call(
                Call(
                    call="go",
                    by=BY,
                    run=run.run,
                    standby=run.standby,
                    standby_count=run.standby_count,
                    request=new_id(),
                )
            )


def wants_go(board: Board, run: RunView, now: Millis) -> bool:
    """Nothing is still to come by itself, and what shows has been seen long enough."""
    if run.standby is None or run.drops or run.status not in ("standing by", "running"):
        return False
    if board.stopped or (run.control is not None and run.control.by != BY):
        return False  # a person has control
    went = [c for c in run.cues if c.went is not None]
    if not went:
        return now >= run.starts + DWELL // 2
    return all(now >= (c.went or 0) + seen_for(c) for c in went)


def seen_for(cue: CueView) -> Millis:
    """How long a cue's look is left on: a work until its end."""
    plays_work = any(d.work for d in cue.does)
    if plays_work and cue.length is not None:
        return cue.length
    return max(DWELL, min(cue.length or 0, LONGEST))


def new_id() -> str:
    """A request's id."""
    return secrets.token_hex(8)


async def pause(seconds: float) -> None:
    """Let a moment pass."""
    try:
        async with asyncio.timeout(seconds):
            await asyncio.get_running_loop().create_future()
    except TimeoutError:
        pass
