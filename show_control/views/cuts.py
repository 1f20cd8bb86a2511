"""Which passes to drop so that tonight ends in time: the fewest, the latest first (pure).

Base slots are tried first. A special's is named only where dropping every base slot would not do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, islice

import msgspec

from show_control.model import Millis
from show_control.views.coming import Item
from show_control.views.predicting import gone_through

TRIES = 300
"""How many sets are tried, so that no board waits for it; past that, one is found that has none to spare."""
MOST = 24
"""How many slots are thought of, the latest."""
NEAR = 40
"""How many of the slots before an overrun are gone through for each set."""

replace = msgspec.structs.replace


class Cut(msgspec.Struct, frozen=True):
    """Slots to drop, in this order, and by how much that shortens the overrun. `special`: not base ones."""

    slots: tuple[str, ...]
    saves: Millis
    special: bool


def near(items: Sequence[Item], curfews: Mapping[str, Millis], surface: str) -> Sequence[Item]:
    """What bears on the overruns of a surface: up to the last of them, and what went before as it goes."""
    past = {o.slot for o in gone_through(items, curfews).late.get(surface, ())}
    last = max((n for n, i in enumerate(items) if i.slot in past), default=-1)
    before, mine = items[: max(0, last + 1 - NEAR)], items[max(0, last + 1 - NEAR) : last + 1]
    fixed = [
        replace(p.item, starts=p.starts, length=p.ends - p.starts, begun=True)
        for p in gone_through(before, curfews).done
        if p.item.by_hand and p.ends > mine[0].starts
    ]
    return [*fixed, *mine]


class Mending:
    """What mends the overrun of one surface. `items` are what is on and to come, by when it is due."""

    def __init__(self, items: Sequence[Item], curfews: Mapping[str, Millis], surface: str) -> None:
        self._curfews, self._surface = curfews, surface
        self._items = near(items, curfews, surface)
        self._known: dict[frozenset[str], Millis] = {}

    def over(self, without: frozenset[str] = frozenset()) -> Millis:
        """The overrun that is left without some slots."""
        if without not in self._known:
            late = gone_through(self._items, self._curfews, without).late.get(self._surface, ())
            self._known[without] = max((o.over for o in late), default=0)
        return self._known[without]

    def cuts(self) -> tuple[Cut, ...]:
        """What to drop; nothing where there is no overrun, or none of it would mend it."""
        if self.over() == 0:
            return ()
        base, special = self._candidates(special=False), self._candidates(special=True)
        chosen = self._fewest(base, frozenset())
        if chosen is None:
            kept = frozenset(base)
            more = self._fewest(special, kept)
            chosen = None if more is None else (*self._spared((*base, *more), len(base)), *more)
        return () if chosen is None else self._told(chosen, frozenset(special))

    def _candidates(self, *, special: bool) -> tuple[str, ...]:
        """Slots that could be dropped, the latest first."""
        found = [
            i.slot
            for i in reversed(self._items)
            if not i.begun and i.by_hand and i.special is special
        ]
        return tuple(dict.fromkeys(found))[:MOST]

    def _fewest(self, slots: tuple[str, ...], besides: frozenset[str]) -> tuple[str, ...] | None:
        """The smallest set that mends, of one size that with the latest slots; None where all do not."""
        if self.over(besides | frozenset(slots)) > 0:
            return None
        left = TRIES
        for size in range(len(slots) + 1):
            for chosen in islice(combinations(slots, size), left):
                left -= 1
                if self.over(besides | frozenset(chosen)) == 0:
                    return chosen
            if left <= 0:
                break
        first = next(
            slots[: n + 1]
            for n in range(len(slots))
            if self.over(besides | frozenset(slots[: n + 1])) == 0
        )
        return self._spared((*first, *besides), len(first))

    def _spared(self, slots: tuple[str, ...], first: int) -> tuple[str, ...]:
        """Of the first so many slots, those without which it would not do; the earliest is spared first."""
        kept = list(slots)
        for slot in reversed(slots[:first]):
            fewer = frozenset(kept) - {slot}
            if self.over(fewer) == 0:
                kept.remove(slot)
        return tuple(s for s in kept if s in slots[:first])

    def _told(self, chosen: tuple[str, ...], special: frozenset[str]) -> tuple[Cut, ...]:
        """One after another with what each saves; those that save nothing alone go with the next."""
        found, together, before = list[Cut](), list[str](), self.over()
        for n, slot in enumerate(chosen):
            together.append(slot)
            after = self.over(frozenset(chosen[: n + 1]))
            if after < before or n == len(chosen) - 1:
                found.append(Cut(tuple(together), before - after, not special.isdisjoint(together)))
                together, before = [], after
        return tuple(found)
