"""`lamplighter simulate`: the media servers of a festival file, with faults at once or typed later.

For a rehearsal they listen at ports of this machine that are free, and the player of the data folder is
told where: its outputs can then be routed to them while the file's own addresses hear nothing.
"""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import click
from msgspec.structs import replace

from ops.own_dialects import own_dialects
from ops.services.example import example
from schedules.compile import compile_nights
from schedules.festival_file import decode
from show_control.lookout import Announced
from show_control.model import NightFile, Simulator
from show_control.simulator import give_fault, run_simulators, senders
from show_control.simulator import simulated as simulators_of


def simulated(
    file: str | None,
    faults: Sequence[str],
    data_dir: Path,
    *,
    verbose: bool,
    rehearsal: bool = False,
    timecodes: Sequence[str] = (),
) -> None:
    """Serve a festival file's servers, or the example's, and send the timecodes named, until told to stop.

    Raises FestivalFaults, OSError for a port, ValueError for a fault or a timecode, AlreadyThere.
    """
    festival = decode(example() if file is None else file, own_dialects(data_dir))
    night_file = compile_nights(festival).night_file
    if rehearsal:
        night_file = at_free_ports(night_file)
    servers = simulators_of(night_file)
    wrong = [w for w in (give_fault(servers, fault) for fault in faults) if w is not None]
    if wrong:
        raise ValueError("\n".join(wrong))
    sent = senders(night_file, timecodes)
    with ExitStack() as stack:
        run_simulators(
            servers,
            timecodes=sent,
            commands=sys.stdin,
            say=click.echo,
            verbose=verbose,
            stop=stop_asked(),
            listening=lambda at: announce(stack, data_dir, night_file, at) if rehearsal else None,
        )


def at_free_ports(file: NightFile) -> NightFile:
    """The file with its servers at ports of this machine that are free; those that tell, tell one port."""
    feedback = free_port()
    moved = {
        name: replace(
            server,
            main=at_any_port(server.main),
            backup=at_any_port(server.backup) if server.backup else None,
            feedback_port=feedback if server.feedback_port else None,
        )
        for name, server in file.servers.items()
    }
    return replace(file, servers=moved)


def at_any_port(url: str) -> str:
    """The same way of speaking, here, at whatever port is free."""
    return f"{urlsplit(url).scheme}://127.0.0.1:0"


def free_port() -> int:
    """A UDP port that is free now: the player is who will listen there."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def announce(stack: ExitStack, data_dir: Path, file: NightFile, at: Mapping[str, str]) -> None:
    """Tell the player where its servers are simulated, as long as they are."""
    there = {
        server.id: Simulator(
            main=at[server.id],
            backup=at.get(f"{server.id}/backup"),
            feedback_port=server.feedback_port,
        )
        for server in file.servers.values()
    }
    stack.callback(Announced(data_dir, there).close)
    click.echo(f"for rehearsals in {data_dir}")


def stop_asked() -> Callable[[], bool]:
    """Whether SIGTERM or SIGINT has come."""
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda n, _: asked.append(n))
    return lambda: bool(asked)
