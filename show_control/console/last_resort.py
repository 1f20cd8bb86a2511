"""The safe look, sent with no player: its datagrams lie ready in the data folder."""

from __future__ import annotations

import select
from pathlib import Path

import msgspec

from show_control import safe_look
from show_control.journal import FolderHeld, FolderLock
from show_control.model import Server
from show_control.transport import Transport

_GLANCES, _GLANCE = 20, 0.05


class SafeLook(msgspec.Struct, frozen=True, kw_only=True):
    """What became of it. `holder` is set where a player lives; `ready` says whether anything lay there."""

    ready: int = 0
    left: int = 0
    faults: tuple[str, ...] = ()
    held: bool = False
    holder: int | None = None


def send_safe_look(folder: Path) -> SafeLook:
    """Send it once if no player holds the folder: one folder, one sender.

    The lock is held while it is sent, and no longer. That a datagram left says nothing of arrival.
    """
    if not folder.is_dir():
        return SafeLook()
    try:
        with FolderLock(folder):
            found = safe_look.read(folder)
            # A server without a backup has an empty address there.
            packets = [p for p in found.packets if p[0]] if found else []
            return _send(packets)
    except FolderHeld as held:
        return SafeLook(held=True, holder=held.pid)


def _send(packets: list[tuple[str, bytes]]) -> SafeLook:
    transport = Transport()
    try:
        addresses = dict.fromkeys(address for address, _ in packets)
        transport.open({a: Server(id=a, dialect="", main=a) for a in addresses})
        _connected(transport)
        failed = [(a, transport.send(a, "main", datagram)) for a, datagram in packets]
    finally:
        transport.close()
    faults = dict.fromkeys(f"{a}: {f}" for a, f in failed if f is not None)
    left = sum(f is None for _, f in failed)
    return SafeLook(ready=len(packets), left=left, faults=tuple(faults))


def _connected(transport: Transport) -> None:
    """Wait a little for those who are reached over TCP; who takes longer is told of as a fault."""
    for _ in range(_GLANCES):
        waiting = transport.sockets_to_write()
        if not waiting:
            return
        _, ready, _ = select.select([], waiting, [], _GLANCE)
        for each in ready:
            transport.write(each)
