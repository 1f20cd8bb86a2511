"""The transport without wires does what the real one does."""

from __future__ import annotations

import inspect

from show_control.clock import VirtualClock
from show_control.model import Argument, Server
from show_control.osc import encode
from show_control.simulator import ResolumeCore, Simulated
from show_control.testing import RecordingTransport
from show_control.transport import Heard, Transport

WEST = Server(id="west", dialect="resolume", main="udp://h:1")
ASK = encode("/composition/layers/1/video/opacity", [Argument(tag="s", value="?")])


def test_it_has_every_verb_of_the_real_one() -> None:
    for name, verb in inspect.getmembers(Transport, inspect.isfunction):
        if not name.startswith("_"):
            here = inspect.signature(getattr(RecordingTransport, name))
            assert here == inspect.signature(verb), name


def test_it_records_what_is_sent_and_when() -> None:
    clock = VirtualClock(1000)
    transport = RecordingTransport(clock)
    assert transport.send("west", "main", ASK) is None
    [sent] = transport.sent
    assert (sent.at, sent.server, sent.which, sent.datagram) == (1000, "west", "main", ASK)
    assert sent.messages[0].address == "/composition/layers/1/video/opacity"
    assert transport.next_arrival() is None


def test_simulators_answer_after_the_delay() -> None:
    clock = VirtualClock(1000)
    server = Simulated(WEST, "main", ResolumeCore())
    transport = RecordingTransport(clock, [server], delay=30)
    transport.send("west", "main", ASK)
    transport.send("west", "backup", ASK)
    assert transport.next_arrival() == 1030
    assert transport.arrived() == []
    clock.advance(30)
    answer = encode("/composition/layers/1/video/opacity", [Argument(tag="f", value=1.0)])
    assert transport.arrived() == [Heard("west", "main", answer)]
    assert transport.arrived() == []


def test_it_fails_and_refuses_as_it_is_told() -> None:
    transport = RecordingTransport(VirtualClock(0))
    transport.failing["west", "main"] = "No buffer space available"
    assert transport.send("west", "main", ASK) == "No buffer space available"
    assert transport.sent == []
    transport.refuse("west", "backup")
    assert transport.refusals() == [("west", "backup")]
    assert transport.refusals() == []
