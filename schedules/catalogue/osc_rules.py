"""What must hold of raw OSC: a message that can be sent, to servers that light nothing dangerous unnamed."""

from __future__ import annotations

from collections.abc import Iterator

from schedules.catalogue.index import Index
from schedules.catalogue.machines import Message
from schedules.catalogue.message_rules import message_faults
from schedules.catalogue.model import Action
from schedules.faults import Fault


def osc_faults(index: Index, action: Action, path: str) -> Iterator[Fault]:
    """All faults of one action."""
    if action.address:
        yield from message_faults(Message(address=action.address, args=action.args), path, ())
    named = index.expand(action.outputs)
    servers = {index.outputs[o].server for o in named}
    for output in index.outputs.values():
        if output.hazard and output.server in servers and output.id not in named:
            yield Fault(
                f"{path}.outputs",
                f"{output.server} drives the {output.hazard} {output.id} too, which nobody would"
                " have enabled",
                f"name {output.id} as well: the message then needs its enable",
            )
    for server in sorted(servers):
        known = index.servers.get(server)
        if known is not None and known.dialect == "watchout" and _has_words(action):
            yield Fault(
                f"{path}.args",
                "watchout takes numbers alone",
                "write each as { i = 1 } or { f = 0.5 }",
            )


def _has_words(action: Action) -> bool:
    return any(tag not in ("i", "f") for argument in action.args for tag in argument)
