"""Real sockets on loopback: who may answer, what is refused, and that nothing waits or raises."""

from __future__ import annotations

import select
import socket
from collections.abc import Iterator

import pytest

from show_control.evidence import Which
from show_control.model import Argument, Server
from show_control.osc import decode, encode
from show_control.sentences import say
from show_control.simulator import Ports, ResolumeCore, Simulated
from show_control.transport import Heard, Transport

PING = encode("/ping")
BOTH: tuple[Which, ...] = ("backup", "main")
SOON = 5.0  # seconds that a test waits at most


def udp(host: str = "127.0.0.1", port: int = 0) -> socket.socket:
    bound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    bound.bind((host, port))
    bound.settimeout(SOON)
    return bound


def port_of(bound: socket.socket) -> int:
    return int(bound.getsockname()[1])


def free_port() -> int:
    with udp() as bound:
        return port_of(bound)


def url(bound: socket.socket) -> str:
    host, port = bound.getsockname()
    return f"udp://{host}:{port}"


def server(main: str, backup: str | None = None, feedback: int | None = None) -> Server:
    return Server(id="west", dialect="resolume", main=main, backup=backup, feedback_port=feedback)


def hear(transport: Transport) -> list[Heard]:
    """What arrives first."""
    ready, _, _ = select.select(transport.sockets(), [], [], SOON)
    return [heard for each in ready for heard in transport.read(each)]


@pytest.fixture
def transport() -> Iterator[Transport]:
    made = Transport()
    yield made
    made.close()


@pytest.fixture
def main() -> Iterator[socket.socket]:
    with udp() as bound:
        yield bound


@pytest.fixture
def backup() -> Iterator[socket.socket]:
    with udp() as bound:
        yield bound


def test_a_datagram_goes_to_the_address_that_was_meant(
    transport: Transport, main: socket.socket, backup: socket.socket
) -> None:
    assert transport.open({"west": server(url(main), url(backup))}) == []
    assert transport.send("west", "backup", PING) is None
    assert backup.recv(100) == PING
    main.setblocking(False)
    with pytest.raises(BlockingIOError):
        main.recv(100)


def test_answers_that_share_an_ip_are_told_apart_by_port(
    transport: Transport, main: socket.socket, backup: socket.socket
) -> None:
    feedback = free_port()
    assert transport.open({"west": server(url(main), url(backup), feedback)}) == []
    for sender, which in ((main, "main"), (backup, "backup")):
        sender.sendto(PING, ("127.0.0.1", feedback))
        [heard] = hear(transport)
        assert (heard.server, heard.which, heard.datagram) == ("west", which, PING)


def test_an_address_alone_on_its_ip_may_answer_from_any_port(transport: Transport) -> None:
    feedback = free_port()
    with udp("127.0.0.2") as main, udp("127.0.0.3") as backup, udp("127.0.0.3") as other:
        assert transport.open({"west": server(url(main), url(backup), feedback)}) == []
        other.sendto(PING, ("127.0.0.1", feedback))
        assert [heard.which for heard in hear(transport)] == ["backup"]


def test_a_stranger_is_dropped_and_counted(
    transport: Transport, main: socket.socket, backup: socket.socket
) -> None:
    feedback = free_port()
    transport.open({"west": server(url(main), url(backup), feedback)})
    with udp() as same_ip, udp("127.0.0.9") as other_ip:
        for sender in (same_ip, other_ip):
            sender.sendto(PING, ("127.0.0.1", feedback))
            assert hear(transport) == []
    assert transport.unknown == 2


def test_a_server_without_a_feedback_port_may_answer_the_sender(
    transport: Transport, main: socket.socket
) -> None:
    transport.open({"west": server(url(main))})
    transport.send("west", "main", PING)
    _, sender = main.recvfrom(100)
    main.sendto(PING, sender)
    assert [heard.which for heard in hear(transport)] == ["main"]


def test_a_few_datagrams_are_read_at_a_time(transport: Transport, main: socket.socket) -> None:
    feedback = free_port()
    transport.open({"west": server(url(main), feedback=feedback)})
    for _ in range(20):
        main.sendto(PING, ("127.0.0.1", feedback))
    assert len(hear(transport)) == 16
    assert len(hear(transport)) == 4


def test_the_longest_datagram_is_whole(transport: Transport, main: socket.socket) -> None:
    feedback = free_port()
    transport.open({"west": server(url(main), feedback=feedback)})
    longest = bytes(65507)
    main.sendto(longest, ("127.0.0.1", feedback))
    [heard] = hear(transport)
    assert heard.datagram == longest


def test_a_refusal_is_heard_without_another_packet(transport: Transport) -> None:
    transport.open({"west": server(f"udp://127.0.0.1:{free_port()}")})
    assert transport.send("west", "main", PING) is None
    assert hear(transport) == []
    assert transport.refusals() == [("west", "main")]
    assert transport.refusals() == []


