"""GO: the reasons for which it is refused, and what it fires."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from show_control.engine import runs
from show_control.engine.asked import Refusal, enter, find, live, not_stopped, not_waiting
from show_control.engine.control import has_control
from show_control.engine.stage import Stage
from show_control.engine.state import Run
from show_control.events import Call
from show_control.model import Millis
from show_control.sentences import Sentence, said

replace = msgspec.structs.replace

TOGETHER: Millis = 1500
"""GOs on one standby within this were meant together: after a run's last cue too, who was first is told."""


def go(stage: Stage, call: Call) -> Run:
    """Fire the cue that stands by, and what goes with it."""
    run = find(stage, call, lambda r: r.live and r.standby is not None)
    check_first(stage, call, run)
    live(run)
    has_control(call, run)
    not_stopped(stage, run)
    check_cue(stage, call, run)
    assert run.standby is not None, "check_cue refuses a run with no cue standing by"
    hand = runs.in_hand_on(stage, run.outputs, run.id)
    if hand is not None and hand.started_at is not None:
        raise Refusal(
            said("outputs_in_hand", slot=hand.slot, by=hand.whose), run=run, by=hand.whose
        )
    if run.started_at is None:
        runs.take_outputs(stage, run, stage.now)
    enter(stage, call, run, cue=stage.cues(run)[run.standby].number)
    run = replace(run, in_hand=True, by=call.by or run.by)
    return runs.call_cue(stage, run, run.standby or 0, stage.now, "GO", call.by)


def check_first(stage: Stage, call: Call, run: Run) -> None:
    """One standby count fires at most once. This comes before all else, who has control included:
    of several who press at once, all but one read who was first. A run long over says that instead.
    """
    ago = stage.now - run.last_go_at if run.last_go_at is not None else None
    stale = call.standby_count is not None and call.standby_count != run.count
    if stale and (run.live or (ago is not None and ago <= TOGETHER)):
        raise _stale(stage, run)
    if run.live and ago is not None and run.how == "GO" and ago < stage.state.minimum_span:
        raise Refusal(_went("too_quick", run, ago), run=run, by=run.last_go_by, at=run.last_go_at)


def check_cue(stage: Stage, call: Call, run: Run) -> None:
    """The reasons for which the cue that stands by may not go now."""
    who: dict[str, Any] = {"run": run, "by": run.last_go_by, "at": run.last_go_at}
    if run.standby is None:
        raise Refusal(said("no_cue"), **who)
    number = stage.cues(run)[run.standby].number
    if call.standby is not None and call.standby != number:
        raise Refusal(said("other_cue", cue=number, asked=call.standby), **who)
    if run.phase == "holding" and not run.faded:
        raise Refusal(said("run_held"), run=run, by=run.by, at=run.held_at)
    not_waiting(run)


def _stale(stage: Stage, run: Run) -> Refusal:
    """Another standby than the caller saw: who moved it, or what went, and when."""
    if run.moved_at is not None:
        ago = (stage.now - run.moved_at) / 1000
        why = said("standby_moved", ago=ago, by=run.moved_by)
        return Refusal(why, run=run, by=run.moved_by, at=run.moved_at)
    if run.last_go_at is None:
        return Refusal(said("standby_changed"), run=run)
    why = _went("cue_went", run, stage.now - run.last_go_at)
    return Refusal(why, run=run, by=run.last_go_by, at=run.last_go_at)


def _went(code: Literal["cue_went", "too_quick"], run: Run, ago: Millis) -> Sentence:
    return said(code, cue=run.last_go, ago=ago / 1000, by=run.last_go_by)
