"""What must hold of servers, their messages, outputs and lamps."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping

from schedules.catalogue.index import Index
from schedules.catalogue.model import Message, Messages, Output, Server
from schedules.catalogue.values import shown
from schedules.faults import Fault, one_of

DIALECTS = ("resolume", "generic")
PLACES = ("clip", "value", "fade", "seconds")

_HOST = r"(?:[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])"
_SERVER = re.compile(rf"(udp|tcp)://{_HOST}:(\d{{1,5}})", re.ASCII)
_LAMP = re.compile(rf"((pjlink|tcp)://)?{_HOST}(:\d{{1,5}})?", re.ASCII)
_NOT_IN_ADDRESS = re.compile(r"[\s#*,?\[\]]|[^\x20-\x7e]")
_WORD_IN_BRACES = re.compile(r"\{([^{}]*)\}")
_RANGES = {
    "i": (-(2**31), 2**31 - 1),
    "h": (-(2**63), 2**63 - 1),
    "t": (0, 2**64 - 1),
}
FLOAT32_MAX = 3.4028234663852886e38
FLOAT64_MAX = sys.float_info.max
_TAGS = ("i", "f", "s", "b", "T", "F", "N", "h", "d", "t")


def machine_faults(index: Index) -> Iterator[Fault]:
    """All faults of the machines."""
    for n, server in enumerate(index.festival.servers):
        yield from _server(server, f"servers[{n}]")
    for n, output in enumerate(index.festival.outputs):
        server_of = index.servers.get(output.server)
        if server_of is not None:
            yield from _params(output, server_of, f"outputs[{n}].params")
            yield from _hazard(index, output, server_of, f"outputs[{n}].hazard")
    for n, projector in enumerate(index.festival.projectors):
        if projector.address and not _LAMP.fullmatch(projector.address):
            yield Fault(
                f"projectors[{n}].address",
                f"{shown(projector.address)} is not an address",
                'write host:port, such as "10.0.0.21:4352"',
            )


def can(server: Server, kind: str) -> bool:
    """Whether a server can be told an action of this kind."""
    return server.dialect != "generic" or (
        server.messages is not None and getattr(server.messages, kind) is not None
    )


def _server(server: Server, path: str) -> Iterator[Fault]:
    yield from _address(server.main, f"{path}.main")
    if server.backup is not None:
        yield from _address(server.backup, f"{path}.backup")
        if server.backup == server.main:
            yield Fault(f"{path}.backup", "the backup is the main server", "give its own address")
    if server.dialect and server.dialect not in DIALECTS:
        yield Fault(
            f"{path}.dialect",
            f"not supported yet: the dialect {shown(server.dialect)}",
            one_of(server.dialect, DIALECTS),
        )
    if server.dialect == "resolume" and server.messages is not None:
        yield Fault(
            f"{path}.messages",
            "resolume has messages of its own",
            'leave them out, or write dialect = "generic"',
        )
    if server.dialect == "generic":
        yield from _messages(server.messages, f"{path}.messages")


def _address(address: str, path: str) -> Iterator[Fault]:
    right = 'write udp://host:port, such as "udp://127.0.0.1:7000"'
    match = _SERVER.fullmatch(address)
    if not address:
        return  # the walk has told that it is missing
    if match is None:
        yield Fault(path, f"{shown(address)} is not the address of a server", right)
    elif match[1] == "tcp":
        yield Fault(path, f"not supported yet: {address}, OSC over TCP", right)
    elif not 1 <= int(match[3]) <= 65535:
        yield Fault(path, f"{match[3]} is not a port", "from 1 to 65535")


def _messages(messages: Messages | None, path: str) -> Iterator[Fault]:
    if messages is None or messages == Messages():
        yield Fault(
            path,
            "a generic server is sent nothing without messages",
            'give some, such as messages.play = { address = "/play", args = [{ s = "{clip}" }] }',
        )
        return
    for kind in messages.__struct_fields__:
        message: Message | None = getattr(messages, kind)
        if message is not None:
            yield from _osc_address(message.address, f"{path}.{kind}.address")
            for n, argument in enumerate(message.args):
                yield from _argument(argument, f"{path}.{kind}.args[{n}]")


def _osc_address(address: str, path: str) -> Iterator[Fault]:
    yield from _braces(address, path)
    plain = _WORD_IN_BRACES.sub("", address)
    if address and (not address.startswith("/") or _NOT_IN_ADDRESS.search(plain)):
        yield Fault(
            path,
            f"{shown(address)} is not an OSC address",
            "begin with / and use no spaces and none of # * , ? [ ]",
        )


def _braces(text: str, path: str) -> Iterator[Fault]:
    words = _WORD_IN_BRACES.findall(text)
    for word in words:
        if word not in PLACES:
            yield Fault(
                path,
                f"nothing is filled in for {{{word}}}",
                one_of(word, PLACES),
            )
    rest = _WORD_IN_BRACES.sub("", text)
    if "{" in rest or "}" in rest:
        yield Fault(path, f"a brace without its other in {shown(text)}", "write {clip}")


def _argument(argument: Mapping[str, object], path: str) -> Iterator[Fault]:
    if len(argument) != 1:
        yield Fault(
            path,
            "an argument has one OSC type and its value",
            'write { i = 1 } or { s = "{clip}" }',
        )
        return
    ((tag, value),) = argument.items()
    if tag not in _TAGS:
        yield Fault(
            f"{path}.{tag}",
            f"there is no OSC type {tag}",
            f"one of {' '.join(_TAGS)}",
        )
    elif isinstance(value, str):
        yield from _text_value(tag, value, f"{path}.{tag}")
    elif not _carries(tag, value):
        yield Fault(f"{path}.{tag}", f"{tag} cannot carry {shown(value)}", _right(tag))


def _text_value(tag: str, value: str, path: str) -> Iterator[Fault]:
    faults = list(_braces(value, path))
    yield from faults
    whole = _WORD_IN_BRACES.fullmatch(value)
    hexed = tag == "b" and re.fullmatch(r"([0-9A-Fa-f]{2})*", value)
    if tag == "s" and "\0" in value:
        yield Fault(path, "an OSC text ends at its first NUL", "leave the NUL out")
    if not (faults or tag == "s" or hexed or (whole and tag in "ihtfd")):
        yield Fault(path, f"{tag} cannot carry the text {shown(value)}", _right(tag))


def _carries(tag: str, value: object) -> bool:
    if tag in "TFN":
        return isinstance(value, bool)
    if isinstance(value, bool):
        return False
    if tag in _RANGES:
        low, high = _RANGES[tag]
        return isinstance(value, int) and low <= value <= high
    largest = FLOAT32_MAX if tag == "f" else FLOAT64_MAX
    return tag in "fd" and isinstance(value, int | float) and abs(value) <= largest


def _right(tag: str) -> str:
    if tag in "TFN":
        return f"write {{ {tag} = true }}: the type says it all"
    if tag in "ih":
        return f'write {{ {tag} = 1 }}, {{ {tag} = "{{clip}}" }}, or a text as s'
    return {
        "t": "write the 64 bits of the time tag as a number",
        "b": 'write bytes in hex, such as { b = "00ff" }',
        "s": 'write { s = "..." }',
    }.get(tag, f'write {{ {tag} = 0.5 }}, {{ {tag} = "{{value}}" }}, or a text as s')


def _params(output: Output, server: Server, path: str) -> Iterator[Fault]:
    if server.dialect != "resolume":
        return
    layer = output.params.get("layer")
    if layer is None:
        yield Fault(path, "layer is missing", "give params = { layer = 1 }")
    elif isinstance(layer, bool) or not isinstance(layer, int) or layer < 1:
        yield Fault(f"{path}.layer", f"{shown(layer)} is not a layer", "write its number, from 1")
    for name in output.params:
        if name != "layer":
            right = one_of(name, ["layer"])
            yield Fault(f"{path}.{name}", f"resolume has no param {name}", right)


def _hazard(index: Index, output: Output, server: Server, path: str) -> Iterator[Fault]:
    """What is dangerous can be put out: by `stop` when its slot ends, by the safe look at once."""
    surface = index.surfaces.get(output.surface)
    needed = ["stop"] if surface and surface.safe is not None else ["stop", "blackout"]
    for kind in needed:
        if output.hazard is not None and not can(server, kind):
            yield Fault(
                path,
                f"the server {server.id} has no message for {kind}: {output.id} could not be"
                " put out",
                f"give its messages.{kind}",
            )
