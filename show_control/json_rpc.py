"""JSON-RPC 2.0 requests and replies as messages: what Pixera's own API takes and gives.

A request's method is its address, its parameters stand by turns as name and value. A reply becomes a
message whose address is the request's number, with its result as the one argument, and with none where
it is an error or has none that is a plain value.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from show_control.dialects.pixera import request_id
from show_control.model import Argument, Message, OscTag
from show_control.osc import Malformed


class Reply(msgspec.Struct, frozen=True):
    """What came back, as far as it is used."""

    id: int
    result: Any = None


_decoder = msgspec.json.Decoder(Reply)


def encode(address: str, args: Sequence[Argument] = ()) -> bytes:
    """One request."""
    request: dict[str, Any] = {
        "jsonrpc": "2.0",
        "id": request_id(Message(address=address, args=tuple(args))),
        "method": address,
    }
    if args:
        values = [argument.value for argument in args]
        request["params"] = dict(zip(values[::2], values[1::2], strict=True))
    return msgspec.json.encode(request)


def decode(packet: bytes) -> list[Message]:
    """The reply in a packet; raises Malformed."""
    try:
        reply = _decoder.decode(packet)
    except (msgspec.MsgspecError, UnicodeDecodeError) as e:
        raise Malformed(f"no reply of JSON-RPC: {e}") from e
    return [Message(address=f"/{reply.id}", args=_arguments(reply.result))]


def _arguments(value: object) -> tuple[Argument, ...]:
    if isinstance(value, bool):
        return (Argument(tag="T" if value else "F", value=value),)
    tags: dict[type, OscTag] = {int: "h", float: "d", str: "s"}
    tag = tags.get(type(value))
    return () if tag is None else (Argument(tag=tag, value=value),)  # type: ignore[arg-type]  # one of the three
