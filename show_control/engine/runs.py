"""How a run goes: its cues are called, fire, follow, are dropped, and the run ends."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

import msgspec

from show_control.engine.ahead import ahead, begun, dropped_by, last_pass, moved, set_off
from show_control.engine.chased import (
    chain_of,
    first_by_hand,
    left,
    still_at_it,
    timecode_runs,
)
from show_control.engine.fitting import latest_start, to_come
from show_control.engine.stage import Stage
from show_control.engine.state import LIVE, Run, ancestors
from show_control.model import Cue, Millis
from show_control.sentences import Sentence, said, say
from show_control.timing import SHORTEST_PASS, index_of, later, waits_after

replace = msgspec.structs.replace


def call_cue(
    stage: Stage, run: Run, index: int, at: Millis, how: Literal["GO", "auto"], by: str = ""
) -> Run:
    """Call a cue: it and what goes with it are pending from `at`; the next one stands by."""
    cues = stage.cues(run)
    run = drop(stage, run, dropped_by(cues, run, index, at), at, said("go", cue=cues[index].number))
    if run.started_at is None:
        stage.record("started", at, run, by=by or None, data={"how": how})
    claim(stage, run)
    run, waits = set_off(cues, run, index, at)
    if run.awaits and timecode_runs(stage.state, run):
        waits = waits_after(cues, index)  # what is at it goes by itself
    called = replace(
        run,
        phase="running",
        started_at=run.started_at if run.started_at is not None else at,
        held_at=None,
        faded=False,
        how=how,
        last_go=cues[index].number,
        last_go_at=at,
        last_go_by=by,
        moved_by=None,
        moved_at=None,
    )
    return stand_by(stage, called, passed_over(stage, called, waits, at), at)


def start_by_itself(stage: Stage, run: Run, at: Millis) -> bool:
    """A run starts with nobody's GO: whatever its first cue waits for, it goes, or follows its timecode.
    Gives whether there is any cue that is not to be passed over."""
    cues = stage.cues(run)
    if cues[0].timecode is not None:
        follow_timecode(stage, run, at)
        return True
    first = passed_over(stage, run, 0, at)
    if first < len(cues):
        call_cue(stage, run, first, at, "auto")
    return first < len(cues)


def follow_timecode(stage: Stage, run: Run, at: Millis) -> Run:
    """A run begins whose first cue is at a timecode: it goes then, and not before."""
    cues = stage.cues(run)
    stage.record("started", at, run, data={"how": "auto"})
    claim(stage, run)
    run = replace(begun(cues, run), phase="running", started_at=at, how="auto")
    return stand_by(stage, run, first_by_hand(cues), at)


def chased_no_more(stage: Stage, run: Run, index: int) -> Run:
    """A cue is skipped, and at a timecode does not go, nor what goes by it."""
    if stage.cues(run)[index].timecode is None:
        return replace(run, skipped=(*run.skipped, index))
    return left(run, chain_of(stage.cues(run), index))


def claim(stage: Stage, run: Run) -> None:
    """A run has its outputs, but for those that a run which it started has."""
    owners = stage.state.owners
    mine = [o for o in run.outputs if run.id not in ancestors(owners.get(o, ""))]
    stage.change(owners={**owners, **dict.fromkeys(mine, run.id)})


def passed_over(stage: Stage, run: Run, index: int, at: Millis) -> int:
    """The first cue from here on that is not to be passed over; those before it are entered."""
    cues = stage.cues(run)
    while index < len(cues) and cues[index].skip:
        stage.record("cue_skipped", at, run, cue=cues[index].number, why=said("set_aside"))
        index += 1
    return index


def stand_by(stage: Stage, run: Run, index: int, at: Millis, by: str | None = None) -> Run:
    """Put a cue in standby; an index past the last means that none is."""
    cues = stage.cues(run)
    run = replace(run, standby=index if index < len(cues) else None, count=run.count + 1)
    run = stage.put(settle(stage, run, at))
    if run.standby is not None:
        stage.record(
            "standby", at, run, cue=cues[run.standby].number, by=by, data={"count": run.count}
        )
    return run


def meant(cues: Sequence[Cue], said: str) -> int | None:
    """The cue of a number, or the first one under a heading."""
    number = index_of(cues, said)
    under = (n for n, cue in enumerate(cues) if said in cue.group.values())
    return next(under, None) if number is None else number


def move_standby(stage: Stage, run: Run, index: int, by: str | None) -> Run:
    """A person puts another cue in standby."""
    return stand_by(stage, replace(run, moved_by=by, moved_at=stage.now), index, stage.now, by)


def settle(stage: Stage, run: Run, at: Millis) -> Run:
    """Work out when a loop's next pass begins, and when the run ends: with its last cue's group, not
    before `at`, once no cue stands by."""
    run = replace(run, ends_at=None, turns_at=None)
    if run.pending or run.awaits or (run.standby is not None and run.loop is None):
        return run
    cues = stage.cues(run)
    planned = ahead(cues, run)
    if run.loop is not None and planned is not None and not last_pass(cues, run.loop):
        ready = later(planned.ready, run.called_at + SHORTEST_PASS)
        return replace(run, turns_at=ready)
    if run.standby is not None:
        return run
    return replace(run, ends_at=later(planned.end, at) if planned is not None else at)


def drop_pending(stage: Stage, run: Run, at: Millis, why: Sentence) -> Run:
    """Nothing goes by itself any more."""
    run = drop(stage, run, (*(i for i, _ in run.pending), *run.awaits), at, why)
    return replace(run, loop=None, turns_at=None)


def drop(stage: Stage, run: Run, indices: tuple[int, ...], at: Millis, why: Sentence) -> Run:
    """Enter cues that were still to come by themselves and now are not."""
    for index in indices:
        stage.record("cue_dropped", at, run, cue=stage.cues(run)[index].number, why=why)
    gone = set(indices)
    pending = tuple(p for p in run.pending if p[0] not in gone)
    awaits = tuple(i for i in run.awaits if i not in gone)
    return replace(run, pending=pending, awaits=awaits, dropped=(*run.dropped, *indices))


def behind(stage: Stage, run: Run, index: int, due: Millis, at: Millis) -> Run:
    """A cue that is late and may not fire: skipped, its instants kept; or held, standing by."""
    cue = stage.cues(run)[index]
    late = {"late": stage.now - due}
    if stage.state.sequence(run).late == "skip":
        stage.record("cue_skipped", stage.now, run, cue=cue.number, why=said("late"), data=late)
        return gone(stage, replace(run, skipped=(*run.skipped, index)), index, at)
    stage.record("cue_held", stage.now, run, cue=cue.number, why=said("late"), data=late)
    awaits = still_at_it(stage.cues(run), run, index)
    held = replace(
        run, pending=(), awaits=awaits, loop=None, phase="holding", in_hand=True, held_at=stage.now
    )
    return stand_by(stage, held, index, stage.now)


def gone(stage: Stage, run: Run, index: int, at: Millis, *, past: bool = True) -> Run:
    """Count a cue as gone at `at`, and count what follows from there."""
    due = next((d for i, d in run.pending if i == index), None)
    run = replace(
        run,
        went=(*run.went, (index, at)),
        past=(*(p for p in run.past if p[0] != index), *(((index, at),) if past else ())),
        pending=tuple(p for p in run.pending if p[0] != index),
    )
    if run.pending and at != due:  # at its own instant it moves nothing that follows
        run = moved(stage.cues(run), run)
    return stage.put(settle(stage, run, at))


def finish(
    stage: Stage,
    run: Run,
    at: Millis,
    why: Sentence,
    by: str | None = None,
    *,
    taken: Collection[str] = (),
) -> None:
    """The run is over: it gives back its outputs, and what is an auto run's go idle, less `taken`."""
    run = drop_pending(stage, run, at, why)
    run = stage.put(
        replace(
            run,
            phase="ended",
            reason=say(why),
            said=why,
            standby=None,
            ends_at=None,
            ended_at=at,
            control=None,
        )
    )
    stage.record("ended", at, run, by=by, why=why)
    finish_started(stage, run, at, taken)
    mine = [o for o in run.outputs if stage.state.owners.get(o) == run.id]
    parent = stage.state.runs.get(run.parent or "")
    back = {o: parent.id for o in mine if parent and parent.live and o in parent.outputs}
    stage.change(owners={o: r for o, r in stage.state.owners.items() if r != run.id} | back)
    wanted = {*taken, *back, *starting(stage, at)}
    left = [o for o in mine if o not in wanted and falls_idle(stage, run, o, at)]
    idle_outputs(stage, run, left, at)


