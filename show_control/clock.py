"""The only reader of time.

Show time is UTC in milliseconds as one recorded pair maps it: a wall time, and what CLOCK_BOOTTIME
said at that moment. A stepped wall clock changes nothing until another pair is adopted.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Protocol

import msgspec

from show_control.model import Millis

MILLI = 1_000_000
"""Nanoseconds in a millisecond."""

SPIN = 2 * MILLI
"""How long before an instant waiting turns into spinning: timers are late by up to this much."""

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def since_stamp(stamp: int) -> int:
    """Nanoseconds since the kernel stamped a packet by the wall clock; 0 where that was stepped since."""
    ago = time.time_ns() - stamp
    return ago if 0 <= ago < 1000 * MILLI else 0


class Pair(msgspec.Struct, frozen=True):
    """What maps show time to this machine's boot time: both read at one moment."""

    wall: Millis
    boottime: int


class Clock(Protocol):
    """What the loop reads time from and waits by; `boottime` is nanoseconds, as is all exactness."""

    @property
    def pair(self) -> Pair:
        """The mapping in force."""

    @property
    def boot(self) -> str:
        """What boot this is: a pair means nothing after another."""

    def now(self) -> Millis:
        """The show's present, by the adopted mapping."""

    def now_ns(self) -> int:
        """As `now`, in nanoseconds since 1970."""

    def boottime(self) -> int:
        """Nanoseconds that only rise, through sleep too."""

    def wall(self) -> Millis:
        """What the machine's clock says: to be compared with `now`, never to be acted on."""

    def measure(self) -> Pair:
        """The pair of this moment, to be adopted or compared."""

    def adopt(self, pair: Pair) -> None:
        """Change the mapping: only where nothing stands by, runs or holds."""

    def until(self, instant: Millis, early: int = 0) -> float:
        """Seconds for `select` to wait: to `early` nanoseconds before an instant, at least 0."""

    def wait_exactly(self, instant: Millis, early: int = 0) -> None:
        """Return `early` nanoseconds before an instant, no earlier: sleeping at first, spinning at last."""


class _Mapped:
    """What follows from a pair, whatever the source of boot time is."""

    _pair: Pair

    @property
    def pair(self) -> Pair:
        return self._pair

    def adopt(self, pair: Pair) -> None:
        self._pair = pair

    def boottime(self) -> int:
        raise NotImplementedError

    def wall(self) -> Millis:
        raise NotImplementedError

    def now_ns(self) -> int:
        return self._pair.wall * MILLI + self.boottime() - self._pair.boottime

    def now(self) -> Millis:
        return self.now_ns() // MILLI

    def _due(self, instant: Millis) -> int:
        """The boot time of an instant."""
        return self._pair.boottime + (instant - self._pair.wall) * MILLI


class SystemClock(_Mapped):
    """This machine's. Without a pair it adopts the present one."""

    def __init__(self, pair: Pair | None = None) -> None:
        # Where there is no CLOCK_BOOTTIME, CLOCK_MONOTONIC is next best: it stops while asleep.
        self._source: int = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
        self._boot = _BOOT_ID.read_text().strip() if _BOOT_ID.exists() else ""
        self._pair = pair or self.measure()

    @property
    def boot(self) -> str:
        return self._boot

    def boottime(self) -> int:
        return time.clock_gettime_ns(self._source)

    def wall(self) -> Millis:
        return time.time_ns() // MILLI

    def measure(self) -> Pair:
        return min((self._bracketed() for _ in range(5)), key=lambda found: found[0])[1]

    def _bracketed(self) -> tuple[int, Pair]:
        """A pair, and how long reading it took: the shortest is the truest."""
        before = self.boottime()
        wall = time.time_ns()
        after = self.boottime()
        # The pair's wall is a whole millisecond; its boot time is moved back by what was cut off.
        between = (before + after) // 2 - wall % MILLI
        return after - before, Pair(wall // MILLI, between)

    def until(self, instant: Millis, early: int = 0) -> float:
        return max(0, self._due(instant) - early - self.boottime()) / 1e9

    def wait_exactly(self, instant: Millis, early: int = 0) -> None:
        due = self._due(instant) - early
        while (left := due - SPIN - self.boottime()) > 0:
            time.sleep(left / 1e9)
        while self.boottime() < due:
            pass


class VirtualClock(_Mapped):
    """Time that passes only by being waited for: a whole night in a moment, the same each time."""

    def __init__(self, start: Millis, boot: str = "virtual") -> None:
        self._pair = Pair(start, 0)
        self._boottime = 0
        self._wall_less_boottime = start * MILLI
        self._boot = boot

    @property
    def boot(self) -> str:
        return self._boot

    def boottime(self) -> int:
        return self._boottime

    def wall(self) -> Millis:
        return (self._wall_less_boottime + self._boottime) // MILLI

    def measure(self) -> Pair:
        return Pair(self.wall(), self._boottime)

    def until(self, instant: Millis, early: int = 0) -> float:  # noqa: ARG002 - as Clock
        """Nothing: `select` looks once, and `wait_exactly` lets the time pass."""
        return 0.0

    def wait_exactly(self, instant: Millis, early: int = 0) -> None:
        self._boottime = max(self._boottime, self._due(instant) - early)

    def advance(self, by: Millis) -> None:
        """Let time pass."""
        self._boottime += by * MILLI

    def step_wall(self, by: Millis) -> None:
        """Set the machine's clock, as a person or a time server would: show time stays."""
        self._wall_less_boottime += by * MILLI


class PacedClock(VirtualClock):
    """Virtual up to an instant, and from there on as fast as `real` goes, or `speed` times as fast."""

    def __init__(self, start: Millis, paced_from: Millis, speed: float, real: Clock) -> None:
        super().__init__(start)
        self._paced_from = paced_from
        self._speed = speed
        self._real = real
        self._began: Millis | None = None

    def wait_exactly(self, instant: Millis, early: int = 0) -> None:
        if instant > self._paced_from and not early:
            if self._began is None:
                self._began = self._real.now()
            passed = (instant - self._paced_from) / self._speed
            self._real.wait_exactly(self._began + round(passed))
        super().wait_exactly(instant, early)
