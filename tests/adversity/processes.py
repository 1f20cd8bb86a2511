"""Processes that the installed command started, found again by what is in their environment."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
MARK = "LAMPLIGHTER_TEST_MARK"
LAMPLIGHTER = Path(sys.executable).with_name("lamplighter")
GLANCE = 0.02


class Processes:
    """What a test starts, and all that came of it. Nothing is left when it is closed."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.mark = secrets.token_hex(8)
        self.environment = {**os.environ, **self.mark_alone, **environment}
        self._started: list[subprocess.Popen[bytes]] = []

    @property
    def mark_alone(self) -> dict[str, str]:
        """What every environment of these has."""
        return {MARK: self.mark}

    def start(self, *command: str | Path, output: Path | None = None) -> subprocess.Popen[bytes]:
        """Start one in a session of its own; what it says goes to a file."""
        said = output or self.folder / f"said-{len(self._started)}.txt"
        with said.open("ab") as out:
            process = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env=self.environment,
                cwd=self.folder,
                start_new_session=True,
            )
        self._started.append(process)
        return process

    def lamplighter(
        self, *arguments: str | Path, output: Path | None = None
    ) -> subprocess.Popen[bytes]:
        """Start the installed command."""
        return self.start(LAMPLIGHTER, *arguments, output=output)

    def alive(self, word: str = "") -> dict[int, str]:
        """Those that run, with their command lines: all, or those whose command has this word."""
        found = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal() and self._is_ours(entry) and not is_zombie(entry):
                line = read(entry / "cmdline").replace(b"\0", b" ").decode(errors="replace").strip()
                if not word or word in line.split():
                    found[int(entry.name)] = line
        return found

    def pid(self, word: str) -> int | None:
        """The one whose command has this word; None while there is none."""
        return next(iter(self.alive(word)), None)

    def close(self) -> None:
        """End every one of them, by its id."""
        for _ in range(20):
            if not (left := self.alive()):
                break
            for pid in left:
                send_signal(pid, signal.SIGKILL)
            for process in self._started:
                process.poll()
            time.sleep(GLANCE)
        for process in self._started:
            process.wait(10)

    def _is_ours(self, entry: Path) -> bool:
        if f"{MARK}={self.mark}".encode() in read(entry / "environ"):
            return True
        # PostgreSQL overwrites its environment; it works in its own folder.
        try:
            return (entry / "cwd").readlink().is_relative_to(self.folder)
        except OSError:
            return False


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""  # it has ended


def is_zombie(entry: Path) -> bool:
    """Whether it has ended and nobody has asked how."""
    return read(entry / "stat").rpartition(b")")[2].split()[:1] in ([b"Z"], [])


def send_signal(pid: int | None, number: signal.Signals) -> None:
    """To one process, by its id, if it is there."""
    assert pid is not None
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def note(figure: str) -> None:
    """A figure worth reading, where a run is watched: `pytest -s`."""
    print(figure)  # noqa: T201 - it is for the person who watches


async def until(condition: Callable[[], T], within: float, what: str) -> T:
    """Wait for a condition, with an upper bound; gives what it gave."""
    ends = time.monotonic() + within
    while not (found := condition()):
        assert time.monotonic() < ends, f"not within {within} s: {what}"
        await asyncio.sleep(GLANCE)
    return found