def finish_started(stage: Stage, run: Run, at: Millis, taken: Collection[str]) -> None:
    """What a run started ends with it, unless it is in somebody's hand."""
    for other in [r for r in stage.state.runs.values() if r.parent == run.id and r.live]:
        if not other.in_hand:
            finish(stage, other, at, said("parent_ended", slot=run.name), taken=taken)


def falls_idle(stage: Stage, run: Run, output: str, at: Millis) -> bool:
    """An auto run leaves its outputs idle; a manual one only where its surface's curfew has passed."""
    curfew = stage.curfew(run.night, stage.output(run, output).surface, run)
    return run.start == "auto" or (curfew is not None and at >= curfew)


def starting(stage: Stage, at: Millis) -> set[str]:
    """The outputs that a slot claims which starts at this very instant, or has waited for it."""
    if not stage.state.automation or stage.state.stopped:
        return set()
    file = stage.state.file
    slots = [
        s
        for n in (file.nights if file else ())
        for s in n.slots
        if s.starts == at and to_come(stage.state, s)
    ]
    waited = [
        r
        for r in stage.state.runs.values()
        if r.phase == "waiting"
        and at <= latest_start(stage, r)
        and in_hand_on(stage, r.outputs, r.id) is None
    ]
    claims = [*(s.outputs for s in slots), *(r.outputs for r in waited)]
    return {output for outputs in claims for output in outputs}


