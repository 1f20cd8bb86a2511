"""A timecode is followed: playbooks of frames as they come, in virtual time."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from show_control.frames import RATES, Rate, a_day, counted, nanos, read
from show_control.timecode import chasing
from show_control.timecode.chasing import FREEWHEEL, MILLI, Chase, follow, wait
from show_control.timecode.seen import Seen

SECOND = 1000 * MILLI


class Player:
    """A sender of frames, and who follows it. `now` is nanoseconds from the beginning."""

    def __init__(self, rate: Rate = "25", start: str = "01:00:00:00") -> None:
        self.rate: Rate = rate
        self.chase = Chase(rate)
        self.now = 0
        self.sends(start)

    def sends(self, label: str) -> None:
        """From now on it sends this label and those after it."""
        self.count, self.began = counted(read(label), self.rate), self.now

    def plays(
        self, for_: int, *, delays: Iterable[int] | None = None, rate: Rate | None = None
    ) -> list[str]:
        """Frames for so many milliseconds; the statuses that it went through."""
        late = iter(delays or ())
        statuses: list[str] = []
        first = 0
        while (due := nanos(first, self.rate)) < for_ * MILLI:
            position = nanos(self.count + first, self.rate) % a_day(self.rate)
            came = self.began + due + next(late, 0) * MILLI
            self._note(statuses, wait(self.chase, max(came, self.now)))
            self.now = max(came, self.now)
            seen = Seen(position, rate or self.rate)
            self._note(statuses, follow(self.chase, seen, self.now))
            first += 1
        self.count, self.began = self.count + first, self.began + nanos(first, self.rate)
        return statuses

    def stays(self, for_: int) -> list[str]:
        """The same frame again and again."""
        statuses: list[str] = []
        position = nanos(self.count - 1, self.rate)
        for _ in range(0, for_, 40):
            self.now += 40 * MILLI
            self._note(statuses, follow(self.chase, Seen(position, self.rate), self.now))
        self.began = self.now
        return statuses

    def quiet(self, for_: int) -> list[str]:
        """Nothing is heard, and the timecode runs on."""
        statuses: list[str] = []
        ends = self.began + for_ * MILLI
        while (due := chasing.next_at(self.chase)) is not None and due <= ends:
            self.now = max(self.now, due)
            self._note(statuses, wait(self.chase, self.now))
        self.now = ends
        self._note(statuses, wait(self.chase, self.now))
        frames = round(for_ * MILLI / nanos(1, self.rate))
        self.count, self.began = self.count + frames, self.began + nanos(frames, self.rate)
        return statuses

    def _note(self, statuses: list[str], chase: Chase) -> None:
        if chase.status != self.chase.status:
            statuses.append(chase.status)
        self.chase = chase

    @property
    def off(self) -> float:
        """By how many milliseconds its mapping is late."""
        assert self.chase.zero is not None
        zero = self.began - nanos(self.count, self.rate)
        return chasing.apart(self.chase.zero, zero, self.rate) / MILLI


@pytest.mark.parametrize("rate", RATES)
def test_it_locks_after_a_few_frames_that_agree(rate: Rate) -> None:
    player = Player(rate)
    assert player.plays(90) == []
    assert player.plays(100) == ["running"]
    assert player.off == pytest.approx(0, abs=0.001)


@pytest.mark.parametrize("rate", RATES)
def test_no_delay_of_a_packet_is_in_its_mapping(rate: Rate) -> None:
    player, random = Player(rate), Random(4)  # noqa: S311 - the same each time
    player.plays(5000, delays=iter(lambda: random.choice((0, 1, 3, 8, 20, 60, 120)), None))
    assert player.chase.status == "running"
    assert player.off == pytest.approx(0, abs=0.001)


@pytest.mark.parametrize("rate", RATES)
def test_it_runs_over_midnight(rate: Rate) -> None:
    label = f"23:59:58:{int(float(rate)) - 1:02}"
    player = Player(rate, label)
    assert player.plays(4000) == ["running"]
    assert player.chase.at(player.now) == pytest.approx(3 * SECOND, abs=100 * MILLI)
    assert player.off == pytest.approx(0, abs=0.001)


def test_nine_tenths_of_a_second_unheard_it_runs_on() -> None:
    player = Player()
    player.plays(1000)
    assert player.quiet(900) == ["freewheeling"]
    where = player.chase.at(player.now)
    assert where == nanos(counted(read("01:00:01:22"), "25") + 0, "25") + 20 * MILLI
    assert player.plays(200) == ["running"]
    assert player.off == 0


def test_after_a_second_unheard_it_is_lost_and_comes_back_when_frames_agree() -> None:
    player = Player()
    player.plays(1000)
    assert player.quiet(1100) == ["freewheeling", "lost"]
    assert (player.chase.why, player.chase.zero) == ("unheard", None)
    assert player.chase.position == nanos(counted(read("01:00:01:24"), "25"), "25")
    assert player.chase.since == 960 * MILLI + FREEWHEEL
    assert player.plays(300) == ["running"]
    assert player.off == 0


@pytest.mark.parametrize("label", ["01:00:31:00", "00:58:00:00", "13:00:00:00", "01:00:01:12"])
def test_a_jump_is_followed_when_the_frames_after_it_agree(label: str) -> None:
    player = Player()
    player.plays(1000)
    player.sends(label)
    assert player.plays(300) == []
    assert player.chase.runs
    assert player.off == 0


def test_one_frame_from_elsewhere_moves_nothing() -> None:
    player = Player()
    player.plays(1000)
    zero = player.chase.zero
    stray = Seen(nanos(5, "25"), "25")
    player.chase = follow(player.chase, stray, player.now + MILLI)
    assert player.plays(400) == []
    assert player.chase.zero == zero


def test_the_same_frame_again_and_again_stands_still() -> None:
    player = Player()
    player.plays(1000)
    assert player.stays(2000) == ["stopped"]
    assert player.chase.why == "still"
    assert player.plays(300) == ["running"]


def test_frames_sent_twice_are_no_stop() -> None:
    player = Player()
    for n in range(200):
        seen = Seen(nanos(n, "25"), "25")
        player.chase = follow(follow(player.chase, seen, n * 40 * MILLI), seen, n * 40 * MILLI + 9)
    assert (player.chase.status, player.chase.zero) == ("running", 0)


def test_backwards_it_stops_until_it_goes_forward() -> None:
    player = Player()
    player.plays(1000)
    statuses: list[str] = []
    for n in range(50):
        player.now += 40 * MILLI
        seen = Seen(nanos(player.count - n, "25"), "25")
        player._note(statuses, follow(player.chase, seen, player.now))
    assert statuses == ["stopped"]
    assert player.chase.why == "reverse"
    player.count, player.began = player.count - 50, player.now + 40 * MILLI
    assert player.plays(300) == ["running"]


@pytest.mark.parametrize("speed", [0.25, 2.5, 3.0, 10.0])
def test_at_another_speed_it_is_lost_after_a_second(speed: float) -> None:
    player = Player()
    player.plays(1000)
    statuses: list[str] = []
    began = player.now
    for n in range(1, 400):
        player.now = began + round(n * 40 * MILLI / speed)
        seen = Seen(nanos(player.count - 1 + n, "25"), "25")
        player._note(statuses, follow(player.chase, seen, player.now))
    assert player.chase.status == "lost"
    assert player.chase.why in ("astray", "unheard")


@pytest.mark.parametrize("told", RATES)
@pytest.mark.parametrize("rate", RATES)
def test_another_rate_than_the_files_is_not_followed(rate: Rate, told: Rate) -> None:
    player = Player(rate)
    player.plays(1000)
    statuses = player.plays(1000, rate=told)
    if told == rate:
        assert statuses == []
    else:
        assert statuses == ["stopped"]
        assert (player.chase.why, player.chase.told) == ("rate", told)
    assert player.plays(300) == ([] if told == rate else ["running"])


def test_a_full_frame_stands_where_it_says() -> None:
    player = Player()
    player.plays(1000)
    player.chase = follow(player.chase, Seen(SECOND, "25", still=True), player.now)
    assert (player.chase.status, player.chase.why) == ("stopped", "still")
    assert player.chase.at(player.now) == SECOND


def test_a_second_sender_is_told_of_and_not_followed_until_the_first_is_lost() -> None:
    chase = Chase("25")
    at = 0
    for n in range(100):
        at = n * 40 * MILLI
        chase = follow(chase, Seen(nanos(n, "25"), "25"), at, "10.0.0.1:6454")
        chase = follow(chase, Seen(nanos(n + 5000, "25"), "25"), at + MILLI, "10.0.0.2:6454")
    assert (chase.status, chase.sender, chase.zero) == ("running", "10.0.0.1:6454", 0)
    assert chase.second == ("10.0.0.2:6454", at + MILLI)
    for n in range(100, 140):
        chase = follow(chase, Seen(nanos(n + 5000, "25"), "25"), n * 40 * MILLI, "10.0.0.2:6454")
    assert (chase.status, chase.sender, chase.second) == ("running", "10.0.0.2:6454", None)
    assert chase.zero == -nanos(5000, "25")


def test_a_sender_of_nonsense_does_not_keep_out_one_that_makes_sense() -> None:
    chase = Chase("25")
    random = Random(1)  # noqa: S311 - the same each time
    for n in range(40):
        at = n * 40 * MILLI
        for k in range(20):
            nonsense = Seen(random.randrange(a_day("25")), "25")
            chase = follow(chase, nonsense, at + k * MILLI, "nonsense")
        chase = follow(chase, Seen(nanos(n, "25"), "25"), at + 20 * MILLI, "desk")
    assert (chase.status, chase.sender, chase.zero) == ("running", "desk", 20 * MILLI)
    assert chase.second is not None
    assert chase.second[0] == "nonsense"


def test_a_second_sender_at_the_same_place_takes_over_where_the_first_goes_quiet() -> None:
    chase, statuses = Chase("25"), list[str]()
    for n in range(150):
        at = n * 40 * MILLI
        for sender, sends in (("a", n < 100), ("b", n > 80)):
            chase = wait(chase, at)
            if sends:
                chase = follow(chase, Seen(nanos(n, "25"), "25"), at, sender)
            if not statuses or statuses[-1] != chase.status:
                statuses.append(chase.status)
        assert n < 3 or chase.sender == ("a" if n < 106 else "b")
    assert statuses == ["silent", "running", "freewheeling", "running"]
    assert (chase.zero, chase.second) == (0, None)


def test_a_second_sender_that_goes_is_forgotten() -> None:
    chase = Chase("25")
    for n in range(10):
        chase = follow(chase, Seen(nanos(n, "25"), "25"), n * 40 * MILLI, "a")
    at = 400 * MILLI
    chase = follow(chase, Seen(0, "25"), at, "b")
    assert chase.second == ("b", at)
    assert wait(chase, at + chasing.SECOND_SENDER - 1).second == ("b", at)
    assert wait(chase, at + chasing.SECOND_SENDER).second is None


@given(
    st.lists(
        st.tuples(
            st.integers(0, 400),
            st.integers(0, a_day("25") - 1),
            st.sampled_from(RATES),
            st.booleans(),
            st.sampled_from(["a", "b"]),
        ),
        max_size=60,
    )
)
@settings(max_examples=300)
def test_whatever_comes_a_timecode_that_runs_has_a_zero_and_no_other_has(
    frames: list[tuple[int, int, Rate, bool, str]],
) -> None:
    chase, at = Chase("25"), 0
    for after, position, rate, still, sender in frames:
        at += after * MILLI
        chase = follow(chase, Seen(position, rate, still), at, sender)
        assert (chase.zero is not None) == chase.runs
        assert chase.status != "running" or at - chase.met_at < FREEWHEEL
        assert chase.runs or chasing.next_at(chase) in (
            None,
            (chase.second or ("", 0))[1] + chasing.SECOND_SENDER,
        )
        assert 0 <= (chase.at(at) or 0) < a_day("25")
