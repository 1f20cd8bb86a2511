"""A night file as its outputs are routed: which server hears of each, and at which address (pure).

A simulator stands in the file as a server of its own, `simulator:ID`, with its own addresses: nothing
that goes to it can be taken for what goes to the server that it stands for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from show_control.documents import Routing
from show_control.engine import State
from show_control.model import NightFile, Output, Server, Simulator, Switch

SIMULATOR: Final = "simulator:"

replace = msgspec.structs.replace


def name(server: str, routing: Routing) -> str:
    """What a server is called where what is routed so is heard."""
    return f"{SIMULATOR}{server}" if routing == "simulator" else server


def simulated(file: NightFile, simulators: Mapping[str, Simulator]) -> NightFile:
    """The file with every server replaced by its simulator; outputs without one are left out."""
    servers = {
        server.id: stand_in(server, simulators)
        for server in file.servers.values()
        if server.id in simulators
    }
    outputs = {
        o.id: replace(o, server=servers[o.server].id)
        for o in file.outputs.values()
        if o.server in servers
    }
    return replace(file, servers={s.id: s for s in servers.values()}, outputs=outputs)


class StandIns:
    """`simulated`, worked out once for a file as long as the simulators stay."""

    def __init__(self) -> None:
        self._of: tuple[NightFile, Mapping[str, Simulator]] | None = None
        self._found: NightFile | None = None

    def of(self, file: NightFile, simulators: Mapping[str, Simulator]) -> NightFile:
        """The file with its servers replaced."""
        known = self._of
        if (
            self._found is None
            or known is None
            or known[0] is not file
            or known[1] is not simulators
        ):
            self._of, self._found = (file, simulators), simulated(file, simulators)
        return self._found


def stand_in(server: Server, simulators: Mapping[str, Simulator]) -> Server:
    """A server as its simulator is reached."""
    simulator = simulators[server.id]
    return replace(
        server,
        id=name(server.id, "simulator"),
        main=simulator.main,
        backup=simulator.backup if server.backup is not None else None,
        feedback_port=simulator.feedback_port,
        on_air=switched(server.on_air, simulators),
    )


def switched(there: Switch | None, simulators: Mapping[str, Simulator]) -> Switch | None:
    """A switch as it is told by the simulator of who tells it; none without one."""
    if there is None or there.via not in simulators:
        return None
    return replace(there, via=name(there.via, "simulator"))


def heard(file: NightFile, state: State) -> NightFile:
    """The file as it is asked and listened to: outputs on the wire, and those at a simulator.

    Of an output whose record alone is kept nobody is asked.
    """
    if not state.routing:
        return file
    there = simulated(file, state.simulators)
    found = (_output(o, there, state) for o in file.outputs.values())
    outputs = {o.id: o for o in found if o is not None}
    used = {o.server for o in outputs.values()}
    used |= {s.on_air.via for s in there.servers.values() if s.id in used and s.on_air}
    stand_ins = {s.id: s for s in there.servers.values() if s.id in used}
    return replace(file, servers={**file.servers, **stand_ins}, outputs=outputs)


def _output(output: Output, there: NightFile, state: State) -> Output | None:
    match state.route(output.id):
        case "wire":
            return output
        case "simulator":
            return there.outputs.get(output.id)
        case "record only":
            return None


def unheard(file: NightFile, state: State) -> list[str]:
    """The outputs that are routed to a simulator that is not there."""
    return [
        o.id
        for o in file.outputs.values()
        if state.route(o.id) == "simulator" and o.server not in state.simulators
    ]
