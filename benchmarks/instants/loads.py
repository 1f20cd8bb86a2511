"""What keeps the machine busy while cues go."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

FEEDBACK = 5_000
"""Messages a second."""


@contextmanager
def processes(*commands: tuple[str, ...], ready: bool = False) -> Iterator[None]:
    """Run these while the block does; with `ready`, once each has said a line."""
    with ExitStack() as stack:
        for command in commands:
            process = subprocess.Popen(
                [sys.executable, *command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            stack.callback(_end, process)
            if ready and process.stdout is not None and not process.stdout.readline():
                raise RuntimeError(f"{command} ended")
        yield


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.communicate()


def busy(cores: int) -> tuple[tuple[str, ...], ...]:
    """As many cores busy."""
    return (("-c", "while True: pass"),) * cores


def feedback(port: int) -> tuple[str, ...]:
    """Reports to a feedback port."""
    return ("-m", "benchmarks.instants.feedback", str(port), str(FEEDBACK))


def flood(folder: Path) -> tuple[str, ...]:
    """A flood of the link."""
    return ("-m", "benchmarks.instants.flooding", str(folder))


def dashboards(port: int, count: int) -> tuple[str, ...]:
    """Pages that follow the board."""
    return ("-m", "benchmarks.instants.dashboards", str(port), str(count))
