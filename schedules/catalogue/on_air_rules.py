"""What must hold of how a server's main or backup is put on the picture."""

from __future__ import annotations

from collections.abc import Iterator

from schedules.catalogue.index import Index
from schedules.catalogue.machines import Message, OnAir, Says, Server
from schedules.catalogue.message_rules import message_faults
from schedules.catalogue.values import shown
from schedules.faults import Fault


def on_air_faults(index: Index) -> Iterator[Fault]:
    """All faults of the `on_air` of servers."""
    for n, server in enumerate(index.festival.servers):
        if server.on_air is not None:
            yield from _on_air(index, server, server.on_air, f"servers[{n}].on_air")


def switches(index: Index) -> set[str]:
    """The servers by which another's main or backup is put on the picture."""
    return {s.on_air.via for s in index.festival.servers if s.on_air is not None}


def _on_air(index: Index, server: Server, on_air: OnAir, path: str) -> Iterator[Fault]:
    if server.backup is None:
        yield Fault(path, f"{server.id} has no backup to put on", "give its backup")
    yield from _via(index, on_air, f"{path}.via")
    yield from message_faults(on_air.main, f"{path}.main", ())
    yield from message_faults(on_air.backup, f"{path}.backup", ())
    if on_air.main == on_air.backup:
        yield Fault(f"{path}.backup", "it says the same as main", "give each its own message")
    if on_air.says is not None:
        yield from _says(on_air.says, f"{path}.says")


def _via(index: Index, on_air: OnAir, path: str) -> Iterator[Fault]:
    via = index.servers.get(on_air.via)
    if via is None:
        return  # the walk has told that it is not there
    if via.backup is not None:
        yield Fault(
            path, f"{via.id} has a backup of its own", "name what moves the picture, and is one"
        )
    if via.dialect == "pixera" and via.main.startswith("tcp:"):
        yield Fault(path, f"{via.id} does not speak OSC", "name a server that does")


def _says(says: Says, path: str) -> Iterator[Fault]:
    yield from message_faults(Message(address=says.address), path, ())
    if says.ask is not None:
        yield from message_faults(says.ask, f"{path}.ask", ())
    if says.main == says.backup:
        yield Fault(
            f"{path}.backup", f"{shown(says.backup)} is what it says of main", "give each its own"
        )
