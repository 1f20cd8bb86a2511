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
UNHEARD: Final = 250 * MILLI
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
SENDERS: Final = 4
"""Of so many senders it is known what they said lately."""
SECOND_SENDER: Final = 3000 * MILLI
"""How long a second sender is told of after its last frame."""
_PATIENCE: Final = 3


class Track(msgspec.Struct, frozen=True):
    """What one sender has said lately.

    `tried` are (instant, instant less position) of its frames that are not followed yet; `position` is
    the newest, `same_since` when it first was. `backs` and `strange` count frames that went backwards, or
    were of another rate, in a row.
    """

    heard_at: int
    position: int | None = None
    same_since: int = 0
    tried: tuple[tuple[int, int], ...] = ()
    backs: int = 0
    strange: int = 0


class Chase(msgspec.Struct, frozen=True):
    """One timecode, as it is followed.

    `zero` is set while it runs, freewheeling too; `met_at` is when a frame last came where it was
    awaited, `position` where it was then, or was said to stand. `sender` is whose frames agreed last,
    `tracks` what each has said lately. `offsets` are (instant, instant less position) of the newest
    frames. `told` is the rate that was told last. `second` is a sender that is not followed, and when it
    was heard last.
    """

    rate: Rate
    status: TimecodeStatus = "silent"
    why: TimecodeWhy | None = None
    zero: int | None = None
    since: int = 0
    sender: str | None = None
    met_at: int = 0
    position: int | None = None
    tracks: dict[str, Track] = {}
    offsets: tuple[tuple[int, int], ...] = ()
    hurried: int = 0
    told: Rate | None = None
    second: tuple[str, int] | None = None

    @property
    def runs(self) -> bool:
        """Whether it has a position at every instant."""
        return self.status in ("running", "freewheeling")

    @property
    def heard_at(self) -> int | None:
        """When the sender that is followed was heard last."""
        track = self.tracks.get(self.sender or "")
        return track.heard_at if track is not None else None

    def at(self, instant: int) -> int | None:
        """Where it is at an instant: by itself while it runs, else where it was heard last."""
        if self.zero is None:
            return self.position
        return (instant - self.zero) % a_day(self.rate)


replace = msgspec.structs.replace


def follow(chase: Chase, seen: Seen, at: int, sender: str = "-") -> Chase:
    """A frame of a sender came at an instant."""
    chase = wait(chase, at)
    if chase.sender not in (None, sender):
        if not _takes_over(chase, seen, at):
            return replace(chase, second=(sender, at))
    elif chase.second is not None and chase.second[0] == sender:
        chase = replace(chase, second=None)
    track = replace(chase.tracks.get(sender, Track(at)), heard_at=at)
    chase = replace(chase, told=seen.rate)
    if seen.rate != chase.rate:
        return _of_another_rate(chase, track, sender, at)
    track = replace(track, strange=0)
    if seen.still:
        track = replace(track, position=seen.position, same_since=at, tried=())
        return replace(_stop(_with(chase, sender, track), "still", at), position=seen.position)
    return _moved(chase, track, sender, seen.position, at)


def _takes_over(chase: Chase, seen: Seen, at: int) -> bool:
    """Whether another sender may be followed: the first is lost, or it is not heard and this one goes on
    where that was."""
    silent = None if chase.heard_at is None else at - chase.heard_at
    if silent is None or silent > FREEWHEEL or chase.status == "lost":
        return True
    if silent < UNHEARD or chase.zero is None or seen.rate != chase.rate or seen.still:
        return False
    off = apart(at - seen.position, chase.zero, chase.rate)
    return -LOCK_WITHIN <= off <= STRAY


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


def _with(chase: Chase, sender: str, track: Track) -> Chase:
    """Keep what a sender said, and forget who was not heard for longest."""
    tracks = {**{s: t for s, t in chase.tracks.items() if s != sender}, sender: track}
    while len(tracks) > SENDERS:
        others = (s for s in tracks if s not in (sender, chase.sender))
        del tracks[next(others)]
    return replace(chase, tracks=tracks)


