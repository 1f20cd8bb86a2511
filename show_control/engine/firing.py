"""A cue goes: what it does on outputs, what it tells their servers, which other sequence it starts or ends."""

from __future__ import annotations

import msgspec

from show_control.engine import nested, runs
from show_control.engine.acting import act
from show_control.engine.stage import Stage
from show_control.engine.state import Run
from show_control.model import Cue, Millis
from show_control.sentences import said
from show_control.timing import LATE_AFTER

replace = msgspec.structs.replace


def cue_due(stage: Stage, run: Run) -> None:
    """The next pending cue's instant has come: it goes, or follows its sequence's `late` rule."""
    index, due = run.pending[0]
    late = stage.now - due
    rule = stage.state.sequence(run).late
    if late <= LATE_AFTER or rule == "fire":
        fire(stage, run, index, due)
    else:
        runs.behind(stage, run, index, due, due)


def fire(stage: Stage, run: Run, index: int, at: Millis, due: Millis | None = None) -> Run:
    """A cue goes at `at`: its actions are sent, it is entered, and what follows counts from it.

    `due` is when it should have, where that is not `at`.
    """
    cue = stage.cues(run)[index]
    if cue.skip and index != run.head:
        stage.record("cue_skipped", at, run, cue=cue.number, why=said("set_aside"))
        run = replace(run, skipped=(*run.skipped, index))
        return runs.gone(stage, run, index, at, past=False)
    due = at if due is None else due
    enter_went(stage, run, index, at, due)
    act(stage, run, cue, at, due)
    skipped, dropped = (tuple(i for i in of if i != index) for of in (run.skipped, run.dropped))
    run = runs.gone(stage, replace(run, skipped=skipped, dropped=dropped), index, at)
    nested.act(stage, run, cue, at)
    return stage.state.runs[run.id]


def enter_went(stage: Stage, run: Run, index: int, at: Millis, due: Millis) -> None:
    """Enter that a cue went: how, and how late."""
    cue, head = stage.cues(run)[index], run.head == index
    turns = run.loop is not None and run.loop.turn > 1
    again = any(i == index for i, _ in run.past)
    late = stage.now - due
    stage.record(
        "cue_went",
        at if late <= LATE_AFTER else stage.now,
        run,
        cue=cue.number,
        by=(run.last_go_by or None) if head and not turns else None,
        data={
            "name": cue.name,
            "how": how_it_went(run, cue, head=head, turns=turns, again=again),
            "late": late if late > LATE_AFTER else 0,
            "do": msgspec.to_builtins(cue.do),
        },
    )


def how_it_went(run: Run, cue: Cue, *, head: bool, turns: bool, again: bool) -> str:
    """By whom or what a cue goes."""
    if head:
        return "loop" if turns else run.how
    if cue.at is None:
        return cue.continues
    if cue.timecode is None:
        return "timeline"
    return "timecode_again" if again else "timecode"
