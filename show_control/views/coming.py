"""What of tonight is on, waits or is still to come, as far as the hand may delay it (pure).

A hand delays what is called after it on the same outputs, and auto slots by their rules. An auto run
delays nobody: a GO takes its outputs, and so does the next slot.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

import msgspec

from show_control.engine.ahead import ahead
from show_control.engine.fitting import latest_start, started_early
from show_control.engine.stage import Stage
from show_control.engine.state import Run, State
from show_control.model import Millis, Night, NightFile, Slot
from show_control.views.once import PartOf
from show_control.views.runs_and_slots import rest

replace = msgspec.structs.replace


HORIZON = 500
"""So many slots ahead are looked at: a delay does not last through more."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A slot to come, or a run that is not over: when it is due, and how long it then takes.

    `by_hand`: a person calls it, and curfew does not end it. It `lapses` if it has not started by then.
    `fits` is the last instant at which an auto slot that waits may start, `latest` that of its slot.
    `planned` is when it should have ended. `begun`: it is on, until `starts` + `length`.
    """

    slot: str
    surfaces: tuple[str, ...]
    outputs: frozenset[str]
    starts: Millis
    length: Millis
    planned: Millis
    by_hand: bool
    meets: str = "wait"
    special: bool = False
    lapses: Millis | None = None
    fits: Millis = 0
    latest: Millis | None = None
    begun: bool = False


class Plan(msgspec.Struct, frozen=True):
    """A night's slots by start: those that bear on a hand, or that a hand must not delay too far; and
    which of its slots are the other ones on each surface."""

    weighty: tuple[Item, ...]
    others: dict[str, tuple[int, ...]]


def plan_of(state: State, night: Night) -> Plan:
    """The night's plan: worked out once for a file."""
    file = state.file
    assert file is not None, "a night is of a file"
    return _plan(PartOf(file, state.loaded or "", night.date))


@lru_cache(maxsize=4)
def _plan(of: PartOf) -> Plan:
    night = next(n for n in of.file.nights if n.date == of.name)
    weighty, others = list[Item](), dict[str, list[int]]()
    known: dict[str, Millis | None] = {}
    for n, slot in enumerate(night.slots):
        if weighs(slot):
            if slot.start == "manual" and slot.sequence not in known:
                cues = of.file.sequences[slot.sequence].cues
                known[slot.sequence] = rest(unbegun(slot), cues)
            weighty.append(item_of(of.file, night, n, known.get(slot.sequence)))
            continue
        for surface in dict.fromkeys(
            (slot.surface, *(of.file.outputs[o].surface for o in slot.outputs))
        ):
            others.setdefault(surface, []).append(n)
    return Plan(tuple(weighty), {s: tuple(of_it) for s, of_it in others.items()})


def weighs(slot: Slot) -> bool:
    """Whether a slot may delay what comes after it, or must not be delayed too far."""
    by_hand = slot.start == "manual"
    return by_hand or slot.meets == "take over" or slot.latest_start is not None


def item_of(file: NightFile, night: Night, n: int, known: Millis | None = None) -> Item:
    """A slot of a night, by its place among them; `known` is how long its cues take, by hand."""
    slot = night.slots[n]
    by_hand, length = slot.start == "manual", slot.ends - slot.starts
    return Item(
        slot=slot.id,
        surfaces=surfaces(file, slot.surface, slot.outputs),
        outputs=frozenset(slot.outputs),
        starts=slot.starts,
        length=max(length, known or 0) if by_hand else length,
        planned=slot.ends,
        by_hand=by_hand,
        meets=slot.meets,
        special=slot.programme == "special",
        lapses=slot.ends if by_hand else None,
        fits=_fits(file, night, slot, islice(night.slots, n + 1, None)),
        latest=slot.latest_start,
    )


