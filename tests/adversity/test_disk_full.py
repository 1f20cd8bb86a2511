"""The disk under a running night is full: the night goes on, says so, and is on disk again once there is room.

A real small filesystem where one can be mounted; elsewhere the player may not let a file grow, which
is the same to it.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from show_control.console.desk import Desk
from tests.adversity.installation import Installation, call, confirmed, desk_at, installed, put
from tests.adversity.processes import note, send_signal, until
from tests.adversity.tonight import countdown, opening_night

SIZE = "600k"
COUNTDOWN = 1000
CLIPS = (10, 5)


class SmallDisk:
    """The player's folder, which can be full."""

    def __init__(self, folder: Path, *, mounted: bool) -> None:
        self._folder = folder
        self._mounted = mounted

    def fill(self, pid: int | None) -> None:
        """Leave no room for as much as a page."""
        assert pid is not None
        if not self._mounted:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, 1))
            return
        with (self._folder / "filler").open("wb", buffering=0) as filler:
            try:
                while True:
                    filler.write(bytes(4096))
            except OSError:
                return

    def empty(self) -> None:
        (self._folder / "filler").unlink(missing_ok=True)


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk]:
    folder.mkdir(parents=True, mode=0o700)
    mount = shutil.which("mount")
    mounted = mount is not None and os.geteuid() == 0 and (
        subprocess.run(
            [mount, "-t", "tmpfs", "-o", f"size={SIZE},mode=0700", "tmpfs", folder],
            check=False,
            capture_output=True,
        ).returncode
        == 0
    )  # fmt: skip
    note(f"a filesystem of {SIZE}" if mounted else "no file may grow")
    try:
        yield SmallDisk(folder, mounted=mounted)
    finally:
        if mounted:
            subprocess.run(["umount", "-l", folder], check=True)


@pytest_asyncio.fixture(scope="module")
async def cramped(
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[tuple[Installation, SmallDisk]]:
    """A player alone on a small disk."""
    folder = tmp_path_factory.mktemp("cramped")
    with small_disk(folder / "data" / "player") as disk:
        async with installed(folder, opening_night(countdown("1s"))) as found:
            found.play("--load", found.file)
            yield found, disk


async def recorded(desk: Desk, cue: str) -> str | None:
    """Call a cue: what its acknowledgement says of the disk."""
    came = await desk.go(await put(desk, cue))
    assert came.outcome is not None
    assert came.outcome.phase == "done", came
    return came.outcome.recorded


async def test_on_a_full_disk_the_night_goes_on_and_every_screen_says_so(
    cramped: tuple[Installation, SmallDisk],
) -> None:
    installation, disk = cramped
    wire = installation.wire
    async with desk_at(installation) as desk:
        assert await recorded(desk, "2") == "on disk"
        await confirmed(desk, desk.now)
        disk.fill(installation.player_pid)
        since = await call(desk, "4")
        await until(lambda: all(wire.counts(CLIPS[1], since).values()), 10, "6 is on the wire")
        late = min(p.at for p in wire.presses(CLIPS[1], since)) - since - COUNTDOWN
        note(f"6 came {late:+.1f} ms from its instant")
        assert -1 <= late < 500
        for clip in CLIPS:
            assert set(wire.counts(clip, since).values()) == {1}
        await until(lambda: desk.board().volatile, 10, "the board says volatile")
        assert await recorded(desk, "8") == "not recorded"
        board = desk.board()
        assert "journal_volatile" in {a.code for a in board.alarms}
        assert "No space left" in str(board.alarms) or "File too large" in str(board.alarms)
        assert board.term is not None
        assert board.term % 2 == 0, "a volatile term's number is between two of the disk's"
        came = await desk.fade_out(None)
        assert came.outcome is not None
        assert came.outcome.phase == "done"
        pid = installation.player_pid
        disk.empty()
        send_signal(pid, signal.SIGTERM)
        await until(lambda: installation.player_pid is None, 10, "it has ended")
        installation.play()
        await until(lambda: desk.connected and not desk.board().volatile, 10, "it is on disk again")
        assert await recorded(desk, "8") == "on disk"
        assert desk.board().term == 3
    await installation.is_sound()
