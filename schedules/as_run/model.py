"""What became of a night's runs, as the record tells it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

RanStatus = Literal[
    "waiting", "standing by", "running", "holding", "ended", "lapsed", "skipped", "displaced"
]


class RanCue(msgspec.Struct, frozen=True, kw_only=True):
    """A cue that went. `how` is GO, auto, with or follow; `late` milliseconds. `routing` has those of
    its outputs that were off the wire, and where they were: there it was rehearsed, and not played."""

    cue: str
    name: dict[str, str]
    at: datetime
    how: str
    late: int
    by: str | None
    routing: dict[str, str] = {}


class RanRun(msgspec.Struct, frozen=True, kw_only=True):
    """One performance. `starts` and `ends` are its slot's when it came to be; `decided` is the key
    of the entry that gave it its status; `callers` who called it, in their order. `routing` has the
    outputs that were off the wire at any time of it, and where they were last."""

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
    routing: dict[str, str] = {}
