"""A server at one of its addresses, and the faults it can have."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import Final, Literal

from show_control.model import Framing, Message, Millis, NightFile, Server
from show_control.osc import Malformed, decode, encode
from show_control.simulator.cores import Core, GenericCore, ResolumeCore
from show_control.simulator.declared import DeclaredCore
from show_control.simulator.pixera import PixeraCore
from show_control.simulator.qlab import QLabCore
from show_control.simulator.switching import SwitchingCore, switches_of
from show_control.simulator.vendors import DisguiseCore, MilluminCore, WatchoutCore

Which = Literal["main", "backup"]

FAULTS: Final = ("silent", "restart", "loss:0.3", "delay:200ms", "ok")
"""As they are written; the numbers are examples."""
FAULT_ADDRESS: Final = "/lamplighter/fault"

_LOSS: Final = re.compile(r"loss:(0|1|0?\.\d+|1\.0+)")
_DELAY: Final = re.compile(r"delay:(\d{1,6})ms")


class Simulated:
    """A server at one of its addresses: its core, and the fault it has.

    What is lost is drawn from a seed of its own, so that the same night loses the same.
    """

    def __init__(self, server: Server, which: Which, core: Core, seed: int = 0) -> None:
        self.server = server
        self.which = which
        self.core = core
        self.silent = False
        self.loss = 0.0
        self.delay: Millis = 0
        self._chance = random.Random(f"{seed} {self.name}")  # noqa: S311  # no secret

    @property
    def name(self) -> str:
        """`west` for the main address, `west/backup` for the other: as faults name them."""
        return self.server.id if self.which == "main" else f"{self.server.id}/backup"

    @property
    def framing(self) -> Framing:
        """How packets lie in its TCP stream."""
        return self.core.framing or "none"

    def give(self, fault: str) -> str | None:
        """Silent: dead to everything. Restart: it lost its state. Loss: of what comes and goes. Delay: of answers.

        Gives what is wrong with the fault's name.
        """
        if loss := _LOSS.fullmatch(fault):
            self.loss = float(loss[1])
        elif delay := _DELAY.fullmatch(fault):
            self.delay = int(delay[1])
        elif fault == "silent":
            self.silent = True
        elif fault == "restart":
            self.silent = False
            self.core.restart()
        elif fault == "ok":
            self.silent, self.loss, self.delay = False, 0.0, 0
        else:
            return f"{fault!r} is not one of {', '.join(FAULTS)}"
        return None

    def hear(self, datagram: bytes, now: Millis = 0) -> list[bytes]:
        """What it answers; a fault sent to it counts even when it is silent."""
        if isinstance(self.core, PixeraCore) and datagram.startswith(b"{"):
            lost = self.silent or self._lost()
            return [] if lost else self._kept(self.core.answer(datagram, now))
        try:
            messages = decode(datagram)
        except Malformed:
            return []
        return self._kept(
            [
                encode(answer.address, answer.args)
                for message in messages
                for answer in self._answers(message, now)
            ]
        )

    def tell(self, now: Millis) -> list[bytes]:
        """What it says at times, unasked."""
        if self.silent:
            return []
        return self._kept([encode(m.address, m.args) for m in self.core.told(now)])

    def _answers(self, message: Message, now: Millis) -> list[Message]:
        if message.address == FAULT_ADDRESS:
            for argument in message.args:
                give_fault([self], f"{self.name}={argument.value}")
            return []
        return [] if self.silent or self._lost() else self.core.hear(message, now)

    def _kept(self, packets: list[bytes]) -> list[bytes]:
        return [packet for packet in packets if not self._lost()]

    def _lost(self) -> bool:
        return self.loss > 0 and self._chance.random() < self.loss


def simulated(file: NightFile, seed: int = 0) -> list[Simulated]:
    """A simulator for each address of each server, with the clips that the file names."""
    found = []
    for server in file.servers.values():
        found.append(Simulated(server, "main", _switching(file, server), seed))
        if server.backup is not None:
            found.append(Simulated(server, "backup", _core(file, server), seed))
    return found


def _switching(file: NightFile, server: Server) -> Core:
    """With what it is told of others, if it is."""
    switches = switches_of(list(file.servers.values()), server.id)
    core = _core(file, server)
    return SwitchingCore(core, switches) if switches else core


def _core(file: NightFile, server: Server) -> Core:
    if server.declared is not None:
        return DeclaredCore(server.declared)
    match server.dialect:
        case "resolume":
            return ResolumeCore(_names(file, server))
        case "disguise":
            return DisguiseCore()
        case "qlab":
            passcode = server.params.get("passcode")
            return QLabCore(passcode=None if passcode is None else str(passcode))
        case "millumin":
            return MilluminCore()
        case "watchout":
            return WatchoutCore()
        case "pixera":
            return PixeraCore()
        case _:
            return GenericCore("length" if server.params.get("framing") == "length" else "slip")


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
    return found[0].give(fault)
