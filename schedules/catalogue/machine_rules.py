"""What must hold of servers, their messages, outputs and lamps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from schedules.catalogue.index import Index
from schedules.catalogue.machines import Message, Messages, Output, Param, Server
from schedules.catalogue.message_rules import PLACES, message_faults
from schedules.catalogue.on_air_rules import on_air_faults, switches
from schedules.catalogue.speaking import SPEAKS, Speaks
from schedules.catalogue.values import Scalar, shown
from schedules.faults import Fault, one_of

_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?"
_IPV6 = r"\[[0-9A-Fa-f:.]+\]"
_SERVER = re.compile(rf"(udp|tcp)://(?:{_NAME}|({_IPV6})):(\d{{1,5}})", re.ASCII)
_LAMP = re.compile(rf"((pjlink|tcp)://)?(?:{_NAME}|{_IPV6})(:\d{{1,5}})?", re.ASCII)


def machine_faults(index: Index) -> Iterator[Fault]:
    """All faults of the machines."""
    for n, server in enumerate(index.festival.servers):
        yield from _server(index, server, f"servers[{n}]")
    yield from on_air_faults(index)
    for n, output in enumerate(index.festival.outputs):
        server_of = index.servers.get(output.server)
        if server_of is not None:
            yield from _params(index, output, server_of, f"outputs[{n}].params")
            yield from _hazard(index, output, server_of, f"outputs[{n}].hazard")
    for n, projector in enumerate(index.festival.projectors):
        if projector.address and not _LAMP.fullmatch(projector.address):
            yield Fault(
                f"projectors[{n}].address",
                f"{shown(projector.address)} is not an address",
                'write host:port, such as "10.0.0.21:4352"',
            )


def can(server: Server, kind: str) -> bool:
    """Whether a server can be told an action of this kind: all but a generic one without its message."""
    return server.dialect != "generic" or (
        server.messages is not None and getattr(server.messages, kind) is not None
    )


def _server(index: Index, server: Server, path: str) -> Iterator[Fault]:
    speaks = index.speaks(server)
    yield from _address(server, server.main, speaks, f"{path}.main")
    if server.backup is not None:
        yield from _address(server, server.backup, speaks, f"{path}.backup")
        if server.backup == server.main:
            yield Fault(f"{path}.backup", "the backup is the main server", "give its own address")
        elif server.backup.partition(":")[0] != server.main.partition(":")[0]:
            scheme = server.main.partition(":")[0]
            yield Fault(f"{path}.backup", "main and backup speak alike", f"write {scheme}://")
    if server.dialect and speaks is None:
        known = (*SPEAKS, *index.dialects)
        yield Fault(
            f"{path}.dialect",
            f"nothing here speaks {shown(server.dialect)}",
            f"{one_of(server.dialect, known)}, or say it in dialects/{server.dialect}.toml",
        )
    if server.dialect == "generic" and (server.messages or server.id not in switches(index)):
        yield from _messages(server.messages, f"{path}.messages")
    elif speaks is not None and server.messages is not None:
        yield Fault(
            f"{path}.messages",
            f"{server.dialect} has messages of its own",
            'leave them out, or write dialect = "generic"',
        )
    if speaks is not None:
        where = f"the server {server.id}"
        yield from params_faults(
            server.dialect, speaks.server_params, server.params, where, f"{path}.params"
        )
    framing = server.params.get("framing")
    if server.dialect == "generic" and framing not in (None, "slip", "length"):
        yield Fault(
            f"{path}.params.framing", f"{shown(framing)} is no framing", "write slip or length"
        )


def _address(server: Server, address: str, speaks: Speaks | None, path: str) -> Iterator[Fault]:
    right = 'write udp://host:port, such as "udp://127.0.0.1:7000"'
    match = _SERVER.fullmatch(address)
    if not address:
        return  # the walk has told that it is missing
    if match is None:
        yield Fault(path, f"{shown(address)} is not the address of a server", right)
    elif match[2]:
        right = "write its IPv4 address, or a name that has one"
        yield Fault(path, f"{match[2]} is an IPv6 address, and servers are told over IPv4", right)
    elif speaks is not None and not (speaks.tcp if match[1] == "tcp" else speaks.udp):
        other = "udp" if match[1] == "tcp" else "tcp"
        yield Fault(
            path,
            f"{server.dialect} does not speak over {match[1].upper()}",
            f"write {other}://{address.partition('://')[2]}",
        )
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
            yield from message_faults(message, f"{path}.{kind}", PLACES)


def _params(index: Index, output: Output, server: Server, path: str) -> Iterator[Fault]:
    speaks = index.speaks(server)
    if speaks is not None and server.dialect != "generic":
        where = f"the output {output.id}"
        yield from params_faults(server.dialect, speaks.params, output.params, where, path)


def params_faults(
    dialect: str,
    known: Mapping[str, Param],
    given: Mapping[str, Scalar],
    where: str,
    path: str,
) -> Iterator[Fault]:
    """Params that are missing, unknown, or not what the dialect takes."""
    for name, param in known.items():
        if name not in given and param.needed:
            example = _example(param)
            yield Fault(
                path, f"{where} needs the param {name}", f"give params = {{ {name} = {example} }}"
            )
        elif name in given and not fits(param, given[name]):
            yield Fault(
                f"{path}.{name}", f"{shown(given[name])} is not a {name}", f"write {_what(param)}"
            )
    for name in given:
        if name not in known:
            right = one_of(name, known) if known else "leave it out: it takes none"
            yield Fault(f"{path}.{name}", f"{dialect} has no param {name}", right)


def fits(param: Param, value: object) -> bool:
    """Whether a value may be given for a param, or is a clip. A number is fit for text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return False
    if param.type == "s":
        return not isinstance(value, float)
    if isinstance(value, str) or (param.type == "i" and not isinstance(value, int)):
        return False
    return param.least is None or value >= param.least


def _example(param: Param) -> str:
    return '"..."' if param.type == "s" else f"{param.least or 1:g}"


def _what(param: Param) -> str:
    kind = {"i": "its number", "f": "a number", "s": "a text"}[param.type]
    return kind if param.least is None else f"{kind}, from {param.least:g}"


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
