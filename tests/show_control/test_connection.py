"""TCP on loopback: connecting, framing, coming back, and peers that are slow, dead or strange."""

from __future__ import annotations

import select
import socket
from collections.abc import Callable, Iterator

import pytest

from show_control.connection import BACKOFF, CONNECTS_WITHIN, JITTER, STUCK_AFTER, Connection
from show_control.model import Argument, Framing, Millis, Server
from show_control.osc import decode, encode
from show_control.sentences import say
from show_control.simulator import Ports, QLabCore, Simulated
from show_control.streams import framed
from show_control.transport import Heard, Transport

PING = encode("/thump")
SOON = 5.0


class Watch:
    """Milliseconds that a test lets pass."""

    def __init__(self) -> None:
        self.at: Millis = 0

    def now(self) -> Millis:
        return self.at


def listener(port: int = 0) -> socket.socket:
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind(("127.0.0.1", port))
    bound.listen()
    bound.settimeout(SOON)
    return bound


def server(port: int, dialect: str = "qlab", backup: int | None = None) -> Server:
    return Server(
        id="west",
        dialect=dialect,
        main=f"tcp://127.0.0.1:{port}",
        backup=None if backup is None else f"tcp://127.0.0.1:{backup}",
    )


def port_of(bound: socket.socket) -> int:
    return int(bound.getsockname()[1])


def pump(transport: Transport, until: Callable[[], object]) -> list[Heard]:
    """Let the transport work as the loop does, until something is so; what was heard."""
    heard: list[Heard] = []
    for _ in range(500):
        if until():
            return heard
        reads, writes = transport.sockets(), transport.sockets_to_write()
        readable, writable, _ = select.select(reads, writes, [], 0.01)
        for each in writable:
            transport.write(each)
        for each in readable:
            heard += transport.read(each)
        transport.turn()
    raise AssertionError("it did not come to that")


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def transport(watch: Watch) -> Iterator[Transport]:
    made = Transport(watch.now, lambda: 0.0)
    yield made
    made.close()


@pytest.fixture
def main() -> Iterator[socket.socket]:
    with listener() as bound:
        yield bound


def connected(transport: Transport, bound: socket.socket, dialect: str = "qlab") -> socket.socket:
    assert transport.open({"west": server(port_of(bound), dialect)}) == []
    pump(transport, transport.connected)
    stream, _ = bound.accept()
    stream.settimeout(SOON)
    return stream


@pytest.mark.parametrize(("dialect", "framing"), [("qlab", "slip"), ("watchout", "length")])
def test_packets_are_framed_as_the_dialect_has_it(
    transport: Transport, main: socket.socket, dialect: str, framing: Framing
) -> None:
    with connected(transport, main, dialect) as stream:
        assert transport.send("west", "main", PING) is None
        assert stream.recv(100) == framed(framing, PING)
        heard: list[Heard] = []
        stream.sendall(framed(framing, PING) * 2)
        heard += pump(transport, lambda: select.select(transport.sockets(), [], [], 0)[0] == [])
        assert heard == [Heard("west", "main", PING)] * 2


def test_before_it_is_connected_nothing_is_sent_and_said_so(
    transport: Transport, main: socket.socket
) -> None:
    transport.open({"west": server(port_of(main))})
    said = transport.send("west", "main", PING)
    assert said is None or said.startswith("not connected")


def test_a_machine_that_refuses_is_known_and_tried_again(
    transport: Transport, watch: Watch
) -> None:
    with listener() as bound:
        port = port_of(bound)
    transport.open({"west": server(port)})
    pump(transport, lambda: ("west", "main") in transport.refusals())
    assert transport.send("west", "main", PING) == "not connected: Connection refused"
    assert transport.wait() == BACKOFF[0]
    with listener(port):
        watch.at += BACKOFF[0]
        pump(transport, transport.connected)
        assert transport.send("west", "main", PING) is None


def test_who_closes_is_known_to_be_gone_and_what_came_meanwhile_is_not_sent_later(
    transport: Transport, main: socket.socket, watch: Watch
) -> None:
    connected(transport, main).close()
    pump(transport, lambda: ("west", "main") in transport.refusals())
    assert transport.send("west", "main", PING) == "not connected: it closed the connection"
    watch.at += BACKOFF[0]
    pump(transport, transport.connected)
    stream, _ = main.accept()
    with stream:
        stream.setblocking(False)
        with pytest.raises(BlockingIOError):
            stream.recv(100)


def test_who_does_not_read_is_refused_more_and_then_cut(
    transport: Transport, main: socket.socket, watch: Watch
) -> None:
    with connected(transport, main):
        said = [transport.send("west", "main", bytes(60_000)) for _ in range(200)]
        assert said[0] is None
        assert said[-1] == "it does not read what it is sent"
        assert said.count(None) < 150, "its buffers are bounded"
        watch.at += STUCK_AFTER
        transport.turn()
        assert transport.refusals() == [("west", "main")]


