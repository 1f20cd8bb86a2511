"""The player's own loop against simulated servers at real ports, each vendor over its own transport."""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from show_control.clock import SystemClock
from show_control.events import Call, Called, Loaded
from show_control.model import (
    Action,
    Argument,
    Cue,
    Message,
    Millis,
    Night,
    NightFile,
    Output,
    Sequence,
    Server,
    Slot,
    Surface,
)
from show_control.night_file import content_hash, pack_night_file
from show_control.player import Player
from show_control.rehearsal import Kept, Script, Sent
from show_control.simulator import Ports, QLabCore, Simulated, run_simulators, simulated
from show_control.transport import Transport
from tests.show_control.dialects.examples import EXAMPLES

SOON: Millis = 10_000


def free_port(kind: socket.SocketKind) -> int:
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Stage:
    """One server of a dialect at real ports, and a player that has its night."""

    def __init__(self, name: str, scheme: str, length: Millis = 60_000) -> None:
        example = EXAMPLES[name]
        kind = socket.SOCK_STREAM if scheme == "tcp" else socket.SOCK_DGRAM
        self.clips, self.length = example.clips, length
        self.sent: list[Sent] = []
        self.server = Server(
            id="s",
            dialect=example.dialect or name,
            main=f"{scheme}://127.0.0.1:{free_port(kind)}",
            feedback_port=free_port(kind) if scheme == "udp" else None,
            declared=example.declared,
        )
        self.clock = SystemClock()
        self.file = self.night(example.params)
        self.simulated: list[Simulated] = simulated(self.file)
        self.ports: Ports | None = Ports(self.simulated)
        self.transport = Transport(jitter=lambda: 0.0)
        self.kept = Kept()
        self.player = Player(
            clock=self.clock,
            journal=self.kept,
            transport=self.transport,
            door=Script([]),
            on_sent=lambda packet, at: self.sent.append(Sent(at, packet)),
        )
        self.player.load(Loaded(hash=content_hash(pack_night_file(self.file)), file=self.file))

    def night(self, params: Any) -> NightFile:
        now = self.clock.now()
        cues = tuple(
            Cue(
                number=str(n),
                do=(Action(kind="play", clip=clip, outputs=("o",)),),
                length=self.length,
                continues="follow" if self.length < SOON and n > 1 else "none",
            )
            for n, clip in enumerate(self.clips, 1)
        )
        slot = Slot(
            id="gala",
            night="2026-01-01",
            surface="x",
            sequence="q",
            starts=now - 1000,
            ends=now + 3_600_000,
            start="manual",
            outputs=("o",),
        )
        return NightFile(
            festival="f",
            time_zone="UTC",
            servers={"s": self.server},
            outputs={"o": Output(id="o", server="s", surface="x", params=params)},
            surfaces={"x": Surface(id="x")},
            sequences={"q": Sequence(id="q", cues=cues)},
            nights=(
                Night(
                    date="2026-01-01",
                    starts=now - 3_600_000,
                    ends=now + 7_200_000,
                    slots=(slot,),
                ),
            ),
        )

    def until(self, so: Callable[[], object]) -> None:
        """Let both work until something is so."""
        give_up = self.clock.now() + SOON
        while self.clock.now() < give_up:
            if so():
                return
            self.player.turn(0.005)
            if self.ports is not None:
                for each in select.select(self.ports.sockets, [], [], 0)[0]:
                    self.ports.answer(each)
                self.ports.turn()
        raise AssertionError("it did not come to that")

    def go(self) -> None:
        run = next(iter(self.player.state.runs.values()))
        call = Call(call="go", by="Kim", run=run.id, standby_count=run.count)
        [answer] = self.player.take(Called(call=call))
        assert answer.accepted, answer

    @property
    def seen(self) -> Any:
        return self.player.hearing.known.servers["s", "main"].outputs["o"]

    @property
    def life(self) -> str:
        return self.player.hearing.known.servers["s", "main"].life

    def confirmed(self, clip: int | str) -> bool:
        return self.seen.agreement == "confirmed" and self.seen.reported.get("clip") == clip

    def starts(self) -> list[Sent]:
        return [sent for sent in self.sent if sent.packet.address.endswith("/start")]

    def results(self) -> list[str]:
        return [str(e.data["main"]) for e in self.kept.entries if e.kind == "result"]

    def close(self) -> None:
        if self.ports is not None:
            self.ports.close()
        self.transport.close()


@pytest.fixture
def staged() -> Iterator[Callable[..., Stage]]:
    stages: list[Stage] = []

    def stage(name: str, scheme: str, length: Millis = 60_000) -> Stage:
        stages.append(Stage(name, scheme, length))
        return stages[-1]

    yield stage
    for each in stages:
        each.close()


