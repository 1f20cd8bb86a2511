"""What may be asked of a run, but GO and its control: standby, back, hold, resume, skip, end, and a note."""

from __future__ import annotations

from typing import Any

import msgspec

from show_control.engine import loops, resuming, runs, schedule
from show_control.engine.asked import (
    Refusal,
    asked_by,
    enter,
    find,
    live,
    night_date,
    not_stopped,
    not_waiting,
    slot_tonight,
)
from show_control.engine.control import has_control
from show_control.engine.stage import Stage
from show_control.engine.state import UNDER_WAY, Run
from show_control.events import Call
from show_control.sentences import said

replace = msgspec.structs.replace


def standby(stage: Stage, call: Call) -> Run:
    """Put any cue in standby; a slot that is over gets a second performance."""
    run = find(stage, call, lambda r: r.phase in ("standing by", "running", "holding"))
    if call.standby is None:
        raise Refusal(said("which_cue"), run=run)
    has_control(call, run)
    not_waiting(run)
    cues = stage.cues(run)
    index = runs.meant(cues, call.standby)
    if index is None:
        raise Refusal(said("no_such_cue", cue=call.standby, slot=run.slot), run=run)
    if not run.live:
        run = again(stage, run)
    enter(stage, call, run, cue=call.standby)
    run = replace(run, in_hand=True, by=call.by or run.by)
    return runs.move_standby(stage, run, index, call.by or None)


def back(stage: Stage, call: Call) -> Run:
    """The cue before the one that stands by, after the last one the last, stands by instead."""
    run = has_control(call, live(find(stage, call, lambda r: r.live and r.phase != "waiting")))
    not_waiting(run)
    cues = stage.cues(run)
    stands = len(cues) if run.standby is None else run.standby
    number = None if run.standby is None else cues[run.standby].number
    if call.standby is not None and call.standby != number:
        other = said("other_cue", cue=number, asked=call.standby) if number else said("no_cue")
        raise Refusal(other, run=run)
    before = next((i for i in reversed(range(stands)) if not cues[i].skip), None)
    if before is None:
        raise Refusal(said("first_cue", cue=number or "-", slot=run.slot), run=run)
    enter(stage, call, run, cue=cues[before].number)
    run = replace(run, in_hand=True, by=call.by or run.by)
    return runs.move_standby(stage, run, before, call.by or None)


def again(stage: Stage, run: Run) -> Run:
    """A second performance of a slot of tonight."""
    if run.parent is not None:
        raise Refusal(said("run_over", slot=run.name, why=run.why), run=run)
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
    return resuming.catch_up(stage, stage.put(run))


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
    after = runs.passed_over(stage, run, run.standby + 1, stage.now)
    run = runs.chased_no_more(stage, run, run.standby)
    run = runs.move_standby(stage, run, after, call.by or None)
    if run.standby is None and run.head is None:
        runs.finish(stage, run, stage.now, said("every_cue_skipped"), call.by or None)
    return run


def leave(stage: Stage, call: Call) -> Run:
    """Let a loop's pass be its last."""
    run = has_control(call, live(find(stage, call, lambda r: loops.turns(stage, r))))
    if run.loop is None or not loops.turns(stage, run):
        raise Refusal(said("no_loop", slot=run.slot), run=run)
    enter(stage, call, run, cue=stage.cues(run)[run.loop.cue].number)
    return loops.leave(stage, replace(run, by=call.by or run.by))


def end(stage: Stage, call: Call) -> Run:
    """The run is over, whatever it still had to come."""
    run = has_control(call, live(find(stage, call, lambda r: r.phase in UNDER_WAY)))
    enter(stage, call, run)
    runs.finish(stage, run, stage.now, said("ended"), call.by or None)
    return run


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
        data=asked_by(call),
    )
    return run
