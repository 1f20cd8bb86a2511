"""What an operator may ask, and every reason for which a call is refused.

A refusal names who did what, when. `fade_out` is never refused here: the right to it is the shell's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from show_control.commands import Answer
from show_control.engine import control, covering, runs, schedule
from show_control.engine.asked import (
    Refusal,
    enter,
    find,
    live,
    named,
    night_date,
    not_stopped,
    not_waiting,
    slot_tonight,
)
from show_control.engine.control import has_control
from show_control.engine.going import go
from show_control.engine.stage import Stage
from show_control.engine.state import UNDER_WAY, Answered, Enabled, Run, Stopped
from show_control.events import Call
from show_control.model import Millis
from show_control.sentences import said, say, texts

replace = msgspec.structs.replace

VALIDITY: Millis = 1500
"""A call older than this is refused, never carried out late."""
NEVER_LATE = frozenset({"fade_out", "note"})
"""What does no harm by coming late, and some by being lost."""
REMEMBERED = 256
"""How many requests' answers are kept for their repeats."""


def take(stage: Stage, call: Call) -> None:
    """Carry out a call, or refuse it; the same request again gets the same answer and does nothing."""
    known = stage.state.answered.get(call.request) if call.request else None
    if known is not None:
        stage.commands.append(Answer(request=call.request, **msgspec.structs.asdict(known)))
        return
    try:
        check_validity(stage, call)
        run = CALLS[call.call](stage, call)
        control.take_if_free(stage, call, run)
    except Refusal as refusal:
        refuse(stage, call, refusal)
    else:
        accept(stage, call, run)


def check_validity(stage: Stage, call: Call) -> None:
    """Refuse what comes too late to be meant; a fade out is never too late, nor is a note."""
    age = stage.now - call.made_at if call.made_at is not None else 0
    if age > VALIDITY and call.call not in NEVER_LATE:
        raise Refusal(said("came_late", late=age / 1000))


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
        **({} if run else {"run": call.run, "night": night_date(stage)}),
        cue=call.standby,
        output=call.output,
        by=call.by or None,
        why=refusal.why,
        data={"call": call.call, "request": call.request},
    )
    answer(
        stage,
        call,
        Answered(
            accepted=False,
            at=stage.now,
            reason=say(refusal.why),
            reasons=texts(refusal.why),
            by=refusal.by,
            by_at=refusal.at,
            **_standing(stage, run),
        ),
    )


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


# --- the calls --------------------------------------------------------------------------------------------------


def standby(stage: Stage, call: Call) -> Run:
    """Put any cue in standby; a slot that is over gets a second performance."""
    run = find(stage, call, lambda r: r.phase in ("standing by", "running", "holding"))
    if call.standby is None:
        raise Refusal(said("which_cue"), run=run)
    has_control(call, run)
    not_waiting(run)
    cues = stage.cues(run)
    index = next((i for i, c in enumerate(cues) if c.number == call.standby), None)
    if index is None:
        raise Refusal(said("no_such_cue", cue=call.standby, slot=run.slot), run=run)
    if not run.live:
        run = again(stage, run)
    enter(stage, call, run, cue=call.standby)
    run = replace(run, in_hand=True, by=call.by or run.by)
    return runs.move_standby(stage, run, index, call.by or None)


def again(stage: Stage, run: Run) -> Run:
    """A second performance of a slot of tonight."""
    slot = slot_tonight(stage, run.slot)
    if slot is None or slot.night != run.night:
        raise Refusal(said("not_tonight", slot=run.slot), run=run)
    run = replace(schedule.new_run(stage, stage.file_of(None), slot, stage.now), start="manual")
    stage.record("stands_by", stage.now, run, data={"starts": run.starts, "ends": run.ends})
    return replace(run, closed=stage.now >= run.ends)


def hold(stage: Stage, call: Call) -> Run:
    """No more cues; the picture runs."""
    run = has_control(call, live(find(stage, call, lambda r: r.phase == "running")))
    if run.phase == "holding":
        raise Refusal(said("held_already"), run=run, by=run.by, at=run.held_at)
    if run.phase != "running":
        raise Refusal(said("not_started", slot=run.slot), run=run)
    enter(stage, call, run)
    return stage.put(
        replace(run, phase="holding", held_at=stage.now, in_hand=True, by=call.by or run.by)
    )


def resume(stage: Stage, call: Call) -> Run:
    """Go on: what fell due meanwhile follows its `late` rule now, and what follows counts from then."""
    run = has_control(call, live(find(stage, call, lambda r: r.phase == "holding")))
    not_stopped(stage, run)
    if run.phase != "holding":
        raise Refusal(said("not_held", slot=run.slot), run=run)
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
    run = has_control(call, live(find(stage, call, lambda r: r.standby is not None)))
    if run.standby is None:
        raise Refusal(said("no_cue"), run=run)
    number = stage.cues(run)[run.standby].number
    if call.standby is not None and call.standby != number:
        raise Refusal(said("other_cue", cue=number, asked=call.standby), run=run)
    enter(stage, call, run, cue=number)
    by = call.by or None
    stage.record("cue_skipped", stage.now, run, cue=number, by=by, why=said("skipped"))
    run = replace(run, skipped=(*run.skipped, run.standby))
    run = runs.move_standby(stage, run, (run.standby or 0) + 1, call.by or None)
    if run.standby is None and run.head is None:
        runs.finish(stage, run, stage.now, said("every_cue_skipped"), call.by or None)
    return run


def end(stage: Stage, call: Call) -> Run:
    """The run is over, whatever it still had to come."""
    run = has_control(call, live(find(stage, call, lambda r: r.phase in UNDER_WAY)))
    enter(stage, call, run)
    runs.finish(stage, run, stage.now, said("ended"), call.by or None)
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
            raise Refusal(said("nothing_stopped"))
        if not call.by:
            raise Refusal(said("restart_by_name"))
        enter(stage, call)
        stage.change(stopped=None, automation=True)
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


def note(stage: Stage, call: Call) -> Run | None:
    """Enter what a person wants remembered, with the run and the cue that stands by in it."""
    run = find(stage, call, lambda _: False) if call.run is not None else None
    if not (call.reason or "").strip():
        raise Refusal(said("note_empty"), run=run)
    where: dict[str, Any] = {} if run else {"night": night_date(stage)}
    if run and run.standby is not None:
        where["cue"] = stage.cues(run)[run.standby].number
    stage.record(
        "note",
        stage.now,
        run,
        **where,
        by=call.by or None,
        reason=call.reason,
        data={"request": call.request},
    )
    return run


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
    "ask": control.ask,
    "take_over": control.take_over,
    "hand_back": control.hand_back,
    "note": note,
}
