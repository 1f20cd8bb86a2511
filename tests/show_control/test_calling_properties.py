"""What holds of the schedule against the hand on any night, whatever is called."""

from __future__ import annotations

from hypothesis import given, settings

from show_control.commands import AnyCommand, Record
from show_control.engine import State
from show_control.model import Millis, NightFile, Slot
from tests.show_control.any_night import ANY, Played, Watched

QUICK = settings(max_examples=60, deadline=None)


def why(record: Record) -> str | None:
    return (record.data.get("said") or {}).get("code")


def slots(file: NightFile) -> dict[str, Slot]:
    return {s.id: s for n in file.nights for s in n.slots}


def records(watched: Watched) -> list[Record]:
    return [c for c in watched.commands() if isinstance(c, Record)]


@QUICK
@given(ANY)
def test_each_slot_follows_its_own_rule_where_it_meets_a_hand(played: Played) -> None:
    known = slots(played.file)
    for record in records(Watched(played.steps)):
        if record.kind == "waiting":
            assert known[record.slot or ""].meets == "wait"
        if record.kind == "skipped" and why(record) == "in_hand":
            assert known[record.slot or ""].meets == "skip"
        if record.kind == "ended" and why(record) == "taken_over":
            taker = known[record.data["said"]["values"]["slot"]]
            assert taker.meets == "take over"
            assert record.at in (taker.starts, *(s.starts for s in known.values()))


@QUICK
@given(ANY)
def test_nothing_starts_by_itself_while_automation_is_off_or_the_show_is_stopped(
    played: Played,
) -> None:
    automatic = True
    for record in records(Watched(played.steps)):
        name = record.data.get("call") if record.kind == "call" else None
        if name in ("automation_off", "show_stop"):
            automatic = False
        elif name in ("automation_on", "restore", "start"):
            automatic = True  # start is a person's; the others are judged by the engine's tests
        elif record.kind == "started" and record.data["how"] == "auto":
            assert automatic, record


class Judged(Watched):
    """Two things of every step: a slot that was started early does not begin again by itself, and no
    hand loses an output but to a rule that says so, or to a person."""

    def judge(self, before: State, told: list[AnyCommand], now: Millis) -> None:
        super().judge(before, told, now)
        early = {(r.night, r.slot) for r in before.runs.values() if r.early}
        called = any(isinstance(c, Record) and c.kind == "call" for c in told)
        for run in self.state.runs.values():
            if run.id not in before.runs and (run.night, run.slot) in early:
                assert called, run
        hands = {r.id: r for r in before.runs.values() if r.in_hand and r.live}
        for record in told:
            if isinstance(record, Record) and record.kind == "ended" and record.run in hands:
                assert why(record) in ("last_cue_ended", "ended", "every_cue_skipped", "taken_over")


@QUICK
@given(ANY)
def test_what_was_started_early_does_not_begin_again_and_no_hand_is_cut(played: Played) -> None:
    Judged(played.steps)


@QUICK
@given(ANY)
def test_a_slot_that_waited_starts_by_its_latest_start(played: Played) -> None:
    known = slots(played.file)
    waited: set[str | None] = set()
    for record in records(Watched(played.steps)):
        if record.kind == "waiting":
            waited.add(record.run)
        elif record.kind == "started" and record.run in waited and record.data["how"] == "auto":
            last = known[record.slot or ""].latest_start
            assert last is None or record.at <= last
