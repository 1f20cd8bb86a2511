"""The schedule against the hand: slots begin, wait, are skipped, lapse; curfew and hazard ends."""

from __future__ import annotations

from bisect import bisect_right

import msgspec

from show_control.commands import Send
from show_control.engine import covering, fitting, runs
from show_control.engine.stage import STOP, Stage
from show_control.engine.state import Point, Run, State
from show_control.model import Millis, NightFile, Slot
from show_control.sentences import Sentence, said, say
from show_control.timing import night_time

replace = msgspec.structs.replace
KEEP_ENDED: Millis = 36 * 3_600_000
"""How long a run that is over stays in the state, for the board and for its repeat."""


def next_points(state: State) -> tuple[Point, ...]:
    """The schedule's next points, all of one instant."""
    first = bisect_right(state.agenda, state.through, key=lambda p: p.at)
    if first == len(state.agenda):
        return ()
    last = bisect_right(state.agenda, state.agenda[first].at, key=lambda p: p.at)
    return state.agenda[first:last]


def points_due(stage: Stage, points: tuple[Point, ...]) -> None:
    """Deal with the schedule's points of one instant."""
    stage.change(through=points[0].at)
    for point in points:
        night = stage.night(point.night)
        assert night is not None, "the agenda is made from the file's nights"
        if point.kind == "curfew":
            curfew(stage, point)
        elif point.kind == "displaced":
            displaced = next(d for d in night.displaced if d.id == point.ref)
            stage.record(
                "displaced",
                point.at,
                night=point.night,
                surface=displaced.surface,
                slot=displaced.id,
                why=said("displaced", by=displaced.by),
                data={"by": displaced.by, "starts": displaced.starts, "ends": displaced.ends},
            )
        else:
            begin(stage, next(s for s in night.slots if s.id == point.ref), point.at)


def kept_runs(state: State, at: Millis) -> dict[str, Run]:
    """The runs without those that are long over."""
    return {
        k: r for k, r in state.runs.items() if r.live or not r.closed or r.ends > at - KEEP_ENDED
    }


def new_run(stage: Stage, file: NightFile, slot: Slot, at: Millis) -> Run:
    """A run of a slot, the first performance or the next; runs long over are let go."""
    kept = kept_runs(stage.state, at)
    stage.change(runs=kept)
    performance = 1
    while file.run_id(slot, performance) in kept:
        performance += 1
    return Run(
        id=file.run_id(slot, performance),
        slot=slot.id,
        night=slot.night,
        surface=slot.surface,
        file=stage.state.loaded or "",
        sequence=slot.sequence,
        start=slot.start,
        starts=slot.starts,
        ends=slot.ends,
        outputs=slot.outputs,
        latest_start=slot.latest_start,
    )


def begin(stage: Stage, slot: Slot, at: Millis) -> None:
    """A slot's instant has come."""
    if not fitting.to_come(stage.state, slot):
        return
    run = new_run(stage, stage.file_of(None), slot, at)
    if slot.start == "manual":
        start(stage, run, at)
    elif stage.state.stopped or not stage.state.automation:
        skip(stage, run, at, not_automatic(stage))
    elif hand := runs.in_hand_on(stage, run.outputs, run.id):
        meet(stage, slot, run, at, hand)
    else:
        start(stage, run, at)


def start(stage: Stage, run: Run, at: Millis) -> None:
    """A manual run stands by; an auto run starts: whatever its first cue waits for, it goes."""
    if run.start == "manual":
        stage.record("stands_by", at, run, data={"starts": run.starts, "ends": run.ends})
        runs.stand_by(stage, run, runs.passed_over(stage, run, 0, at), at)
        return
    runs.take_outputs(stage, run, at)
    if not runs.start_by_itself(stage, run, at):
        skip(stage, run, at, said("every_cue_skipped"))


def meet(stage: Stage, slot: Slot, run: Run, at: Millis, hand: Run) -> None:
    """An auto slot meets a run in hand: it waits, is skipped, or takes the outputs over, as its rule says."""
    if slot.meets == "skip":
        skip(stage, run, at, said("in_hand", slot=hand.slot, by=hand.whose))
    elif slot.meets == "wait":
        wait(stage, run, at, hand)
    else:
        take_over(stage, run, at)


def take_over(stage: Stage, run: Run, at: Millis) -> None:
    """End every run in hand that claims what this one does, whoever has it; then start."""
    while hand := runs.in_hand_on(stage, run.outputs, run.id):
        runs.finish(
            stage, hand, at, said("taken_over", slot=run.slot, by=hand.whose), taken=run.outputs
        )
    start(stage, run, at)


def not_automatic(stage: Stage) -> Sentence:
    """Why nothing starts by itself."""
    stopped, off = stage.state.stopped, stage.state.automation_off
    if stopped:
        return said("show_stopped", by=stopped.by, why=stopped.reason)
    return said("automation_off", by=off.by if off else None, why=off.reason if off else None)


