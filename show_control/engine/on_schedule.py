"""What may be asked of the schedule: automation off and on, and the next slot now."""

from __future__ import annotations

import msgspec

from show_control.engine import fitting, runs, schedule
from show_control.engine.asked import Refusal, enter, not_stopped, not_there, slot_tonight
from show_control.engine.stage import Stage
from show_control.engine.state import Run, Stopped
from show_control.events import Call
from show_control.model import Slot
from show_control.sentences import said
from show_control.timing import night_time

replace = msgspec.structs.replace


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
    """A slot now, as the schedule would have: not in hand, and its window is as long as it was planned.

    A slot that was skipped, has lapsed or is over gets another performance.
    """
    not_stopped(stage)
    slot = slot_named(stage, call.run) if call.run is not None else next_slot(stage, call)
    run = as_if_now(stage, slot)
    if hand := runs.in_hand_on(stage, run.outputs, run.id):
        raise Refusal(
            said("outputs_in_hand", slot=hand.slot, by=hand.whose),
            by=hand.whose,
            at=hand.last_go_at,
        )
    in_time(stage, slot, run)
    enter(stage, call, run, data={"planned": slot.starts})
    schedule.start(stage, run, stage.now)
    return stage.state.runs[run.id]


def slot_named(stage: Stage, ref: str) -> Slot:
    """A slot of tonight that has no live run."""
    live = next((r for r in stage.state.runs.values() if r.live and ref in (r.id, r.slot)), None)
    if live is not None and live.phase == "waiting":
        raise Refusal(said("run_waits", slot=live.slot, why=live.why), run=live)
    if live is not None:
        raise Refusal(said("begun_already", slot=live.slot), run=live, by=live.by)
    over = stage.state.runs.get(ref)
    slot = slot_tonight(stage, over.slot if over else ref)
    if slot is None:
        raise not_there(stage, ref)
    return slot


def next_slot(stage: Stage, call: Call) -> Slot:
    """The next slot that is still to come tonight, of the surface where one is named."""
    night = stage.night_now()
    brought = fitting.started_early(stage.state, night.date) if night else frozenset()
    for slot in night.slots if night else ():
        on = call.surface is None or slot.surface == call.surface
        if on and slot.starts > stage.now and slot.id not in brought:
            return slot
    surface = stage.state.file.surfaces.get(call.surface or "") if stage.state.file else None
    if call.surface is not None and surface is None:
        raise Refusal(said("no_surface", surface=call.surface))
    raise Refusal(said("no_next", surface=call.surface))


def as_if_now(stage: Stage, slot: Slot) -> Run:
    """The run that a slot would be, were its instant now."""
    run = schedule.new_run(stage, stage.file_of(None), slot, stage.now)
    ends = stage.now + slot.ends - slot.starts
    return replace(run, starts=stage.now, ends=ends, early=stage.now < slot.starts)


def in_time(stage: Stage, slot: Slot, run: Run) -> None:
    """Refuse what comes past a curfew, or too late to be over before what comes next.

    With automation off nothing comes next by itself.
    """
    file = stage.file_of(None)
    for surface in fitting.surfaces(stage, run):
        curfew = stage.curfew(slot.night, surface)
        if curfew is not None and curfew <= stage.now:
            at = night_time(curfew, slot.night, file.time_zone, millis=False)
            raise Refusal(said("curfew_was", surface=surface, at=at))
    last = max(slot.starts, fitting.latest_start(stage, run))
    if last < stage.now:
        at = night_time(last, slot.night, file.time_zone, millis=False)
        raise Refusal(said("too_late_to_start", slot=slot.id, last=at))
