"""What a PostgreSQL folder says of the server on it, and whether that is still true."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from pathlib import Path

import msgspec

STEP = 0.005


class Postmaster(msgspec.Struct, frozen=True):
    """As `postmaster.pid` has it; kill -9 leaves the file behind, saying `ready`."""

    folder: Path
    pid: int
    socket_folder: Path
    ready: bool

    @property
    def file(self) -> Path:
        return self.folder / "postmaster.pid"

    def alive(self) -> bool:
        """Whether that process runs and is a PostgreSQL on this folder.

        A process id is soon another program's, in a container at once.
        """
        return str(self.folder) in command_of(self.pid)

    def end(self) -> None:
        """PostgreSQL's fast shutdown."""
        os.kill(self.pid, signal.SIGINT)


def read_postmaster(folder: Path) -> Postmaster | None:
    try:
        lines = (folder / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return None
    if len(lines) < 5 or not lines[0].isdecimal():
        return None  # being written
    return Postmaster(
        folder=folder,
        pid=int(lines[0]),
        socket_folder=Path(lines[4] or folder),
        ready=len(lines) > 7 and lines[7].strip() == "ready",
    )


def command_of(pid: int) -> str:
    """A process's command line; empty for one that has ended, or was not waited for."""
    if Path("/proc/self").exists():
        try:
            line = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            return ""
        return os.fsdecode(line.replace(b"\0", b" "))
    asked = ["ps", "-o", "command=", "-p", str(pid)]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout


def end(process: subprocess.Popen[bytes]) -> None:
    """Fast shutdown; a harder one where that takes too long."""
    for number, patience in ((signal.SIGINT, 60), (signal.SIGQUIT, 10)):
        process.send_signal(number)
        if ended(process, within=patience):
            return
    process.kill()
    process.wait()


def ended(process: subprocess.Popen[bytes], within: float) -> bool:
    try:
        process.wait(within)
    except subprocess.TimeoutExpired:
        return False
    return True


def pause() -> None:
    """Between two looks at something that cannot be waited for."""
    threading.Event().wait(STEP)
