"""Calls, each named in its address: of a run, of an output, of everything.

`by` is always the signed-in person. The same `request` twice is one call.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, JSONBody

from ops.access.guards import needs
from ops.access.rights import SignedIn
from ops.api.went import CallRefused, Went, went
from ops.errors import problem_of, problems
from ops.services.caller import Caller
from show_control.documents import Routing, Which
from show_control.events import Call, CallName

Asked = Request[SignedIn, dict[str, Any], State]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
RequestId = Annotated[
    str, msgspec.Meta(min_length=1, max_length=100, description="Makes a repeat harmless.")
]
Reason = Annotated[str, msgspec.Meta(max_length=1000)]

RESPONSES = problems(400, 401, 403, 413, 415, 423, 503) | problem_of(409, CallRefused)
FOR_CONTROL = (needs("control"),)


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

    note: Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]
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
    """A call that needs nothing more; a reason is entered with it. `standby` is for skip and back: the
    cue that the caller saw."""

    request: RequestId | None = None
    reason: Reason | None = None
    standby: Name | None = None


NOTHING = CallBody()
"""A body may be left out where nothing in it is needed: a fade out needs the right and nothing else."""


def fields_of(body: msgspec.Struct) -> dict[str, Any]:
    """A body as the fields of a call, which have the same names."""
    return msgspec.structs.asdict(body)


def _run_call(name: CallName, says: str) -> HTTPRouteHandler:
    @post(f"/{{run:str}}/{name}", status_code=200, operation_id=f"{name}Run", responses=RESPONSES)
    async def call(
        self: Controller,  # noqa: ARG001 - becomes a method of the controller
        run: FromPath[str],
        request: Asked,
        calling: NamedDependency[Caller],
        data: JSONBody[CallBody | None] = None,
    ) -> Went:
        by, more = request.user.name, data or NOTHING
        asked = Call(
            call=name,
            run=run,
            by=by,
            request=more.request,
            reason=more.reason,
            standby=more.standby,
        )
        return went(await calling.call(asked), by)

    call.fn.__doc__ = says
    return call


class RunsController(Controller):
    """Calls of one run; `run` is a run's id or its slot's."""

    path = "/runs"
    tags = ("calls",)
    guards = FOR_CONTROL

    @post("/{run:str}/go", status_code=200, operation_id="go", responses=RESPONSES)
    async def go(
        self,
        run: FromPath[str],
        data: JSONBody[GoBody],
        request: Asked,
        calling: NamedDependency[Caller],
    ) -> Went:
        """Fire the cue that stands by; refused where another stands by than the caller saw."""
        by = request.user.name
        asked = Call(
            call="go",
            run=run,
            by=by,
            request=data.request,
            standby=data.standby,
            standby_count=data.standby_count,
        )
        return went(await calling.call(asked), by)

    @post("/{run:str}/standby", status_code=200, operation_id="standby", responses=RESPONSES)
    async def standby(
        self,
        run: FromPath[str],
        data: JSONBody[StandbyBody],
        request: Asked,
        calling: NamedDependency[Caller],
    ) -> Went:
        """Put a cue in standby: any of the run's."""
        by = request.user.name
        asked = Call(call="standby", run=run, by=by, request=data.request, standby=data.standby)
        return went(await calling.call(asked), by)

    back = _run_call("back", "Put the cue before in standby, and do nothing else.")
    hold = _run_call("hold", "No more cues; the picture runs.")
    resume = _run_call("resume", "Go on after a hold.")
    skip = _run_call("skip", "Leave out the cue that stands by.")
    leave = _run_call("leave", "Let the loop that runs finish its pass, and then go on.")
    end = _run_call("end", "End the run.")
    start = _run_call("start", "Start the slot now, as the schedule would have.")
    fade_out = _run_call("fade_out", "Fade the run's surfaces to their safe look; once more cuts.")
    restore = _run_call("restore", "Give the run's outputs back the look that it wants.")
    ask = _run_call("ask", "Ask who has control for it; where nobody has it, take it.")
    take_over = _run_call("take_over", "Take control of the run, whoever has it.")
    hand_back = _run_call("hand_back", "Give control to who asked for it, or had it before.")

    @post("/{run:str}/note", status_code=200, operation_id="noteRun", responses=RESPONSES)
    async def note(
        self,
        run: FromPath[str],
        data: JSONBody[NoteBody],
        request: Asked,
        calling: NamedDependency[Caller],
    ) -> Went:
        """Enter a note with the run and the cue that stands by."""
        by = request.user.name
        asked = Call(call="note", run=run, by=by, request=data.request, reason=data.note)
        return went(await calling.call(asked), by)


