"""The safe look, ready in the data folder: what the console can send when the player is dead."""

from __future__ import annotations

from pathlib import Path

import msgspec

from show_control.commands import Send
from show_control.looks import Look, after
from show_control.model import Millis, NightFile
from show_control.outgoing import packets_of

NAME = "safe-look.msgpack"


class Ready(msgspec.Struct, frozen=True):
    """Datagrams to addresses (`udp://host:port`), in order; fades are cuts here."""

    festival: str
    packets: tuple[tuple[str, bytes], ...]


def ready(file: NightFile, now: Millis) -> Ready:
    """The safe look of every surface, as datagrams."""
    packets: list[tuple[str, bytes]] = []
    for surface in file.surfaces.values():
        for action in surface.safe:
            cut = msgspec.structs.replace(action, fade=0)
            for output in action.outputs:
                # As if it were lit: what is dark already is told so again.
                before = Look(clip=0)
                send = Send(
                    output=output,
                    before=before,
                    after=after(before, cut, now),
                    at=now,
                    why="safe look",
                    action=cut,
                )
                server = file.servers[file.outputs[output].server]
                addresses = {"main": server.main, "backup": server.backup or ""}
                packets += [
                    (addresses[p.side], p.datagram) for p in packets_of(file, send, (0, 0), now)
                ]
    return Ready(file.festival, tuple(packets))


def write(folder: Path, file: NightFile, now: Millis) -> None:
    """Put it in the folder, whole or not at all."""
    draft = folder / f"{NAME}.new"
    draft.write_bytes(msgspec.msgpack.encode(ready(file, now)))
    draft.chmod(0o600)
    draft.replace(folder / NAME)


def read(folder: Path) -> Ready | None:
    """What lies ready, if a night file was ever loaded here."""
    try:
        return msgspec.msgpack.decode((folder / NAME).read_bytes(), type=Ready)
    except (FileNotFoundError, msgspec.MsgspecError):
        return None
