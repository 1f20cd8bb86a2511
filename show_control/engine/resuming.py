"""A run goes on after a hold: what fell due meanwhile follows its sequence's `late` rule now."""

from __future__ import annotations

import msgspec

from show_control.engine import firing, loops, runs
from show_control.engine.stage import Stage
from show_control.engine.state import Run
from show_control.sentences import said

replace = msgspec.structs.replace


def catch_up(stage: Stage, run: Run) -> Run:
    """Deal with what fell due during the hold. A chain counts on from now; a timeline ran on, so that
    what fires of it is late, and what is still to come keeps its place."""
    rule = stage.state.sequence(run).late
    while run.phase == "running" and run.pending and run.pending[0][1] < stage.now:
        index, due = run.pending[0]
        if rule == "fire":
            timed = stage.cues(run)[index].at is not None
            run = firing.fire(stage, run, index, stage.now, due if timed else None)
        elif rule == "skip":
            run = runs.behind(stage, run, index, due, due)
        else:
            return released(stage, runs.behind(stage, run, index, due, due))
    return turned(stage, run)


def turned(stage: Stage, run: Run) -> Run:
    """The same of a loop's next pass: `skip` leaves it on its instants."""
    rule = stage.state.sequence(run).late
    if run.loop is None or run.turns_at is None or run.turns_at >= stage.now or rule == "skip":
        return run
    if rule == "fire":
        return loops.begin_pass(stage, run, stage.now, run.loop.turn + 1)
    number = stage.cues(run)[run.loop.to].number
    late = {"late": stage.now - run.turns_at}
    stage.record("cue_held", stage.now, run, cue=number, why=said("late"), data=late)
    to = run.loop.to
    return runs.stand_by(stage, replace(run, loop=None, turns_at=None), to, stage.now)


def released(stage: Stage, run: Run) -> Run:
    """The cue stands by for a GO, and the run is not held any more."""
    return stage.put(replace(run, phase="running", held_at=None))