def unbegun(slot: Slot) -> Run:
    """A slot's run as it stands by first."""
    return Run(
        id=slot.id,
        slot=slot.id,
        night=slot.night,
        surface=slot.surface,
        file="",
        sequence=slot.sequence,
        start=slot.start,
        starts=slot.starts,
        ends=slot.ends,
        outputs=slot.outputs,
        standby=0,
    )


def _fits(file: NightFile, night: Night, slot: Slot, after: Iterable[Slot]) -> Millis:
    """As the engine's fitting has it: before what comes next on an output of it, curfew, night's end."""
    mine = set(slot.outputs)
    following = next(
        (
            s.starts
            for s in after
            if s.starts > slot.starts and (s.surface == slot.surface or mine & set(s.outputs))
        ),
        night.ends,
    )
    curfews = [
        night.curfews[s] for s in surfaces(file, slot.surface, slot.outputs) if s in night.curfews
    ]
    return min([night.ends, following, *curfews]) - (slot.ends - slot.starts)


def surfaces(file: NightFile, own: str, outputs: Iterable[str]) -> tuple[str, ...]:
    """Those that outputs are on, a slot's own first."""
    return tuple(dict.fromkeys([own, *(file.outputs[o].surface for o in outputs)]))


def on_and_to_come(state: State, night: Night, now: Millis) -> list[Item]:
    """What bears on how the night goes on, by when it is due."""
    early = started_early(state, night.date)
    runs = [r for r in state.runs.values() if r.live and r.night == night.date and on_its_own(r)]
    automatic = state.automation and state.stopped is None
    weighty = plan_of(state, night).weighty
    first = bisect_right(weighty, state.through, key=lambda i: i.starts)
    ahead_of_us = weighty[first : first + HORIZON]
    coming = [i for i in ahead_of_us if i.slot not in early and (i.by_hand or automatic)]
    return sorted([*(_of_run(state, r, now) for r in runs), *coming], key=lambda i: i.starts)


def on_its_own(run: Run) -> bool:
    """Whether a run may outlast the one that started it: else that one stands for it."""
    return run.parent is None or run.in_hand


def _of_run(state: State, run: Run, now: Millis) -> Item:
    file = state.files[run.file]
    night = next((n for n in file.nights if n.date == run.night), None)
    slot = next((s for s in (night.slots if night else ()) if s.id == run.slot), None)
    begun = run.phase in ("running", "holding")
    by_hand = run.in_hand or run.start == "manual"
    length = run.ends - run.starts
    if not begun and by_hand:
        length = max(length, rest(run, state.sequence(run).cues) or 0)
    item = Item(
        slot=run.slot,
        surfaces=surfaces(file, run.surface, run.outputs),
        outputs=frozenset(run.outputs),
        starts=now,
        length=ends_of(state, run, now) - now if begun else length,
        planned=run.ends,
        by_hand=by_hand,
        special=slot is not None and slot.programme == "special",
        latest=run.latest_start if not begun else None,
        lapses=run.ends if run.phase == "standing by" and not run.closed else None,
        begun=begun,
    )
    if run.phase != "waiting":
        return item
    return replace(item, fits=latest_start(Stage(state, now), run))


def ends_of(state: State, run: Run, now: Millis) -> Millis:
    """When a run that is on will have ended: of an auto one in nobody's hand not after its slot.

    By hand it is as soon as each GO can be given; where a length is not known, its slot's time counts.
    """
    if run.start == "auto" and not run.in_hand:
        return max(now, min(run.ends, run.ends_at if run.ends_at is not None else run.ends))
    cues = state.sequence(run).cues
    planned, left = ahead(cues, run), 0
    if run.standby is not None:
        known = rest(run, cues)
        if known is None:
            return max(now, run.ends)
        left = known
    if planned is not None and planned.end is None:
        return max(now, run.ends)
    held = now - run.held_at if run.held_at is not None else 0
    return max(now, (planned.end or 0) + held if planned is not None else now) + left