def _stop(chase: Chase, why: TimecodeWhy, at: int) -> Chase:
    since = chase.since if (chase.status, chase.why) == ("stopped", why) else at
    return replace(chase, status="stopped", why=why, zero=None, since=since, offsets=())


def _of_another_rate(chase: Chase, track: Track, sender: str, at: int) -> Chase:
    """Its labels mean other instants: after a few of them, nothing is followed."""
    track = replace(track, strange=min(track.strange + 1, _PATIENCE), tried=())
    chase = _with(chase, sender, track)
    return _stop(chase, "rate", at) if track.strange >= _PATIENCE else chase


def _moved(chase: Chase, track: Track, sender: str, position: int, at: int) -> Chase:
    """A frame of the right rate: it stands, goes backwards, or goes on."""
    before = track.position
    if before == position:
        stands = at - track.same_since >= nanos(_PATIENCE, chase.rate) and chase.why != "still"
        chase = _with(chase, sender, track)
        return replace(_stop(chase, "still", at), position=position) if stands else chase
    back = before is not None and apart(position, before, chase.rate) < 0
    backs = min(track.backs + 1, _PATIENCE) if back else 0
    track = replace(track, position=position, same_since=at, backs=backs)
    if backs >= _PATIENCE:
        chase = _with(chase, sender, replace(track, tried=()))
        return replace(_stop(chase, "reverse", at), position=position)
    if chase.runs:
        return _on_its_way(chase, track, sender, at - position, at)
    return _try(chase, track, sender, at - position, at)


def _on_its_way(chase: Chase, track: Track, sender: str, offset: int, at: int) -> Chase:
    """A frame while it runs: where it is awaited, or somewhere else, which is tried."""
    zero = chase.zero
    assert zero is not None, "what runs has a zero"
    off = apart(offset, zero, chase.rate)
    chase = replace(chase, hurried=chase.hurried + 1 if off < -HURRIES else 0)
    if not -LOCK_WITHIN <= off <= STRAY or chase.hurried >= _PATIENCE:
        return _try(chase, track, sender, offset, at)
    offsets = _newest(chase.offsets, at, zero + off)
    chase = _with(chase, sender, replace(track, tried=()))
    running = replace(
        chase,
        sender=sender,
        offsets=offsets,
        zero=min(o for _, o in offsets),
        met_at=at,
        position=track.position,
    )
    if chase.status == "freewheeling":
        running = replace(running, status="running", why=None, since=at)
    return running


def _try(chase: Chase, track: Track, sender: str, offset: int, at: int) -> Chase:
    """Whether the newest frames agree with each other: then they are followed from here."""
    if track.tried:
        first = track.tried[0][1]
        offset = first + apart(offset, first, chase.rate)
    tried = _newest(track.tried, at, offset)
    while max(o for _, o in tried) - min(o for _, o in tried) > LOCK_WITHIN:
        tried = tried[1:]
    if len(tried) < LOCK or at - tried[0][0] < LOCK_SPAN:
        return _with(chase, sender, replace(track, tried=tried))
    chase = _with(chase, sender, replace(track, tried=()))
    return replace(
        chase,
        status="running",
        why=None,
        zero=min(o for _, o in tried),
        since=chase.since if chase.status == "running" else at,
        sender=sender,
        second=chase.second if chase.second is not None and chase.second[0] != sender else None,
        met_at=at,
        hurried=0,
        position=track.position,
        offsets=tried,
    )


def _newest(
    offsets: tuple[tuple[int, int], ...], at: int, offset: int
) -> tuple[tuple[int, int], ...]:
    kept = tuple(o for o in offsets if at - o[0] <= WINDOW)[1 - KEPT :]
    return (*kept, (at, offset))
