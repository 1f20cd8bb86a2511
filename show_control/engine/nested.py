"""Sequences that a cue starts as runs of their own, and ends.

Such a run is of its parent's slot and file, and has of the parent's outputs those that its sequence
drives; it is on the surface of the first of them. It ends with its slot or its parent, unless it is in
somebody's hand.
"""

from __future__ import annotations

import msgspec

from show_control.engine import acting, runs
from show_control.engine.stage import Stage
from show_control.engine.state import Run, ancestors
from show_control.model import Action, Cue, Millis, NightFile
from show_control.sentences import Sentence, said

replace = msgspec.structs.replace


def act(stage: Stage, run: Run, cue: Cue, at: Millis) -> None:
    """Start and end what a cue says."""
    for action in cue.do:
        if action.kind == "start":
            why = start(stage, run, action, at)
        elif action.kind == "end":
            why = end(stage, run, action, at)
        else:
            continue
        if why is not None:
            acting.refuse_action(stage, run, cue, action, at, why)


def start(stage: Stage, parent: Run, action: Action, at: Millis) -> Sentence | None:
    """Start a sequence, again where it runs; gives the reason where somebody has its outputs in hand."""
    parent = stage.state.runs[parent.id]
    if not parent.live:
        return said("run_over", slot=parent.name, why=parent.why)
    line = (stage.state.runs.get(r) for r in (parent.id, *ancestors(parent.id)))
    if any(r is not None and r.sequence == action.sequence for r in line):
        return said("starts_itself", sequence=action.sequence)
    run = new_run(stage, parent, action.sequence or "", at)
    for other in meeting(stage, parent, run):
        if others_hand(other, parent):
            return said("in_hand", slot=other.name, by=other.by)
    for other in meeting(stage, parent, run):
        if stage.state.runs[other.id].live:
            why = said("outputs_taken", slot=run.name)
            runs.finish(stage, stage.state.runs[other.id], at, why, taken=run.outputs)
    runs.start_by_itself(stage, run, at)
    return None


def others_hand(run: Run, parent: Run) -> bool:
    """Whether a run is in the hand of another person than the one who called its parent."""
    return run.in_hand and (run.by is None or run.by != parent.by)


def new_run(stage: Stage, parent: Run, sequence: str, at: Millis) -> Run:
    """The next run of a sequence under its parent. Of those that are over the newest is kept: a loop
    may start one every minute, all night."""
    before = [
        r for r in stage.state.runs.values() if (r.parent, r.sequence) == (parent.id, sequence)
    ]
    old = {r.id for r in before[:-1] if not r.live}
    if old:
        stage.change(runs={k: r for k, r in stage.state.runs.items() if k not in old})
    taken = f"{parent.id}:{sequence}"
    if before:
        newest = before[-1].id.removeprefix(taken).removeprefix(".") or "1"
        taken = f"{taken}.{int(newest) + 1}"
    driven = set(outputs_of(stage.file_of(parent), sequence))
    outputs = tuple(o for o in parent.outputs if o in driven)
    return Run(
        id=taken,
        parent=parent.id,
        sequence=sequence,
        slot=parent.slot,
        night=parent.night,
        surface=stage.output(parent, outputs[0]).surface if outputs else parent.surface,
        file=parent.file,
        start=parent.start,
        starts=at,
        ends=parent.ends,
        closed=parent.closed,
        control=parent.control,
        outputs=outputs,
    )


def outputs_of(file: NightFile, sequence: str) -> list[str]:
    """What a sequence drives, and those that it starts, each of them gone through once."""
    found, met = list[str](), [s for s in (sequence,) if s in file.sequences]
    for name in met:  # it grows on the way
        actions = [a for c in file.sequences[name].cues for a in c.do]
        found += [o for a in actions for o in a.outputs]
        started = dict.fromkeys(a.sequence for a in actions if a.kind == "start" and a.sequence)
        met += [s for s in started if s not in met and s in file.sequences]
    return list(dict.fromkeys(found))


def meeting(stage: Stage, parent: Run, run: Run) -> list[Run]:
    """The live runs that it would take the place of: the same sequence, or the same outputs; its parent,
    and who started that, hand it theirs."""
    above = {parent.id, *ancestors(parent.id)}
    return [
        r
        for r in stage.state.runs.values()
        if r.live
        and r.id not in above
        and r.started_at is not None
        and (
            (r.parent, r.sequence) == (parent.id, run.sequence) or set(r.outputs) & set(run.outputs)
        )
    ]


def end(stage: Stage, parent: Run, action: Action, at: Millis) -> Sentence | None:
    """End a sequence that was started under the same slot's run; gives the reason where it cannot."""
    parent = stage.state.runs[parent.id]
    family = parent.id.partition(":")[0]
    meant = [
        r
        for r in stage.state.runs.values()
        if r.live
        and r.parent is not None
        and r.sequence == action.sequence
        and r.id.partition(":")[0] == family
    ]
    if not meant:
        return said("not_running", sequence=action.sequence)
    for run in meant:
        if others_hand(run, parent):
            return said("in_hand", slot=run.name, by=run.by)
        runs.finish(stage, run, at, said("ended_by", slot=parent.name))
    return None
