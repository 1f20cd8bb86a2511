"""kill -9 of the player at random instants of a sequence, and at those where it hurts most.

Each time the player is started again at once. A sample in every run of the tests, more in the soak.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter

import pytest

from show_control.console.desk import Desk
from tests.adversity.installation import Installation, call, confirmed, desk_at, put
from tests.adversity.processes import note, until

COUNTDOWN = 1.0
CLIPS = (10, 5)
AROUND = 0.03


def when(chance: random.Random, cycle: int) -> float:
    """Seconds from the GO to the kill: about the GO, about the follow, or anywhere."""
    match cycle % 5:
        case 0:
            return chance.uniform(0, AROUND)
        case 1:
            return COUNTDOWN + chance.uniform(-AROUND, AROUND)
        case _:
            return chance.uniform(0, COUNTDOWN + 0.3)


def term_of(desk: Desk) -> int:
    """Of the player that the desk is connected to."""
    welcome = desk._client.welcome
    return 0 if welcome is None else welcome.term


async def killed_after(installation: Installation, seconds: float) -> None:
    await asyncio.sleep(seconds)
    pid = installation.kill(installation.player_pid)
    await until(lambda: pid not in installation.processes.alive(), 5, "it is dead")
    installation.play()


async def cycle(installation: Installation, desk: Desk, seconds: float) -> float:
    """GO of the countdown, a kill, the follow: nothing fires twice, nothing is lost."""
    run = await put(desk, "4")
    since, term = desk.now, term_of(desk)
    _, came = await asyncio.gather(killed_after(installation, seconds), desk.go(run))
    assert came.outcome is not None
    await until(lambda: term_of(desk) > term, 10, "the player is back")
    if came.outcome.phase != "done" and not installation.went("4", since):
        await call(desk, "4")  # nobody knew, and the journal says that it did not go
    (went,) = installation.went("4", since)
    wire = installation.wire
    await until(lambda: installation.went("6", since), 10, "6 goes")
    await until(lambda: all(wire.counts(CLIPS[1], since).values()), 10, "6 is on the wire")
    await confirmed(desk, installation.went("6", since)[0].at)
    for clip in CLIPS:
        counts = wire.counts(clip, since)
        assert set(counts.values()) == {1}, (seconds, clip, counts)
    due = went.at + COUNTDOWN * 1000
    return min(p.at for p in wire.presses(CLIPS[1], since)) - due


async def kills(installation: Installation, number: int) -> None:
    chance = random.Random(2025)  # noqa: S311 - the same kills every time
    async with desk_at(installation) as desk:
        await call(desk, "2")
        late = [await cycle(installation, desk, when(chance, n)) for n in range(number)]
    note(f"6 came (ms from its instant): {', '.join(f'{one:.0f}' for one in sorted(late))}")
    assert min(late) >= -1, "a cue came early"
    await every_intent_ended(installation)
    await installation.is_sound()
    assert not installation.wire.faults


async def every_intent_ended(installation: Installation) -> None:
    """Each as sent, not sent or unknowable, once."""
    entries = installation.entries("intent", "result")
    ended = Counter(tuple(e.data["of"]) for e in entries if e.kind == "result")
    intents = {(e.term, e.seq) for e in entries if e.kind == "intent"}
    assert set(ended) == intents
    assert set(ended.values()) == {1}
    words = Counter(
        str(e.data[side]) for e in entries for side in ("main", "backup") if side in e.data
    )
    note(f"intents ended as {dict(words)}")


async def test_the_player_is_killed_at_any_instant(alone: Installation) -> None:
    await kills(alone, 5)


@pytest.mark.soak
@pytest.mark.timeout(1200)
async def test_the_player_is_killed_many_times(alone: Installation) -> None:
    await kills(alone, 80)
