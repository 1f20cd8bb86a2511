"""What frames come to: where a timecode is at every instant, or why it is nowhere (pure).

Packets come late, never early: of the frames of the last second, the one that was least late says best
at which instant the timecode's 00:00:00:00 lies (`zero`). So a cue's instant is worked out once, and no
packet's delay is in it. Instants and positions are nanoseconds; positions begin anew after a day of labels.
"""

from __future__ import annotations

from typing import Final

import msgspec

from show_control.events import TimecodeStatus, TimecodeWhy
from show_control.frames import Rate, a_day, nanos
from show_control.timecode.seen import Seen

MILLI: Final = 1_000_000

FREEWHEEL: Final = 1000 * MILLI
"""How long a timecode runs on unheard."""
UNHEARD: Final = 150 * MILLI
"""After so long without a frame it is said to run on by itself."""
LOCK: Final = 4
"""Frames that must agree before they are followed, ..."""
LOCK_SPAN: Final = 95 * MILLI
"""... which must last so long, ..."""
LOCK_WITHIN: Final = 60 * MILLI
"""... and come no further apart than this from where they should."""
STRAY: Final = 200 * MILLI
"""A frame further from where it is awaited than any network delays it belongs to another place."""
HURRIES: Final = 5 * MILLI
"""So many in a row, each this much earlier than any before it, are of one that is wound on."""
WINDOW: Final = 1000 * MILLI
"""How long a frame says at which instant zero lies."""
KEPT: Final = 128
SECOND_SENDER: Final = 3000 * MILLI
"""How long a second sender is told of after its last frame."""
_PATIENCE: Final = 3


class Chase(msgspec.Struct, frozen=True):
    """One timecode, as it is followed.

    `zero` is set while it runs, freewheeling too; `heard_at` is when its sender was heard last, `met_at`
    when a frame last came where it was awaited. `offsets` are (instant, instant less position) of the
    newest frames, `tried` the same of those that are not followed yet. `position` is the newest heard,
    `same_since` when it first was. `told` is the rate that a sender told last. `second` is a sender that
    is not followed, and when it was heard last.
    """

    rate: Rate
    status: TimecodeStatus = "silent"
    why: TimecodeWhy | None = None
    zero: int | None = None
    since: int = 0
    sender: str | None = None
    heard_at: int | None = None
    met_at: int = 0
    position: int | None = None
    same_since: int = 0
    offsets: tuple[tuple[int, int], ...] = ()
    tried: tuple[tuple[int, int], ...] = ()
    backs: int = 0
    hurried: int = 0
    strange: int = 0
    told: Rate | None = None
    second: tuple[str, int] | None = None

    @property
    def runs(self) -> bool:
        """Whether it has a position at every instant."""
        return self.status in ("running", "freewheeling")

    def at(self, instant: int) -> int | None:
        """Where it is at an instant: by itself while it runs, else where it was heard last."""
        if self.zero is None:
            return self.position
        return (instant - self.zero) % a_day(self.rate)


replace = msgspec.structs.replace


def follow(chase: Chase, seen: Seen, at: int, sender: str = "") -> Chase:
    """A frame of a sender came at an instant."""
    chase = wait(chase, at)
    if chase.sender not in (None, sender):
        if chase.heard_at is not None and at - chase.heard_at <= FREEWHEEL:
            return replace(chase, second=(sender, at))
        chase = replace(chase, tried=(), position=None, strange=0, backs=0)
    if chase.second is not None and chase.second[0] == sender:
        chase = replace(chase, second=None)
    chase = replace(chase, sender=sender, heard_at=at, told=seen.rate)
    if seen.rate != chase.rate:
        return _of_another_rate(chase, at)
    chase = replace(chase, strange=0)
    if seen.still:
        return replace(_stop(chase, "still", at), position=seen.position, same_since=at)
    return _moved(chase, seen.position, at)


