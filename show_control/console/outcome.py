"""What a call came to, and how far servers confirm what a GO sent. Pure."""

from __future__ import annotations

from typing import Literal

import msgspec

from show_control.documents import Board, RunView
from show_control.events import CallName
from show_control.link import Reply
from show_control.link.frames import Recorded
from show_control.model import Millis, Text

Phase = Literal["done", "refused", "unknown", "not sent"]
BEHIND: Millis = 50
"""An output's send may be entered this long before its call's answer."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """The player's answer; `unknown` where none came, `not sent` where there was no player."""

    phase: Phase
    at: Millis
    reason: str | None = None
    reasons: Text = {}
    went: str | None = None
    by: str | None = None
    by_at: Millis | None = None
    recorded: Recorded | None = None


class Came(msgspec.Struct, frozen=True, kw_only=True):
    """A call made at this desk. `what` is the cue or output meant; no `outcome` while it is asked."""

    call: CallName
    request: str
    what: str
    at: Millis
    outputs: tuple[str, ...] = ()
    outcome: Outcome | None = None


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """Of the outputs of a GO, how many can be asked, and confirm or contradict it since;
    `rehearsed` are off the wire, where nothing proves anything."""

    confirmed: int = 0
    asked: int = 0
    differs: int = 0
    rehearsed: int = 0


def ended(reply: Reply) -> Outcome:
    """What the player answered."""
    answer = reply.answer
    return Outcome(
        phase="done" if answer.accepted else "refused",
        at=answer.at,
        reason=answer.reason,
        reasons=answer.reasons,
        went=answer.went,
        by=answer.by,
        by_at=answer.by_at,
        recorded=reply.recorded,
    )


def cue_outputs(run: RunView) -> tuple[str, ...]:
    """The outputs of the cue that stands by, and of those that go in the same instant."""
    found: list[str] = []
    for index, cue in enumerate(run.cues):
        if cue.number == run.standby:
            together = [cue]
            for more in run.cues[index + 1 :]:
                if more.continues != "with":
                    break
                together.append(more)
            found += [o for c in together for d in c.does for o in d.outputs]
    return tuple(dict.fromkeys(found))


UNASKED = ("cannot be asked", "record only")


def proof(came: Came, board: Board) -> Proof:
    """How far a GO is confirmed: only a send since it went counts."""
    if came.outcome is None or came.outcome.phase != "done":
        return Proof()
    since = came.outcome.at - BEHIND
    mine = [o for o in board.outputs if o.output in came.outputs]
    asked = [o for o in mine if o.routing == "wire" and o.agreement not in UNASKED]
    fresh = [o for o in asked if o.sent_at is not None and o.sent_at >= since]
    return Proof(
        asked=len(asked),
        confirmed=sum(o.agreement == "confirmed" for o in fresh),
        differs=sum(o.agreement == "differs" for o in fresh),
        rehearsed=sum(o.routing != "wire" for o in mine),
    )
