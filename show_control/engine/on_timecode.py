"""Timecode: it sets where the timelines of its runs lie, and while it does not run they wait.

A cue at a timecode fires on crossing. A gap of up to a second is crossed; what a longer jump went over
did not go, and its entry says so; where the timecode went back, cues come again. What it does while nobody
hears it is not known: where it comes back to the place that it would have reached, it ran on, and cues
that fell due meanwhile follow their sequence's `late` rule.
"""

from __future__ import annotations

import msgspec

from show_control.engine import chased, firing, runs
from show_control.engine.chased import RUNS, timecode_of
from show_control.engine.stage import Stage
from show_control.engine.state import UNDER_WAY, Followed, Run, State
from show_control.events import Timecode as Told
from show_control.frames import Rate, a_day, at_position, written
from show_control.model import Millis, Timecode
from show_control.sentences import Sentence, said

replace = msgspec.structs.replace

CROSSED: Millis = 1000
"""A gap up to this is crossed: the timecode's freewheel."""
WOBBLE: Millis = 200
"""What goes back by less did not go back: no cue comes again."""

SILENT = Followed(status="silent", position=0, at=0, since=0)
"""Not heard since the player has this file."""

SAID = {
    "silent": "timecode_silent",
    "running": "timecode_running",
    "freewheeling": "timecode_freewheeling",
    "still": "timecode_still",
    "reverse": "timecode_reverse",
    "rate": "timecode_rate",
    "unheard": "timecode_unheard",
    "astray": "timecode_astray",
    "restarted": "timecode_restarted",
}

_NS = 1_000_000


def take(stage: Stage, event: Told) -> None:
    """A timecode runs, lies elsewhere, or does not run any more."""
    before = stage.state.timecodes.get(event.timecode)
    same = before is not None and (before.status, before.why) == (event.status, event.why)
    followed = Followed(
        status=event.status,
        position=event.position,
        at=stage.now,
        since=before.since if before is not None and same else stage.now,
        zero=event.zero,
        why=event.why,
        told=event.told,
        sender=event.sender,
    )
    stage.change(timecodes={**stage.state.timecodes, event.timecode: followed})
    if not same and event.status != "freewheeling" and not _goes_on(before, followed):
        for run in following(stage.state, event.timecode):
            enter(stage, run, followed)
    for run in following(stage.state, event.timecode):
        if run.reached is None and run.anchor is not None and followed.status in RUNS:
            lay(stage, run, followed)


def _goes_on(before: Followed | None, now: Followed) -> bool:
    """It was unheard for less than a second: nothing came of that."""
    return before is not None and before.status in RUNS and now.status in RUNS


def restarted(stage: Stage) -> None:
    """The player has come back: no timecode has been heard yet."""
    for name, before in stage.state.timecodes.items():
        if before.status in RUNS:
            rate = _rate(stage.state, name)
            where = position_at(before, rate, stage.now) if rate else before.position
            told = Told(timecode=name, status="lost", position=where, why="restarted")
            take(stage, told)


def _rate(state: State, name: str) -> Rate | None:
    return next((f.timecodes[name].rate for f in state.files.values() if name in f.timecodes), None)


def reconcile(stage: Stage) -> None:
    """Runs whose timecode runs go by it; those whose does not wait for it, and a cue stands by."""
    if not any(file.timecodes for file in stage.state.files.values()):
        return
    for run in list(stage.state.runs.values()):
        timecode = timecode_of(stage.state, run)
        if run.phase not in UNDER_WAY or timecode is None:
            continue
        followed = stage.state.timecodes.get(timecode.id)
        if followed is not None and followed.status in RUNS:
            if run.awaits or run.reached is not None:
                lay(stage, run, followed)
        elif run.reached is None:
            wait(stage, run)


def following(state: State, timecode: str) -> list[Run]:
    """The runs under way that follow a timecode and have cues at it to come."""
    return [
        run
        for run in state.runs.values()
        if run.phase in UNDER_WAY and state.sequence(run).timecode == timecode
    ]


def waiting(state: State, timecode: str) -> tuple[str, ...]:
    """The outputs of the runs that wait for a timecode."""
    return tuple(o for run in following(state, timecode) if run.awaits for o in run.outputs)


def wait(stage: Stage, run: Run) -> None:
    """The timecode does not run: what is at it waits, and the first of that stands by for a GO."""
    cues = stage.cues(run)
    run = chased.parted(cues, run, stage.now)
    if run.reached is None:
        run = replace(run, reached=0)
    first = chased.first_awaited(cues, run)
    if run.awaits and run.standby is None and first < len(cues):
        runs.stand_by(stage, run, first, stage.now)
    else:
        stage.put(runs.settle(stage, run, stage.now))