def wait(chase: Chase, at: int) -> Chase:
    """Time went by: it runs on by itself, is lost after a second, and a second sender is forgotten."""
    if chase.second is not None and at - chase.second[1] >= SECOND_SENDER:
        chase = replace(chase, second=None)
    met = chase.met_at
    if chase.runs and at - met >= FREEWHEEL:
        where = chase.at(met + FREEWHEEL)
        astray = chase.heard_at is not None and at - chase.heard_at < UNHEARD
        lost = _stop(chase, "astray" if astray else "unheard", met + FREEWHEEL)
        return replace(lost, status="lost", position=where)
    if chase.status == "running" and at - met >= UNHEARD:
        return replace(chase, status="freewheeling", since=met)
    return chase


def next_at(chase: Chase) -> int | None:
    """When waiting changes something."""
    dues = [chase.second[1] + SECOND_SENDER] if chase.second is not None else []
    if chase.runs:
        dues.append(chase.met_at + (UNHEARD if chase.status == "running" else FREEWHEEL))
    return min(dues, default=None)


def apart(a: int, b: int, rate: Rate) -> int:
    """How far a lies after b, the shorter way round the day of labels."""
    day = a_day(rate)
    return (a - b + day // 2) % day - day // 2


def _stop(chase: Chase, why: TimecodeWhy, at: int) -> Chase:
    since = chase.since if (chase.status, chase.why) == ("stopped", why) else at
    return replace(
        chase, status="stopped", why=why, zero=None, since=since, offsets=(), tried=(), backs=0
    )


def _of_another_rate(chase: Chase, at: int) -> Chase:
    """Its labels mean other instants: after a few of them, nothing is followed."""
    chase = replace(chase, strange=min(chase.strange + 1, _PATIENCE), tried=())
    return _stop(chase, "rate", at) if chase.strange >= _PATIENCE else chase


def _moved(chase: Chase, position: int, at: int) -> Chase:
    """A frame of the right rate: it stands, goes backwards, or goes on."""
    before = chase.position if chase.tried or chase.offsets or chase.status == "stopped" else None
    if before == position:
        stands = at - chase.same_since >= nanos(_PATIENCE, chase.rate)
        return _stop(chase, "still", at) if stands and chase.why != "still" else chase
    back = before is not None and apart(position, before, chase.rate) < 0
    chase = replace(
        chase,
        position=position,
        same_since=at,
        backs=min(chase.backs + 1, _PATIENCE) if back else 0,
    )
    if chase.backs >= _PATIENCE:
        return replace(_stop(chase, "reverse", at), backs=_PATIENCE)
    return _on_its_way(chase, at - position, at) if chase.runs else _try(chase, at - position, at)


def _on_its_way(chase: Chase, offset: int, at: int) -> Chase:
    """A frame while it runs: where it is awaited, or somewhere else, which is tried."""
    zero = chase.zero
    assert zero is not None, "what runs has a zero"
    off = apart(offset, zero, chase.rate)
    chase = replace(chase, hurried=chase.hurried + 1 if off < -HURRIES else 0)
    if not -LOCK_WITHIN <= off <= STRAY or chase.hurried >= _PATIENCE:
        return _try(chase, offset, at)
    offsets = _newest(chase.offsets, at, zero + off)
    least = min(o for _, o in offsets)
    running = replace(chase, offsets=offsets, tried=(), zero=least, met_at=at)
    if chase.status == "freewheeling":
        running = replace(running, status="running", why=None, since=at)
    return running


def _try(chase: Chase, offset: int, at: int) -> Chase:
    """Whether the newest frames agree with each other: then they are followed from here."""
    if chase.tried:
        first = chase.tried[0][1]
        offset = first + apart(offset, first, chase.rate)
    tried = _newest(chase.tried, at, offset)
    while max(o for _, o in tried) - min(o for _, o in tried) > LOCK_WITHIN:
        tried = tried[1:]
    if len(tried) < LOCK or at - tried[0][0] < LOCK_SPAN:
        return replace(chase, tried=tried)
    since = chase.since if chase.status == "running" else at
    return replace(
        chase,
        status="running",
        why=None,
        zero=min(o for _, o in tried),
        since=since,
        met_at=at,
        hurried=0,
        offsets=tried,
        tried=(),
    )


def _newest(
    offsets: tuple[tuple[int, int], ...], at: int, offset: int
) -> tuple[tuple[int, int], ...]:
    kept = tuple(o for o in offsets if at - o[0] <= WINDOW)[1 - KEPT :]
    return (*kept, (at, offset))