def skip(stage: Stage, run: Run, at: Millis, why: Sentence) -> None:
    """A slot does not run, and the record says why."""
    closed = run.closed or at >= run.ends
    over = replace(run, phase="skipped", reason=say(why), said=why, closed=closed, control=None)
    stage.record("skipped", at, stage.put(over), why=why)


def wait(stage: Stage, run: Run, at: Millis, hand: Run) -> None:
    """An auto slot meets a run in hand: it waits while it still fits."""
    why = said("in_hand", slot=hand.slot, by=hand.whose)
    run = stage.put(replace(run, phase="waiting", reason=say(why), said=why))
    stage.record("waiting", at, run, why=why, data={"until": fitting.latest_start(stage, run)})


def retry_waiting(stage: Stage, at: Millis) -> None:
    """Once the hand is done, a waiting slot starts if it still fits, else it is skipped."""
    for run in [r for r in stage.state.runs.values() if r.phase == "waiting"]:
        if runs.in_hand_on(stage, run.outputs, run.id):
            continue
        if stage.state.stopped or not stage.state.automation:
            skip(stage, run, at, not_automatic(stage))
        elif at > fitting.latest_start(stage, run):
            skip(stage, run, at, too_late(stage, run))
        else:
            length = run.ends - run.starts
            start(stage, replace(run, reason=None, said=None, starts=at, ends=at + length), at)


def too_late(stage: Stage, run: Run) -> Sentence:
    """Why a waiting slot no longer fits."""
    file = stage.file_of(run)
    last = night_time(fitting.latest_start(stage, run), run.night, file.time_zone, millis=False)
    return said("too_late_to_fit", why=run.why, last=last)


def give_up(stage: Stage, run: Run, at: Millis) -> None:
    """A waiting slot's last instant has passed with the hand still on."""
    skip(stage, run, at, too_late(stage, run))


def slot_ends(stage: Stage, run: Run, at: Millis) -> None:
    """A run's slot is over: never started, it lapses; auto and in nobody's hand, it ends; hazards stop."""
    run = stage.put(replace(run, closed=True))
    if run.phase == "standing by" and run.started_at is None:
        why = said("never_started")
        over = replace(run, phase="lapsed", reason=say(why), said=why, standby=None, control=None)
        stage.put(over)
        stage.record("lapsed", at, run, why=why)
    elif run.live and run.start == "auto" and not runs.called_by_hand(stage, run):
        runs.finish(stage, run, at, said("slot_ended"))
    others = {o for o, owner in stage.state.owners.items() if owner != run.id}
    driven = [o for o in covering.driven(stage, run) if o not in others]
    hazards = [o for o in driven if stage.output(run, o).hazard]
    stop_hazards(stage, run, hazards, at, said("slot_end"))


def stop_hazards(
    stage: Stage,
    run: Run | None,
    outputs: list[str],
    at: Millis,
    why: Sentence,
    night: str | None = None,
) -> None:
    """Hazard outputs go dark in any case, whoever has them."""
    before = len(stage.commands)
    stage.give(outputs, STOP, at, say(why), run=run, night=night)
    if len(stage.commands) > before:
        stage.record(
            "hazard_end",
            at,
            run,
            **({} if run else {"night": night}),
            why=why,
            data={"outputs": outputs},
        )


def curfew(stage: Stage, point: Point) -> None:
    """Curfew of a surface: outputs in nobody's hand go idle, hazard outputs stop in any case."""
    at, surface = point.at, point.ref
    stage.record("curfew", at, night=point.night, surface=surface)
    before = len(stage.commands)
    for run in list(stage.state.runs.values()):
        if not stage.state.runs[run.id].live or run.surface != surface:
            continue  # over with the run that started it
        if run.started_at is not None and not runs.called_by_hand(stage, run):
            runs.finish(stage, run, at, said("curfew"))
    idle = {c.output for c in stage.commands[before:] if isinstance(c, Send)}
    file = stage.file_of(None)
    mine = [o for o in file.outputs.values() if o.surface == surface]
    free = [o.id for o in mine if o.id not in idle and not owned_in_hand(stage, o.id)]
    runs.idle_outputs(stage, None, free, at, "curfew", night=point.night)
    stop_hazards(
        stage, None, [o.id for o in mine if o.hazard], at, said("curfew"), night=point.night
    )


def owned_in_hand(stage: Stage, output: str) -> bool:
    """Whether a run in hand has this output."""
    owner = stage.state.owners.get(output)
    return owner is not None and runs.called_by_hand(stage, stage.state.runs[owner])


def missed(state: State, now: Millis) -> list[Slot]:
    """Slots of a file just loaded whose time is now and that have had no run."""
    file = state.file
    return [
        s
        for n in (file.nights if file else ())
        for s in n.slots
        if file and s.starts <= now < s.ends and file.run_id(s) not in state.runs
    ]
