"""Figures of late cues, and verdicts against targets."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import msgspec


class Lateness(msgspec.Struct, frozen=True):
    """Cues' lateness in milliseconds, sorted; `lost` of them never came."""

    values: list[float]
    lost: int

    def at(self, share: float) -> float:
        """A percentile."""
        if not self.values:
            return math.inf
        return self.values[min(len(self.values) - 1, int(len(self.values) * share))]

    @property
    def median(self) -> float:
        return self.at(0.5)

    @property
    def p99(self) -> float:
        return self.at(0.99)

    @property
    def most(self) -> float:
        return self.at(1.0)

    @property
    def over_1(self) -> float:
        """Percent of them that were more than 1 ms late."""
        return 100 * sum(v > 1 for v in self.values) / max(1, len(self.values))

    @property
    def early(self) -> int:
        return sum(v < 0 for v in self.values)


def pooled(rounds: Sequence[Lateness]) -> Lateness:
    """Rounds taken together."""
    return Lateness(sorted(v for r in rounds for v in r.values), sum(r.lost for r in rounds))


def verdict(*held: bool) -> str:
    return "holds" if all(held) else "FALLS SHORT"


class Steal:
    """What share of the processors' time the host took, since this was made."""

    def __init__(self) -> None:
        self._before = _ticks()

    def percent(self) -> float:
        stolen, total = (a - b for a, b in zip(_ticks(), self._before, strict=True))
        return 100 * stolen / max(1, total)


def _ticks() -> tuple[int, int]:
    ticks = [int(t) for t in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return ticks[7], sum(ticks)


def priority(player: bool, floor: bool) -> str:
    """What is to be said of SCHED_FIFO under a table."""
    if player and floor:
        return "SCHED_FIFO: the player and the floor both had it."
    missing = " and ".join(
        w for w, had in (("the player", player), ("the floor", floor)) if not had
    )
    return f"NO SCHED_FIFO for {missing}: these targets are for machines that give it."
