"""What a run has ahead: what a GO would set off and drop, what goes by itself, when all has ended (pure)."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from show_control.engine.chased import all_of_it, by_hand, by_timecode, chased
from show_control.engine.state import Looping, Run
from show_control.model import Cue, Millis
from show_control.timing import Chain, chain, index_of, on_timeline, passing_over, place, timeline

replace = msgspec.structs.replace


def ahead(cues: Sequence[Cue], run: Run) -> Chain | None:
    """What the last GO, or the schedule, set off, with the cues that went where they went."""
    if by_timecode(cues):
        return chased(passing_over(cues, run.head), run)
    cues = passing_over(cues, run.head)
    went = dict(run.went)
    if run.anchor is not None:
        return timeline(cues, run.head, run.called_at, went, anchor=run.anchor, entered=run.entered)
    if run.head is None:
        return None
    left = run.loop.cue if run.loop is not None and run.loop.out else None
    return chain(cues, run.head, run.called_at, went, left=left)


def last_pass(cues: Sequence[Cue], loop: Looping) -> bool:
    """Whether a loop is not gone through again."""
    times = cues[loop.cue].times
    return loop.leaving or (times is not None and loop.turn >= times)


def set_off(cues: Sequence[Cue], run: Run, index: int, at: Millis) -> tuple[Run, int]:
    """A cue is called: the run with what is pending then, and the index of the cue that waits next.

    A cue with a place on a timeline enters it there: what lies before it is left. One without leaves a
    timeline that runs as it is.
    """
    if by_timecode(cues):
        return by_hand(cues, begun(cues, run), index, at)
    run = replace(run, head=index, called_at=at, loop=None, turns_at=None)
    if not on_timeline(cues):
        return _chained(cues, replace(run, went=()))
    stays = run.anchor is not None and cues[index].at is None
    if not stays:
        anchor = at - place(cues, index)
        run = replace(run, anchor=anchor, entered=index, went=())
    mine = {i for i, _ in chain(passing_over(cues, index), index, at, {}).due}
    run = replace(run, went=tuple(w for w in run.went if w[0] not in mine))
    planned = ahead(cues, run)
    assert planned is not None, "it has a head"
    still = mine | {i for i, _ in run.pending}
    pending = tuple(d for d in planned.due if not stays or d[0] in still)
    return replace(run, pending=pending), planned.stop


def begun(cues: Sequence[Cue], run: Run) -> Run:
    """A run as it begins: what goes by a timecode waits for that."""
    return run if run.started_at is not None else replace(run, awaits=all_of_it(cues))


def _chained(cues: Sequence[Cue], run: Run) -> tuple[Run, int]:
    planned = ahead(cues, run)
    assert planned is not None, "it has a head"
    if planned.loop is not None and not cues[planned.loop].skip:
        to = index_of(cues, cues[planned.loop].loop or "")
        run = replace(run, loop=Looping(cue=planned.loop, to=to or 0))
    return replace(run, pending=planned.due), planned.stop


def dropped_by(cues: Sequence[Cue], run: Run, index: int, at: Millis) -> tuple[int, ...]:
    """The cues still to come by themselves that calling a cue would drop."""
    if not on_timeline(cues):
        return tuple(i for i, _ in run.pending)
    called = set_off(cues, run, index, at)[0]
    still = {*called.awaits, *(i for i, _ in called.pending)}
    return tuple(i for i in (*(i for i, _ in run.pending), *run.awaits) if i not in still)


def moved(cues: Sequence[Cue], run: Run) -> Run:
    """What is pending, counted anew from what went, and from where the timeline lies now."""
    planned = ahead(cues, run)
    assert planned is not None, "what is pending was called"
    still = {i for i, _ in run.pending}
    return replace(run, pending=tuple(d for d in planned.due if d[0] in still))
