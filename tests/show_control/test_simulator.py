"""Simulated servers against packets written by hand from the vendor's page, and at their ports."""

from __future__ import annotations

import os
import select
import socket
from collections.abc import Iterator
from typing import IO

import pytest

from show_control.model import Action, Argument, Cue, Message, NightFile, Output, Sequence, Server
from show_control.osc import decode, encode
from show_control.simulator import (
    FAULT_ADDRESS,
    GenericCore,
    Ports,
    ResolumeCore,
    Simulated,
    give_fault,
    run_simulators,
    simulated,
)

WEST = Server(
    id="west",
    dialect="resolume",
    main="udp://127.0.0.1:0",
    backup="udp://127.0.0.1:0",
    feedback_port=None,
)


def resolume(names: dict[tuple[int, int], str] | None = None) -> tuple[Simulated, ResolumeCore]:
    core = ResolumeCore(names)
    return Simulated(WEST, "main", core), core


# https://www.resolume.com/support/en/osc, each message as OSC 1.0 writes it.
PRESS_2 = b"/composition/layers/1/clips/2/connect\0\0\0,i\0\0\0\0\0\x01"
RELEASE_2 = b"/composition/layers/1/clips/2/connect\0\0\0,i\0\0\0\0\0\0"
QUARTER = b"/composition/layers/1/video/opacity\0,f\0\0\x3e\x80\0\0"
PRESS_CLEAR = b"/composition/layers/1/clear\0,i\0\0\0\0\0\x01"
ASK_OPACITY = b"/composition/layers/1/video/opacity\0,s\0\0?\0\0\0"
ASK_ALL = b"/composition/layers/1/clips/*/connected\0,s\0\0?\0\0\0"
ASK_NAME = b"/composition/layers/1/clips/2/name\0\0,s\0\0?\0\0\0"


def states(answers: list[bytes]) -> dict[str, object]:
    found = [message for answer in answers for message in decode(answer)]
    return {m.address.removeprefix("/composition/layers/"): m.args[0].value for m in found}


def test_a_press_connects_and_a_release_does_nothing() -> None:
    server, core = resolume()
    assert server.hear(RELEASE_2) == []
    assert core.connected == {}
    assert server.hear(PRESS_2) == []
    assert core.connected == {1: 2}
    server.hear(b"/composition/layers/1/clips/3/connect\0\0\0,i\0\0\0\0\0\x01")
    assert core.connected == {1: 3}
    server.hear(PRESS_CLEAR)
    assert core.connected == {}


def test_opacity_is_set_and_asked_in_these_bytes() -> None:
    server, _ = resolume()
    server.hear(QUARTER)
    assert server.hear(ASK_OPACITY) == [QUARTER]


@pytest.mark.parametrize(
    ("modifier", "value", "expected"),
    [("a", 0.75, 0.75), ("+", 0.25, 0.75), ("-", 0.25, 0.25), ("*", 0.5, 0.25), ("+", 9.0, 1.0)],
)
def test_opacity_takes_the_pages_modifiers(modifier: str, value: float, expected: float) -> None:
    core = ResolumeCore()
    address = "/composition/layers/1/video/opacity"
    core.hear(Message(address=address, args=(Argument(tag="f", value=0.5),)))
    args = (Argument(tag="s", value=modifier), Argument(tag="f", value=value))
    core.hear(Message(address=address, args=args))
    assert core.opacity == {1: expected}


def test_a_star_asks_for_every_clip_of_the_layer_alone() -> None:
    server, _ = resolume({(1, 1): "A", (1, 2): "B", (1, 4): "D", (2, 1): "E"})
    server.hear(PRESS_2)
    assert states(server.hear(ASK_ALL)) == {
        "1/clips/1/connected": 1,
        "1/clips/2/connected": 3,
        "1/clips/3/connected": 0,
        "1/clips/4/connected": 1,
    }


def test_a_star_stands_within_one_part_of_an_address() -> None:
    core = ResolumeCore({(1, 1): "A", (2, 1): "E"})
    asked = Message(address="/composition/*/video/opacity", args=(Argument(tag="s", value="?"),))
    assert core.hear(asked) == []
    asked = Message(address="/composition/layers/*/clips/1/name", args=asked.args)
    assert [m.args[0].value for m in core.hear(asked)] == ["A", "E"]


def test_a_clip_has_the_name_that_it_was_given() -> None:
    server, _ = resolume({(1, 2): "SOLAR_WIND"})
    assert server.hear(ASK_NAME) == [b"/composition/layers/1/clips/2/name\0\0,s\0\0SOLAR_WIND\0\0"]


def test_what_it_does_not_know_it_leaves_unanswered() -> None:
    server, core = resolume()
    for packet in (b"", b"junk", encode("/nothing"), encode("/composition/layers/x/clear")):
        assert server.hear(packet) == []
    assert (core.connected, core.opacity) == ({}, {})


def test_a_silent_server_is_dead_to_everything_but_faults() -> None:
    server, core = resolume()
    server.give("silent")
    assert server.hear(PRESS_2) == []
    assert server.hear(ASK_OPACITY) == []
    assert core.connected == {}
    server.hear(encode(FAULT_ADDRESS, [Argument(tag="s", value="ok")]))
    assert len(server.hear(ASK_OPACITY)) == 1