def idle_outputs(
    stage: Stage,
    run: Run | None,
    outputs: list[str],
    at: Millis,
    why: str = "idle",
    night: str | None = None,
) -> None:
    """Give outputs their surfaces' idle actions; while the show is stopped, the safe look stays."""
    file = stage.file_of(run)
    for surface in dict.fromkeys(file.outputs[o].surface for o in outputs):
        for action in file.surfaces[surface].idle:
            mine = [o for o in action.outputs if o in outputs]
            if stage.state.stopped:
                for output in mine:
                    stage.underneath(output, action, at)
            else:
                stage.give(mine, action, at, why, run=run, night=night)


def in_hand_on(stage: Stage, outputs: tuple[str, ...], but: str = "") -> Run | None:
    """The run in hand that claims any of these outputs, if there is one; not one of the same family."""
    family = but.partition(":")[0]
    return next(
        (
            r
            for r in stage.state.runs.values()
            if r.in_hand
            and r.phase in LIVE
            and r.id.partition(":")[0] != family
            and set(r.outputs) & set(outputs)
        ),
        None,
    )


def called_by_hand(stage: Stage, run: Run) -> bool:
    """Whether a run, or one that started it, is in hand: its slot's end does not cut it."""
    line = (stage.state.runs.get(r) for r in (run.id, *ancestors(run.id)))
    return any(r is not None and r.live and r.in_hand for r in line)


def owner(stage: Stage, output: str) -> Run | None:
    """The run that has an output."""
    return stage.state.runs.get(stage.state.owners.get(output, ""))


def take_outputs(stage: Stage, run: Run, at: Millis) -> None:
    """End the runs, none of them in hand, that own what this run claims, with those that started them."""
    owners = {stage.state.owners[o] for o in run.outputs if o in stage.state.owners} - {run.id}
    owners |= {a for o in owners for a in ancestors(o)}
    why = said("outputs_taken", slot=run.slot)
    for owner in sorted(owners):
        other = stage.state.runs.get(owner)
        if other is not None and other.live and not other.in_hand:
            finish(stage, other, at, why, taken=run.outputs)
