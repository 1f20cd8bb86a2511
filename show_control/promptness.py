"""What keeps the instant of a cue on a busy machine: priority, memory, and when garbage is collected.

Each is asked for, and what was got is told: without them the player works, and its cues may be late.
"""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import sys
from pathlib import Path

from show_control.documents import Promptness

_CURRENT, _FUTURE, _ON_FAULT = 1, 2, 4
"""mlockall's flags: what is there, what comes, and both only once touched, so that a stack that is
not used takes no memory."""

_MMAP_THRESHOLD, _TRIM_THRESHOLD = -3, -1
"""mallopt's."""
_LARGE = 1 << 17
"""Bytes of a block that is returned: glibc's own first choice, which it raises to the largest ever
let go of, unless it is told to stay."""

_STATUS = Path("/proc/self/status")
_CAP_IPC_LOCK = 14

_LITTER = 20_000
"""Objects made and not yet let go, net, from which it is worth looking for garbage."""

_LONG = 0.1
"""Seconds that must be left before the next instant to look for garbage: many times what it takes."""


_WORK_FOR_REST = 4
_SHORTEST, _LONGEST = 1_000_000, 5_000_000
"""Nanoseconds of one sleep."""


class Collector:
    """Garbage is looked for between cues, never by itself; what a night file is made of, never."""

    def begin(self) -> bool:
        """From here on nothing is collected but by `turn`."""
        gc.collect()
        gc.freeze()
        gc.disable()
        return not gc.isenabled()

    def keep(self) -> None:
        """What is there now stays: do not look through it any more."""
        gc.freeze()

    def turn(self, left: float) -> None:
        """Look for garbage, if there may be some and `left` seconds allow."""
        if left >= _LONG and gc.get_count()[0] >= _LITTER:
            gc.collect()


class Rest:
    """How long a loop that is never idle must sleep of its own accord.

    Linux takes real-time priority away from who does not sleep, for 50 ms in each second
    (sched_rt_runtime_us): at any instant. A flooded loop sleeps between cues instead, a fifth of its
    time, and lets its own flush thread work.
    """

    def __init__(self) -> None:
        self._owed = 0

    def owed(self, waited: int, worked: int) -> float:
        """Seconds to sleep now, after so many nanoseconds of each; mostly none."""
        self._owed = max(0, self._owed + worked // _WORK_FOR_REST - waited)
        if self._owed < _SHORTEST:
            return 0.0
        owed, self._owed = min(self._owed, _LONGEST), 0
        return owed / 1e9


def be_prompt(priority: int = 50) -> bool:
    """Ask to be run before anything else when an instant comes; tells whether it was allowed.

    For the calling thread alone: threads and processes that it starts later do not inherit it.
    """
    try:
        policy = os.SCHED_FIFO | os.SCHED_RESET_ON_FORK
        os.sched_setscheduler(0, policy, os.sched_param(priority))
    except (AttributeError, OSError):
        return False
    return True


def lock_memory() -> bool:
    """Ask that no page of this process has to be read back from disk; tells whether it was allowed.

    Only where there is no limit to it: with one, a later allocation would fail that now succeeds.
    """
    try:
        if not _limitless():
            return False
        libc = ctypes.CDLL(None)
        return bool(libc.mlockall(_CURRENT | _FUTURE | _ON_FAULT) == 0)
    except (AttributeError, OSError):
        return False


def _limitless() -> bool:
    """Whether any amount of memory may be locked: by the limit, or by CAP_IPC_LOCK."""
    if resource.getrlimit(resource.RLIMIT_MEMLOCK)[0] == resource.RLIM_INFINITY:
        return True
    words = _STATUS.read_text("ascii", "replace").split()
    return bool(int(words[words.index("CapEff:") + 1], 16) >> _CAP_IPC_LOCK & 1)


def give_back() -> None:
    """Have large blocks returned to the machine as they are let go of: a night file's, of which each
    load makes a few. Else the C library keeps them, and a night's loads leave holes of their sizes."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except AttributeError:
        return  # not glibc: it has ways of its own
    for what in (_MMAP_THRESHOLD, _TRIM_THRESHOLD):
        mallopt(what, _LARGE)


def get_prompt(collector: Collector) -> Promptness:
    """Ask for all of it, for the calling thread's loop."""
    sys.setswitchinterval(0.0001)
    give_back()
    return Promptness(realtime=be_prompt(), memory=lock_memory(), collector=collector.begin())
