"""What goes by a timecode: cues at one, and what goes with them or follows; what a GO sets off beside it (pure).

A timecode's sequence is a timeline whose 0 the timecode sets: its 00:00:00:00 lies at `anchor`. What waits
for it while it does not run is in `awaits`, all else that is to come in `pending`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from show_control.engine.state import Run, State
from show_control.model import Cue, Millis, Timecode
from show_control.timing import Chain, begins, chain, of_all, passing_over, waits_after

replace = msgspec.structs.replace

RUNS = frozenset({"running", "freewheeling"})


def timecode_of(state: State, run: Run) -> Timecode | None:
    """The timecode that a run follows."""
    file = state.files.get(run.file)
    name = state.sequence(run).timecode if file is not None else None
    return file.timecodes.get(name) if file is not None and name is not None else None


def timecode_runs(state: State, run: Run) -> bool:
    """Whether the timecode that a run follows has a place at every instant."""
    timecode = timecode_of(state, run)
    followed = state.timecodes.get(timecode.id) if timecode is not None else None
    return followed is not None and followed.status in RUNS


@of_all
def by_timecode(cues: Sequence[Cue]) -> bool:
    """Whether some of them go at a timecode."""
    return any(cue.timecode is not None for cue in cues)


def roots(cues: Sequence[Cue]) -> tuple[int, ...]:
    """The cues at a timecode."""
    return tuple(n for n, cue in enumerate(cues) if cue.at is not None)


def chain_of(cues: Sequence[Cue], root: int) -> tuple[int, ...]:
    """A cue and what goes by it."""
    return tuple(i for i, _ in chain(passing_over(cues, root), root, 0, {}).due)


def chains_of(cues: Sequence[Cue], of: Iterable[int]) -> set[int]:
    """Cues and what goes by them."""
    return {i for root in of for i in chain_of(cues, root)}


def chased(cues: Sequence[Cue], run: Run) -> Chain:
    """What goes by the timecode, as far as its instants are known, and what the last GO set off.

    Its end is that of what went, or was set off by hand: not known where that of the last of it is not.
    """
    went = dict(run.went)
    hand = chain(cues, run.head, run.called_at, went) if run.head is not None else None
    mine = {i for i, _ in hand.due} if hand is not None else set[int]()
    parts = [hand] if hand is not None else []
    gone = [hand] if hand is not None else []
    for root in roots(cues):
        at = cues[root].at
        if root in mine or at is None or (root not in went and run.anchor is None):
            continue
        part = chain(cues, root, (run.anchor or 0) + at, went)
        parts.append(part)
        gone += [part] if root in went else []
    due = {i: at for part in reversed(parts) for i, at in part.due}
    last = max(gone, key=lambda p: p.due[0][1], default=None)
    ends = [p.end for p in gone if p.end is not None]
    end = max(ends) if last is not None and last.end is not None else None
    in_order = sorted(due.items(), key=lambda d: (d[1], d[0]))
    return Chain(tuple(in_order), _waits(cues, run), end)


def _waits(cues: Sequence[Cue], run: Run) -> int:
    """The cue that waits for a GO next: while the timecode does not run, those at it do too."""
    if run.head is None:
        return first_awaited(cues, run)
    if run.awaits:
        return chain(cues, run.head, 0, {}).stop
    return waits_after(cues, run.head)


def first_awaited(cues: Sequence[Cue], run: Run) -> int:
    """The first cue that waits for the timecode; past the last where none does."""
    return min((i for i in run.awaits if cues[i].at is not None), default=len(cues))


def first_by_hand(cues: Sequence[Cue]) -> int:
    """The first cue that goes by a GO and by nothing else; past the last where none does."""
    return next((n for n, c in enumerate(cues) if c.at is None and begins(c)), len(cues))


def by_hand(cues: Sequence[Cue], run: Run, index: int, at: Millis) -> tuple[Run, int]:
    """A cue of the sequence is called: it goes now, and not again at its timecode. What else is at the
    timecode stays so, but for what should have gone by now, and, while the timecode does not run, for
    what lies before it."""
    mine = set(chain_of(cues, index))
    place = cues[index].at
    before = (r for r in run.awaits if place is not None and (cues[r].at or place) < place)
    left_behind = chains_of(cues, before)
    run = replace(
        run,
        head=index,
        called_at=at,
        went=tuple(w for w in run.went if w[0] not in mine),
        awaits=tuple(i for i in run.awaits if i not in mine and i not in left_behind),
    )
    planned = chased(passing_over(cues, index), run)
    still = mine | {i for i, due in run.pending if due >= at}
    return replace(run, pending=tuple(d for d in planned.due if d[0] in still)), planned.stop


def all_of_it(cues: Sequence[Cue]) -> tuple[int, ...]:
    """All that goes by the timecode."""
    return tuple(sorted(chains_of(cues, roots(cues)))) if by_timecode(cues) else ()


def still_at_it(cues: Sequence[Cue], run: Run, but: int) -> tuple[int, ...]:
    """What is to come by the timecode, without a cue and what goes by that."""
    gone = set(chain_of(cues, but))
    still = {*run.awaits, *(i for i, _ in run.pending)} & set(all_of_it(cues))
    return tuple(sorted(still - gone))


def parted(cues: Sequence[Cue], run: Run, now: Millis) -> Run:
    """The timecode does not run any more: what is at it waits, and what was called goes on."""
    mine = set(chain_of(cues, run.head)) if run.head is not None else set[int]()
    went = {i for i, _ in run.went}
    waits = chains_of(cues, (r for r in roots(cues) if r not in went and r not in mine)) - mine
    awaits = tuple(i for i, _ in run.pending if i in waits)
    return replace(
        run,
        pending=tuple(p for p in run.pending if p[0] not in waits),
        awaits=tuple(sorted({*run.awaits, *awaits})),
        reached=now - run.anchor if run.anchor is not None else None,
    )


def joined(cues: Sequence[Cue], run: Run, anchor: Millis) -> Run:
    """The timecode runs, its 0 at `anchor`: what waited for it has its instants, and so has the rest."""
    run = replace(run, anchor=anchor, reached=None)
    still = {*run.awaits, *(i for i, _ in run.pending)}
    due = chased(passing_over(cues, run.head), run).due
    return replace(run, pending=tuple(d for d in due if d[0] in still), awaits=())


def shifted(cues: Sequence[Cue], run: Run, anchor: Millis) -> Run:
    """The timecode runs on, its 0 found to lie elsewhere by a little: what is to come at it moves along,
    and what was set off by a cue that went does not. Less work than `joined`, which this comes to."""
    by = anchor - (run.anchor if run.anchor is not None else anchor)
    mine = set(chain_of(cues, run.head)) if run.head is not None else set[int]()
    still = mine | {i for i, _ in run.went}
    pending = ((i, at if root_of(cues, i) in still else at + by) for i, at in run.pending)
    in_order = sorted(pending, key=lambda d: (d[1], d[0]))
    return replace(run, anchor=anchor, pending=tuple(in_order))


def root_of(cues: Sequence[Cue], index: int) -> int:
    """The cue by which another goes."""
    while index > 0 and not begins(cues[index]):
        index -= 1
    return index


def again(cues: Sequence[Cue], run: Run, position: Millis) -> Run:
    """The timecode went back to a position: what is at it from there on is to come once more."""
    ahead = [r for r in roots(cues) if (cues[r].at or 0) > position]
    members = chains_of(cues, ahead)
    return replace(
        run,
        head=None if run.head in members else run.head,
        went=tuple(w for w in run.went if w[0] not in members),
        skipped=tuple(i for i in run.skipped if i not in members),
        dropped=tuple(i for i in run.dropped if i not in members),
        pending=tuple(p for p in run.pending if p[0] not in members),
        awaits=tuple(sorted({*run.awaits, *members})),
    )


def left(run: Run, indices: Iterable[int]) -> Run:
    """These are not to come any more."""
    gone = set(indices)
    return replace(
        run,
        pending=tuple(p for p in run.pending if p[0] not in gone),
        awaits=tuple(i for i in run.awaits if i not in gone),
        skipped=(*run.skipped, *sorted(gone)),
    )