def test_a_dead_peer_delays_no_other(transport: Transport, main: socket.socket) -> None:
    with listener() as other:
        transport.open({"west": server(port_of(main), backup=port_of(other))})
        came: set[object] = set()

        def both() -> bool:
            came.update(transport.connected())
            return len(came) == 2

        pump(transport, both)
        stream, _ = other.accept()
        with stream:
            for _ in range(200):
                transport.send("west", "main", bytes(60_000))
            assert transport.send("west", "backup", PING) is None
            stream.settimeout(SOON)
            assert stream.recv(100) == framed("slip", PING)


def test_a_stream_that_is_none_is_counted_and_opened_anew(
    transport: Transport, main: socket.socket
) -> None:
    with connected(transport, main, "watchout") as stream:
        stream.sendall(b"\xff" * 16)
        pump(transport, lambda: transport.malformed)
        assert transport.malformed == {("west", "main"): 1}
        said = transport.send("west", "main", PING)
        assert said is not None
        assert said.startswith("not connected: a packet of")


def test_many_small_packets_are_read_a_few_at_a_time(
    transport: Transport, main: socket.socket
) -> None:
    with connected(transport, main) as stream:
        stream.sendall(framed("slip", PING) * 100)
        [ready] = select.select(transport.sockets(), [], [], SOON)[0]
        first = transport.read(ready)
        assert len(first) == 16
        assert transport.with_more() == [ready]
        rest: list[Heard] = []
        while len(rest) < 84:
            rest += transport.read(ready)
        assert transport.with_more() == []


def test_an_answer_of_many_chunks_is_whole(transport: Transport, main: socket.socket) -> None:
    with connected(transport, main) as stream:
        reply = encode("/reply/cueLists", [Argument(tag="s", value="x" * 300_000)])
        stream.setblocking(False)
        waiting = framed("slip", reply)
        heard: list[Heard] = []
        while not heard:
            if waiting and select.select([], [stream], [], 0)[1]:
                waiting = waiting[stream.send(waiting) :]
            for each in select.select(transport.sockets(), [], [], 0.01)[0]:
                heard += transport.read(each)
        assert heard == [Heard("west", "main", reply)]


def test_each_failure_waits_twice_as_long_up_to_a_bound_with_the_given_jitter() -> None:
    jitter = iter([0.0, 1.0, -1.0] + [0.0] * 20)
    with listener() as bound:
        port = port_of(bound)
    connection = Connection("tcp://x:1", ("127.0.0.1", port), "slip", lambda: next(jitter))
    now, waits = 0, []
    for _ in range(8):
        connection.turn(now)
        while connection.state == "connecting":
            _, ready, _ = select.select([], [connection.socket], [], SOON)
            assert ready
            connection.writable(now)
        waits.append(connection.at - now)
        now = connection.at
    first, most = BACKOFF
    expected = [first, first * 2 * (1 + JITTER), first * 4 * (1 - JITTER), first * 8]
    assert waits == [*map(round, expected), first * 16, most, most, most]


def test_who_does_not_answer_is_given_up() -> None:
    # 192.0.2.1 is for documentation: nobody has it.
    connection = Connection("tcp://x:1", ("192.0.2.1", 9), "slip", lambda: 0.0)
    connection.turn(0)
    if connection.state == "connecting":
        connection.turn(CONNECTS_WITHIN - 1)
        assert connection.state == "connecting"
        connection.turn(CONNECTS_WITHIN)
    assert connection.state == "down"
    assert connection.lost
    connection.close()


def test_a_dialect_without_tcp_is_a_fault(transport: Transport) -> None:
    [fault] = transport.open({"west": server(7000, "resolume")})
    assert say(fault.why).endswith("tcp://127.0.0.1:7000: resolume does not speak over TCP")


def test_opening_again_keeps_the_connection(transport: Transport, main: socket.socket) -> None:
    with connected(transport, main):
        before = transport.sockets()
        transport.open({"west": server(port_of(main))})
        assert transport.sockets() == before
        assert transport.connected() == []
        transport.open({"west": server(port_of(main), "watchout")})
        assert transport.sockets() != before, "another framing is another connection"


def test_a_simulated_qlab_answers_over_tcp(transport: Transport) -> None:
    """The whole way, framed and answered as QLab's page has it."""
    with listener() as bound:
        port = port_of(bound)
    qlab = server(port)
    simulated = Simulated(qlab, "main", QLabCore())
    with Ports([simulated]) as ports:
        transport.open({"west": qlab})
        heard: list[Heard] = []
        sent = False
        while not heard:
            sent = sent or (
                bool(transport.connected()) and not transport.send("west", "main", PING)
            )
            writes = transport.sockets_to_write()
            watched = [*ports.sockets, *transport.sockets()]
            readable, writable, _ = select.select(watched, writes, [], SOON)
            assert readable or writable
            for each in writable:
                transport.write(each)
            for each in readable:
                if each in ports.sockets:
                    ports.answer(each)
                else:
                    heard += transport.read(each)
        [message] = decode(heard[0].datagram)
        assert message.address == "/reply/thump"
        assert '"status": "ok"' in str(message.args[0].value)
