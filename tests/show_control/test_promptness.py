import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from show_control.promptness import Collector, Rest, be_prompt

IN_A_PROCESS = """
from show_control.promptness import lock_memory

def locked():
    words = open("/proc/self/status").read().split()
    return int(words[words.index("VmLck:") + 1])

before = locked()
got = lock_memory()
kept = bytearray(16 << 20)
print(int(got), int(locked() > before))
"""


GIVEN_BACK = """
from show_control.promptness import give_back

def held():
    words = open("/proc/self/status").read().split()
    return int(words[words.index("VmRSS:") + 1])

give_back()
large = b"x" * (24 << 20)
del large  # from here on glibc would keep blocks of this size
before = held()
large = b"x" * (20 << 20)
above = [b"x" * 2_000 for _ in range(100)]
del large
print(held() - before)
"""


@pytest.fixture
def collector() -> Iterator[Collector]:
    """Garbage collection as it was, afterwards."""
    yield Collector()
    gc.unfreeze()
    gc.enable()


def test_promptness_is_of_one_thread_alone() -> None:
    before = os.sched_getscheduler(0)

    def prompt() -> tuple[bool, int]:
        return be_prompt(), os.sched_getscheduler(0)

    with ThreadPoolExecutor(1) as thread:
        allowed, policy = thread.submit(prompt).result()
    assert policy == (os.SCHED_FIFO | os.SCHED_RESET_ON_FORK if allowed else before)
    assert os.sched_getscheduler(0) == before


def test_memory_that_is_said_to_be_locked_is() -> None:
    told = subprocess.run([sys.executable, "-c", IN_A_PROCESS], capture_output=True, check=True)
    got, locked = told.stdout.split()
    assert got == locked


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere memory is seen otherwise")
def test_what_large_blocks_took_is_given_back() -> None:
    told = subprocess.run([sys.executable, "-c", GIVEN_BACK], capture_output=True, check=True)
    assert int(told.stdout) < 2_000


def test_garbage_is_collected_only_where_there_is_time(collector: Collector) -> None:
    assert collector.begin()
    rings = [[] for _ in range(30_000)]
    for ring in rings:
        ring.append(ring)
    made = gc.get_count()[0]
    assert made >= 20_000
    del rings, ring
    collector.turn(0.05)
    assert gc.get_count()[0] >= 20_000
    collector.turn(5.0)
    assert gc.get_count()[0] < 20_000


def test_what_is_kept_is_looked_through_no_more(collector: Collector) -> None:
    collector.begin()
    before = gc.get_freeze_count()
    held = [[n] for n in range(1_000)]
    collector.keep()
    assert gc.get_freeze_count() >= before + len(held)


def test_a_loop_that_never_waits_sleeps_a_fifth_of_its_time() -> None:
    rest = Rest()
    slept = sum(rest.owed(waited=0, worked=300_000) for _ in range(1_000))
    assert 0.0735 <= slept <= 0.075


def test_a_loop_that_waits_need_not_sleep() -> None:
    rest = Rest()
    assert not any(rest.owed(waited=100_000, worked=300_000) for _ in range(1_000))


def test_no_one_sleep_is_long() -> None:
    assert Rest().owed(waited=0, worked=10**9) == 0.005
