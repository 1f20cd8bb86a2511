"""What a check says of a festival that is no fault."""

from __future__ import annotations

from collections.abc import Iterator

from schedules.catalogue.index import Index
from schedules.catalogue.machine_rules import can
from schedules.faults import Fault, notice

_DONE_UNASKED = {
    "stop": "the end of a run",
    "level": "the start of a pass",
    "blackout": "a fade out",
}


def notices(index: Index) -> tuple[Fault, ...]:
    """All of them, in the order of the file's tables."""
    return (
        *_silent_servers(index),
        *_without_level(index),
        *_free_running(index),
        *_needless_exceptions(index),
    )


def _silent_servers(index: Index) -> Iterator[Fault]:
    """Generic servers that cannot be told what the house does by itself."""
    for n, server in enumerate(index.festival.servers):
        for kind, when in _DONE_UNASKED.items():
            if server.dialect == "generic" and not can(server, kind):
                yield notice(
                    f"servers[{n}].messages",
                    f"{server.id} has no message for {kind}: it is sent nothing at {when}",
                )


def _without_level(index: Index) -> Iterator[Fault]:
    """Outputs that a fade out, which is a blackout by default, puts out at once."""
    for n, output in enumerate(index.festival.outputs):
        server = index.servers.get(output.server)
        speaks = index.speaks(server) if server is not None else None
        if server is None or speaks is None or server.dialect == "generic":
            continue
        if not speaks.level or (speaks.level_by and speaks.level_by not in output.params):
            yield notice(
                f"outputs[{n}]",
                f"{output.id} has no level: a fade out is a cut there, and a pass does not set one",
            )


def _free_running(index: Index) -> Iterator[Fault]:
    """Servers side by side on one canvas start together, and then each keeps its own time, but those
    that something keeps in step: all of them by timecode, or all by genlock."""
    for n, surface in enumerate(index.festival.surfaces):
        servers = index.servers_on(surface.id)
        if surface.canvas is None or len(servers) < 2:
            continue
        kept = {s.in_step for s in servers}
        if kept in ({"timecode"}, {"genlock"}):
            continue
        free = [s.id for s in servers if s.in_step is None]
        left = (
            f"nothing is said to keep {', '.join(free)} in step" if free else "by different means"
        )
        yield notice(
            f"surfaces[{n}].canvas",
            f"{', '.join(s.id for s in servers)} share it: a message starts them together, and"
            f" nothing of ours keeps them in step; timecode or genlock between them does ({left}:"
            ' in_step = "timecode" or "genlock" for each says so)',
        )


def _needless_exceptions(index: Index) -> Iterator[Fault]:
    span = index.festival.festival.nights
    for n, pattern in enumerate(index.festival.patterns):
        for m, night in enumerate(pattern.excepted):
            if not span.first <= night <= span.last:
                yield notice(
                    f"patterns[{n}].except[{m}]", f"{night} is no night of the festival anyway"
                )
