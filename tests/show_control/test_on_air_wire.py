"""A take-over over real sockets: a matrix of any dialect that speaks OSC, over UDP and TCP, asked or telling."""

from __future__ import annotations

import select
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import msgspec
import pytest

from show_control.clock import MILLI, SystemClock
from show_control.entries import Entry
from show_control.model import Declared, Server, Told
from show_control.player import Player
from show_control.rehearsal import Kept, Script
from show_control.simulator import Ports, simulated
from show_control.transport import Transport
from tests.show_control.house import with_night
from tests.show_control.playbook import call, loaded
from tests.show_control.test_on_air import SAYS, UNASKED, house, take

OWN = Declared(
    name="routerbox",
    actions={"play": Told(send=(take(9),)), "stop": Told(send=(take(0),))},
)


def free_port(kind: socket.SocketKind) -> int:
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def at_port(scheme: str) -> str:
    kind = socket.SOCK_STREAM if scheme == "tcp" else socket.SOCK_DGRAM
    return f"{scheme}://127.0.0.1:{free_port(kind)}"


class Stage:
    """A player and its servers in one thread, on the real clock."""

    def __init__(self, matrix: Server, *, asked: bool) -> None:
        clock, file = SystemClock(), house(SAYS if asked else UNASKED)
        udp = {"main": at_port("udp"), "backup": at_port("udp")}
        one = msgspec.structs.replace(file.servers["one"], **udp)
        some = {
            "one": one,
            "any": msgspec.structs.replace(file.servers["any"], main=at_port("udp")),
        }
        file = with_night(
            msgspec.structs.replace(file, servers={**some, "matrix": matrix}),
            starts=clock.now() - 3_600_000,
            ends=clock.now() + 3_600_000,
            slots=(),
        )
        self.kept, self.transport = Kept(), Transport(jitter=lambda: 0.0)
        self.ports = Ports(simulated(file))
        self.player = Player(
            clock=clock, journal=self.kept, transport=self.transport, door=Script([])
        )
        self.player.load(loaded(file))

    def until(self, condition: Callable[[], bool], within: int = 5000) -> bool:
        clock = SystemClock()
        ends = clock.boottime() + within * MILLI
        while not condition() and clock.boottime() < ends:
            self.player.turn(at_most=0.01)
            ready, _, _ = select.select(self.ports.sockets, [], [], 0)
            for each in ready:
                self.ports.answer(each)
            self.ports.turn()
        return condition()

    def said(self) -> list[tuple[str, str | None]]:
        return [(e.data["agreement"], e.data["reported"]) for e in self.of("on_air")]

    def of(self, kind: str) -> list[Entry]:
        return [e for e in self.kept.entries if e.kind == kind]


@contextmanager
def staged(matrix: Server, *, asked: bool) -> Iterator[Stage]:
    stage = Stage(matrix, asked=asked)
    try:
        yield stage
    finally:
        stage.transport.close()
        stage.ports.close()


def matrix(kind: str) -> Server:
    match kind:
        case "generic, tcp":
            return Server(id="matrix", dialect="generic", main=at_port("tcp"))
        case "generic, feedback port":
            port = free_port(socket.SOCK_DGRAM)
            return Server(id="matrix", dialect="generic", main=at_port("udp"), feedback_port=port)
        case "own dialect":
            return Server(id="matrix", dialect="routerbox", main=at_port("udp"), declared=OWN)
        case _:
            return Server(id="matrix", dialect="generic", main=at_port("udp"))


@pytest.mark.parametrize("asked", [True, False], ids=["asked", "tells"])
@pytest.mark.parametrize(
    "kind", ["generic", "generic, tcp", "generic, feedback port", "own dialect"]
)
def test_a_matrix_is_told_and_says_so(kind: str, asked: bool) -> None:
    with staged(matrix(kind), asked=asked) as stage:
        if not asked:  # who tells unasked tells whoever spoke last: it is told once that main is on
            stage.until(lambda: bool(stage.of("result")), 50)
            stage.player.take(call("on_air", server="one", which="main"))
        assert stage.until(lambda: ("confirmed", "main") in stage.said())
        stage.player.take(call("on_air", server="one", which="backup"))
        assert stage.until(lambda: stage.said()[-1:] == [("confirmed", "backup")])
        result = stage.of("result")[-1]
        assert (result.server, result.data["main"]) == ("one", "sent")
