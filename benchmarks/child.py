"""A process that is measured: asked and answering by a line of JSON, watched through /proc."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

NANOSECONDS = 1_000_000_000


class Child:
    """`python -m MODULE ...`, on one core where there is more than one. Ends with the block."""

    def __init__(self, module: str, *arguments: str, core: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        if len(cores := sorted(os.sched_getaffinity(0))) > 1:
            os.sched_setaffinity(self._process.pid, {cores[core % len(cores)]})
        self.told = self._answer()
        """What it said when it was ready."""

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.communicate()

    def ask(self, what: str, **more: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": what} | more) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._process.args!r} ended")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def cpu(self) -> float:
        """Seconds of processor that it has used, all its threads."""
        threads = Path(f"/proc/{self._process.pid}/task").iterdir()
        return sum(int((t / "schedstat").read_text().split()[0]) for t in threads) / NANOSECONDS

    def memory(self) -> float:
        """Megabytes of it that are in memory now."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


def stolen() -> tuple[int, int]:
    """Ticks that the host took from this machine, and ticks in all, since it started."""
    ticks = [int(t) for t in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return ticks[7], sum(ticks)
