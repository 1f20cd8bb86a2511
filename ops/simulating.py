"""`lamplighter simulate`: the media servers of a festival file, with faults at once or typed later."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from ops.own_dialects import own_dialects
from ops.services.example import example
from schedules.compile import compile_nights
from schedules.festival_file import decode
from show_control.simulator import give_fault, run_simulators
from show_control.simulator import simulated as simulators_of


def simulated(file: str | None, faults: Sequence[str], data_dir: Path, *, verbose: bool) -> None:
    """Serve a festival file's servers, or the example's, until told to stop. Raises FestivalFaults, OSError for a port, ValueError for a fault."""
    festival = decode(example() if file is None else file, own_dialects(data_dir))
    night_file = compile_nights(festival).night_file
    servers = simulators_of(night_file)
    wrong = [w for w in (give_fault(servers, fault) for fault in faults) if w is not None]
    if wrong:
        raise ValueError("\n".join(wrong))
    run_simulators(
        servers,
        commands=sys.stdin,
        say=click.echo,
        verbose=verbose,
        stop=stop_asked(),
    )


def stop_asked() -> Callable[[], bool]:
    """Whether SIGTERM or SIGINT has come."""
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda n, _: asked.append(n))
    return lambda: bool(asked)
