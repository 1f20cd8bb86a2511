"""The engine: `step(state, event, now) -> (state, commands)`, pure, and the next instant it waits for.

What is due is done first, in the order of its instants, and at one instant what ends before what
starts; then the event. So a GO and a follow that meet give the same on any machine.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

import msgspec

from show_control.commands import AnyCommand
from show_control.engine import (
    calls,
    catching_up,
    firing,
    fitting,
    loops,
    on_timecode,
    runs,
    schedule,
)
from show_control.engine.stage import Stage
from show_control.engine.state import Run, State, agenda
from show_control.events import (
    AnyEvent,
    Called,
    Loaded,
    Restarted,
    Settled,
    SimulatorsFound,
    Tick,
    Timecode,
)
from show_control.model import Millis
from show_control.sentences import said

replace = msgspec.structs.replace
Deed = Callable[[Stage], None]


def step(state: State, event: AnyEvent, now: Millis) -> tuple[State, list[AnyCommand]]:
    """Take one event at one instant. `now` never goes back; the same input gives the same output."""
    stage = Stage(state, now)
    if isinstance(event, Restarted):
        restarted(stage, same_engine=event.same_engine)  # first: what holds fires nothing any more
        on_timecode.restarted(stage)
        on_timecode.reconcile(stage)
    do_what_is_due(stage)
    match event:
        case Tick():
            pass
        case Called(call=call):
            calls.take(stage, call)
        case Loaded():
            load(stage, event)
        case Restarted():
            pass
        case Settled():
            settle(stage, event)
        case SimulatorsFound(simulators=found):
            stage.change(simulators=found)
        case Timecode():
            on_timecode.take(stage, event)
        case _:
            assert_never(event)
    schedule.retry_waiting(stage, now)
    on_timecode.reconcile(stage)
    do_what_is_due(stage)
    return stage.state, catching_up.coalesced(stage)


def deadline(state: State) -> Millis | None:
    """The next instant at which something is due; None where nothing is."""
    dues = [due[:2] for run in state.runs.values() for due in run_dues(state, run)]
    dues += [(p.at, p.rank) for p in schedule.next_points(state)[:1]]
    return min(dues)[0] if dues else None


def do_what_is_due(stage: Stage) -> None:
    """Deal with everything due up to now, in order."""
    while (deed := next_due(stage)) is not None:
        at, act = deed
        act(stage)
        schedule.retry_waiting(stage, at)


def next_due(stage: Stage) -> tuple[Millis, Deed] | None:
    """The first thing due, if its instant has come."""
    state = stage.state
    first: tuple[Millis, int, Deed] | None = None
    for run in state.runs.values():
        for due in run_dues(state, run):
            if due[0] <= stage.now and (first is None or due[:2] < first[:2]):
                first = due
    points = schedule.next_points(state)
    if points and points[0].at <= stage.now:
        rank = points[0].rank
        if first is None or (points[0].at, rank) < first[:2]:
            first = (points[0].at, rank, lambda s: schedule.points_due(s, points))
    return None if first is None else (first[0], first[2])


def run_dues(state: State, run: Run) -> list[tuple[Millis, int, Deed]]:
    """What a run waits for, each with its rank at an instant: ends 0, slot ends 1, starts 4, cues 5, waits 6."""
    dues: list[tuple[Millis, int, Deed]] = []
    if run.phase == "running" and run.ends_at is not None:
        ends_at = run.ends_at
        dues.append(
            (
                ends_at,
                0,
                lambda s: runs.finish(s, s.state.runs[run.id], ends_at, said("last_cue_ended")),
            )
        )
    if not run.closed and run.phase != "waiting":
        dues.append((run.ends, 1, lambda s: schedule.slot_ends(s, s.state.runs[run.id], run.ends)))
    if run.phase == "waiting":
        last = max(run.starts, fitting.latest_start(Stage(state, 0), run))
        dues.append((last, 6, lambda s: schedule.give_up(s, s.state.runs[run.id], last)))
    if run.phase == "running" and run.turns_at is not None:
        turns_at = run.turns_at
        dues.append((turns_at, 5, lambda s: loops.turn_due(s, s.state.runs[run.id], turns_at)))
    if run.phase == "running" and run.pending:
        dues.append((run.pending[0][1], 5, lambda s: firing.cue_due(s, s.state.runs[run.id])))
    return dues


def load(stage: Stage, event: Loaded) -> None:
    """Take a night file; slots whose time is now begin, late, if they have had no run."""
    runs_kept = schedule.kept_runs(stage.state, stage.now)
    in_use = {r.file for r in runs_kept.values()}
    files = {h: f for h, f in stage.state.files.items() if h in in_use} | {event.hash: event.file}
    files = dict(sorted(files.items()))
    stage.change(
        files=files,
        loaded=event.hash,
        through=stage.now,
        agenda=agenda(event.file),
        runs=runs_kept,
    )
    stage.record(
        "loaded",
        stage.now,
        by=event.by or None,
        data={"hash": event.hash, "festival": event.file.festival, "version": event.file.version},
    )
    for slot in schedule.missed(stage.state, stage.now):
        schedule.begin(stage, slot, slot.starts)


def settle(stage: Stage, event: Settled) -> None:
    """Take what the installation sets, and enter what has changed."""
    if event.minimum_span != stage.state.minimum_span:
        stage.change(minimum_span=event.minimum_span)
        stage.record("settings", stage.now, data={"minimum_span": event.minimum_span})


def restarted(stage: Stage, *, same_engine: bool) -> None:
    """The player is back: runs rejoin, or hold where their sequence or another engine says so.

    A run that had nothing to come but its end rejoins: there is nothing to hold.
    """
    for run in list(stage.state.runs.values()):
        if run.phase != "running":
            continue
        over = run.ends_at is not None and run.ends_at <= stage.now
        if not same_engine or (stage.state.sequence(run).resume == "hold" and not over):
            stage.put(replace(run, phase="holding", held_at=stage.now, in_hand=True))
            stage.record("held", stage.now, run, why=said("player_restarted"))