def _output_call(name: CallName, says: str) -> HTTPRouteHandler:
    @post(
        f"/{{output:str}}/{name}",
        status_code=200,
        operation_id=f"{name}Output",
        responses=RESPONSES,
    )
    async def call(
        self: Controller,  # noqa: ARG001 - becomes a method of the controller
        output: FromPath[str],
        request: Asked,
        calling: NamedDependency[Caller],
        data: JSONBody[CallBody | None] = None,
    ) -> Went:
        by, more = request.user.name, data or NOTHING
        asked = Call(call=name, output=output, by=by, request=more.request, reason=more.reason)
        return went(await calling.call(asked), by)

    call.fn.__doc__ = says
    return call


class OutputsController(Controller):
    """Calls of one output."""

    path = "/outputs"
    tags = ("calls",)
    guards = FOR_CONTROL

    enable = _output_call("enable", "Enable a hazard output for this night, by name.")
    disable = _output_call("disable", "Disable a hazard output: it goes dark.")
    restore = _output_call("restore", "Give the output back the look that its owner wants.")


def _whole_call(name: CallName, says: str) -> HTTPRouteHandler:
    @post(f"/{name}", status_code=200, operation_id=f"{name}Everything", responses=RESPONSES)
    async def call(
        self: Controller,  # noqa: ARG001 - becomes a method of the controller
        request: Asked,
        calling: NamedDependency[Caller],
        data: JSONBody[CallBody | None] = None,
    ) -> Went:
        by, more = request.user.name, data or NOTHING
        asked = Call(call=name, by=by, request=more.request, reason=more.reason)
        return went(await calling.call(asked), by)

    call.fn.__doc__ = says
    return call


class CallsController(Controller):
    """Calls that name neither run nor output."""

    path = "/calls"
    tags = ("calls",)
    guards = FOR_CONTROL

    fade_out = _whole_call("fade_out", "Fade every surface to its safe look; once more cuts.")
    show_stop = _whole_call("show_stop", "Stop the show: every surface, and automation off.")
    restore = _whole_call("restore", "Restart after a show stop, by name.")

    automation_off = _whole_call("automation_off", "Nothing starts by itself, until it is on.")
    automation_on = _whole_call("automation_on", "Slots start by themselves again.")

    @post("/start", status_code=200, operation_id="startNext", responses=RESPONSES)
    async def start(
        self, data: JSONBody[StartBody], request: Asked, calling: NamedDependency[Caller]
    ) -> Went:
        """Start the next slot of a surface now, as the schedule would have."""
        by = request.user.name
        return went(await calling.call(Call(call="start", by=by, **fields_of(data))), by)

    @post("/route", status_code=200, operation_id="route", responses=RESPONSES)
    async def route(
        self, data: JSONBody[RouteBody], request: Asked, calling: NamedDependency[Caller]
    ) -> Went:
        """Route outputs, or all of a surface, to the wire, a simulator or the record alone."""
        by = request.user.name
        return went(await calling.call(Call(call="route", by=by, **fields_of(data))), by)

    @post("/note", status_code=200, operation_id="noteNight", responses=RESPONSES)
    async def note(
        self,
        data: JSONBody[NoteBody],
        request: Asked,
        calling: NamedDependency[Caller],
    ) -> Went:
        """Enter a note with the night."""
        by = request.user.name
        asked = Call(call="note", by=by, request=data.request, reason=data.note)
        return went(await calling.call(asked), by)


class ServersController(Controller):
    """Calls of one media server."""

    path = "/servers"
    tags = ("calls",)
    guards = FOR_CONTROL

    @post("/{server:str}/on_air", status_code=200, operation_id="onAir", responses=RESPONSES)
    async def on_air(
        self,
        server: FromPath[str],
        data: JSONBody[OnAirBody],
        request: Asked,
        calling: NamedDependency[Caller],
    ) -> Went:
        """Put the server's main or backup on the picture."""
        by = request.user.name
        asked = Call(call="on_air", server=server, by=by, **fields_of(data))
        return went(await calling.call(asked), by)
