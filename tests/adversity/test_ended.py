"""How an installation ends: told to, or its parent killed. What is left of it, and what goes on.

The demo that calls itself is started first and looked at last: most of its life is waiting.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from show_control.entries import Entry
from show_control.journal import read
from tests.adversity.installation import Installation, call, confirmed, desk_at, installed
from tests.adversity.processes import Processes, note, send_signal, until
from tests.adversity.tonight import countdown, free_port, opening_night

STOPPED_WITHIN = 15
COUNTDOWN = 2000
VALLEY_CLIP = 5


class Demo:
    """`lamplighter demo --hands-off` with a temporary folder of its own."""

    def __init__(self, temporary: Path) -> None:
        self.temporary = temporary
        self.said = temporary.with_suffix(".txt")
        self.processes = Processes(temporary, TMPDIR=str(temporary))
        self.port = free_port(socket.SOCK_STREAM)
        self.parent = self.processes.lamplighter(
            "demo", "--hands-off", "--port", str(self.port), output=self.said
        )

    def entries(self, *kinds: str) -> list[Entry]:
        found = next(self.temporary.glob("*/player"), None)
        return [] if found is None else [e for e in read(found) if e.kind in kinds]


@pytest.fixture(scope="module", autouse=True)
def demo() -> Iterator[Demo]:
    # A short path: a socket's is at most 107 bytes.
    temporary = Path(tempfile.mkdtemp(prefix="demo-", dir="/tmp"))
    found = Demo(temporary)
    yield found
    found.processes.close()
    shutil.rmtree(temporary, ignore_errors=True)
    found.said.unlink()


@pytest_asyncio.fixture(scope="module")
async def orphaned(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Installation]:
    """What the tests of a killed parent share, in order."""
    folder = tmp_path_factory.mktemp("orphaned")
    async with installed(folder, opening_night(countdown("2s"))) as found:
        yield found


async def test_the_parent_is_killed_and_the_player_goes_on(orphaned: Installation) -> None:
    parent = orphaned.run()
    await orphaned.publish()
    async with desk_at(orphaned) as desk:
        await confirmed(desk, await call(desk, "2"))
        player, postmaster = orphaned.player_pid, orphaned.postmaster_pid
        assert postmaster is not None
        since = await call(desk, "4")
        orphaned.kill(parent.pid)
        await until(lambda: postmaster not in orphaned.processes.alive(), 10, "PostgreSQL ends")
        await until(lambda: orphaned.service_pid is None, 10, "the service ends")
        await until(lambda: all(orphaned.wire.counts(VALLEY_CLIP, since).values()), 10, "6 goes")
        assert set(orphaned.wire.counts(VALLEY_CLIP, since).values()) == {1}
        first = min(p.at for p in orphaned.wire.presses(VALLEY_CLIP, since))
        note(f"6 came {first - since - COUNTDOWN:+.1f} ms from its instant")
        assert orphaned.player_pid == player
        await until(lambda: len(orphaned.processes.alive()) <= 2, 10, "player and servers are left")


async def test_run_again_takes_the_player_over(orphaned: Installation) -> None:
    player = orphaned.player_pid
    again = orphaned.run()
    await until(orphaned.serves, 20, "the page answers")
    await until(orphaned.database_ready, 20, "PostgreSQL is there")
    async with desk_at(orphaned) as desk:
        await call(desk, "8")
    assert orphaned.player_pid == player
    assert len({e.term for e in orphaned.entries("term")}) == 1, "the same player, the same run"
    await orphaned.is_whole()
    await orphaned.is_sound()
    await ends_well(orphaned.processes, again, signal.SIGTERM, left="simulate")


async def test_an_adopted_player_that_dies_is_started_again(orphaned: Installation) -> None:
    player = orphaned.play()
    await until(lambda: orphaned.player_pid == player.pid, 10, "a player alone")
    again = orphaned.run()
    await until(orphaned.serves, 20, "the page answers")
    assert orphaned.player_pid == player.pid
    orphaned.kill(player.pid)
    # Nobody here asks how it ended: it stays a zombie, as under an init that reaps none.
    await until(lambda: orphaned.player_pid not in (None, player.pid), 10, "another player")
    await ends_well(orphaned.processes, again, signal.SIGINT, left="simulate")


@pytest.mark.parametrize(
    "moment",
    [
        "lamplighter-*/player",
        pytest.param("lamplighter-*", marks=pytest.mark.soak),
        pytest.param("lamplighter-*/postgres", marks=pytest.mark.soak),
        pytest.param("lamplighter-*/postgres/postmaster.pid", marks=pytest.mark.soak),
    ],
)
async def test_ctrl_c_while_the_demo_sets_itself_up_leaves_nothing(moment: str) -> None:
    """As a terminal does it: to the whole foreground group, as soon as this is there."""
    temporary = Path(tempfile.mkdtemp(prefix="demo-", dir="/tmp"))
    said = temporary.with_suffix(".txt")
    processes = Processes(temporary, TMPDIR=str(temporary))
    try:
        port = str(free_port(socket.SOCK_STREAM))
        parent = processes.lamplighter("demo", "--port", port, output=said)
        await until(lambda: any(temporary.glob(moment)), 20, moment)
        await ends_well(processes, parent, signal.SIGINT, group=True)
        assert left_in(temporary) == []
        assert "Traceback" not in said.read_text()
    finally:
        processes.close()
        shutil.rmtree(temporary, ignore_errors=True)
        said.unlink()


async def test_the_demo_calls_itself(demo: Demo) -> None:
    def went() -> list[str | None]:
        return [e.cue for e in demo.entries("cue_went")]

    await until(lambda: went()[:3] == ["1", "2", "3"], 60, "1, 2 and 3 have gone")
    calls = demo.entries("call")
    (enabled,) = [e for e in calls if e.data["call"] == "enable"]
    assert (enabled.output, enabled.by) == ("bridge-laser", "hands-off")
    assert enabled.at < next(e.at for e in demo.entries("cue_went"))
    assert {e.by for e in calls} == {"hands-off"}


async def test_ctrl_c_ends_the_demo_and_nothing_is_left(demo: Demo) -> None:
    assert len(demo.processes.alive()) > 5
    await ends_well(demo.processes, demo.parent, signal.SIGINT)
    assert left_in(demo.temporary) == []
    assert "Traceback" not in demo.said.read_text()


def left_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def ends_well(
    processes: Processes,
    parent: subprocess.Popen[bytes],
    number: signal.Signals,
    *,
    left: str | None = None,
    group: bool = False,
) -> None:
    """It is told to end: it does, within the time, with code 0, and all of its processes with it."""
    if group:
        os.killpg(parent.pid, number)
    else:
        send_signal(parent.pid, number)
    await until(lambda: parent.poll() is not None, STOPPED_WITHIN, "it ends")
    assert parent.returncode == 0
    mine = {
        pid: line for pid, line in processes.alive().items() if not left or left not in line.split()
    }
    assert mine == {}
