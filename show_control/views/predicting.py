"""How tonight goes on from now if nobody does anything about it: a run through what is on and to come (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from show_control.engine.fitting import started_early
from show_control.engine.state import State
from show_control.model import Millis, Night
from show_control.views.coming import Item, item_of, on_and_to_come, plan_of


class Performed(msgspec.Struct):
    """When an item is on."""

    item: Item
    starts: Millis
    ends: Millis


class Overrun(msgspec.Struct, frozen=True):
    """By how much a surface goes past its curfew, or a slot past its latest start, and when that is."""

    over: Millis
    slot: str
    limit: Millis
    at: Millis
    latest: bool = False


class Way(msgspec.Struct):
    """How it goes on: what is performed, the overruns by surface, and in how long the first further
    overrun may come, if time passes and nothing else happens; None where none can."""

    done: list[Performed] = []
    late: dict[str, list[Overrun]] = {}
    room: Millis | None = None

    def measure(self, surface: str, overrun: Overrun) -> None:
        """Take an overrun, or one that is not there yet: `over` is below 0 then."""
        if overrun.over > 0:
            self.late.setdefault(surface, []).append(overrun)
        elif self.room is None or -overrun.over < self.room:
            self.room = -overrun.over


class Prediction(msgspec.Struct, frozen=True, kw_only=True):
    """Of one surface: when its night ends, and the worst overrun where there is one."""

    surface: str
    ends: Millis
    curfew: Millis | None
    worst: Overrun | None


class Predicted(msgspec.Struct, frozen=True):
    """Every surface on which something is on or to come; `room` as of a `Way`."""

    surfaces: tuple[Prediction, ...] = ()
    room: Millis | None = None


def predict(state: State, night: Night, now: Millis) -> Predicted:
    """What becomes of a night from now."""
    way = gone_through(on_and_to_come(state, night, now), night.curfews)
    automatic = state.automation and state.stopped is None
    found = []
    for surface in state.file.surfaces if state.file else ():
        ends = [p.ends for p in way.done if surface in p.item.surfaces]
        last = last_by_itself(state, night, surface, way.done) if automatic else None
        ends += [last] if last is not None else []
        if ends:
            worst = max(way.late.get(surface, ()), key=lambda o: o.over, default=None)
            curfew = night.curfews.get(surface)
            found.append(Prediction(surface=surface, ends=max(ends), curfew=curfew, worst=worst))
    return Predicted(tuple(found), way.room)


def gone_through(
    items: Iterable[Item], curfews: Mapping[str, Millis], without: frozenset[str] = frozenset()
) -> Way:
    """Each item by its own rule, in the order in which they are due; `without` some slots."""
    way, busy = Way(), dict[str, Millis]()
    for item in items:
        if item.slot in without and not item.begun:
            continue
        free = max((busy.get(o, 0) for o in item.outputs), default=0)
        starts = started(item, free)
        if starts is not None and starts < free and not item.begun:
            busy |= taken_over(item, way.done)
        if (latest := item.latest) is not None:
            wanted = max(item.starts, free)
            over = Overrun(wanted - latest, item.slot, latest, wanted, latest=True)
            way.measure(item.surfaces[0], over)
        if starts is not None:
            way.done.append(Performed(item, starts, _ends(item, starts, curfews)))
            if item.by_hand:
                busy |= dict.fromkeys(item.outputs, max(way.done[-1].ends, free))
    for one in way.done:
        past_curfew(one, curfews, way)
    return way


def past_curfew(one: Performed, curfews: Mapping[str, Millis], way: Way) -> None:
    """Measure what is on by hand by curfew, or by what was planned of it where that is later."""
    for surface in one.item.surfaces if one.item.by_hand else ():
        if surface in curfews:
            limit = max(curfews[surface], one.item.planned)
            way.measure(surface, Overrun(one.ends - limit, one.item.slot, limit, one.ends))


def taken_over(item: Item, done: Sequence[Performed]) -> dict[str, Millis]:
    """An item takes over: the hands on its outputs end, and all of theirs are free."""
    free: dict[str, Millis] = {}
    for one in done:
        if one.item.by_hand and one.ends > item.starts and one.item.outputs & item.outputs:
            one.ends = item.starts
            free |= dict.fromkeys(one.item.outputs, item.starts)
    return free


def started(item: Item, free: Millis) -> Millis | None:
    """When an item starts whose outputs no hand is on from `free`; None for one that lapses or is skipped."""
    if item.begun or free <= item.starts:
        return item.starts
    if item.by_hand:
        return None if item.lapses is not None and free >= item.lapses else free
    if item.meets == "take over":
        return item.starts
    last = item.fits if item.latest is None else min(item.fits, item.latest)
    return free if item.meets == "wait" and free <= last else None


def _ends(item: Item, starts: Millis, curfews: Mapping[str, Millis]) -> Millis:
    """Curfew ends what is in nobody's hand."""
    ends = starts + item.length
    if item.by_hand:
        return ends
    return max(starts, min([ends, *(curfews[s] for s in item.surfaces[:1] if s in curfews)]))


def last_by_itself(
    state: State, night: Night, surface: str, done: Sequence[Performed]
) -> Millis | None:
    """When the last auto slot of a surface ends: of those in a hand's way, the last that still starts."""
    early = started_early(state, night.date)
    for n in reversed(plan_of(state, night).others.get(surface, ())):
        slot = night.slots[n]
        if slot.starts <= state.through:
            return None
        if slot.id in early:
            continue
        inway = [p for p in done if p.item.by_hand and p.starts <= slot.starts < p.ends]
        if not inway:
            return slot.ends
        item = item_of(state.files[state.loaded or ""], night, n)
        free = max((p.ends for p in inway if p.item.outputs & item.outputs), default=0)
        starts = started(item, free)
        if starts is not None:
            return starts + item.length
    return None
