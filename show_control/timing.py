"""When cues go: waits, `with` and `follow`, as absolute instants counted from their anchors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import msgspec

from show_control.model import Cue, Millis

LATE_AFTER: Millis = 500
"""A cue further behind its instant than this is late, and follows its sequence's `late` rule."""


class Chain(msgspec.Struct, frozen=True):
    """What one GO sets off: the cues that go by themselves, up to the next that waits for a GO.

    `due` holds (index, instant) in file order, the head first. `stop` is the index of the cue that
    waits next, or the number of cues. `end` is when the last group has ended; None if not known.
    """

    due: tuple[tuple[int, Millis], ...]
    stop: int
    end: Millis | None


def chain(cues: Sequence[Cue], head: int, at: Millis, went: Mapping[int, Millis]) -> Chain:
    """Follow the cues from `head`, called at `at`; cues in `went` count from when they went.

    `with` goes together with the cue before it, plus its own pre-wait; `follow` when that cue and
    every cue that went with it have ended, plus its own. A cue after a group whose end is not known
    cannot follow: it waits for a GO.
    """
    instant = went.get(head, at + cues[head].pre_wait)
    due = [(head, instant)]
    end = ended(cues[head], instant)
    index = head + 1
    while index < len(cues) and cues[index].continues != "none":
        cue = cues[index]
        if cue.continues == "with":
            instant = went.get(index, instant + cue.pre_wait)
            end = later(end, ended(cue, instant))
        elif end is None:
            break
        else:
            instant = went.get(index, end + cue.pre_wait)
            end = ended(cue, instant)
        due.append((index, instant))
        index += 1
    return Chain(tuple(due), index, end)


def ended(cue: Cue, went: Millis) -> Millis | None:
    """When a cue that went has ended; None where its end is not known."""
    return None if cue.length is None else went + cue.length


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
