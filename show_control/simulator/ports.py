"""Simulated servers at their own ports: one loop over their sockets and the lines typed to it."""

from __future__ import annotations

import heapq
import os
import select
import socket
from collections.abc import Callable, Sequence
from typing import IO, Any, Final, Self
from urllib.parse import urlsplit

from show_control.clock import MILLI, SystemClock
from show_control.model import Millis
from show_control.osc import Malformed, decode
from show_control.simulator.simulated import Simulated, give_fault
from show_control.simulator.timecode import PREFIX, Sender, give_timecode_fault
from show_control.streams import Broken, Unframing, framed, unframing

TELLS_EVERY: Final[Millis] = 100

_LARGEST: Final = 65536
_LINE: Final = 4096
_GLANCE: Final[Millis] = 200  # between two looks at whether to stop


class Client:
    """Who is connected to a simulated server."""

    def __init__(self, server: Simulated, stream: socket.socket) -> None:
        self.server = server
        self.stream = stream
        self.stream.settimeout(1)
        self.unframing: Unframing = unframing(server.framing)

    def say(self, packet: bytes) -> None:
        """Send it, if it can be sent."""
        try:
            self.stream.sendall(framed(self.server.framing, packet))
        except OSError:
            pass  # it has gone, or does not read


class Ports:
    """A socket for each simulated server, bound where the night file says that it listens."""

    def __init__(self, servers: Sequence[Simulated]) -> None:
        clock = SystemClock()
        self._now: Callable[[], Millis] = lambda: clock.boottime() // MILLI
        self._servers: dict[socket.socket, Simulated] = {}
        self._clients: dict[socket.socket, Client] = {}
        self._heard: dict[str, tuple[str, int]] = {}
        self._later: list[tuple[Millis, int, Callable[[bytes], Any], bytes]] = []
        self._count = 0
        self._tells_at = self._now()
        try:
            for server in servers:
                self._servers[_bound(server)] = server
        except OSError:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def addresses(self) -> dict[str, str]:
        """Where each server listens, by its name: a port 0 has become one that was free."""
        found = {}
        for each, server in self._servers.items():
            scheme = "tcp" if each.type == socket.SOCK_STREAM else "udp"
            ip, port = each.getsockname()
            found[server.name] = f"{scheme}://{ip}:{port}"
        return found

    @property
    def sockets(self) -> list[socket.socket]:
        """What to wait on."""
        return [*self._servers, *self._clients]

    def wait(self) -> float:
        """Seconds until something wants to be said, at most a glance."""
        now = self._now()
        instants = [self._tells_at, *(later[0] for later in self._later[:1])]
        return max(0, min(_GLANCE, min(instants) - now)) / 1000

    def answer(self, ready: socket.socket) -> list[tuple[Simulated, bytes]]:
        """Take what came to a port and answer it, from that port; what it was, for whoever listens."""
        if ready in self._clients:
            return self._from_client(self._clients[ready])
        server = self._servers[ready]
        if ready.type == socket.SOCK_STREAM:
            stream, _ = ready.accept()
            self._clients[stream] = Client(server, stream)
            return []
        datagram, (ip, port) = ready.recvfrom(_LARGEST)
        back = (ip, server.server.feedback_port or port)
        self._heard[server.name] = back
        self._say(server, server.hear(datagram, self._now()), lambda p: ready.sendto(p, back))
        return [(server, datagram)]

    def turn(self) -> None:
        """Say what is said unasked, and what was delayed until now."""
        now = self._now()
        while self._later and self._later[0][0] <= now:
            _, _, say, packet = heapq.heappop(self._later)
            _try(say, packet)
        if now < self._tells_at:
            return
        self._tells_at = now + TELLS_EVERY
        for each, server in self._servers.items():
            for packet in server.tell(now):
                self._tell(each, server, packet)

    def close(self) -> None:
        """Give the ports back."""
        for each in self.sockets:
            each.close()

    # ------------------------------------------------------------ parts

    def _from_client(self, client: Client) -> list[tuple[Simulated, bytes]]:
        try:
            data = client.stream.recv(_LARGEST)
            packets = client.unframing.feed(data)
        except (OSError, Broken):
            data, packets = b"", []
        if not data:
            del self._clients[client.stream]
            client.stream.close()
        for packet in packets:
            self._say(client.server, client.server.hear(packet, self._now()), client.say)
        return [(client.server, packet) for packet in packets]

    def _say(self, server: Simulated, packets: list[bytes], say: Callable[[bytes], object]) -> None:
        for packet in packets:
            if not server.delay:
                _try(say, packet)
                continue
            self._count += 1
            due = self._now() + server.delay
            heapq.heappush(self._later, (due, self._count, say, packet))

    def _tell(self, each: socket.socket, server: Simulated, packet: bytes) -> None:
        """To all who are connected; else to the feedback port of who spoke last, or of this machine."""
        if each.type == socket.SOCK_STREAM:
            clients = [c for c in self._clients.values() if c.server is server]
            for client in clients:
                self._say(server, [packet], client.say)
            return
        port = server.server.feedback_port
        ip = each.getsockname()[0]
        back = self._heard.get(server.name) or ((ip, port) if port else None)
        if back is not None:
            self._say(server, [packet], lambda p: each.sendto(p, back))


