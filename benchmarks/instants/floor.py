"""The C program beside which the player is measured, compiled when it is needed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from show_control.clock import SPIN

SOURCE = Path(__file__).with_name("floor.c")


class Floor:
    """Runs with the player's own spin. Ends with the block."""

    def __init__(self, ports: Sequence[int]) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="lamplighter-floor-"))
        program = self._folder / "floor"
        subprocess.run(["cc", "-O2", "-o", program, SOURCE], check=True)  # noqa: S607 - the machine's
        self._process = subprocess.Popen(
            [program, str(SPIN), *map(str, ports)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.realtime = self._line() == "fifo"

    def begin(self, first: int, period: int, count: int) -> None:
        """Send `count` times, from `first` of CLOCK_BOOTTIME on, both in nanoseconds."""
        assert self._process.stdin is not None
        print(first, period, count, file=self._process.stdin, flush=True)

    def ended(self) -> None:
        """Wait for a batch's end."""
        if self._line() != "done":
            raise RuntimeError("the floor ended")

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.communicate()
        shutil.rmtree(self._folder)
