"""The safe look, ready in the data folder: what the console can send when the player is dead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from show_control.commands import Send
from show_control.dialects import clips_of, dialect_of
from show_control.looks import Look, after
from show_control.model import Action, Millis, NightFile, Server
from show_control.outgoing import packets_of
from show_control.packets import encode, framing_of
from show_control.streams import framed

NAME = "safe-look.msgpack"


class Ready(msgspec.Struct, frozen=True):
    """Bytes to addresses (`udp://` or `tcp://host:port`), in order; fades are cuts here."""

    festival: str
    packets: tuple[tuple[str, bytes], ...]


def ready(file: NightFile, now: Millis) -> Ready:
    """The safe look of every surface, as it goes on the wire: over TCP framed, with its greeting first."""
    clips = clips_of(file)
    packets: dict[tuple[str, bytes], None] = {}
    for surface in file.surfaces.values():
        for action in surface.safe:
            cut = msgspec.structs.replace(action, fade=0)
            for output in action.outputs:
                packets |= dict.fromkeys(_told(file, output, cut, clips.get(output, ()), now))
    return Ready(file.festival, (*_greetings(file), *packets))


def _told(
    file: NightFile, output: str, cut: Action, clips: Sequence[int | str], now: Millis
) -> Iterator[tuple[str, bytes]]:
    server = file.servers[file.outputs[output].server]
    # As if it were lit, whatever it shows: what is dark already is told so again.
    for clip in [0] if dialect_of(server).replaces else clips:
        before = Look(clip=clip)
        send = Send(
            output=output,
            before=before,
            after=after(before, cut, now),
            at=now,
            why="safe look",
            action=cut,
        )
        for packet in packets_of(file, send, (0, 0), now):
            address = server.main if packet.side == "main" else server.backup or ""
            yield address, _on_the_wire(server, address, packet.datagram)


def _greetings(file: NightFile) -> Iterator[tuple[str, bytes]]:
    for server in file.servers.values():
        for message in dialect_of(server).greeting(server):
            packet = encode(server, message.address, message.args)
            for address in (server.main, server.backup):
                if address is not None:
                    yield address, _on_the_wire(server, address, packet)


def _on_the_wire(server: Server, address: str, packet: bytes) -> bytes:
    return framed(framing_of(server), packet) if address.startswith("tcp:") else packet


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
