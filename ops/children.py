"""A child process that is kept alive: started, watched, started again, stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ops.database.account import launch_command
from ops.database.launch import SAME
from ops.database.postmaster import STEP, pause
from show_control.clock import Clock
from show_control.model import Millis

Say = Callable[[str], None]
PATIENCE = 8.0
"""Seconds that a child has to end when it is told to."""
STEADY: Millis = 10_000
"""A child that lived this long is started again at once when it dies."""
SLOWEST: Millis = 5_000
"""The longest wait before one that dies again and again is started again."""


def lamplighter(*arguments: str) -> list[str]:
    """The command line of one of our own commands, by the interpreter that runs this one."""
    return [sys.executable, "-m", "ops", *arguments]


class Child:
    """One process under the parent's care. One that may be `adopted` outlives a parent that is killed."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        clock: Clock,
        say: Say,
        log: Path,
        environment: Mapping[str, str],
        adopted: Callable[[], int | None] | None = None,
        slowest: Millis = SLOWEST,
    ) -> None:
        self.name = name
        self._command = list(command)
        if adopted is None:
            # What nobody adopts would keep its port from the next one of its kind.
            self._command = launch_command(SAME, log.parent, self._command)
        self._clock = clock
        self._say = say
        self._log = log
        self._environment = {**os.environ, **environment}
        self._slowest = slowest
        self._adopted = adopted or (lambda: None)
        self._process: subprocess.Popen[bytes] | None = None
        self._other: int | None = None
        self._started: Millis = 0
        self._wait: Millis = 0
        self._again_at: Millis | None = None

    @property
    def pid(self) -> int | None:
        """Of the process that runs, ours or adopted."""
        return self._process.pid if self._process is not None else self._other

    def keep(self) -> None:
        """Start it if it does not run; call this again and again."""
        now = self._clock.now()
        if self._alive():
            return
        if self._process is not None or self._other is not None:
            self._died(now)
        if self._again_at is None or now >= self._again_at:
            self._start(now)

    def _alive(self) -> bool:
        if self._process is not None:
            return self._process.poll() is None
        return self._other is not None and self._adopted_runs()

    def _adopted_runs(self) -> bool:
        """Asked of what it holds: nobody here is told how it ended, and it may stay as a zombie."""
        return self._adopted() == self._other

    def _died(self, now: Millis) -> None:
        code = self._process.returncode if self._process is not None else None
        steady = now - self._started >= STEADY
        self._wait = 0 if steady else min(self._slowest, 2 * self._wait or 100)
        self._again_at = now + (0 if steady else self._wait)
        how = "ended" if code is None else f"ended ({code})"
        self._say(f"{self.name} {how}; it is started again (see {self._log})")
        self._process = self._other = None

    def _start(self, now: Millis) -> None:
        self._started, self._again_at = now, None
        self._other = self._adopted()
        if self._other is not None:
            self._say(f"{self.name} runs already (process {self._other}): it is taken over")
            return
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self._environment,
                # Ctrl-C is for the parent, which stops its children in order.
                start_new_session=True,
            )

    def stop(self) -> None:
        """Tell it to end, and see that it does."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        elif self._other is not None:
            self._stop_adopted(self._other)
        self._process = self._other = None

    def _stop_adopted(self, pid: int) -> None:
        for number in (signal.SIGTERM, signal.SIGKILL):
            for step in range(int(PATIENCE / STEP)):
                if not self._adopted_runs():
                    return
                if step == 0:
                    os.kill(pid, number)
                pause()


def runs(pid: int) -> bool:
    """Whether a process is there."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
