"""A plan of 10,000 slots judged whole, and again with one slot moved, as it is while dragging."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from statistics import median
from typing import TypeVar

import msgspec

from benchmarks.conflicts.plans import plan_of
from benchmarks.figures import table, told
from schedules.planning.conflicts import Judged, judge
from schedules.planning.model import Window

T = TypeVar("T")
FIRST = date(2025, 10, 10)
LATER = 300_000
COMMAND = "make bench ARGS=conflicts"


class Size(msgspec.Struct, frozen=True):
    surfaces: int
    nights: int
    passes: int
    moves: int
    rounds: int


FULL = Size(30, 31, 11, 200, 5)
QUICK = Size(3, 4, 5, 5, 1)


def measure(*, quick: bool) -> None:
    """Print the table."""
    size = QUICK if quick else FULL
    rows = []
    for every, name in ((30, "none in conflict"), (15, "all but the first overlap")):
        rows += _rows(size, every, name)
    slots = size.surfaces * size.nights * size.passes
    print(f"\nconflicts: {slots:,} slots on {size.surfaces} surfaces, {size.nights} nights\n")
    print(table(("plan", "what", "figure", "plain", "asked for"), rows))
    print(
        f"\nProcessor time. Plain: the same windows by surface and night, sorted and compared.\n{COMMAND}"
    )


def _rows(size: Size, every: int, name: str) -> list[tuple[str, ...]]:
    nights = (FIRST, FIRST + timedelta(days=size.nights - 1))
    festival = plan_of(size.surfaces, nights, size.passes, every)
    whole, plain, moves = [], [], []
    for _ in range(size.rounds):
        took, judged = _timed(lambda: _whole(judge(festival)))
        whole.append(took)
        windows = judged.windows
        plain.append(_timed(partial(compared, windows))[0])
        step = max(1, len(windows) // size.moves)
        moves += [_timed(partial(_moved, judged, window))[0] for window in windows[::step]]
    ms = sorted(1000 * m for m in moves)
    return [
        (name, "planned and judged whole, s", told(whole, 2), told(plain, 3), "1"),
        (name, "one slot moved, ms, median", f"{median(ms):.1f}", "", "20"),
        (name, "one slot moved, ms, p99", f"{ms[int(len(ms) * 0.99)]:.1f}", "", ""),
    ]


def compared(windows: Iterable[Window]) -> int:
    """The pairs that overlap, and nothing said of them."""
    lanes: dict[tuple[str, date], list[Window]] = defaultdict(list)
    for window in windows:
        lanes[window.surface, window.night].append(window)
    count = 0
    for lane in lanes.values():
        lane.sort(key=lambda w: w.starts)
        count += sum(a.ends > b.starts for a, b in pairwise(lane))
    return count


def _whole(judged: Judged) -> Judged:
    assert judged.conflicts is not None
    return judged


def _moved(judged: Judged, window: Window) -> Judged:
    """As the page asks while dragging: the window elsewhere, and what that changes."""
    later = msgspec.structs.replace(window, starts=window.starts + LATER, ends=window.ends + LATER)
    return judged.moved(later)


def _timed(do: Callable[[], T]) -> tuple[float, T]:
    """In processor time: nothing here waits, and whoever else is on the machine is not measured."""
    began = time.process_time()
    found = do()
    return time.process_time() - began, found
