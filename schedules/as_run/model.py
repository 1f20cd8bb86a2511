"""What became of a night's runs, as the record tells it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

RanStatus = Literal[
    "waiting", "standing by", "running", "holding", "ended", "lapsed", "skipped", "displaced"
]


class RanCue(msgspec.Struct, frozen=True, kw_only=True):
    """A cue that went. `how` is GO, auto, with or follow; `late` milliseconds."""

    cue: str
    name: dict[str, str]
    at: datetime
    how: str
    late: int
    by: str | None


class RanRun(msgspec.Struct, frozen=True, kw_only=True):
    """One performance. `starts` and `ends` are its slot's when it came to be; `decided` is the key
    of the entry that gave it its status; `callers` who called it, in their order."""

    run: str
    slot: str
    surface: str | None
    status: RanStatus
    starts: datetime | None = None
    ends: datetime | None = None
    stood_by_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    callers: tuple[str, ...] = ()
    reason: str | None = None
    decided: tuple[str, int, int]
    cues: tuple[RanCue, ...] = ()
