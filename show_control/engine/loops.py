"""Loops: the next pass on its instant, and the way out: a GO at once, `leave` when the pass is over."""

from __future__ import annotations

import msgspec

from show_control.engine import runs, schedule
from show_control.engine.ahead import ahead, last_pass
from show_control.engine.stage import Stage
from show_control.engine.state import Looping, Run
from show_control.model import Millis
from show_control.timing import LATE_AFTER, chain, passing_over

replace = msgspec.structs.replace


def turn_due(stage: Stage, run: Run, at: Millis) -> None:
    """The pass is over at `at`: the next begins at that very instant, so that loops do not drift.

    Passes that went by whole while the player was away are counted and entered, not gone through.
    """
    assert run.loop is not None, "only a loop turns"
    at, passed = gone_by(stage, run, run.loop, at)
    if passed:
        to = stage.cues(run)[run.loop.to].number
        stage.record("loop_passed", stage.now, run, cue=to, data={"passes": passed})
    begin_pass(stage, run, at, run.loop.turn + 1 + passed)


def begin_pass(stage: Stage, run: Run, at: Millis, turn: int) -> Run:
    """The loop's first cue is called again, and what goes by itself after it."""
    assert run.loop is not None, "only a loop turns"
    loop = replace(run.loop, turn=turn)
    run = replace(run, loop=loop, head=loop.to, called_at=at, went=(), turns_at=None)
    planned = ahead(stage.cues(run), run)
    assert planned is not None, "it has a head"
    return follow_out(stage, replace(run, pending=planned.due), at)


def gone_by(stage: Stage, run: Run, loop: Looping, at: Millis) -> tuple[Millis, int]:
    """When the next pass that is not over begins, and how many went by before it."""
    cues = stage.cues(run)
    one = chain(passing_over(cues), loop.to, 0, {}).ready
    if not one or stage.now - at <= LATE_AFTER:
        return at, 0
    passed = max(0, until(stage, run) - at) // one
    times = cues[loop.cue].times
    if times is not None:
        passed = max(0, min(passed, times - loop.turn - 1))
    return at + passed * one, passed


def until(stage: Stage, run: Run) -> Millis:
    """How far passes are only counted: to now, or to what may end the run before."""
    points = schedule.next_points(stage.state)
    ends = [run.ends] if not run.closed else []
    return min([stage.now, *ends, *(p.at for p in points[:1])])


def turns(stage: Stage, run: Run) -> bool:
    """Whether a run is in a loop that it will go through again."""
    return run.loop is not None and not last_pass(stage.cues(run), run.loop)


def leave(stage: Stage, run: Run) -> Run:
    """Let the pass finish; then what comes after goes as it says."""
    assert run.loop is not None, "only a loop can be left"
    run = replace(run, loop=replace(run.loop, leaving=True), turns_at=None)
    return follow_out(stage, run, stage.now)


def follow_out(stage: Stage, run: Run, at: Millis) -> Run:
    """In a loop's last pass: what follows it is pending, if it is still the cue that stands by."""
    cues, loop = stage.cues(run), run.loop
    assert loop is not None, "only a loop has passes"
    inside = ahead(cues, run)
    out = replace(run, loop=replace(loop, out=True))
    beyond = ahead(cues, out)
    assert inside is not None, "it has a head"
    assert beyond is not None, "it has a head"
    if not last_pass(cues, loop) or run.standby != inside.stop or beyond.stop == inside.stop:
        return stage.put(runs.settle(stage, run, at))
    still = {i for i, _ in run.pending}
    pending = tuple(d for d in beyond.due if d[0] in still or d[0] >= inside.stop)
    return runs.stand_by(stage, replace(out, pending=pending), beyond.stop, at)
