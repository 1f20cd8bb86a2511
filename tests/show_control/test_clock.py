from hypothesis import given
from hypothesis import strategies as st

from show_control.clock import MILLI, Clock, Pair, SystemClock, VirtualClock

TONIGHT = 1_756_378_800_000


def test_waiting_lets_virtual_time_pass_at_once() -> None:
    clock: Clock = VirtualClock(TONIGHT)
    assert clock.until(TONIGHT + 3_600_000) == 0.0
    clock.wait_exactly(TONIGHT + 3_600_000)
    assert (clock.now(), clock.boottime()) == (TONIGHT + 3_600_000, 3_600_000 * MILLI)


def test_virtual_time_never_goes_back() -> None:
    clock = VirtualClock(TONIGHT)
    clock.wait_exactly(TONIGHT - 1)
    assert clock.now() == TONIGHT


def test_a_stepped_wall_clock_moves_nothing_until_its_pair_is_adopted() -> None:
    clock = VirtualClock(TONIGHT)
    clock.advance(1_000)
    clock.step_wall(-60_000)
    assert (clock.now(), clock.wall()) == (TONIGHT + 1_000, TONIGHT - 59_000)
    clock.adopt(clock.measure())
    assert clock.now() == clock.wall() == TONIGHT - 59_000


@given(wall=st.integers(0, 2**42), boottime=st.integers(0, 2**62), after=st.integers(-9, 10**9))
def test_an_instant_is_reached_neither_before_nor_after_itself(
    wall: int, boottime: int, after: int
) -> None:
    clock = VirtualClock(TONIGHT)
    clock.adopt(Pair(wall, boottime))
    due = max(clock.now() + 1, wall + after)
    clock.wait_exactly(due)
    assert clock.now() == due
    assert clock.now_ns() == due * MILLI


def test_the_systems_clock_agrees_with_its_wall_within_a_millisecond_or_so() -> None:
    clock = SystemClock()
    assert abs(clock.now() - clock.wall()) <= 20
    again = clock.measure()
    drift = (again.wall - clock.pair.wall) * MILLI - (again.boottime - clock.pair.boottime)
    assert abs(drift) < 5 * MILLI


def test_a_recorded_pair_gives_the_same_time_to_another_process() -> None:
    first = SystemClock(Pair(TONIGHT, SystemClock().boottime()))
    second = SystemClock(first.pair)
    before = first.now_ns()
    assert before <= second.now_ns() <= first.now_ns()


def test_waiting_exactly_is_never_early() -> None:
    clock = SystemClock()
    for ahead in (0, 1, 5):
        due = clock.now() + ahead
        assert clock.until(due) <= ahead / 1000
        clock.wait_exactly(due)
        assert clock.now_ns() >= due * MILLI
        assert clock.until(due) == 0.0


def test_select_is_told_to_wake_before_the_instant() -> None:
    clock = SystemClock()
    assert 59.9 < clock.until(clock.now() + 62_000, early=2_000 * MILLI) <= 60.001