def test_the_refusal_of_one_packet_does_not_cost_the_next(transport: Transport) -> None:
    """A connected socket reports it at the next send, and does not send then."""
    port = free_port()
    transport.open({"west": server(f"udp://127.0.0.1:{port}")})
    assert transport.send("west", "main", PING) is None
    with udp(port=port) as main:
        assert transport.send("west", "main", PING) is None
        assert main.recv(100) == PING
    assert transport.refusals() == [("west", "main")]


def test_what_cannot_be_sent_is_said(transport: Transport, main: socket.socket) -> None:
    transport.open({"west": server(url(main))})
    assert transport.send("west", "main", bytes(70_000)) == "Message too long"
    assert transport.send("west", "backup", PING) == "west has no backup address"
    assert transport.send("east", "main", PING) == "east has no main address"


def test_a_full_buffer_is_said_and_not_waited_for(
    transport: Transport, main: socket.socket
) -> None:
    transport.open({"west": server(url(main))})
    said = {transport.send("west", "main", bytes(60_000)) for _ in range(200)}
    assert said <= {None, "Resource temporarily unavailable", "No buffer space available"}


@pytest.mark.parametrize(
    "main",
    ["tcp://127.0.0.1:7000", "udp://127.0.0.1", "udp://:7000", "udp://127.0.0.1:99999", "nonsense"],
)
def test_an_address_that_is_none_is_a_fault_and_no_more(transport: Transport, main: str) -> None:
    [fault] = transport.open({"west": server(main)})
    assert say(fault.why).startswith(f"west main, {main}: ")
    assert fault.servers == ("west",)
    assert transport.send("west", "main", PING) == say(fault.why)


def test_a_name_that_does_not_resolve_is_a_fault(transport: Transport) -> None:
    [fault] = transport.open({"west": server("udp://west.invalid:7000")})
    assert say(fault.why).startswith("west main, udp://west.invalid:7000: ")


def test_a_feedback_port_in_use_is_a_fault_and_sending_goes_on(
    transport: Transport, main: socket.socket, backup: socket.socket
) -> None:
    [fault] = transport.open({"west": server(url(main), feedback=port_of(backup))})
    wanted = f"feedback port {port_of(backup)} on 127.0.0.1: Address already in use"
    assert (say(fault.why), fault.servers) == (wanted, ("west",))
    assert transport.send("west", "main", PING) is None


def test_opening_again_keeps_what_has_not_changed(
    transport: Transport, main: socket.socket, backup: socket.socket
) -> None:
    feedback = free_port()
    both = {"west": server(url(main), url(backup), feedback)}
    transport.open(both)
    before = set(transport.sockets())
    transport.open(both)
    assert set(transport.sockets()) == before
    transport.open({"west": server(url(main), None, feedback)})
    assert set(transport.sockets()) < before
    assert len(transport.sockets()) == 2
    backup.sendto(PING, ("127.0.0.1", feedback))
    # Alone on its IP now: whatever comes from there is the main's.
    assert [heard.which for heard in hear(transport)] == ["main"]
    transport.close()
    assert transport.sockets() == []


def test_a_socket_that_was_closed_meanwhile_gives_nothing(
    transport: Transport, main: socket.socket
) -> None:
    transport.open({"west": server(url(main))})
    [gone] = transport.sockets()
    transport.close()
    assert transport.read(gone) == []


def test_simulated_main_and_backup_on_loopback_answer_each_for_itself(transport: Transport) -> None:
    """The whole way: asked by one address, answered from it, told apart where they share an IP."""
    addresses = [f"udp://127.0.0.1:{free_port()}" for _ in range(2)]
    west = server(addresses[0], addresses[1], free_port())
    servers = [Simulated(west, "main", ResolumeCore()), Simulated(west, "backup", ResolumeCore())]
    opacity = "/composition/layers/1/video/opacity"
    with Ports(servers) as ports:
        assert transport.open({"west": west}) == []
        transport.send("west", "backup", encode(opacity, [Argument(tag="f", value=0.25)]))
        for which in BOTH:
            transport.send("west", which, encode(opacity, [Argument(tag="s", value="?")]))
        found: dict[str, object] = {}
        while len(found) < 2:
            watched = [*ports.sockets, *transport.sockets()]
            ready, _, _ = select.select(watched, [], [], SOON)
            assert ready
            for each in ready:
                if each in ports.sockets:
                    ports.answer(each)
                    continue
                for heard in transport.read(each):
                    found[heard.which] = decode(heard.datagram)[0].args[0].value
    assert found == {"main": 1.0, "backup": 0.25}
