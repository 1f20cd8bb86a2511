"""Which of a server's two addresses is on the picture: put there by a person, or a cue, and by nothing else."""

from __future__ import annotations

from show_control.commands import Switch
from show_control.documents import Routing, Which
from show_control.engine.asked import Refusal, enter, night_date
from show_control.engine.stage import Stage
from show_control.engine.state import OnAir, Run, State
from show_control.events import Call
from show_control.model import Action, Cue, Millis
from show_control.sentences import said


def on_air(stage: Stage, call: Call) -> None:
    """Put a server's main or backup on the picture, by name; again, if it is said again."""
    file = stage.state.file
    if call.server is None or file is None or call.server not in file.servers:
        known = said("no_server", server=call.server) if call.server else said("which_server")
        raise Refusal(known)
    if file.servers[call.server].on_air is None:
        raise Refusal(said("no_on_air", server=call.server))
    if call.which is None:
        raise Refusal(said("which_on_air"))
    if not call.by:
        raise Refusal(said("on_air_by_name"))
    enter(stage, call, data={"server": call.server, "which": call.which})
    put(stage, call.server, call.which, stage.now, "call", by=call.by)


def act(stage: Stage, run: Run, cue: Cue, action: Action, at: Millis) -> None:
    """A cue puts an address on the picture."""
    if action.server is not None and action.which is not None:
        put(stage, action.server, action.which, at, "cue", run=run, cue=cue)


def put(
    stage: Stage,
    server: str,
    which: Which,
    at: Millis,
    why: str,
    *,
    by: str = "",
    run: Run | None = None,
    cue: Cue | None = None,
) -> None:
    """Want this address on the picture, and have its switch told once."""
    routing = route(stage.state, server, run)
    wanted = OnAir(which=which, by=by, at=at)
    stage.change(on_air={**stage.state.on_air, where(server, routing): wanted})
    stage.commands.append(
        Switch(
            server=server,
            which=which,
            at=at,
            why=why,
            routing=routing,
            file=run.file if run else stage.state.loaded or "",
            night=run.night if run else night_date(stage),
            slot=run.slot if run else None,
            run=run.id if run else None,
            cue=cue.number if cue else None,
        )
    )


def route(state: State, server: str, run: Run | None = None) -> Routing:
    """Where a switch is told: on the wire as long as any output of its server is."""
    file = state.files[run.file] if run else state.file
    outputs = file.outputs.values() if file else ()
    routed = {state.route(o.id) for o in outputs if o.server == server}
    if "wire" in routed or not routed:
        return "wire"
    return "simulator" if "simulator" in routed else "record only"


def where(server: str, routing: Routing) -> str:
    """What is wanted in a rehearsal is wanted of what is rehearsed with, and of nothing on the wire."""
    return server if routing == "wire" else f"{routing}:{server}"