def lay(stage: Stage, run: Run, followed: Followed) -> None:
    """The timecode of a run runs: its cues have instants, those that it jumped over do not go."""
    timecode = timecode_of(stage.state, run)
    assert timecode is not None, "it follows one"
    assert followed.zero is not None, "it runs"
    cues = stage.cues(run)
    first = next((c.at for c in cues if c.at is not None), 0)
    anchor = anchor_of(run, followed.zero, timecode, first, stage.now)
    position = stage.now - anchor
    reached = run.reached if run.reached is not None else stage.now - (run.anchor or anchor)
    ran_on = run.anchor is not None and -CROSSED <= anchor - run.anchor <= WOBBLE
    if ran_on and run.reached is None and not run.awaits:
        run = stage.put(runs.settle(stage, chased.shifted(cues, run, anchor), stage.now))
        make_up(stage, run)
        return
    if run.anchor is None:
        run = passed(stage, run, position - CROSSED, _said("timecode_past", timecode, position))
    elif not ran_on and position < reached - WOBBLE:
        run = chased.again(cues, run, position)
        enter(stage, run, followed, was=reached)
    elif not ran_on and position > reached + CROSSED:
        why = _said("timecode_jumped", timecode, position, reached)
        enter(stage, run, followed, was=reached)
        run = passed(stage, run, position, why)
    run = chased.joined(cues, run, anchor)
    if run.standby is not None and cues[run.standby].at is not None and run.moved_at is None:
        run = runs.stand_by(stage, run, _stands_by(stage, run), stage.now)
    else:
        run = stage.put(runs.settle(stage, run, stage.now))
    make_up(stage, run)


def make_up(stage: Stage, run: Run) -> None:
    """What fell due meanwhile goes now, where its sequence's rule is to fire; what follows counts from now."""
    fires = stage.state.sequence(run).late == "fire" and run.phase == "running"
    while fires and run.pending and run.pending[0][1] < stage.now:
        index, due = run.pending[0]
        run = firing.fire(stage, run, index, stage.now, due)


def _stands_by(stage: Stage, run: Run) -> int:
    """With the timecode running no cue at it stands by."""
    cues = stage.cues(run)
    if run.head is None:
        return chased.first_by_hand(cues)
    return chased.chased(cues, run).stop


def passed(stage: Stage, run: Run, position: Millis, why: Sentence) -> Run:
    """The cues to come that lie before a position do not go."""
    cues = stage.cues(run)
    waits = {*run.awaits, *(i for i, _ in run.pending)}
    mine = set(chased.chain_of(cues, run.head)) if run.head is not None else set[int]()
    behind = [
        r
        for r in chased.roots(cues)
        if r in waits and r not in mine and (cues[r].at or 0) <= position
    ]
    gone = [i for i in sorted(chased.chains_of(cues, behind)) if i in waits and i not in mine]
    for index in gone:
        cue = cues[index]
        data = {"name": cue.name, "how": "timecode", "late": 0, "do": msgspec.to_builtins(cue.do)}
        stage.record("cue_passed", stage.now, run, cue=cue.number, why=why, data=data)
    return chased.left(run, gone)


def anchor_of(run: Run, zero: Millis, timecode: Timecode, first: Millis, now: Millis) -> Millis:
    """Where the timeline's 0 lies: the day of labels that is nearest to where it lay, or else to the
    first cue at it: what lies up to twelve hours behind that is before it."""
    day = round(a_day(timecode.rate) / _NS)
    wanted = run.anchor if run.anchor is not None else now - first
    return wanted + (zero - wanted + day // 2) % day - day // 2


def position_at(followed: Followed, rate: Rate, now: Millis) -> Millis:
    """Where a timecode is at an instant, or was heard last."""
    if followed.zero is None:
        return followed.position
    return (now - followed.zero) % round(a_day(rate) / _NS)


def enter(stage: Stage, run: Run, followed: Followed, was: Millis | None = None) -> None:
    """Enter what has become of a run's timecode."""
    timecode = timecode_of(stage.state, run)
    if timecode is None:
        return
    why = (
        place(timecode, followed)
        if was is None
        else _said("timecode_jumped", timecode, followed.position, was)
    )
    data = {"timecode": timecode.id, "status": followed.status, "position": followed.position}
    stage.record("timecode", stage.now, run, why=why, data=data)


def place(timecode: Timecode, followed: Followed) -> Sentence:
    """How it is with a timecode, in a sentence."""
    runs_not = followed.status in ("stopped", "lost")
    return said(
        SAID[(followed.why if runs_not else None) or followed.status],
        timecode=timecode.id,
        where=label(timecode, followed.position),
        told=followed.told or "-",
        rate=timecode.rate,
    )


def _said(code: str, timecode: Timecode, position: Millis, was: Millis | None = None) -> Sentence:
    before = None if was is None else label(timecode, was)
    return said(code, timecode=timecode.id, where=label(timecode, position), was=before)


def label(timecode: Timecode, position: Millis) -> str:
    """The frame at a position that was cut, or rounded, to a millisecond."""
    day = a_day(timecode.rate)
    return written(at_position((position * _NS + _NS // 2) % day, timecode.rate), timecode.rate)
