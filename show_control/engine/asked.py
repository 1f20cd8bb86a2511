"""A call being taken: which run it means, how it is entered, and why it may be refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from show_control.engine.stage import Stage
from show_control.engine.state import Run
from show_control.events import Call
from show_control.model import Millis, Slot
from show_control.sentences import Sentence, said, say
from show_control.timing import night_time


class Refusal(Exception):
    """Why a call is refused; `by` and `at` tell who did what stands in its way, and when."""

    def __init__(
        self,
        why: Sentence,
        *,
        run: Run | None = None,
        by: str | None = None,
        at: Millis | None = None,
    ) -> None:
        super().__init__(say(why))
        self.why, self.run, self.by, self.at = why, run, by, at


def night_date(stage: Stage) -> str | None:
    """The night that now belongs to, by its date."""
    night = stage.night_now()
    return night.date if night else None


def enter(
    stage: Stage,
    call: Call,
    run: Run | None = None,
    *,
    data: dict[str, Any] | None = None,
    **columns: Any,
) -> None:
    """Enter a call that was accepted, before what it does."""
    if run is None:
        columns = {"night": night_date(stage)} | columns
    stage.record(
        "call",
        stage.now,
        run,
        by=call.by or None,
        reason=call.reason,
        data={"call": call.call, **asked_by(call), **(data or {})},
        **columns,
    )


def asked_by(call: Call) -> dict[str, Any]:
    """What is entered of a call beside its name: its request, and from where a remote made it."""
    return {"request": call.request, **({"where": call.where} if call.where else {})}


def find(stage: Stage, call: Call, meant: Callable[[Run], bool]) -> Run:
    """The run that a call names, or the only one that it can mean."""
    if call.run is None:
        found = own_first([r for r in stage.state.runs.values() if meant(r)])
        if len(found) == 1:
            return found[0]
        if not found:
            raise Refusal(said("no_run_to"))
        raise Refusal(said("which_run", slots=sorted(r.name for r in found)))
    if run := stage.state.runs.get(call.run):
        return run
    tonight = night_date(stage)
    of_slot = [
        r
        for r in stage.state.runs.values()
        if call.run == (r.slot if r.parent is None else r.name) and (r.live or r.night == tonight)
    ]
    if of_slot:
        return max(of_slot, key=lambda r: (r.live, r.night, r.started_at or 0, len(r.id), r.id))
    raise not_there(stage, call.run)


def own_first(runs: Sequence[Run]) -> Sequence[Run]:
    """Slots' own runs, before those that they started: these are called by their names."""
    return [r for r in runs if r.parent is None] or runs


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


def not_there(stage: Stage, ref: str) -> Refusal:
    """Why there is no run of that name: its slot is displaced, or still to come, or there is none."""
    slot = slot_tonight(stage, ref)
    night = stage.night_now()
    for displaced in night.displaced if night else ():
        if displaced.id == ref:
            return Refusal(said("slot_displaced", slot=displaced.id, by=displaced.by))
    if slot is None:
        return Refusal(said("no_such_run", run=ref))
    starts = night_time(slot.starts, slot.night, stage.file_of(None).time_zone, millis=False)
    if slot.start == "manual":
        return Refusal(said("stands_by_at", slot=slot.id, at=starts))
    return Refusal(said("starts_at", slot=slot.id, at=starts))


def not_stopped(stage: Stage, run: Run | None = None) -> None:
    """Refuse what would light anything while the show is stopped."""
    stopped = stage.state.stopped
    if stopped:
        who = stopped.by or said("nobody_named")
        raise Refusal(said("stopped", by=who), run=run, by=stopped.by, at=stopped.at)


def not_waiting(run: Run) -> None:
    """Refuse what a slot that waits for another cannot hear yet."""
    if run.phase == "waiting":
        raise Refusal(said("run_waits", slot=run.slot, why=run.why), run=run)


def live(run: Run) -> Run:
    """Refuse a run that is over."""
    if not run.live:
        raise Refusal(said("run_over", slot=run.slot, why=run.why), run=run)
    return run
