"""What became of a night's runs, from entries alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from schedules.as_run.model import RanRun
from schedules.as_run.queries import AsRunEntry
from schedules.as_run.rules import as_it_ran

EIGHT = datetime(2025, 8, 28, 11, tzinfo=UTC)
SLOT = {
    "starts": int(EIGHT.timestamp()) * 1000,
    "ends": int((EIGHT + timedelta(minutes=30)).timestamp()) * 1000,
}


def at(seconds: float) -> datetime:
    return EIGHT + timedelta(seconds=seconds)


def told(*entries: tuple[float, str, dict[str, Any]]) -> tuple[RanRun, ...]:
    """Runs of entries given as (seconds after eight, kind, what is set beside it)."""
    return as_it_ran(
        AsRunEntry(
            player="p",
            term=1,
            seq=seq,
            at=at(seconds),
            kind=kind,
            night=date(2025, 8, 28),
            sha256=b"",
            **({"run": "fall.2025-08-28.opening", "slot": "opening", "surface": "facade"} | beside),
        )
        for seq, (seconds, kind, beside) in enumerate(entries, 1)
    )


def test_a_run_from_standby_to_its_end() -> None:
    (run,) = told(
        (0, "stands_by", {"data": SLOT}),
        (0, "standby", {"cue": "1"}),
        (240, "call", {"data": {"call": "go"}, "by_name": "Kim"}),
        (240, "started", {"data": {"how": "GO"}, "by_name": "Kim"}),
        (240, "cue_went", {"cue": "1", "data": {"how": "GO", "name": {"en": "Dark"}}}),
        (300, "call", {"data": {"call": "take_over"}, "by_name": "Lee"}),
        (300, "cue_went", {"cue": "2", "data": {"how": "follow", "late": 40}}),
        (1800, "ended", {"reason": "ended", "by_name": "Lee"}),
    )
    assert run.status == "ended"
    assert (run.starts, run.ends) == (EIGHT, at(1800))
    assert (run.stood_by_at, run.started_at, run.ended_at) == (EIGHT, at(240), at(1800))
    assert run.callers == ("Kim", "Lee")
    assert [(c.cue, c.how, c.late) for c in run.cues] == [("1", "GO", 0), ("2", "follow", 40)]
    assert run.cues[0].name == {"en": "Dark"}


def test_a_hold_and_what_comes_of_it() -> None:
    begun = [(0, "started", {}), (1, "call", {"data": {"call": "hold"}, "by_name": "Kim"})]
    (held,) = told(*begun)
    assert held.status == "holding"
    (resumed,) = told(*begun, (2, "call", {"data": {"call": "resume"}}))
    assert resumed.status == "running"
    (by_restart,) = told((0, "started", {}), (9, "held", {"reason": "restarted"}))
    assert (by_restart.status, by_restart.reason) == ("holding", "restarted")


def test_a_call_after_the_end_makes_no_run_live() -> None:
    (run,) = told((0, "started", {}), (5, "ended", {}), (6, "call", {"data": {"call": "hold"}}))
    assert (run.status, run.ended_at) == ("ended", at(5))


def test_what_never_ran_says_why() -> None:
    runs = told(
        (0, "stands_by", {"data": SLOT}),
        (1800, "lapsed", {"reason": "never started"}),
        (1800, "waiting", {"run": "r.2", "slot": "loop.2", "reason": "opening is in hand, by Kim"}),
        (1900, "skipped", {"run": "r.2", "slot": "loop.2", "reason": "too late"}),
        (0, "displaced", {"run": None, "slot": "loop.1", "reason": "displaced by opening"}),
    )
    assert [(run.slot, run.status, run.reason) for run in runs] == [
        ("opening", "lapsed", "never started"),
        ("loop.2", "skipped", "too late"),
        ("loop.1", "displaced", "displaced by opening"),
    ]
    assert all(run.started_at is None for run in runs)
    assert runs[0].decided == ("p", 1, 2)


def test_what_is_of_no_run_is_left_alone() -> None:
    assert told((0, "curfew", {"run": None}), (0, "call", {"run": None, "slot": None})) == ()
    assert told((0, "intent", {}), (0, "evidence", {})) == ()


def test_what_was_rehearsed_is_told_from_what_was_played() -> None:
    off = {"routing": {"west": "record only"}}
    (run,) = told(
        (0, "started", {"data": {"how": "GO"} | off}),
        (0, "cue_went", {"cue": "1", "data": {"how": "GO"} | off}),
        (9, "cue_went", {"cue": "2", "data": {"how": "follow"}}),
    )
    assert run.routing == {"west": "record only"}
    assert [c.routing for c in run.cues] == [{"west": "record only"}, {}]
