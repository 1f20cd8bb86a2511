"""kill -9 of a player with a server at the end of a TCP connection: what was on its way may be lost with it.

The server's own words, one line for each message that it understood, are the judge.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.adversity.installation import Installation, call, confirmed, desk_at, installed, put
from tests.adversity.processes import note, until
from tests.adversity.tonight import Document, countdown, opening_night

COUNTDOWN = 2.0
CLIPS = (10, 5)
CUES = ("2", "4", "6", "8")


def one_speaks_tcp(document: Document) -> None:
    """The western part of the facade is a QLab, main and backup."""
    west = next(s for s in document["servers"] if s["id"] == "west")
    west.pop("feedback_port", None)
    west |= {"dialect": "qlab", "main": "tcp://127.0.0.1:1", "backup": "tcp://127.0.0.1:2"}
    next(o for o in document["outputs"] if o["server"] == "west").pop("params")
    for surface in document["surfaces"]:
        surface["safe"] = [{"action": "level", "value": 0.0}]
    show = document["sequences"][0]
    show["cues"] = [cue for cue in show["cues"] if cue["number"] in CUES]
    six = next(cue for cue in show["cues"] if cue["number"] == "6")
    # By its number alone: this QLab calls its cues otherwise than the festival does.
    six["do"] = [{"outputs": ["surface:facade"], "action": "play", "clip": CLIPS[1]}]
    six["duration"] = "60s"


@pytest_asyncio.fixture(scope="module")
async def mixed(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Installation]:
    folder = tmp_path_factory.mktemp("mixed")
    night = opening_night(countdown("2s"), one_speaks_tcp)
    async with installed(folder, night, "--verbose") as found:
        found.play("--load", found.file)
        yield found


def heard(installation: Installation, clip: int) -> dict[str, int]:
    """How often each address of the QLab was told to start a cue."""
    lines = (installation.processes.folder / "simulated.txt").read_text().splitlines()
    return {
        name: sum(line.startswith(f"{name}: ") and f"/cue/{clip}/start" in line for line in lines)
        for name in ("west", "west/backup")
    }


async def rounds(installation: Installation, number: int) -> None:
    chance, wire = random.Random(5), installation.wire  # noqa: S311 - the same kills every time
    async with desk_at(installation) as desk:
        await confirmed(desk, await call(desk, "2"))
        for n in range(number):
            seconds = (0.0, 0.01, COUNTDOWN, chance.uniform(0, COUNTDOWN))[n % 4]
            before = {clip: heard(installation, clip) for clip in CLIPS}
            run = await put(desk, "4")
            since = desk.now
            going = asyncio.ensure_future(desk.go(run))
            await asyncio.sleep(seconds)
            pid = installation.kill(installation.player_pid)
            await until(lambda pid=pid: pid not in installation.processes.alive(), 5, "it is dead")
            installation.play()
            await going
            await until(lambda: desk.connected, 10, "the player is back")
            if not installation.went("4", since):
                await call(desk, "4")
            await until(lambda since=since: installation.went("6", since), 10, "6 goes")
            (six,) = installation.went("6", since)
            await confirmed(desk, six.at)
            came = {
                clip: {name: heard(installation, clip)[name] - told for name, told in of.items()}
                for clip, of in before.items()
            }
            note(f"killed after {seconds:.2f} s: {came}")
            assert set(came[CLIPS[1]].values()) == {1}
            assert set(came[CLIPS[0]].values()) <= {0, 1}
            assert set(wire.counts(CLIPS[1], since).values()) == {1}
    await installation.is_sound()


async def test_a_server_over_tcp_is_told_once_whenever_the_player_dies(mixed: Installation) -> None:
    await rounds(mixed, 3)


@pytest.mark.soak
@pytest.mark.timeout(900)
async def test_a_server_over_tcp_and_many_kills(mixed: Installation) -> None:
    await rounds(mixed, 40)
