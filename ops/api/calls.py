"""Calls, each named in its address: of a run, of an output, of a server, of everything.

`by` is always the signed-in person. The same `request` twice is one call.
"""

from __future__ import annotations

from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, JSONBody

from ops.access.guards import needs
from ops.api.call_bodies import (
    CallBody,
    GoBody,
    NoteBody,
    OnAirBody,
    RouteBody,
    RunBody,
    StandbyBody,
    StartBody,
    ask,
)
from ops.api.went import CallRefused, Went
from ops.errors import problem_of, problems
from ops.services.caller import Caller
from show_control.events import CallName

RESPONSES = problems(400, 401, 403, 413, 415, 423, 503) | problem_of(409, CallRefused)
FOR_CONTROL = (needs("control"),)


def _run_call(name: CallName, says: str) -> HTTPRouteHandler:
    @post(f"/{{run:str}}/{name}", status_code=200, operation_id=f"{name}Run", responses=RESPONSES)
    async def call(
        self: Controller,  # noqa: ARG001 - becomes a method of the controller
        run: FromPath[str],
        calling: NamedDependency[Caller],
        data: JSONBody[RunBody | None] = None,
    ) -> Went:
        return await ask(calling, name, data or RunBody(), run=run)

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
        calling: NamedDependency[Caller],
    ) -> Went:
        """Fire the cue that stands by; refused where another stands by than the caller saw."""
        return await ask(calling, "go", data, run=run)

    @post("/{run:str}/standby", status_code=200, operation_id="standby", responses=RESPONSES)
    async def standby(
        self,
        run: FromPath[str],
        data: JSONBody[StandbyBody],
        calling: NamedDependency[Caller],
    ) -> Went:
        """Put a cue in standby: any of the run's."""
        return await ask(calling, "standby", data, run=run)

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
        calling: NamedDependency[Caller],
    ) -> Went:
        """Enter a note with the run and the cue that stands by."""
        return await ask(calling, "note", data, run=run)


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
        calling: NamedDependency[Caller],
        data: JSONBody[CallBody | None] = None,
    ) -> Went:
        return await ask(calling, name, data or CallBody(), output=output)

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
        calling: NamedDependency[Caller],
        data: JSONBody[CallBody | None] = None,
    ) -> Went:
        return await ask(calling, name, data or CallBody())

    call.fn.__doc__ = says
    return call


class CallsController(Controller):
    """Calls that name neither run nor output nor server."""

    path = "/calls"
    tags = ("calls",)
    guards = FOR_CONTROL

    fade_out = _whole_call("fade_out", "Fade every surface to its safe look; once more cuts.")
    show_stop = _whole_call("show_stop", "Stop the show: every surface, and automation off.")
    restore = _whole_call("restore", "Restart after a show stop, by name.")

    automation_off = _whole_call("automation_off", "Nothing starts by itself, until it is on.")
    automation_on = _whole_call("automation_on", "Slots start by themselves again.")

    @post("/start", status_code=200, operation_id="startNext", responses=RESPONSES)
    async def start(self, data: JSONBody[StartBody], calling: NamedDependency[Caller]) -> Went:
        """Start the next slot of a surface now, as the schedule would have."""
        return await ask(calling, "start", data)

    @post("/route", status_code=200, operation_id="route", responses=RESPONSES)
    async def route(self, data: JSONBody[RouteBody], calling: NamedDependency[Caller]) -> Went:
        """Route outputs, or all of a surface, to the wire, a simulator or the record alone."""
        return await ask(calling, "route", data)

    @post("/note", status_code=200, operation_id="noteNight", responses=RESPONSES)
    async def note(
        self,
        data: JSONBody[NoteBody],
        calling: NamedDependency[Caller],
    ) -> Went:
        """Enter a note with the night."""
        return await ask(calling, "note", data)


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
        calling: NamedDependency[Caller],
    ) -> Went:
        """Put the server's main or backup on the picture."""
        return await ask(calling, "on_air", data, server=server)
