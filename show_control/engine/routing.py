"""Rehearsal: where what an output is told goes to, and when that may be changed.

An output leaves the wire only while it is dark there, and comes back to it with no look: nobody could
darken what shows on a wire that nothing goes to, and nothing that was rehearsed may light a facade.
"""

from __future__ import annotations

from collections.abc import Iterable

from show_control.documents import Routing
from show_control.engine import covering
from show_control.engine.asked import Refusal, enter
from show_control.engine.stage import Stage
from show_control.engine.state import UNDER_WAY, Routed
from show_control.events import Call
from show_control.sentences import said


def route(stage: Stage, call: Call) -> None:
    """Route outputs, or a surface's, by name: to the wire, a simulator or the record alone."""
    if call.to is None:
        raise Refusal(said("route_where"))
    outputs = wanted(stage, call)
    if not call.by:
        raise Refusal(said("route_by_name"))
    moving = [o for o in outputs if stage.state.route(o) != call.to]
    for output in moving:
        may_move(stage, output, call.to)
    enter(stage, call, surface=call.surface, data={"to": call.to, "outputs": list(outputs)})
    move(stage, moving, call.to, call.by)


def wanted(stage: Stage, call: Call) -> tuple[str, ...]:
    """The outputs that a call means, each once."""
    file = stage.state.file
    known = file.outputs if file else {}
    if not call.outputs and call.surface is None:
        raise Refusal(said("which_outputs"))
    for output in call.outputs:
        if output not in known:
            raise Refusal(said("no_output", output=output))
    there = tuple(o.id for o in known.values() if o.surface == call.surface)
    if call.surface is not None and not there:
        raise Refusal(said("no_surface", surface=call.surface))
    return tuple(dict.fromkeys((*call.outputs, *there)))


def may_move(stage: Stage, output: str, to: Routing) -> None:
    """Refuse what would leave something lit behind, or light something, or go nowhere."""
    for run in stage.state.runs.values():
        if run.phase in UNDER_WAY and output in covering.driven(stage, run):
            raise Refusal(
                said("routed_under_way", slot=run.slot, output=output),
                run=run,
                by=run.last_go_by or run.by,
                at=run.last_go_at,
            )
    look = stage.look(output)
    if stage.state.route(output) == "wire" and (
        look.lit(stage.now) or max(look.settles(), look.clears or 0) > stage.now
    ):
        raise Refusal(said("routed_while_lit", output=output))
    server = stage.output(None, output).server
    if to == "simulator" and server not in stage.state.simulators:
        raise Refusal(said("no_simulator", server=server))


def move(stage: Stage, outputs: Iterable[str], to: Routing, by: str) -> None:
    """Route them there; what was wanted of them, and what `restore` would bring, is forgotten."""
    moved = set(outputs)
    kept = {o: r for o, r in stage.state.routing.items() if o not in moved}
    if to != "wire":
        kept |= {o: Routed(to=to, by=by, at=stage.now) for o in sorted(moved)}
    stage.change(
        routing=kept,
        looks={o: look for o, look in stage.state.looks.items() if o not in moved},
        cued={o: look for o, look in stage.state.cued.items() if o not in moved},
        faded={o: at for o, at in stage.state.faded.items() if o not in moved},
    )
