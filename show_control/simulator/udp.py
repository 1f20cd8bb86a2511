"""Simulated servers at their own ports: one loop over their sockets and the lines typed to it."""

from __future__ import annotations

import os
import select
import socket
from collections.abc import Callable, Sequence
from typing import IO, Final, Self
from urllib.parse import urlsplit

from show_control.osc import Malformed, decode
from show_control.simulator.simulated import Simulated, give_fault

_LARGEST: Final = 65536
_LINE: Final = 4096
_GLANCE: Final = 0.2  # seconds between two looks at whether to stop


class Ports:
    """A socket for each simulated server, bound where the night file says that it listens."""

    def __init__(self, servers: Sequence[Simulated]) -> None:
        self._servers: dict[socket.socket, Simulated] = {}
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

    @property
    def sockets(self) -> list[socket.socket]:
        """What to wait on."""
        return list(self._servers)

    def answer(self, ready: socket.socket) -> tuple[Simulated, bytes]:
        """Take one datagram and answer it, from the port that it came to."""
        server = self._servers[ready]
        datagram, (ip, port) = ready.recvfrom(_LARGEST)
        for answer in server.hear(datagram):
            ready.sendto(answer, (ip, server.server.feedback_port or port))
        return server, datagram

    def close(self) -> None:
        """Give the ports back."""
        for each in self._servers:
            each.close()


def run_simulators(
    servers: Sequence[Simulated],
    *,
    commands: IO[str] | None = None,
    say: Callable[[str], None],
    verbose: bool = False,
    stop: Callable[[], bool] = lambda: False,
) -> None:
    """Serve until `stop`. Lines on `commands` give faults; with `verbose` every message is said.

    Raises OSError, with the address, where a port cannot be had.
    """
    with Ports(servers) as ports:
        say(f"simulating {', '.join(s.name for s in servers)}")
        typed = None if commands is None else commands.fileno()
        while not stop():
            watched: list[socket.socket | int] = [*ports.sockets]
            watched += [] if typed is None else [typed]
            ready, _, _ = select.select(watched, [], [], _GLANCE)
            for each in ready:
                if isinstance(each, socket.socket):
                    server, datagram = ports.answer(each)
                    if verbose:
                        say(f"{server.name}: {_words(datagram)}")
                else:
                    typed = _obey(servers, each, say)


def _bound(server: Simulated) -> socket.socket:
    url = server.server.main if server.which == "main" else server.server.backup
    parts = urlsplit(url or "")
    bound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        bound.bind((parts.hostname, parts.port))
    except OSError as e:
        bound.close()
        raise OSError(e.errno, f"{server.name} at {url}: {e.strerror}") from e
    return bound


def _obey(servers: Sequence[Simulated], typed: int, say: Callable[[str], None]) -> int | None:
    lines = os.read(typed, _LINE).decode(errors="replace")
    for line in lines.split("\n"):
        if line.strip():
            say(give_fault(servers, line) or line.strip())
    return typed if lines else None


def _words(datagram: bytes) -> str:
    try:
        messages = decode(datagram)
    except Malformed as e:
        return f"malformed: {e}"
    return "; ".join(
        " ".join([m.address, *(f"{a.tag}:{a.value}" for a in m.args)]) for m in messages
    )
