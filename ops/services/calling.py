"""Calls: asked of the player in a person's name, answered by it, never stored and never repeated.

A call that the player did not answer in time may still have arrived: the person is told so, and
asks again with the same request id, which makes one call of both.
"""

from __future__ import annotations

from collections.abc import Callable

from ops.errors import Unreachable, problem
from ops.instants import as_text
from ops.logs import logger
from show_control.commands import Answer
from show_control.events import Call
from show_control.link.client import LinkClient, LinkLost, NoReply, RefusedByLink
from show_control.link.frames import Reply

DEADLINE = 1.5
NANOSECONDS = 1_000_000

log = logger("calling")


class Calling:
    """Relays calls over the link. `stopwatch` counts nanoseconds."""

    def __init__(self, player: LinkClient, stopwatch: Callable[[], int]) -> None:
        self._player = player
        self._stopwatch = stopwatch

    async def call(self, call: Call) -> Reply:
        """What went; raises a problem 409 where it was refused, Unreachable without an answer."""
        began = self._stopwatch()
        outcome = "not answered"
        reason: str | None = None
        try:
            reply = await self._ask(call)
            outcome = "accepted" if reply.answer.accepted else "refused"
            reason = reply.answer.reason
        except Unreachable as fault:
            reason = fault.detail
            raise
        finally:
            log.info(
                "call",
                call=call.call,
                run=call.run,
                output=call.output,
                standby=call.standby,
                request=call.request,
                by=call.by,
                outcome=outcome,
                reason=reason,
                ms=round((self._stopwatch() - began) / NANOSECONDS, 1),
            )
        if not reply.answer.accepted:
            raise refused(reply.answer)
        return reply

    async def _ask(self, call: Call) -> Reply:
        try:
            return await self._player.call(call, within=DEADLINE)
        except NoReply:
            detail = "The player did not answer in time: whether it went is open."
            raise Unreachable("player", detail) from None
        except LinkLost:
            detail = "The player is not to be reached. The console still calls."
            raise Unreachable("player", detail) from None
        except RefusedByLink as fault:
            raise Unreachable("player", f"The player did not take the call: {fault}") from None


def refused(answer: Answer) -> Exception:
    """A refusal, with who did what, when: `by` and `at` are of what stands in the way."""
    reason = answer.reason or "refused"
    at = answer.at if answer.by_at is None else answer.by_at
    return problem(
        409,
        reason,
        reason=reason,
        reasons=answer.reasons or {"en": reason},
        request=answer.request,
        run=answer.run,
        standby=answer.standby,
        standby_count=answer.standby_count,
        by=answer.by,
        at=as_text(at),
    )