def test_a_restart_loses_the_state_and_goes_on() -> None:
    server, core = resolume({(1, 2): "B"})
    server.hear(PRESS_2)
    server.hear(QUARTER)
    server.give("restart")
    assert core.connected == {}
    assert states(server.hear(ASK_OPACITY)) == {"1/video/opacity": 1.0}
    assert states(server.hear(ASK_NAME)) == {"1/clips/2/name": "B"}


def test_a_generic_server_remembers_and_is_quiet() -> None:
    core = GenericCore()
    server = Simulated(WEST, "main", core)
    assert server.hear(encode("/laser/play", [Argument(tag="s", value="LASER")])) == []
    assert [m.address for m in core.heard] == ["/laser/play"]
    server.give("restart")
    assert core.heard == []


def test_a_fault_is_given_by_name() -> None:
    main, backup = (Simulated(WEST, w, GenericCore()) for w in ("main", "backup"))
    for text, expected in (
        ("west/backup=silent\n", [False, True]),
        ("west/main=silent", [True, True]),
        ("west=ok", [False, True]),
    ):
        assert give_fault([main, backup], text) is None
        assert [s.silent for s in (main, backup)] == expected
    assert give_fault([main], "east=ok") == "there is no server 'east': west"
    assert (
        give_fault([main], "west=loud")
        == "'loud' is not one of silent, restart, loss:0.3, delay:200ms, ok"
    )


def test_a_night_files_servers_have_its_clips() -> None:
    play = Action(kind="play", outputs=("w",), clip=2, clip_name="SOLAR_WIND")
    file = NightFile(
        festival="f",
        time_zone="UTC",
        servers={"west": WEST, "laser": Server(id="laser", dialect="generic", main="udp://h:1")},
        outputs={"w": Output(id="w", server="west", surface="s", params={"layer": 1})},
        sequences={"q": Sequence(id="q", cues=(Cue(number="1", do=(play,)),))},
    )
    servers = simulated(file)
    assert [s.name for s in servers] == ["west", "west/backup", "laser"]
    assert states(servers[1].hear(ASK_NAME)) == {"1/clips/2/name": "SOLAR_WIND"}


# ---------------------------------------------------------------- at their ports


@pytest.fixture
def player() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as bound:
        bound.bind(("127.0.0.1", 0))
        bound.settimeout(5)
        yield bound


def turn(ports: Ports) -> None:
    ready, _, _ = select.select(ports.sockets, [], [], 5)
    for each in ready:
        ports.answer(each)


def test_answers_go_to_the_feedback_port_from_the_servers_own(player: socket.socket) -> None:
    port = player.getsockname()[1]
    server = Server(id="w", dialect="resolume", main="udp://127.0.0.1:0", feedback_port=port)
    with (
        Ports([Simulated(server, "main", ResolumeCore())]) as ports,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender,
    ):
        address = ports.sockets[0].getsockname()
        sender.sendto(ASK_OPACITY, address)
        turn(ports)
        answer, came_from = player.recvfrom(1000)
        assert came_from == address
        assert states([answer]) == {"1/video/opacity": 1.0}


def test_without_a_feedback_port_the_sender_is_answered(player: socket.socket) -> None:
    with Ports([Simulated(WEST, "main", ResolumeCore())]) as ports:
        player.sendto(ASK_OPACITY, ports.sockets[0].getsockname())
        turn(ports)
        assert len(player.recv(1000)) == len(QUARTER)


def test_a_port_in_use_is_named(player: socket.socket) -> None:
    url = f"udp://127.0.0.1:{player.getsockname()[1]}"
    taken = Server(id="w", dialect="resolume", main=url)
    with pytest.raises(OSError, match=f"w at {url}: Address already in use"):
        Ports([Simulated(taken, "main", ResolumeCore())])


def lines_from(text: str) -> IO[str]:
    read, write = os.pipe()
    os.write(write, text.encode())
    os.close(write)
    return os.fdopen(read)


def test_faults_are_typed_while_it_runs() -> None:
    server, _ = resolume()
    said: list[str] = []
    with lines_from("west=silent\nwest=loud\n") as typed:
        run_simulators([server], commands=typed, say=said.append, stop=lambda: len(said) > 2)
    assert server.silent
    assert said == [
        "simulating west",
        "west=silent",
        "'loud' is not one of silent, restart, loss:0.3, delay:200ms, ok",
    ]


def test_what_was_received_is_said_when_asked(player: socket.socket) -> None:
    url = f"udp://127.0.0.1:{player.getsockname()[1]}"
    server = Simulated(Server(id="w", dialect="generic", main=url), "main", GenericCore())
    player.close()
    said: list[str] = []

    def stop() -> bool:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            packet = encode("/laser/level", [Argument(tag="f", value=0.5)])
            sender.sendto(packet, ("127.0.0.1", int(url.rsplit(":", 1)[1])))
        return len(said) > 1

    run_simulators([server], say=said.append, verbose=True, stop=stop)
    assert said[:2] == ["simulating w", "w: /laser/level f:0.5"]
