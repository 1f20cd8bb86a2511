"""What a call came to, as the API tells it."""

from __future__ import annotations

import msgspec

from ops.errors import Problem
from ops.instants import as_text
from show_control.link.frames import Recorded, Reply
from show_control.model import Text


class Went(msgspec.Struct, frozen=True):
    """An accepted call. `went` is the cue that went; `standby` stands by now.

    `at` is when it took effect. `recorded` is `not recorded` where a restart of the player may
    lose it.
    """

    request: str | None
    run: str | None
    went: str | None
    standby: str | None
    standby_count: int | None
    by: str
    at: str
    recorded: Recorded


class CallRefused(Problem, frozen=True, kw_only=True):
    """A refused call: why (`reasons`: in each language), what stands by instead, and who did what
    stands in the way, when."""

    reason: str
    reasons: Text
    request: str | None
    run: str | None
    standby: str | None
    standby_count: int | None
    by: str | None
    at: str


def went(reply: Reply, by: str) -> Went:
    answer = reply.answer
    return Went(
        request=answer.request,
        run=answer.run,
        went=answer.went,
        standby=answer.standby,
        standby_count=answer.standby_count,
        by=answer.by or by,
        at=as_text(answer.at),
        recorded=reply.recorded,
    )
