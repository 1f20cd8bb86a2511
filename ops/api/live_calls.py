"""Calls that come as frames of the live feed's socket: the routes' bodies, checks and answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeVar

import msgspec
from litestar.exceptions import HTTPException, NotAuthorizedException, SerializationException

from ops.access.present import Present
from ops.access.rights import SignedIn
from ops.api.calls import (
    CallBody,
    GoBody,
    Name,
    NoteBody,
    OnAirBody,
    RouteBody,
    StandbyBody,
    StartBody,
    fields_of,
)
from ops.api.went import Went, went
from ops.errors import Problem, as_problem, members_of, problem
from ops.live.client import POLICY, Client
from ops.logs import logger
from ops.services.caller import Caller
from show_control.events import Call, CallName

Callers = Callable[[SignedIn, str], Caller]
T = TypeVar("T")
Target = Literal["run", "output", "server"]
PLAIN: dict[Target | None, str] = {
    "run": "back hold resume skip leave end start fade_out restore ask take_over hand_back",
    "output": "enable disable restore",
    None: "fade_out show_stop restore automation_off automation_on",
}
BODIES: dict[tuple[Target | None, str], type[msgspec.Struct]] = {
    **{(target, call): CallBody for target, calls in PLAIN.items() for call in calls.split()},
    ("run", "go"): GoBody,
    ("run", "standby"): StandbyBody,
    ("run", "note"): NoteBody,
    (None, "start"): StartBody,
    (None, "route"): RouteBody,
    (None, "note"): NoteBody,
    ("server", "on_air"): OnAirBody,
}
"""Each route of a call: what it is of, its name, and its body."""

log = logger("live")


class Asked(msgspec.Struct, frozen=True):
    """What a route has in its path. The body's fields stand beside it, and are read as its body."""

    call: CallName
    run: Name | None = None
    output: Name | None = None
    server: Name | None = None


class AnswerFrame(msgspec.Struct, frozen=True):
    """What the same call by HTTP is answered; `request` is the call's, as it came."""

    answer: Went
    status: Literal[200]
    request: str | None


class RefusalFrame(msgspec.Struct, frozen=True):
    """The problem that the same call by HTTP is answered, with a 409's further members. `request` is
    null where what was said could not be read."""

    answer: Problem
    status: int
    request: str | None


class WithRequest(msgspec.Struct, frozen=True):
    request: str | None = None


class Answering:
    """Of one client. Who it is is looked up at each call, as at each request."""

    def __init__(self, client: Client, present: Present, callers: Callers, address: str) -> None:
        self._client = client
        self._present = present
        self._callers = callers
        self._address = address

    async def answer(self, said: msgspec.Raw | None) -> dict[str, Any]:
        """The answer's frame, whatever comes of it."""
        request = _request_of(said)
        try:
            return {"answer": await self._call(said), "status": 200, "request": request}
        except Exception as fault:
            if not isinstance(fault, HTTPException):
                log.exception("failed", part="call")
            told = members_of(as_problem(fault))
            return {"answer": told, "status": told["status"], "request": request}

    async def _call(self, said: msgspec.Raw | None) -> Went:
        person = self._who()
        call = read(said, person.name)
        return went(await self._callers(person, self._address).call(call), person.name)

    def _who(self) -> SignedIn:
        known = self._client.person
        person = self._present.now(known.account, known.session)
        if person is None:
            self._client.close(POLICY, "signed out")
            raise NotAuthorizedException
        return person


def read(said: msgspec.Raw | None, by: str) -> Call:
    """The call that its route would have made of it; raises a problem 400."""
    if said is None:
        raise problem(400, "This is neither a clock's reading nor a call.")
    asked = _decoded(said, Asked)
    named: list[Target] = [t for t in ("run", "output", "server") if getattr(asked, t) is not None]
    target = named[0] if named else None
    kind = BODIES.get((target, asked.call))
    if kind is None or len(named) > 1:
        of = " and ".join(named) or "all"
        raise problem(400, f"There is no call {asked.call} of {of}.")
    fields = fields_of(_decoded(said, kind))
    if "note" in fields:
        fields["reason"] = fields.pop("note")
    if target != "run" and kind is CallBody:
        del fields["standby"]
    if target is not None:
        fields[target] = getattr(asked, target)
    return Call(call=asked.call, by=by, **fields)


def _decoded(said: msgspec.Raw, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(said, type=kind)
    except (msgspec.MsgspecError, RecursionError) as fault:
        raise SerializationException(str(fault)) from None


def _request_of(said: msgspec.Raw | None) -> str | None:
    try:
        return None if said is None else msgspec.json.decode(said, type=WithRequest).request
    except (msgspec.MsgspecError, RecursionError):
        return None