def run_simulators(
    servers: Sequence[Simulated],
    *,
    commands: IO[str] | None = None,
    say: Callable[[str], None],
    verbose: bool = False,
    stop: Callable[[], bool] = lambda: False,
    listening: Callable[[dict[str, str]], object] | None = None,
    timecodes: Sequence[Sender] = (),
) -> None:
    """Serve until `stop`, and send `timecodes`. Lines on `commands` give faults;
    with `verbose` every message is said.
    `listening` is told, once, where each listens.

    Raises OSError, with the address, where a port cannot be had.
    """
    with Ports(servers) as ports:
        names = [*(s.name for s in servers), *(s.name for s in timecodes)]
        say(f"simulating {', '.join(names)}")
        clock = SystemClock()
        if listening is not None:
            listening(ports.addresses())
        typed = None if commands is None else commands.fileno()
        while not stop():
            watched: list[socket.socket | int] = [*ports.sockets]
            watched += [] if typed is None else [typed]
            waits = [ports.wait(), *(_until(s, clock.boottime()) for s in timecodes)]
            ready, _, _ = select.select(watched, [], [], min(waits))
            for each in ready:
                if isinstance(each, socket.socket):
                    for server, packet in ports.answer(each):
                        if verbose:
                            say(f"{server.name}: {_words(packet)}")
                else:
                    typed = _obey(servers, timecodes, each, say)
            ports.turn()
            for sender in timecodes:
                sender.turn(clock.boottime())


def _until(sender: Sender, now: int) -> float:
    """Seconds until it sends next."""
    return max(0, sender.next_at(now) - now) / 1e9


def _try(say: Callable[[bytes], object], packet: bytes) -> None:
    try:
        say(packet)
    except OSError:
        pass  # nobody is there


def _bound(server: Simulated) -> socket.socket:
    url = server.server.main if server.which == "main" else server.server.backup
    parts = urlsplit(url or "")
    stream = parts.scheme == "tcp"
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM if stream else socket.SOCK_DGRAM)
    try:
        if stream:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((parts.hostname, parts.port))
        if stream:
            bound.listen()
    except OSError as e:
        bound.close()
        raise OSError(e.errno, f"{server.name} at {url}: {e.strerror}") from e
    return bound


def _obey(
    servers: Sequence[Simulated],
    timecodes: Sequence[Sender],
    typed: int,
    say: Callable[[str], None],
) -> int | None:
    lines = os.read(typed, _LINE).decode(errors="replace")
    for line in (each.strip() for each in lines.split("\n")):
        if line.startswith(PREFIX):
            say(give_timecode_fault(timecodes, line, SystemClock().boottime()) or line)
        elif line:
            say(give_fault(servers, line) or line)
    return typed if lines else None


def _words(packet: bytes) -> str:
    if packet.startswith(b"{"):
        return packet.decode(errors="replace")
    try:
        messages = decode(packet)
    except Malformed as e:
        return f"malformed: {e}"
    return "; ".join(
        " ".join([m.address, *(f"{a.tag}:{a.value}" for a in m.args)]) for m in messages
    )
