"""Whether a waiting slot still fits: before the next slot, its curfews and the night's end."""

from __future__ import annotations

from show_control.engine.stage import Stage
from show_control.engine.state import Run
from show_control.model import Millis


def latest_start(stage: Stage, run: Run) -> Millis:
    """The last instant at which a run still fits before the next slot, curfew and night's end."""
    night = stage.night(run.night, run)
    assert night is not None, "a run's night is in its file"
    mine = set(run.outputs)
    nexts = [
        s.starts
        for s in night.slots
        if s.starts > run.starts and (s.surface == run.surface or set(s.outputs) & mine)
    ]
    curfews = [night.curfews[s] for s in surfaces(stage, run) if s in night.curfews]
    return min([night.ends, *nexts, *curfews]) - (run.ends - run.starts)


def surfaces(stage: Stage, run: Run) -> list[str]:
    """The surfaces that a run is on, its own first."""
    return list(dict.fromkeys([run.surface, *(stage.output(run, o).surface for o in run.outputs)]))
