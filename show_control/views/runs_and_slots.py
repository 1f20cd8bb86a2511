"""Tonight's slots and runs as the board shows them."""

from __future__ import annotations

import msgspec

from show_control.documents import ControlView, LoopView, RunView, SlotStatus, SlotView
from show_control.engine.ahead import ahead, dropped_by, last_pass, set_off
from show_control.engine.chased import timecode_of
from show_control.engine.on_timecode import SILENT, place
from show_control.engine.state import UNDER_WAY, Run, State
from show_control.model import Cue, Millis, Night, Sequence, Text
from show_control.sentences import said, say, texts, texts_of
from show_control.timing import chain, on_timeline, passing_over
from show_control.views.cues import cue_views
from show_control.views.reach import surfaces_of

replace = msgspec.structs.replace


def slot_views(state: State, night: Night | None) -> tuple[SlotView, ...]:
    """Tonight's slots in order, the displaced ones among them."""
    file = state.file
    if night is None or file is None:
        return ()
    latest: dict[str, Run] = {}
    for run in state.runs.values():
        if run.night == night.date and run.parent is None:
            latest[run.slot] = run
    views = [
        SlotView(
            slot=d.id,
            run=None,
            surface=d.surface,
            title=d.title,
            status="displaced",
            start="auto",
            starts=d.starts,
            ends=d.ends,
            reason=say(said("displaced", by=d.by)),
            reasons=texts(said("displaced", by=d.by)),
        )
        for d in night.displaced
    ]
    for slot in night.slots:
        mine = latest.get(slot.id)
        early = mine if mine is not None and mine.early else None
        status: SlotStatus = mine.phase if mine is not None else "planned"
        views.append(
            SlotView(
                slot=slot.id,
                run=mine.id if mine is not None else None,
                surface=slot.surface,
                title=slot.title,
                status=status,
                start=slot.start,
                starts=early.starts if early else slot.starts,
                ends=early.ends if early else slot.ends,
                reason=mine.reason if mine is not None else None,
                reasons=texts_of(mine.reason, mine.said) if mine is not None else {},
                meets=slot.meets,
                latest_start=slot.latest_start,
                surfaces=surfaces_of(file, state.loaded or "", slot),
            )
        )
    return tuple(sorted(views, key=lambda v: (v.starts, v.surface, v.slot)))


def run_views(state: State, night: Night | None, now: Millis) -> tuple[RunView, ...]:
    """Runs that are live, and those of tonight that are over."""
    date = night.date if night else None
    return tuple(
        run_view(state, run, now) for run in state.runs.values() if run.live or run.night == date
    )


def run_view(state: State, run: Run, now: Millis) -> RunView:
    """One performance, its cues with what each has come to."""
    sequence = state.sequence(run)
    cues = sequence.cues
    slot = state.slot(run)
    return RunView(
        run=run.id,
        slot=run.slot,
        night=run.night,
        surface=run.surface,
        title=slot.title if slot and slot.title and run.parent is None else sequence.title,
        status=run.phase,
        start=run.start,
        starts=run.starts,
        ends=run.ends,
        in_hand=run.in_hand,
        by=run.by,
        standby=cues[run.standby].number if run.standby is not None else None,
        standby_count=run.count,
        drops=drops(run, cues, now),
        brings=brings(run, sequence, now),
        cues=cue_views(run, cues, now),
        outputs=run.outputs,
        ends_at=ends_at(run, cues),
        control=control_view(run),
        started_at=run.started_at,
        ended_at=run.ended_at,
        rest=rest(run, cues),
        faded=run.phase == "holding" and run.faded,
        looping=loop_view(run, cues, now),
        parent=run.parent,
        timeline=on_timeline(cues),
        waits=waits(state, run),
    )


def waits(state: State, run: Run) -> Text:
    """How it is with the timecode that cues of a run wait for."""
    timecode = timecode_of(state, run)
    if timecode is None or not run.awaits or run.phase not in UNDER_WAY:
        return {}
    return texts(place(timecode, state.timecodes.get(timecode.id, SILENT)))


def loop_view(run: Run, cues: tuple[Cue, ...], now: Millis) -> LoopView | None:
    """The loop that a run is in; after its last pass it is in none."""
    loop = run.loop
    if loop is None:
        return None
    last = last_pass(cues, loop)
    planned = ahead(cues, replace(run, loop=replace(loop, out=False)))
    if last and planned is not None and planned.ready is not None and planned.ready <= now:
        return None
    cue = cues[loop.cue]
    return LoopView(
        cue=cue.number,
        to=cues[loop.to].number,
        turn=loop.turn,
        times=cue.times,
        leaving=last,
    )


def control_view(run: Run) -> ControlView | None:
    """Who has control of a run."""
    held = run.control
    return ControlView(**msgspec.structs.asdict(held)) if held is not None else None


def ends_at(run: Run, cues: tuple[Cue, ...]) -> Millis | None:
    """When what was called will have ended; None where that waits, nobody knows, or a GO goes before."""
    beside = run.anchor is not None and run.standby is not None and cues[run.standby].at is None
    if run.ends_at is not None or not run.live or run.awaits:
        return run.ends_at
    if run.standby is not None and not beside:
        return None
    planned = ahead(cues, run)
    return planned.end if planned is not None and (run.loop is None or run.loop.out) else None


def rest(run: Run, cues: tuple[Cue, ...]) -> Millis | None:
    """How long it is from the GO of the cue that stands by to the end of the last one; a loop that
    somebody has to leave is gone through once. A timeline is entered by it, or runs on beside it."""
    at, standby = 0, run.standby
    if (
        standby is not None
        and on_timeline(cues)
        and (run.anchor is None or cues[standby].at is not None)
    ):
        planned = ahead(cues, set_off(cues, replace(run, anchor=None, went=()), standby, 0)[0])
        return None if planned is None or cues[standby].timecode else planned.end
    while standby is not None and standby < len(cues):
        planned, begun = chain(passing_over(cues, standby), standby, at, {}), at
        if planned.end is None or planned.ready is None:
            return None
        at, standby = planned.end, planned.stop
        if planned.loop is not None and (times := cues[planned.loop].times):
            at += (times - 1) * (planned.ready - begun)
    return at


def brings(run: Run, sequence: Sequence, now: Millis) -> tuple[str, ...]:
    """What goes by itself after the cue that stands by, and does not without its GO."""
    cues = sequence.cues
    if run.standby is None:
        return ()
    stays = set(run.pending)
    stays -= {d for d in stays if d[0] in dropped_by(cues, run, run.standby, now)}
    pending = set_off(cues, run, run.standby, now)[0].pending
    return tuple(cues[d[0]].number for d in pending if d[0] != run.standby and d not in stays)


def drops(run: Run, cues: tuple[Cue, ...], now: Millis) -> tuple[str, ...]:
    """What the GO of the cue that stands by would drop; with none in standby, what is to come."""
    if run.standby is None:
        return tuple(cues[i].number for i, _ in run.pending)
    return tuple(cues[i].number for i in dropped_by(cues, run, run.standby, now))
