"""Simulated vendors against packets by hand from their pages, their faults, and a player that drives one over TCP."""

from __future__ import annotations

import json
import select
import socket

import pytest

from show_control.model import Server
from show_control.osc import decode
from show_control.simulator import (
    DisguiseCore,
    MilluminCore,
    PixeraCore,
    Ports,
    QLabCore,
    Simulated,
    WatchoutCore,
    give_fault,
)

WEST = Server(id="west", dialect="x", main="udp://127.0.0.1:0")


def texts(packets: list[bytes]) -> list[dict[str, object]]:
    return [json.loads(str(m.args[0].value)) for p in packets for m in decode(p)]


def test_qlab_answers_questions_always_and_commands_when_told_to() -> None:
    core = QLabCore()
    qlab = Simulated(WEST, "main", core)
    assert qlab.hear(b"/cue/2/start\0\0\0\0,\0\0\0") == []
    [running] = qlab.hear(b"/cue/2/isRunning\0\0\0\0,\0\0\0")
    assert decode(running)[0].address == "/reply/cue/2/isRunning"
    assert texts([running])[0]["data"] is True
    qlab.hear(b"/alwaysReply\0\0\0\0,i\0\0\0\0\0\x01")
    assert texts(qlab.hear(b"/cue/2/stop\0,\0\0\0"))[0]["status"] == "ok"
    assert texts(qlab.hear(b"/thump\0\0,\0\0\0"))[0]["status"] == "ok"


def test_qlab_denies_who_has_not_its_passcode() -> None:
    qlab = Simulated(WEST, "main", QLabCore(passcode="1234"))
    start = b"/cue/2/start\0\0\0\0,\0\0\0"
    assert texts(qlab.hear(start))[0]["status"] == "denied"
    assert texts(qlab.hear(b"/connect\0\0\0\0,s\0\0nope\0\0\0\0"))[0]["data"] == "badpass"
    assert (
        texts(qlab.hear(b"/connect\0\0\0\0,s\0\x001234\0\0\0\0"))[0]["data"]
        == "ok:view|edit|control"
    )
    assert qlab.hear(start) == []


def test_qlab_has_no_cue_that_its_workspace_has_not() -> None:
    qlab = Simulated(WEST, "main", QLabCore({"1": "Gala"}))
    assert texts(qlab.hear(b"/cue/1/name\0,\0\0\0"))[0]["data"] == "Gala"
    assert texts(qlab.hear(b"/cue/2/name\0,\0\0\0"))[0]["status"] == "error"


@pytest.mark.parametrize(
    ("arguments", "mode"),
    [
        (b",f\0\0\x3f\x80\0\0", "Play"),
        (b",f\0\0\x3f\x7f\xff\xff", "Stop"),
        (b",f\0\0\0\0\0\0", "Stop"),
        (b",\0\0\0", "Play"),
        (b",i\0\0\0\0\0\0", "Play"),
    ],
)
def test_disguise_takes_no_float_but_one(arguments: bytes, mode: str) -> None:
    core = DisguiseCore()
    Simulated(WEST, "main", core).hear(b"/d3/showcontrol/play\0\0\0\0" + arguments)
    assert core.mode == mode


def test_disguise_tells_all_the_time_with_a_heartbeat_that_changes() -> None:
    there = Simulated(WEST, "main", DisguiseCore())
    beats = [
        decode(p)[0].args[0].value for now in range(3) for p in there.tell(now) if b"heartbeat" in p
    ]
    assert len(set(beats)) == 3
    there.give("silent")
    assert there.tell(9) == []


def test_millumin_needs_no_prefix_and_answers_with_it() -> None:
    core = MilluminCore()
    there = Simulated(WEST, "main", core)
    [launched] = there.hear(b"/action/launchColumn\0\0\0\0,i\0\0\0\0\0\x0b")
    assert launched.startswith(b"/millumin/board/launchedColumn\0\0,is\0\0\0\0\x0b")
    there.hear(b"/millumin/layer:Facade/opacity\0\0,f\0\0\x3e\x80\0\0")
    assert core.opacity == {"layer:Facade": 0.25}
    [stopped] = there.hear(b"/millumin/action/stopColumn\0,\0\0\0")
    assert stopped == b"/millumin/board/stoppedColumn\0\0\0,i\0\0\0\0\0\x0b"


def test_watchout_plays_and_takes_numbers_for_variables() -> None:
    core = WatchoutCore()
    there = Simulated(WEST, "main", core)
    assert there.hear(b"/wo/play/3\0\0,\0\0\0") == []
    there.hear(b"/facade/level\0\0\0,f\0\0\x3e\x80\0\0")
    there.hear(b"/facade/name\0\0\0\0,s\0\0x\0\0\0")
    assert (core.playing, core.variables) == ({3}, {"/facade/level/0": 0.25})
    there.hear(b"/wo/stop/3\0\0,\0\0\0")
    assert core.playing == set()


def test_pixera_answers_with_the_requests_number_or_an_error() -> None:
    there = Simulated(WEST, "main", PixeraCore({"Timeline 1"}))

    def ask(number: int, method: str, **params: object) -> dict[str, object]:
        asked = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
        [answer] = there.hear(json.dumps(asked).encode(), 5000)
        found: dict[str, object] = json.loads(answer)
        assert found["id"] == number
        return found

    compound = "Pixera.Compound."
    assert ask(1, "Pixera.Utility.getApiRevision")["result"] == 349
    name = "Timeline 1"
    assert (
        ask(2, compound + "setTransportModeOnTimeline", timelineName=name, mode=1)["result"] is None
    )
    assert ask(3, compound + "getTransportModeOnTimeline", timelineName=name)["result"] == 1
    assert "error" in ask(4, compound + "getTransportModeOnTimeline", timelineName="Other")
    assert "error" in ask(5, compound + "quit", timelineName=name)
    assert there.hear(b"{nonsense") == []


def test_what_is_lost_is_lost_alike_in_the_same_night_and_about_as_often_as_was_said() -> None:
    def answered(seed: int) -> list[int]:
        there = Simulated(WEST, "main", QLabCore(), seed)
        assert give_fault([there], "west=loss:0.3") is None
        return [len(there.hear(b"/thump\0\0,\0\0\0")) for _ in range(1000)]

    first = answered(1)
    assert first == answered(1)
    assert first != answered(2)
    assert 400 < sum(first) < 580, "each way loses three in ten"


def test_faults_that_are_none_are_told() -> None:
    there = Simulated(WEST, "main", QLabCore())
    for wrong in ("loss:3", "loss", "delay:200", "delay:-1ms", "loud"):
        assert give_fault([there], f"west={wrong}") is not None
    there.give("delay:200ms")
    there.give("loss:1")
    assert (there.delay, there.loss) == (200, 1.0)
    there.give("ok")
    assert (there.delay, there.loss) == (0, 0.0)


def test_a_delayed_answer_comes_later_and_whole() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as me:
        me.bind(("127.0.0.1", 0))
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        there = Simulated(
            Server(id="west", dialect="qlab", main=f"udp://127.0.0.1:{port}"), "main", QLabCore()
        )
        there.give("delay:30ms")
        with Ports([there]) as ports:
            me.sendto(b"/thump\0\0,\0\0\0", ("127.0.0.1", port))
            select.select(ports.sockets, [], [], 5)
            ports.answer(ports.sockets[0])
            me.setblocking(False)
            with pytest.raises(BlockingIOError):
                me.recv(100)
            while not select.select([me], [], [], ports.wait())[0]:
                ports.turn()
            assert me.recv(1000).startswith(b"/reply/thump")
