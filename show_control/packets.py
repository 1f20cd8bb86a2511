"""A message to a server as bytes, and bytes from it as messages: OSC, or what else it speaks."""

from __future__ import annotations

from collections.abc import Sequence

from show_control import json_rpc, osc
from show_control.dialects import dialect_of
from show_control.model import Argument, Framing, Message, Server


def encode(server: Server, address: str, args: Sequence[Argument] = ()) -> bytes:
    """One message as a packet; raises Unencodable."""
    if dialect_of(server).json_rpc:
        return json_rpc.encode(address, args)
    return osc.encode(address, args)


def decode(server: Server, packet: bytes) -> list[Message]:
    """The messages of a packet; raises Malformed, and nothing else."""
    dialect = dialect_of(server)
    if dialect.json_rpc:
        return json_rpc.decode(packet)
    return osc.decode(packet, slashless=dialect.slashless)


def framing_of(server: Server) -> Framing:
    """How packets lie in a server's TCP stream; raises ValueError where it has none.

    A server without a dialect is sent what is framed already.
    """
    if not server.dialect:
        return "none"
    if server.declared is None and server.dialect == "generic":
        return "length" if server.params.get("framing") == "length" else "slip"
    framing = dialect_of(server).tcp
    if framing is None:
        raise ValueError(f"{server.dialect} does not speak over TCP")
    return framing
