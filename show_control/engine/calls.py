"""What an operator may ask, and every reason for which a call is refused.

A refusal names who did what, when. `fade_out` is never refused here: the right to it is the shell's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from show_control.commands import Answer
from show_control.engine import covering, runs, schedule
from show_control.engine.stage import Stage
from show_control.engine.state import UNDER_WAY, Answered, Enabled, Run, Stopped
from show_control.events import Call
from show_control.model import Millis, Slot
from show_control.timing import night_time

replace = msgspec.structs.replace

VALIDITY: Millis = 1500
"""A call older than this is refused, never carried out late."""
MINIMUM_SPAN: Millis = 300
"""Two GOs on one run are at least this far apart, whatever they come from."""
REMEMBERED = 256
"""How many requests' answers are kept for their repeats."""


class Refusal(Exception):
    """Why a call is refused; `by` and `at` tell who did what stands in its way, and when."""

    def __init__(
        self,
        reason: str,
        *,
        run: Run | None = None,
        by: str | None = None,
        at: Millis | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason, self.run, self.by, self.at = reason, run, by, at


def take(stage: Stage, call: Call) -> None:
    """Carry out a call, or refuse it; the same request again gets the same answer and does nothing."""
    known = stage.state.answered.get(call.request) if call.request else None
    if known is not None:
        stage.commands.append(Answer(request=call.request, **msgspec.structs.asdict(known)))
        return
    try:
        check_validity(stage, call)
        run = CALLS[call.call](stage, call)
    except Refusal as refusal:
        refuse(stage, call, refusal)
    else:
        accept(stage, call, run)


def check_validity(stage: Stage, call: Call) -> None:
    """Refuse what comes too late to be meant; a fade out is never too late."""
    age = stage.now - call.made_at if call.made_at is not None else 0
    if age > VALIDITY and call.call != "fade_out":
        raise Refusal(f"this call came {age / 1000:.1f} s late and was not carried out")


def accept(stage: Stage, call: Call, run: Run | None) -> None:
    """Answer what the call came to, as the run is now."""
    run = stage.state.runs.get(run.id, run) if run else None
    went = run.last_go if run and call.call == "go" else None
    answer(
        stage,
        call,
        Answered(
            accepted=True, at=stage.now, by=call.by or None, went=went, **_standing(stage, run)
        ),
    )


def refuse(stage: Stage, call: Call, refusal: Refusal) -> None:
    """Enter a refusal and answer it, with the run that was named as it stands."""
    run = refusal.run or named(stage, call)
    stage.record(
        "refused",
        stage.now,
        run,
        **({} if run else {"run": call.run, "night": _night(stage)}),
        cue=call.standby,
        output=call.output,
        by=call.by or None,
        reason=refusal.reason,
        data={"call": call.call, "request": call.request},
    )
    answer(
        stage,
        call,
        Answered(
            accepted=False,
            at=stage.now,
            reason=refusal.reason,
            by=refusal.by,
            by_at=refusal.at,
            **_standing(stage, run),
        ),
    )


def _night(stage: Stage) -> str | None:
    night = stage.night_now()
    return night.date if night else None


def _standing(stage: Stage, run: Run | None) -> dict[str, Any]:
    if run is None:
        return {}
    standby = stage.cues(run)[run.standby].number if run.standby is not None else None
    return {"run": run.id, "standby": standby, "standby_count": run.count}


def answer(stage: Stage, call: Call, answered: Answered) -> None:
    """Answer, and keep the answer for a repeat of the request."""
    if call.request:
        kept = dict(list(stage.state.answered.items())[-(REMEMBERED - 1) :])
        stage.change(answered={**kept, call.request: answered})
    stage.commands.append(Answer(request=call.request, **msgspec.structs.asdict(answered)))


def enter(stage: Stage, call: Call, run: Run | None = None, **columns: str | None) -> None:
    """Enter a call that was accepted, before what it does."""
    if run is None:
        columns = {"night": _night(stage)} | columns
    stage.record(
        "call",
        stage.now,
        run,
        by=call.by or None,
        reason=call.reason,
        data={"call": call.call, "request": call.request},
        **columns,
    )


# --- which run is meant -----------------------------------------------------------------------------------------


def find(stage: Stage, call: Call, meant: Callable[[Run], bool]) -> Run:
    """The run that a call names, or the only one that it can mean."""
    if call.run is None:
        found = [r for r in stage.state.runs.values() if meant(r)]
        if len(found) == 1:
            return found[0]
        if not found:
            raise Refusal(f"there is no run to {call.call}")
        raise Refusal("say which run: " + ", ".join(sorted(r.slot for r in found)))
    if run := stage.state.runs.get(call.run):
        return run
    tonight = _night(stage)
    of_slot = [
        r
        for r in stage.state.runs.values()
        if r.slot == call.run and (r.live or r.night == tonight)
    ]
    if of_slot:
        return max(of_slot, key=lambda r: (r.live, r.night, r.started_at or 0, len(r.id), r.id))
    raise _not_yet(stage, call)


def named(stage: Stage, call: Call) -> Run | None:
    """The run that a call names, if there is one."""
    try:
        return find(stage, call, lambda _: False) if call.run is not None else None
    except Refusal:
        return None


def slot_tonight(stage: Stage, ref: str) -> Slot | None:
    """A slot of tonight by its id or its run's."""
    night, file = stage.night_now(), stage.state.file
    if night is None or file is None:
        return None
    return next((s for s in night.slots if ref in (s.id, file.run_id(s))), None)


def _not_yet(stage: Stage, call: Call) -> Refusal:
    slot = slot_tonight(stage, call.run or "")
    night = stage.night_now()
    for displaced in night.displaced if night else ():
        if displaced.id == call.run:
            return Refusal(f"{displaced.id} is displaced by {displaced.by}")
    if slot is None:
        return Refusal(f"there is no run {call.run} tonight")
    starts = night_time(slot.starts, slot.night, stage.file_of(None).time_zone, millis=False)
    does = "stands by" if slot.start == "manual" else "starts by itself"
    return Refusal(f"{slot.id} {does} at {starts}")


def not_stopped(stage: Stage, run: Run | None = None) -> None:
    """Refuse what would light anything while the show is stopped."""
    stopped = stage.state.stopped
    if stopped:
        raise Refusal(
            f"the show is stopped, by {stopped.by or 'nobody named'}: restore it first",
            run=run,
            by=stopped.by,
            at=stopped.at,
        )


def live(run: Run) -> Run:
    """Refuse a run that is over."""
    if not run.live:
        raise Refusal(f"{run.slot} is over: {run.reason or run.phase}", run=run)
    return run


def said_by(run: Run) -> str:
    """`, by Kim` where the last hand is known."""
    return f", by {run.last_go_by}" if run.last_go_by else ""


# --- the calls --------------------------------------------------------------------------------------------------


def go(stage: Stage, call: Call) -> Run:
    """Fire the cue that stands by, and what goes with it."""
    run = live(find(stage, call, lambda r: r.live and r.standby is not None))
    not_stopped(stage, run)
    check_go(stage, call, run)
    assert run.standby is not None, "check_go refuses a run with no cue standing by"
    hand = runs.in_hand_on(stage, run.outputs, run.id)
    if hand is not None and hand.started_at is not None:
        raise Refusal(
            f"{hand.slot} is in hand on the same outputs: end it first", run=run, by=hand.by
        )
    if run.started_at is None:
        runs.take_outputs(stage, run, stage.now)
    enter(stage, call, run, cue=stage.cues(run)[run.standby].number)
    run = replace(run, in_hand=True, by=call.by or run.by)
    return runs.call_cue(stage, run, run.standby or 0, stage.now, "GO", call.by)


def check_go(stage: Stage, call: Call, run: Run) -> None:
    """The reasons for which a GO is refused: one standby count fires at most once."""
    ago = stage.now - run.last_go_at if run.last_go_at is not None else None
    who: dict[str, Any] = {"run": run, "by": run.last_go_by, "at": run.last_go_at}
    if call.standby_count is not None and call.standby_count != run.count:
        raise _stale(stage, run)
    if ago is not None and run.how == "GO" and ago < MINIMUM_SPAN:
        raise Refusal(f"too quick: {run.last_go} went {ago / 1000:.1f} s ago{said_by(run)}", **who)
    if run.standby is None:
        raise Refusal("no cue stands by", **who)
    number = stage.cues(run)[run.standby].number
    if call.standby is not None and call.standby != number:
        raise Refusal(f"{number} stands by, not {call.standby}", **who)
    if run.phase == "holding" and not run.faded:
        raise Refusal("the run is held: resume it first", run=run, by=run.by, at=run.held_at)
    if run.phase == "waiting":
        raise Refusal(f"{run.slot} waits: {run.reason}", run=run)


def _stale(stage: Stage, run: Run) -> Refusal:
    """Another standby than the caller saw: who moved it, or what went, and when."""
    if run.moved_at is not None:
        ago = (stage.now - run.moved_at) / 1000
        by = f", by {run.moved_by}" if run.moved_by else ""
        reason = f"the standby was changed {ago:.1f} s ago{by}"
        return Refusal(reason, run=run, by=run.moved_by, at=run.moved_at)
    if run.last_go_at is None:
        return Refusal("the standby has changed since", run=run)
    ago = (stage.now - run.last_go_at) / 1000
    reason = f"{run.last_go} went {ago:.1f} s ago{said_by(run)}"
    return Refusal(reason, run=run, by=run.last_go_by, at=run.last_go_at)


def standby(stage: Stage, call: Call) -> Run:
    """Put any cue in standby; a slot that is over gets a second performance."""
    run = find(stage, call, lambda r: r.phase in ("standing by", "running", "holding"))
    if call.standby is None:
        raise Refusal("say which cue is to stand by", run=run)
    if run.phase == "waiting":
        raise Refusal(f"{run.slot} waits: {run.reason}", run=run)
    cues = stage.cues(run)
    index = next((i for i, c in enumerate(cues) if c.number == call.standby), None)
    if index is None:
        raise Refusal(f"there is no cue {call.standby} in {run.slot}", run=run)
    if not run.live:
        run = again(stage, run)
    enter(stage, call, run, cue=call.standby)
    run = replace(run, in_hand=True, by=call.by or run.by)
    return runs.move_standby(stage, run, index, call.by or None)


def again(stage: Stage, run: Run) -> Run:
    """A second performance of a slot of tonight."""
    slot = slot_tonight(stage, run.slot)
    if slot is None or slot.night != run.night:
        raise Refusal(f"{run.slot} is not of tonight", run=run)
    run = replace(schedule.new_run(stage, stage.file_of(None), slot, stage.now), start="manual")
    stage.record("stands_by", stage.now, run, data={"starts": run.starts, "ends": run.ends})
    return replace(run, closed=stage.now >= run.ends)


def hold(stage: Stage, call: Call) -> Run:
    """No more cues; the picture runs."""
    run = live(find(stage, call, lambda r: r.phase == "running"))
    if run.phase == "holding":
        raise Refusal("it is held already", run=run, by=run.by, at=run.held_at)
    if run.phase != "running":
        raise Refusal(f"{run.slot} has not started", run=run)
    enter(stage, call, run)
    return stage.put(
        replace(run, phase="holding", held_at=stage.now, in_hand=True, by=call.by or run.by)
    )


def resume(stage: Stage, call: Call) -> Run:
    """Go on: what fell due meanwhile follows its `late` rule now, and what follows counts from then."""
    run = live(find(stage, call, lambda r: r.phase == "holding"))
    not_stopped(stage, run)
    if run.phase != "holding":
        raise Refusal(f"{run.slot} is not held", run=run)
    enter(stage, call, run)
    run = runs.settle(stage, replace(run, phase="running", held_at=None, faded=False), stage.now)
    run = stage.put(run)
    while run.phase == "running" and run.pending and run.pending[0][1] < stage.now:
        index, due = run.pending[0]
        if stage.state.sequence(run).late == "fire":
            run = runs.fire(stage, run, index, stage.now)
        elif stage.state.sequence(run).late == "skip":
            run = runs.behind(stage, run, index, due, due)
        else:
            return stage.put(
                replace(runs.behind(stage, run, index, due, due), phase="running", held_at=None)
            )
    return run


def skip(stage: Stage, call: Call) -> Run:
    """Pass over the cue that stands by: the next in the file's order stands by."""
    run = live(find(stage, call, lambda r: r.live and r.standby is not None))
    if run.standby is None:
        raise Refusal("no cue stands by", run=run)
    number = stage.cues(run)[run.standby].number
    if call.standby is not None and call.standby != number:
        raise Refusal(f"{number} stands by, not {call.standby}", run=run)
    enter(stage, call, run, cue=number)
    stage.record("cue_skipped", stage.now, run, cue=number, by=call.by or None, reason="skipped")
    run = replace(run, skipped=(*run.skipped, run.standby))
    run = runs.move_standby(stage, run, (run.standby or 0) + 1, call.by or None)
    if run.standby is None and run.head is None:
        runs.finish(stage, run, stage.now, "every cue was skipped", call.by or None)
    return run


def end(stage: Stage, call: Call) -> Run:
    """The run is over, whatever it still had to come."""
    run = live(find(stage, call, lambda r: r.phase in UNDER_WAY))
    enter(stage, call, run)
    runs.finish(stage, run, stage.now, "ended", call.by or None)
    return run


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
            raise Refusal("no show is stopped: say which output or run is to be restored")
        if not call.by:
            raise Refusal("a restart after a show stop needs a name")
        enter(stage, call)
        stage.change(stopped=None, automation=True)
        return None
    not_stopped(stage)
    run = live(find(stage, call, lambda _: False)) if call.run else None
    outputs = run.outputs if run else (known_output(stage, call.output),)
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
        raise Refusal(f"there is no output {output}" if output else "say which output")
    return output


def hazard(stage: Stage, call: Call) -> tuple[str, str]:
    """The hazard output that a call names, and the night."""
    output = known_output(stage, call.output)
    night = _night(stage)
    if stage.output(None, output).hazard is None:
        raise Refusal(f"{output} is no hazard output: it needs no enable")
    if night is None:
        raise Refusal("no night is on")
    return output, night


def enable(stage: Stage, call: Call) -> None:
    """Let a hazard output be lit this night, by name; this lights nothing by itself."""
    output, night = hazard(stage, call)
    if not call.by:
        raise Refusal("a hazard output is enabled by name")
    enter(stage, call, output=output, surface=stage.output(None, output).surface)
    enabled = Enabled(by=call.by, at=stage.now, night=night)
    stage.change(enabled={**stage.state.enabled, output: enabled})


def disable(stage: Stage, call: Call) -> None:
    """Take a hazard output's enable back, and have it dark."""
    output, night = hazard(stage, call)
    enter(stage, call, output=output, surface=stage.output(None, output).surface)
    stage.change(enabled={o: e for o, e in stage.state.enabled.items() if o != output})
    schedule.stop_hazards(stage, None, [output], stage.now, "disabled", night=night)


CALLS: dict[str, Callable[[Stage, Call], Run | None]] = {
    "go": go,
    "standby": standby,
    "hold": hold,
    "resume": resume,
    "skip": skip,
    "end": end,
    "fade_out": fade_out,
    "show_stop": show_stop,
    "restore": restore,
    "enable": enable,
    "disable": disable,
}
