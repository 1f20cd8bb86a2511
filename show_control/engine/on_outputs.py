"""What may be asked of outputs: the safe look and back, and which hazard output may be lit tonight."""

from __future__ import annotations

from show_control.engine import covering, runs, schedule
from show_control.engine.asked import Refusal, enter, find, live, night_date, not_stopped
from show_control.engine.control import has_control
from show_control.engine.stage import Stage
from show_control.engine.state import Enabled, Run, Stopped
from show_control.events import Call
from show_control.sentences import said


def fade_out(stage: Stage, call: Call) -> Run | None:
    """To the safe look: of a run's outputs, or of all; a new one a moment later cuts."""
    run = None
    if call.run is not None:
        try:
            run = find(stage, call, lambda _: False)
        except Refusal:
            run = None  # a fade out is refused only for want of the right: an unknown run means all
    enter(stage, call, run)
    covering.fade_out(stage, run, call.by)
    return run


def show_stop(stage: Stage, call: Call) -> None:
    """Every surface to its safe look, automation off, until somebody restores it by name."""
    enter(stage, call)
    covering.cover_all(stage, "show stop")
    for run in list(stage.state.runs.values()):
        covering.hold_under(stage, run, call.by)
    stopped = stage.state.stopped or Stopped(by=call.by, at=stage.now, reason=call.reason)
    stage.change(stopped=stopped, automation=False)


def restore(stage: Stage, call: Call) -> Run | None:
    """End a show stop by name; or give an output, or a run's, the look that its cues made."""
    if call.output is None and call.run is None:
        if stage.state.stopped is None:
            raise Refusal(said("nothing_stopped"))
        if not call.by:
            raise Refusal(said("restart_by_name"))
        off = stage.state.automation_off
        enter(stage, call, data={"automation": off is None, "off_by": off.by if off else None})
        stage.change(stopped=None, automation=off is None)
        return None
    not_stopped(stage)
    run = live(find(stage, call, lambda _: False)) if call.run else None
    outputs = run.outputs if run else (known_output(stage, call.output),)
    if acted_on := run or runs.owner(stage, outputs[0]):
        has_control(call, acted_on)
    barred = {o: why for o in outputs if (why := covering.unrestorable(stage, o, run))}
    if barred and run is None:
        raise Refusal(barred[outputs[0]])
    enter(stage, call, run, output=call.output)
    for output, reason in barred.items():
        covering.leave_covered(stage, output, reason, run)
    covering.uncover(stage, [o for o in outputs if o not in barred], run)
    return run


def known_output(stage: Stage, output: str | None) -> str:
    """Refuse an output that is not there."""
    file = stage.state.file
    if output is None or file is None or output not in file.outputs:
        raise Refusal(said("no_output", output=output) if output else said("which_output"))
    return output


def hazard(stage: Stage, call: Call) -> tuple[str, str]:
    """The hazard output that a call names, and the night."""
    output = known_output(stage, call.output)
    night = night_date(stage)
    if stage.output(None, output).hazard is None:
        raise Refusal(said("no_hazard", output=output))
    if night is None:
        raise Refusal(said("no_night"))
    return output, night


def enable(stage: Stage, call: Call) -> None:
    """Let a hazard output be lit this night, by name; this lights nothing by itself."""
    output, night = hazard(stage, call)
    if not call.by:
        raise Refusal(said("enable_by_name"))
    enter(stage, call, output=output, surface=stage.output(None, output).surface)
    enabled = Enabled(by=call.by, at=stage.now, night=night)
    stage.change(enabled={**stage.state.enabled, output: enabled})


def disable(stage: Stage, call: Call) -> None:
    """Take a hazard output's enable back, and have it dark."""
    output, night = hazard(stage, call)
    enter(stage, call, output=output, surface=stage.output(None, output).surface)
    stage.change(enabled={o: e for o, e in stage.state.enabled.items() if o != output})
    schedule.stop_hazards(stage, None, [output], stage.now, said("disabled"), night=night)
