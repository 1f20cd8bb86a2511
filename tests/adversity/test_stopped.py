"""The player stopped in the middle of a chain of cues, for five seconds: SIGSTOP, as a debugger or a
machine that is suspended does it.

What fell due meanwhile is one look, not a backlog; each cue is in the record, as gone or as passed;
what follows is on the clock.
"""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from show_control.timing import LATE_AFTER
from tests.adversity.installation import (
    Installation,
    call,
    confirmed,
    desk_at,
    installed,
    stands_by,
)
from tests.adversity.processes import note, send_signal, until
from tests.adversity.tonight import chain_of, opening_night
from tests.adversity.wire import Packet

CUES, EVERY = 90, 100
STOPPED = 5_000
BUSY = 150
"""Milliseconds that a loaded machine may take to let the player go on."""


@pytest_asyncio.fixture(scope="module")
async def chain(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Installation]:
    """A player alone whose ceremony is a chain of cues."""
    folder = tmp_path_factory.mktemp("stopped")
    async with installed(folder, opening_night(chain_of(CUES, EVERY))) as found:
        found.play("--load", found.file)
        yield found


async def test_a_player_that_was_stopped_joins_the_present_without_a_burst(
    chain: Installation,
) -> None:
    wire = chain.wire
    async with desk_at(chain) as desk:
        await stands_by(desk, "1")
        since = await call(desk, "1")
        await until(lambda: chain.went("10", since), 10, "the chain is on its way")
        send_signal(chain.player_pid, signal.SIGSTOP)
        stopped = desk.uptime
        await until(lambda: desk.uptime - stopped > STOPPED, 10, "five seconds are over")
        before = max(p.at for p in wire.told(since))
        send_signal(chain.player_pid, signal.SIGCONT)
        await until(lambda: chain.went(str(CUES), since), 20, "the last cue goes")
        await confirmed(desk, since + CUES * EVERY)
    for side in wire.counts(1):
        judge([p for p in wire.told(since) if p.side == side and p.clip is not None], before, since)
    recorded(chain, since)
    await chain.is_sound()


def judge(pressed: list[Packet], before: float, since: float) -> None:
    """One server's presses: in order, none twice, one for all that was missed, then on the clock."""
    clips = [p.clip or 0 for p in pressed]
    assert clips == sorted(set(clips))
    back = [p for p in pressed if p.at > before]
    at = back[0].at
    assert at - before >= STOPPED - EVERY
    missed = (at - before) / EVERY
    joined = [p for p in back if p.at < at + EVERY / 2]
    note(f"{missed:.0f} cues fell due meanwhile, {len(joined)} presses came at once")
    assert len(joined) <= 2, "the present one, and one that fell due just then"
    later = back[len(joined) :]
    assert [p.clip for p in later] == list(range(CUES - len(later) + 1, CUES + 1))
    late = [p.at - since - EVERY * ((p.clip or 0) - 1) for p in later]
    assert min(late) >= -1
    assert sorted(late)[len(late) // 2] < BUSY


def recorded(chain: Installation, since: float) -> None:
    """Every cue once; those that were late say by how much, and those that nothing was sent of, too."""
    entries = [e for e in chain.entries("cue_went", "cue_passed") if e.at >= since]
    assert sorted(int(e.cue or 0) for e in entries) == list(range(1, CUES + 1))
    late = [e for e in entries if e.data["late"] > LATE_AFTER]
    assert len(late) >= (STOPPED - LATE_AFTER) / EVERY - 5
    passed = [e for e in entries if e.kind == "cue_passed"]
    assert len(passed) > (STOPPED - 2 * LATE_AFTER) / EVERY - 5
    assert {e.kind for e in late} <= {"cue_passed", "cue_went"}
