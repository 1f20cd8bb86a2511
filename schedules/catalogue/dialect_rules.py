"""What must hold of a user's own dialects."""

from __future__ import annotations

from collections.abc import Iterator

from schedules.catalogue.index import Index
from schedules.catalogue.machines import Dialect, Message
from schedules.catalogue.message_rules import PLACES, message_faults
from schedules.catalogue.speaking import SPEAKS
from schedules.catalogue.values import shown
from schedules.faults import Fault

_CLIP = ("clip",)


def dialects_faults(index: Index) -> Iterator[Fault]:
    """All faults of all of them."""
    met: set[str] = set(SPEAKS)
    for n, dialect in enumerate(index.festival.dialects):
        if dialect.name in met:
            yield Fault(
                f"dialects[{n}].name", f"there is a dialect {dialect.name}", "give it another name"
            )
        met.add(dialect.name)
        yield from dialect_faults(dialect, f"dialects[{n}].")


def dialect_faults(dialect: Dialect, path: str) -> Iterator[Fault]:
    """The faults of one; `path` is what stands before its keys."""
    of_server = tuple(dialect.server_params)
    params = (*dialect.params, *of_server)
    for kind in dialect.actions.__struct_fields__:
        told = getattr(dialect.actions, kind)
        for n, message in enumerate(told.send if told is not None else ()):
            at = f"{path}actions.{kind}.send[{n}]"
            yield from message_faults(message, at, (*PLACES, *params))
    for n, message in enumerate(dialect.greet):
        yield from message_faults(message, f"{path}greet[{n}]", of_server)
    if dialect.ping is not None:
        yield from message_faults(dialect.ping, f"{path}ping", of_server)
    for n, message in enumerate(dialect.ask):
        yield from message_faults(message, f"{path}ask[{n}]", (*_CLIP, *params))
    yield from _hears(dialect, path, params)
    yield from _params(dialect, path)


def _hears(dialect: Dialect, path: str, params: tuple[str, ...]) -> Iterator[Fault]:
    for n, feedback in enumerate(dialect.hear):
        plain = Message(address=feedback.address.replace("*", ""))
        yield from message_faults(plain, f"{path}hear[{n}]", (*_CLIP, *params))
        if feedback.says == "clip" and "{clip}" not in feedback.address:
            yield Fault(
                f"{path}hear[{n}].says",
                "which clip it speaks of stands nowhere",
                'put {clip} into the address, or write says = "shows" where the argument names it',
            )
    if dialect.ask and not dialect.hear:
        yield Fault(f"{path}ask", "nothing of what is answered is understood", "give [[hear]]")
    if not dialect.udp and dialect.tcp is None:
        yield Fault(
            f"{path}udp", "it speaks over nothing", 'write udp = true, or give tcp = "slip"'
        )


def _params(dialect: Dialect, path: str) -> Iterator[Fault]:
    for table in ("params", "server_params"):
        for name in getattr(dialect, table):
            if name in PLACES or not name.isidentifier():
                yield Fault(
                    f"{path}{table}.{name}", f"{shown(name)} cannot be a param", "take another name"
                )
