"""What a call is asked with, and what it comes to: the same by a route and by a frame of the feed."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from ops.api.went import Went, went
from ops.services.caller import Caller
from show_control.documents import Routing, Which
from show_control.events import Call, CallName

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
RequestId = Annotated[
    str, msgspec.Meta(min_length=1, max_length=100, description="Makes a repeat harmless.")
]
Reason = Annotated[str, msgspec.Meta(max_length=1000)]


class GoBody(msgspec.Struct, frozen=True):
    """GO: the cue that the caller saw standing by, and its count."""

    standby: Name
    standby_count: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
    request: RequestId


class StandbyBody(msgspec.Struct, frozen=True):
    """Which cue shall stand by."""

    standby: Name
    request: RequestId | None = None


class NoteBody(msgspec.Struct, frozen=True):
    """Words to be remembered with the night."""

    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=4000)] = msgspec.field(name="note")
    request: RequestId | None = None


class StartBody(msgspec.Struct, frozen=True):
    """The surface whose next slot is to start."""

    surface: Name
    request: RequestId | None = None
    reason: Reason | None = None


class RouteBody(msgspec.Struct, frozen=True):
    """Where outputs, or all of a surface, are to go."""

    to: Routing
    surface: Name | None = None
    outputs: Annotated[tuple[Name, ...], msgspec.Meta(max_length=1000)] = ()
    request: RequestId | None = None
    reason: Reason | None = None


class OnAirBody(msgspec.Struct, frozen=True):
    """Which of a server's addresses is to be on the picture."""

    which: Which
    request: RequestId | None = None
    reason: Reason | None = None


class CallBody(msgspec.Struct, frozen=True):
    """A call that needs nothing more; a reason is entered with it. It may be left out: a fade out needs
    the right and nothing else."""

    request: RequestId | None = None
    reason: Reason | None = None


class RunBody(CallBody, frozen=True):
    """The same of a run. `standby` is for skip and back: the cue that the caller saw."""

    standby: Name | None = None


async def ask(caller: Caller, name: CallName, body: msgspec.Struct, **of: str) -> Went:
    """Make a call of a run, an output, a server or everything: a body's fields are named as a call's.

    Raises what Caller's does.
    """
    fields: dict[str, Any] = msgspec.structs.asdict(body) | of
    call = Call(call=name, by=caller.name, **fields)
    return went(await caller.call(call), caller.name)
