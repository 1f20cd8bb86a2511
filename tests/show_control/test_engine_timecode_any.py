"""Whatever a timecode does and whoever calls, in any order: what holds of a run that follows one."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from show_control.commands import Record
from show_control.engine.chased import RUNS, chain_of, roots
from show_control.engine.state import Run
from show_control.events import Restarted, Tick
from show_control.events import Timecode as Told
from show_control.model import NightFile
from tests.show_control.house import cue, level, play
from tests.show_control.playbook import Desk, call
from tests.show_control.test_engine_timecode import show

FILE: NightFile = show(
    cue("1", play(1), timecode="10:00:00:00", length=5000),
    cue("2", play(2), timecode="10:00:30:00", length=5000),
    cue("2.5", level(0.5), then="follow", length=2000),
    cue("3", play(3), length=1000),
    cue("4", play(4), timecode="10:01:00:12"),
    cue("4.5", level(0.5), then="with", pre=2000),
    cue("5", play(5), timecode="10:01:10:00", skip=True),
    cue("6", play(6), timecode="10:02:00:00", length=9000),
)
CALLS = ("go", "hold", "resume", "skip", "back", "fade_out", "restore", "end")
NUMBERS = ("1", "2", "2.5", "3", "4", "4.5", "5", "6")

HAPPENINGS = st.one_of(
    st.sampled_from([("call", name) for name in CALLS]),
    st.sampled_from([("standby", n) for n in NUMBERS]),
    st.tuples(st.just("runs"), st.integers(35_990_000, 36_130_000)),
    st.tuples(st.just("moves"), st.integers(-1500, 1500)),
    st.sampled_from([("stops", why) for why in ("still", "reverse", "rate")]),
    st.sampled_from([("loses", why) for why in ("unheard", "astray")]),
    st.sampled_from([("freewheels", ""), ("heard", ""), ("restarts", "")]),
)


class Night:
    """The desk, and the timecode as its sender has it."""

    def __init__(self) -> None:
        self.desk = Desk(FILE)
        self.desk.until("20:00")
        self.zero = self.desk.now - 35_990_000

    def happens(self, what: tuple[str, Any]) -> list[Any]:
        kind, value = what
        match kind:
            case "call":
                return self.desk.do(call(f"{value} gala"))
            case "standby":
                return self.desk.do(call(f"standby gala {value}"))
            case "restarts":
                return self.desk.step(Restarted(), self.desk.now)
            case "runs":
                self.zero = self.desk.now - value
            case "moves":
                self.zero += value
            case "stops":
                return self.tell("stopped", value)
            case "loses":
                return self.tell("lost", value)
            case "freewheels":
                return self.tell("freewheeling")
        return self.tell("running")

    def tell(self, status: Any, why: Any = None) -> list[Any]:
        told = Told(
            timecode="main",
            status=status,
            why=why,
            position=(self.desk.now - self.zero) % 86_400_000,
            zero=self.zero if status in RUNS else None,
        )
        return self.desk.do(told)


@given(st.lists(st.tuples(st.integers(0, 30_000), HAPPENINGS), max_size=40))
@settings(max_examples=200, deadline=None)
def test_whatever_happens(happenings: list[tuple[int, tuple[str, Any]]]) -> None:
    night = Night()
    for after, what in happenings:
        told = night.desk.do(Tick(), night.desk.now + after)
        judge(night, told)
        judge(night, night.happens(what))


def judge(night: Night, told: list[Any]) -> None:
    state = night.desk.state
    followed = state.timecodes.get("main")
    runs = followed is not None and followed.status in RUNS
    for run in state.runs.values():
        cues = state.sequence(run).cues
        pending = [i for i, _ in run.pending]
        assert len(set(pending)) == len(pending)
        assert not set(pending) & set(run.awaits), "what waits has no instant"
        assert [d for _, d in run.pending] == sorted(d for _, d in run.pending)
        if not run.live:
            assert not pending
            assert not run.awaits
            told_of = {i for i, _ in run.past} | {*run.skipped, *run.dropped}
            begun = run.started_at is not None
            assert not begun or set(roots(cues)) <= told_of, "no cue at a timecode is lost silently"
        elif run.phase in ("running", "holding"):
            assert run.ends_at is None or not run.awaits, "no run ends while a cue waits"
            by_timecode = set(pending) & set(roots(cues)) - by_hand(run, cues)
            assert runs or not by_timecode, "nothing is due at a timecode that does not run"
            assert not runs or not run.awaits, "nothing waits for one that runs"
    for record in told:
        if isinstance(record, Record) and record.kind == "cue_went" and not runs:
            how = str(record.data["how"])
            assert not how.startswith("timecode") or record.at <= night.desk.now


def by_hand(run: Run, cues: Any) -> set[int]:
    return set(chain_of(cues, run.head)) if run.head is not None else set()
