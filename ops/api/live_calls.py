"""Calls that come as frames of the live feed's socket: the routes' bodies, checks and answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeVar

import msgspec
from litestar.exceptions import HTTPException, NotAuthorizedException, SerializationException

from ops.access.present import Present
from ops.access.rights import SignedIn
from ops.api.call_bodies import (
    CallBody,
    GoBody,
    Name,
    NoteBody,
    OnAirBody,
    RouteBody,
    RunBody,
    StandbyBody,
    StartBody,
    ask,
)
from ops.api.went import Went
from ops.errors import Problem, as_problem, members_of, problem
from ops.live.client import POLICY, Client
from ops.logs import logger
from ops.services.caller import Caller
from show_control.events import CallName

Callers = Callable[[SignedIn, str], Caller]
T = TypeVar("T")
TARGETS = ("run", "output", "server")
OF_A_RUN = "back hold resume skip leave end start fade_out restore ask take_over hand_back"
OF_AN_OUTPUT = "enable disable restore"
OF_ALL = "fade_out show_stop restore automation_off automation_on"
BODIES: dict[tuple[str | None, str], type[msgspec.Struct]] = {
    **{("run", call): RunBody for call in OF_A_RUN.split()},
    **{("output", call): CallBody for call in OF_AN_OUTPUT.split()},
    **{(None, call): CallBody for call in OF_ALL.split()},
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
        caller = self._callers(self._who(), self._address)
        call, body, of = read(said)
        return await ask(caller, call, body, **of)

    def _who(self) -> SignedIn:
        known = self._client.person
        person = self._present.now(known.account, known.session)
        if person is None:
            self._client.close(POLICY, "signed out")
            raise NotAuthorizedException
        return person


def read(said: msgspec.Raw | None) -> tuple[CallName, msgspec.Struct, dict[str, str]]:
    """What its route would have taken it for: the call, its body, and what it is of; raises a problem
    400."""
    if said is None:
        raise problem(400, "This is neither a clock's reading nor a call.")
    asked = _decoded(said, Asked)
    of = {t: str(name) for t in TARGETS if (name := getattr(asked, t)) is not None}
    kind = BODIES.get((next(iter(of), None), asked.call))
    if kind is None or len(of) > 1:
        raise problem(400, f"There is no call {asked.call} of {' and '.join(of) or 'all'}.")
    return asked.call, _decoded(said, kind), of


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
