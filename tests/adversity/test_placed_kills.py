"""kill -9 placed where random kills do not hit: about an intent, its packets and its mark.

Exactly once over UDP is not to be had. What stands without a result is told as unknowable; a server
that says what it shows is asked, and is sent only what it lacks. The player that dies is taken over by
the installed command's supervisor first, which then starts a real one in its place.
"""

from __future__ import annotations

import signal
import sys

import pytest

from show_control.console.desk import Desk
from show_control.entries import Entry
from tests.adversity.installation import Installation, call, confirmed, desk_at, put
from tests.adversity.kills import (
    CLIPS,
    SETTLED,
    Restart,
    every_intent_ended,
    judge_restarts,
    judge_wire,
    one_round,
    restarted,
    term_of,
)
from tests.adversity.processes import note, send_signal, until

Place = tuple[str, int]
EVERYWHERE: tuple[Place, ...] = (
    *((place, times) for place in ("intent", "torn", "entered", "mark") for times in (1, 2)),
    *(("packet", times) for times in range(1, 13)),
)
"""The first time is the GO, the second the follow; of the packets, seven and on are the follow's."""
SAMPLE: tuple[Place, ...] = (
    *(("intent", 1), ("torn", 1), ("entered", 2), ("mark", 1), ("mark", 2)),
    *(("packet", 1), ("packet", 4), ("packet", 9)),
)


async def doomed(installation: Installation, desk: Desk, place: Place) -> None:
    """Put a player in the present one's place that will die there, and have it taken over."""
    parent, term = installation.parent.pid, term_of(desk)
    adopted = installation.said().count("taken over")
    send_signal(parent, signal.SIGSTOP)
    dead = installation.kill(installation.player_pid)
    await until(lambda: dead not in installation.processes.alive(), 5, "it is dead")
    installation.processes.start(
        sys.executable, "-m", "tests.adversity.dying_player", installation.data, *map(str, place)
    )
    await until(lambda: term_of(desk) > term, 20, "the one that will die is back")
    send_signal(parent, signal.SIGCONT)
    await until(lambda: installation.said().count("taken over") > adopted, 10, "it is taken over")


async def placed(installation: Installation, desk: Desk, place: Place) -> Restart:
    """One round with a death at a place; what nobody can know is entered as that, and as little."""
    note(f"kill at {place}")
    await doomed(installation, desk, place)
    since = desk.now

    async def dies() -> Restart:
        return await restarted(installation, None)

    found = await one_round(installation, desk, dies)
    went = [e for e in installation.entries("intent") if e.at >= since and e.cue in ("4", "6")]
    ends = {tuple(e.data["of"]): e for e in installation.entries("result") if e.at >= since}
    unknowable = [i for i in went if "unknowable" in ends[i.term, i.seq].data.values()]
    assert len(unknowable) == expected(place, went), place
    return found.restart


def expected(place: Place, went: list[Entry]) -> int:
    """How many of the intents were in the journal without a result: those of one cue, or none."""
    kind, times = place
    if kind in ("intent", "torn"):
        return 0
    cue = "4" if times <= (6 if kind == "packet" else 1) else "6"
    term = next(i.term for i in went if i.cue == cue)
    return sum(i.cue == cue and i.term == term for i in went)


async def kills(installation: Installation, places: tuple[Place, ...]) -> None:
    async with desk_at(installation) as desk:
        await confirmed(desk, await call(desk, "2"))
        restarts = [await placed(installation, desk, place) for place in places]
    judge_restarts(restarts)
    await every_intent_ended(installation)
    judge_wire(installation)
    await installation.is_sound()
    assert not installation.wire.faults


async def test_the_player_dies_about_an_intent_its_packets_and_its_mark(
    running: Installation,
) -> None:
    await kills(running, SAMPLE)


async def test_a_server_that_had_its_packet_gets_no_other(running: Installation) -> None:
    """It dies instead of the fourth packet of cue 4: three addresses have theirs, three do not."""
    wire = running.wire
    async with desk_at(running) as desk:
        await confirmed(desk, await call(desk, "2"))
        await doomed(running, desk, ("packet", 4))
        run = await put(desk, "4")
        since = desk.now
        came = await desk.go(run)
        assert came.outcome is not None
        assert came.outcome.phase == "unknown", "nobody can say, and the desk says so"
        restart = await restarted(running, None)
        await until(lambda: running.went("6", since), 10, "6 goes")
        await confirmed(desk, running.went("6", since)[0].at)
    counts = wire.counts(CLIPS[0], since)
    if restart.first + SETTLED < running.went("6", since)[0].at:
        assert counts == dict.fromkeys(counts, 1), "each server has it once"
    had = {p.side for p in wire.presses(CLIPS[0], since) if p.at < restart.began}
    assert len(had) == 3
    assert not [p for p in wire.presses(CLIPS[0], restart.began) if p.side in had]


@pytest.mark.soak
@pytest.mark.timeout(2400)
async def test_the_player_dies_in_a_hundred_places(running: Installation) -> None:
    await kills(running, EVERYWHERE * 5)
    await running.is_whole()
