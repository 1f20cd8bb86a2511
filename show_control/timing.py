"""When cues go: waits, `with` and `follow`, as absolute instants counted from their anchors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import msgspec

from show_control.model import Cue, Millis

LATE_AFTER: Millis = 500
"""A cue further behind its instant than this is late, and follows its sequence's `late` rule."""

SHORTEST_PASS: Millis = 100
"""A pass of a loop takes so long at least: none turns for ever at one instant."""


class Chain(msgspec.Struct, frozen=True):
    """What is set off: the cues that go by themselves, up to the next that waits for a GO.

    `due` holds (index, instant), the first to go first. `stop` is the index of the cue that waits next,
    or the number of cues. `end` is when the last group has ended, `ready` when its post-waits are over
    too; None if not known. `loop` is the index of a cue of that group which calls another again.
    """

    due: tuple[tuple[int, Millis], ...]
    stop: int
    end: Millis | None
    ready: Millis | None = None
    loop: int | None = None


class _Group:
    """A cue and those that go with it, as they are met."""

    def __init__(self, index: int, cue: Cue, instant: Millis) -> None:
        self.end = ended(cue, instant)
        self.ready = waited(cue, instant)
        self.loop = index if cue.loop is not None else None

    def add(self, index: int, cue: Cue, instant: Millis) -> None:
        """One more."""
        self.end = later(self.end, ended(cue, instant))
        self.ready = later(self.ready, waited(cue, instant))
        self.loop = index if cue.loop is not None else self.loop


def chain(
    cues: Sequence[Cue],
    head: int,
    at: Millis,
    went: Mapping[int, Millis],
    *,
    left: int | None = None,
) -> Chain:
    """Follow the cues from `head`, called at `at`; cues in `went` count from when they went.

    `with` goes together with the cue before it, plus its own pre-wait; `follow` when that cue and
    every cue that went with it have ended and waited, plus its own. A cue after a group whose end is
    not known cannot follow: it waits for a GO. So does one after a loop, but that which is `left`.
    """
    instant = went.get(head, at + cues[head].pre_wait)
    due = [(head, instant)]
    group = _Group(head, cues[head], instant)
    index = head + 1
    while index < len(cues) and not begins(cues[index]):
        cue = cues[index]
        if cue.continues == "with":
            instant = went.get(index, instant + cue.pre_wait)
            group.add(index, cue, instant)
        elif group.ready is None or group.loop not in (None, left):
            break
        else:
            instant = went.get(index, group.ready + cue.pre_wait)
            group = _Group(index, cue, instant)
        due.append((index, instant))
        index += 1
    loop = None if group.loop == left else group.loop
    return Chain(tuple(due), index, group.end, group.ready, loop)


def timeline(
    cues: Sequence[Cue],
    head: int | None,
    called_at: Millis,
    went: Mapping[int, Millis],
    *,
    anchor: Millis,
    entered: int,
) -> Chain:
    """What goes on a timeline whose 0 lies at `anchor`, from the cue by which it was `entered`, beside
    what the cue `head`, which has no place on it, has set off by a GO.

    Its end is that of all of it, not known where that of what begins last is not.
    """
    parts = [
        chain(cues, root, anchor + at, went)
        for root, cue in enumerate(cues)
        if root >= entered and (at := cue.at) is not None
    ]
    mine: set[int] = set()
    if head is not None and cues[head].at is None:
        by_hand = chain(cues, head, called_at, went)
        mine = {i for i, _ in by_hand.due}
        parts.append(by_hand)
    due = [d for part in parts for d in part.due if part.due[0][0] == head or d[0] not in mine]
    last = max(parts, key=lambda p: p.due[0][1], default=None)
    ends = [p.end for p in parts if p.end is not None]
    end = max(ends) if last is not None and last.end is not None else None
    stop = len(cues) if head is None else waits_after(cues, head)
    return Chain(tuple(sorted(due, key=lambda d: (d[1], d[0]))), stop, end)


def begins(cue: Cue) -> bool:
    """Whether a cue goes by no other cue: it waits for a GO, or has its own place on a timeline."""
    return cue.at is not None or cue.continues == "none"


def waits_after(cues: Sequence[Cue], index: int) -> int:
    """The next cue that waits for a GO, past what goes by itself or on the timeline."""
    while True:
        index = chain(cues, index, 0, {}).stop
        if index >= len(cues) or cues[index].at is None:
            return index


def place(cues: Sequence[Cue], index: int) -> Millis:
    """Where a timeline is entered by a cue: at its own place, else at that of the nearest before it;
    by the first one, less those that are passed over before it, at the timeline's beginning."""
    first = next((n for n, cue in enumerate(cues) if not cue.skip), 0)
    begins = first if index >= first else 0
    ats = [cue.at for cue in cues[begins + 1 : index + 1] if cue.at is not None]
    return ats[-1] if ats else 0


_Fact = Callable[[Sequence[Cue]], bool]

_REMEMBERED = 64


def of_all(fact: _Fact) -> _Fact:
    """A fact about a sequence's cues, looked for once: they never change, and a GO asks it of thousands."""
    known: dict[int, tuple[Sequence[Cue], bool]] = {}

    def found(cues: Sequence[Cue]) -> bool:
        before = known.get(id(cues))
        if before is not None and before[0] is cues:  # kept, so that no others get its id
            return before[1]
        if len(known) >= _REMEMBERED:
            known.clear()
        known[id(cues)] = cues, fact(cues)
        return known[id(cues)][1]

    return found


@of_all
def on_timeline(cues: Sequence[Cue]) -> bool:
    """Whether some of them have a place on a timeline."""
    return any(cue.at is not None for cue in cues)


@of_all
def _any_skip(cues: Sequence[Cue]) -> bool:
    return any(cue.skip for cue in cues)


def passing_over(cues: Sequence[Cue], but: int | None = None) -> Sequence[Cue]:
    """The cues, with nothing left of those that are to be passed over but their place among the others."""
    if not _any_skip(cues):
        return cues
    return tuple(
        Cue(number=c.number, continues=c.continues, at=c.at, timecode=c.timecode)
        if c.skip and n != but
        else c
        for n, c in enumerate(cues)
    )


def index_of(cues: Sequence[Cue], number: str) -> int | None:
    """A cue by its number."""
    return next((n for n, cue in enumerate(cues) if cue.number == number), None)


def ended(cue: Cue, went: Millis) -> Millis | None:
    """When a cue that went has ended; None where its end is not known."""
    return None if cue.length is None else went + cue.length


def waited(cue: Cue, went: Millis) -> Millis | None:
    """When a cue that went has ended and its post-wait is over."""
    return None if cue.length is None else went + cue.length + cue.post_wait


def later(a: Millis | None, b: Millis | None) -> Millis | None:
    """The later of two ends; not known if either is not."""
    return None if a is None or b is None else max(a, b)


def night_time(at: Millis, night: str | None, time_zone: str, *, millis: bool = True) -> str:
    """An instant as people of that night say it: `20:05:00.000`, past midnight `25:30:00.000`.

    Without a night, plain wall time in the zone.
    """
    wall = datetime.fromtimestamp(at // 1000, UTC).astimezone(ZoneInfo(time_zone))
    days = (wall.date() - date.fromisoformat(night)).days if night else 0
    text = f"{wall.hour + 24 * days:02}:{wall:%M:%S}"
    return f"{text}.{at % 1000:03}" if millis else text
