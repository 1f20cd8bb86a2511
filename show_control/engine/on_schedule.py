"""What may be asked of the schedule: automation off and on, and the next slot now."""

from __future__ import annotations

from show_control.engine.asked import Refusal, enter, not_stopped
from show_control.engine.stage import Stage
from show_control.engine.state import Run, Stopped
from show_control.events import Call
from show_control.sentences import said


def automation_off(stage: Stage, call: Call) -> None:
    """Nothing starts by itself, until somebody turns it on; what runs goes on."""
    off = stage.state.automation_off
    if not call.by:
        raise Refusal(said("automation_by_name"))
    if off is not None:
        raise Refusal(said("automation_off_already", by=off.by), by=off.by, at=off.at)
    enter(stage, call)
    off = Stopped(by=call.by, at=stage.now, reason=call.reason)
    stage.change(automation_off=off, automation=False)


def automation_on(stage: Stage, call: Call) -> None:
    """Slots start by themselves again, from the next on; in a show stop, after its restart."""
    if not call.by:
        raise Refusal(said("automation_by_name"))
    if stage.state.automation_off is None:
        raise Refusal(said("automation_on_already"))
    enter(stage, call)
    stage.change(automation_off=None, automation=stage.state.stopped is None)


def start(stage: Stage, call: Call) -> Run:
    """The next slot of a surface, or the one named, now, as the schedule would have."""
    not_stopped(stage)
    raise Refusal(said("no_next", surface=call.surface))
