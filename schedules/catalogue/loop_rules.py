"""What must hold of loops: they turn by themselves, take a time that is known, and lie apart."""

from __future__ import annotations

from collections.abc import Iterator

from schedules.catalogue.index import Index
from schedules.catalogue.model import Cue, Sequence
from schedules.faults import Fault, one_of

_SHORTEST = 100
"""Milliseconds: a loop that turned more often would do nothing but turn."""


def loop_faults(index: Index, sequence: Sequence, path: str) -> Iterator[Fault]:
    """All faults of a sequence's loops."""
    numbers = [cue.number for cue in sequence.cues]
    taken = -1
    for n, cue in enumerate(sequence.cues):
        at = f"{path}.cues[{n}]"
        if cue.loop is None:
            if cue.times is not None:
                yield Fault(
                    f"{at}.times", "times says nothing without loop", "give loop, or leave it out"
                )
            continue
        if cue.loop not in numbers:
            yield Fault(
                f"{at}.loop",
                f"there is no cue {cue.loop} in {sequence.id}",
                one_of(cue.loop, numbers),
            )
            continue
        first, last = numbers.index(cue.loop), _last(sequence, n)
        found = list(_loop(index, sequence, first, n, last, f"{at}.loop"))
        if not found and first <= taken:
            found = [
                Fault(
                    f"{at}.loop",
                    f"the loop from cue {cue.loop} to cue {cue.number} lies in another one",
                    "let one end before the other begins",
                )
            ]
        yield from found
        taken = max(taken, last)


def _last(sequence: Sequence, index: int) -> int:
    """The last cue that goes together with this one."""
    while index + 1 < len(sequence.cues) and sequence.cues[index + 1].continues == "with":
        index += 1
    return index


def _loop(
    index: Index, sequence: Sequence, first: int, looping: int, last: int, path: str
) -> Iterator[Fault]:
    cues = sequence.cues
    if first > looping:
        yield Fault(
            path,
            f"cue {cues[first].number} comes after cue {cues[looping].number}",
            "loop to the cue itself, or to one before it",
        )
        return
    if any(cue.at is not None for cue in cues):
        yield Fault(
            path,
            f"{sequence.id} is a timeline: it does not turn back",
            'put the loop into a sequence of its own, and start that: action = "start"',
        )
        return
    if cues[first].skip:
        yield Fault(path, f"cue {cues[first].number} is passed over", "loop to a cue without skip")
    for cue in cues[first + 1 : last + 1]:
        if cue.continues == "none":
            yield Fault(
                path,
                f"cue {cue.number} in the loop waits for GO",
                'let it follow: continue = "follow"',
            )
            return
    yield from _length(index, cues[first : last + 1], path)


def _length(index: Index, inside: tuple[Cue, ...], path: str) -> Iterator[Fault]:
    """A loop's pass has an end that is known, and takes some time."""
    counted = [cue for cue in inside if not cue.skip]
    for cue in counted:
        if index.length(cue) is None:
            yield Fault(
                path,
                f"no one knows when the loop's pass is over: cue {cue.number} has no known end",
                f"give cue {cue.number} a duration (or its work)",
            )
            return
    waits = sum(c.pre_wait + c.post_wait + (index.length(c) or 0) for c in counted)
    if waits < _SHORTEST:
        yield Fault(
            path,
            "a pass of the loop takes no time",
            f"give a cue in it a duration, {_SHORTEST}ms at least",
        )
