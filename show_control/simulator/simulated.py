"""A server at one of its addresses, and the faults it can have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from show_control.model import Message, NightFile, Server
from show_control.osc import Malformed, decode, encode
from show_control.simulator.cores import Core, GenericCore, ResolumeCore

Fault = Literal["silent", "restart", "ok"]
Which = Literal["main", "backup"]

FAULTS: Final[tuple[Fault, ...]] = ("silent", "restart", "ok")
FAULT_ADDRESS: Final = "/lamplighter/fault"


class Simulated:
    """A server at one of its addresses: its core, and the fault it has."""

    def __init__(self, server: Server, which: Which, core: Core) -> None:
        self.server = server
        self.which = which
        self.core = core
        self.silent = False

    @property
    def name(self) -> str:
        """`west` for the main address, `west/backup` for the other: as faults name them."""
        return self.server.id if self.which == "main" else f"{self.server.id}/backup"

    def give(self, fault: Fault) -> None:
        """Silent: it is dead to everything. Restart: it lost its state, and goes on."""
        self.silent = fault == "silent"
        if fault == "restart":
            self.core.restart()

    def hear(self, datagram: bytes) -> list[bytes]:
        """What it answers; a fault sent to it counts even when it is silent."""
        try:
            messages = decode(datagram)
        except Malformed:
            return []
        return [
            encode(answer.address, answer.args)
            for message in messages
            for answer in self._answers(message)
        ]

    def _answers(self, message: Message) -> list[Message]:
        if message.address == FAULT_ADDRESS:
            for argument in message.args:
                give_fault([self], f"{self.name}={argument.value}")
            return []
        return [] if self.silent else self.core.hear(message)


def simulated(file: NightFile) -> list[Simulated]:
    """A simulator for each address of each server, with the clips that the file names."""
    found = []
    for server in file.servers.values():
        found.append(Simulated(server, "main", _core(file, server)))
        if server.backup is not None:
            found.append(Simulated(server, "backup", _core(file, server)))
    return found


def _core(file: NightFile, server: Server) -> Core:
    return ResolumeCore(_names(file, server)) if server.dialect == "resolume" else GenericCore()


def _names(file: NightFile, server: Server) -> dict[tuple[int, int], str]:
    layers = {
        o.id: o.params["layer"]
        for o in file.outputs.values()
        if o.server == server.id and isinstance(o.params.get("layer"), int)
    }
    actions = [a for s in file.sequences.values() for c in s.cues for a in c.do]
    actions += [a for s in file.surfaces.values() for a in (*s.safe, *s.idle)]
    return {
        (int(layers[output]), action.clip): action.clip_name or f"Clip {action.clip}"
        for action in actions
        for output in action.outputs
        if output in layers and isinstance(action.clip, int)
    }


def give_fault(servers: Sequence[Simulated], text: str) -> str | None:
    """Give the fault that `SERVER=FAULT` or `SERVER/backup=FAULT` names; what is wrong with it."""
    name, _, fault = text.strip().partition("=")
    found = [s for s in servers if s.name in (name, name.removesuffix("/main"))]
    if not found:
        names = ", ".join(s.name for s in servers)
        return f"there is no server {name!r}: {names}"
    for known in FAULTS:
        if fault == known:
            found[0].give(known)
            return None
    return f"{fault!r} is not one of {', '.join(FAULTS)}"
