"""Control of a run: one person has it, everybody sees who, and anybody with the right can take it over.

Whoever calls a run first takes it; from then on it hears nobody else. What stops light (fade out,
show stop, disable) never asks who has control. A run that is over is held by nobody.
"""

from __future__ import annotations

import msgspec

from show_control.engine.asked import Refusal, enter, find, live
from show_control.engine.stage import Stage
from show_control.engine.state import Control, Run
from show_control.events import Call
from show_control.sentences import said

replace = msgspec.structs.replace

TAKES = frozenset({"go", "standby", "back", "hold", "resume", "skip", "leave", "end", "restore"})
"""The calls that need control of their run, and take it where nobody has it."""


def has_control(call: Call, run: Run) -> Run:
    """Refuse a call on a run that somebody else has control of."""
    held = run.control
    if held is not None and held.by != call.by:
        raise Refusal(said("control", by=held.by), run=run, by=held.by, at=held.since)
    return run


def take_if_free(stage: Stage, call: Call, run: Run | None) -> None:
    """An accepted call of a named person takes control of a run that nobody has."""
    run = stage.state.runs.get(run.id) if run else None
    if run and run.live and run.control is None and call.by and call.call in TAKES:
        give(stage, run, call.by)


def give(stage: Stage, run: Run, by: str, before: str | None = None) -> Run:
    """A person has control from now; who else asked for it is still waiting."""
    held = run.control
    waits = held if held is not None and held.asked_by != by else None
    return stage.put(
        replace(
            run,
            control=Control(
                by=by,
                since=stage.now,
                asked_by=waits.asked_by if waits else None,
                asked_at=waits.asked_at if waits else None,
                before=before,
            ),
        )
    )


def wanted(stage: Stage, call: Call) -> Run:
    """The run of which a named person who has no control of it wants it."""
    run = live(find(stage, call, lambda r: r.live))
    if not call.by:
        raise Refusal(said("control_by_name"), run=run)
    held = run.control
    if held is not None and held.by == call.by:
        raise Refusal(said("control_already", by=held.by), run=run, by=held.by, at=held.since)
    return run


def ask(stage: Stage, call: Call) -> Run:
    """Ask who has control for it, visibly; where nobody has it, take it."""
    run = wanted(stage, call)
    held = run.control
    enter(stage, call, run, data={"holder": held.by if held else None})
    if held is None:
        return give(stage, run, call.by)
    return stage.put(replace(run, control=replace(held, asked_by=call.by, asked_at=stage.now)))


def take_over(stage: Stage, call: Call) -> Run:
    """Take control, whoever has it: they see by whom, and get it back at `hand_back`."""
    run = wanted(stage, call)
    holder = run.control.by if run.control else None
    enter(stage, call, run, data={"holder": holder})
    return give(stage, run, call.by, before=holder)


def hand_back(stage: Stage, call: Call) -> Run:
    """Give control to who asked for it last, else to whom it was taken from, else to nobody."""
    run = live(find(stage, call, lambda r: r.control is not None and r.control.by == call.by))
    held = has_control(call, run).control
    if held is None:
        raise Refusal(said("control_nobody"), run=run)
    to = held.asked_by or held.before
    enter(stage, call, run, data={"to": to})
    if to is None:
        return stage.put(replace(run, control=None))
    return stage.put(replace(run, control=Control(by=to, since=stage.now)))
