"""Whether a waiting slot still fits: before the next slot, its curfews, the night's end, its latest start."""

from __future__ import annotations

from show_control.engine.stage import Stage
from show_control.engine.state import Run, State
from show_control.model import Millis, Slot


def latest_start(stage: Stage, run: Run) -> Millis:
    """The last instant at which a run still fits: what it claims is free of the next slot, of curfew
    and of the night's end for as long as it lasts; and not past the latest start of its slot.
    With automation off no auto slot comes next."""
    night = stage.night(run.night, run)
    assert night is not None, "a run's night is in its file"
    mine, brought = set(run.outputs), started_early(stage.state, run.night)
    nexts = [
        s.starts
        for s in night.slots
        if s.starts > run.starts
        and (s.surface == run.surface or set(s.outputs) & mine)
        and s.id not in brought
        and (s.start == "manual" or stage.state.automation)
        and s.id != run.slot
    ]
    curfews = [night.curfews[s] for s in surfaces(stage, run) if s in night.curfews]
    fits = min([night.ends, *nexts, *curfews]) - (run.ends - run.starts)
    return fits if run.latest_start is None else min(fits, run.latest_start)


def surfaces(stage: Stage, run: Run) -> list[str]:
    """The surfaces that a run is on, its own first."""
    return list(dict.fromkeys([run.surface, *(stage.output(run, o).surface for o in run.outputs)]))


def started_early(state: State, night: str) -> frozenset[str]:
    """The slots of a night that a person started before their instants."""
    return frozenset(r.slot for r in state.runs.values() if r.early and r.night == night)


def to_come(state: State, slot: Slot) -> bool:
    """Whether a slot whose instant is not yet there still begins at it."""
    return slot.id not in started_early(state, slot.night)