SPOKEN = [
    ("qlab", "tcp"),
    ("qlab", "udp"),
    ("pixera over TCP", "tcp"),
    ("disguise", "udp"),
    ("millumin", "udp"),
    ("resolume", "udp"),
    ("lampwall", "udp"),
]


@pytest.mark.parametrize(("name", "scheme"), SPOKEN)
def test_a_go_is_confirmed_by_the_server_itself(
    staged: Callable[..., Stage], name: str, scheme: str
) -> None:
    stage = staged(name, scheme)
    stage.until(lambda: stage.life == "alive" and stage.player.state.runs)
    stage.go()
    stage.until(lambda: stage.confirmed(stage.clips[0]))
    assert stage.results() == ["sent"]


@pytest.mark.parametrize(
    ("name", "scheme"),
    [("qlab", "tcp"), ("pixera over TCP", "tcp"), ("disguise", "udp"), ("resolume", "udp")],
)
def test_the_servers_own_position_is_reported(
    staged: Callable[..., Stage], name: str, scheme: str
) -> None:
    stage = staged(name, scheme)
    stage.until(lambda: stage.life == "alive" and stage.player.state.runs)
    stage.go()
    stage.until(lambda: "position" in stage.seen.reported)
    assert 0 <= stage.seen.reported["position"] < 10_000


def test_a_server_that_cannot_be_asked_is_told_over_tcp(
    staged: Callable[..., Stage],
) -> None:
    stage = staged("watchout", "tcp")
    core: Any = stage.simulated[0].core
    stage.until(lambda: stage.player.state.runs and not stage.transport.sockets_to_write())
    stage.go()
    stage.until(lambda: core.playing == {1})
    assert core.variables == {"/facade/level/0": 1.0}


def test_a_server_cut_off_and_back_gets_its_look_and_no_backlog(
    staged: Callable[..., Stage],
) -> None:
    stage = staged("qlab", "tcp")
    core: Any = stage.simulated[0].core
    stage.until(lambda: stage.life == "alive" and stage.player.state.runs)
    stage.go()
    went = stage.clock.now()
    stage.until(lambda: stage.confirmed(stage.clips[0]))
    assert stage.ports is not None
    stage.ports.close()
    stage.ports = None
    core.restart()
    stage.until(lambda: stage.life == "unreachable")
    stage.until(lambda: stage.clock.now() > went + 300)  # no two GOs in less than this
    stage.go()
    assert stage.results()[-1].startswith("not sent: not connected: ")
    stage.ports = Ports(stage.simulated)
    stage.until(lambda: stage.confirmed(stage.clips[1]))
    assert set(core.running) == {stage.clips[1]}, "the first was due before, and is not sent now"


def test_a_server_that_cannot_be_asked_gets_what_it_missed_once_it_is_back(
    staged: Callable[..., Stage],
) -> None:
    stage = staged("watchout", "tcp")
    core: Any = stage.simulated[0].core
    stage.until(lambda: stage.player.state.runs and not stage.transport.sockets_to_write())
    stage.go()
    went = stage.clock.now()
    stage.until(lambda: core.playing == {stage.clips[0]})
    assert stage.ports is not None
    stage.ports.close()
    stage.ports = None
    stage.until(lambda: stage.clock.now() > went + 300)  # no two GOs in less than this
    stage.until(lambda: stage.transport.send("s", "main", b"") is not None)
    stage.go()
    assert stage.results()[-1].startswith("not sent: not connected: ")
    stage.ports = Ports(stage.simulated)
    stage.until(lambda: core.playing == {stage.clips[1]})
    [again] = [e for e in stage.kept.entries if e.data.get("why") == "connected again"]
    assert again.data["look"]["clip"] == stage.clips[1]
    assert stage.results()[-1] == "sent"


class Loud(QLabCore):
    """It says 5,000 things a second that nobody asked for."""

    def told(self, now: Millis) -> list[Message]:
        del now
        text = Argument(tag="s", value="x" * 40)
        return [Message(address=f"/update/workspace/{n}", args=(text,)) for n in range(500)]


def test_a_flood_over_tcp_moves_no_cue(staged: Callable[..., Stage]) -> None:
    stage = staged("qlab", "tcp", length=700)
    loud = Simulated(stage.server, "main", Loud())
    assert stage.ports is not None
    stage.ports.close()
    stage.ports = None
    stop = threading.Event()
    thread = threading.Thread(
        target=lambda: run_simulators([loud], say=lambda _: None, stop=stop.is_set)
    )
    thread.start()
    try:
        stage.until(lambda: stage.life == "alive" and stage.player.state.runs)
        stage.go()
        stage.until(lambda: len(stage.starts()) == len(stage.clips))
    finally:
        stop.set()
        thread.join()
    late = [sent.at - sent.packet.send.at for sent in stage.starts()]
    assert min(late) >= 0
    assert max(late) < 250, "an upper bound: others use this machine too"
