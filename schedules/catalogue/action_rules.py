"""What must hold of actions: those of cues, and those of surfaces (`safe`, `idle`)."""

from __future__ import annotations

from collections.abc import Iterator

from schedules.catalogue.index import ALL_OF, Index
from schedules.catalogue.machine_rules import fits
from schedules.catalogue.machines import Output, Server
from schedules.catalogue.model import Action
from schedules.catalogue.osc_rules import osc_faults
from schedules.catalogue.values import shown
from schedules.faults import Fault

LOOKS = ("play", "stop", "level", "blackout")
"""What a safe look, or what an output is left with, can be made of."""
NO_OUTPUTS = ("start", "end", "on_air")
_SAYS_SOMETHING_TO = {
    "clip": ("play", "load"),
    "work": ("play", "load"),
    "value": ("level",),
    "fade": ("play", "stop", "level", "blackout"),
    "to": ("seek",),
    "address": ("osc",),
    "args": ("osc",),
    "sequence": ("start", "end"),
    "server": ("on_air",),
    "which": ("on_air",),
}


def action_faults(
    index: Index, action: Action, path: str, surface: str | None = None
) -> Iterator[Fault]:
    """The faults of one action; `surface` where it belongs to that surface."""
    if surface is not None and action.action not in (*LOOKS, ""):
        yield Fault(
            f"{path}.action", f"{action.action} makes no look", f"one of {', '.join(LOOKS)}"
        )
        return
    yield from _keys(action, path)
    if action.action in NO_OUTPUTS:
        yield from _switched(index, action, path)
        return
    yield from _outputs(index, action, path, surface)
    yield from _servers(index, action, path, surface)
    if action.action == "osc":
        yield from osc_faults(index, action, path)
    if action.work in index.works and action.action in ("play", "load"):
        yield from _clips(index, action, path, surface)


def _switched(index: Index, action: Action, path: str) -> Iterator[Fault]:
    server = index.servers.get(action.server or "")
    if action.action == "on_air" and server is not None and server.on_air is None:
        yield Fault(f"{path}.server", f"nothing puts {server.id} on the picture", "give it on_air")


def no_clip(work: str, surface: str) -> str:
    """The fault of a work that is played where it has none."""
    return f"{work} has no clip on {surface}"


def clip_faults(index: Index, clip: int | str, server: Server, path: str) -> Iterator[Fault]:
    """What a server cannot be told to play."""
    speaks = index.speaks(server)
    if speaks is not None and not fits(speaks.clip, clip):
        counted = f" counts its clips from {speaks.clip.least:g}" if speaks.clip.least else ""
        yield Fault(
            path,
            f"{shown(clip)} is no clip of {server.id}: {server.dialect}{counted or ' numbers them'}",
            "write its number",
        )
    message = server.messages.play if server.messages else None
    numbers = [a for m in ([message] if message else []) for a in m.args if _is_number(a)]
    if server.dialect == "generic" and numbers and isinstance(clip, str):
        (tag,) = numbers[0]
        yield Fault(
            path,
            f"{shown(clip)} cannot be sent to {server.id}, which takes the clip as {tag}",
            'write its number, or let messages.play take { s = "{clip}" }',
        )


def _is_number(argument: dict[str, int | float | str | bool]) -> bool:
    return any(tag in "ihtfd" and value == "{clip}" for tag, value in argument.items())


def _keys(action: Action, path: str) -> Iterator[Fault]:
    """Keys that the action needs, and keys that say nothing to it."""
    kind = action.action
    for key, kinds in _SAYS_SOMETHING_TO.items():
        if kind not in (*kinds, "") and getattr(action, key) not in (None, (), 0):
            yield Fault(f"{path}.{key}", f"{key} says nothing to {_a(kind)}", "leave it out")
    for key, needing, right in _NEEDED:
        if kind in needing and getattr(action, key) is None:
            yield Fault(f"{path}.{key}", f"{key} is missing", right)
    if kind in NO_OUTPUTS and action.outputs:
        right = "name its server" if kind == "on_air" else "its cues name their own"
        yield Fault(f"{path}.outputs", f"outputs says nothing to {_a(kind)}", right)
    if kind in ("play", "load") and (action.clip is None) == (action.work is None):
        both = action.clip is not None
        yield Fault(
            f"{path}.work" if both else f"{path}.clip",
            f"{_a(kind)} has clip or work, not both" if both else f"{_a(kind)} of nothing",
            "give clip or work",
        )


def _a(kind: str) -> str:
    return f"an {kind}" if kind in ("osc", "end", "on_air") else f"a {kind}"


_NEEDED = (
    ("value", ("level",), "give a level from 0 to 1"),
    ("to", ("seek",), 'give the place in the clip, such as "1m30s"'),
    ("address", ("osc",), 'give the OSC address, such as "/cue/4/go"'),
    ("sequence", ("start", "end"), "give the id of a sequence"),
    ("server", ("on_air",), "give the id of a server that has on_air"),
    ("which", ("on_air",), "main or backup"),
)


def _outputs(index: Index, action: Action, path: str, surface: str | None) -> Iterator[Fault]:
    if not action.outputs and surface is None:
        yield Fault(f"{path}.outputs", "an action on no outputs", "name outputs, or surface:ID")
    for n, name in enumerate(action.outputs):
        at = f"{path}.outputs[{n}]"
        of = name.removeprefix(ALL_OF)
        if name.startswith(ALL_OF) and of in index.surfaces and not index.outputs_on(of):
            yield Fault(at, f"the surface {of} has no outputs", "give it one in [[outputs]]")
        elsewhere = [o for o in index.expand([name]) if index.outputs[o].surface != surface]
        if surface is not None and elsewhere:
            yield Fault(at, f"{elsewhere[0]} is not on {surface}", "name outputs of the surface")


def _servers(index: Index, action: Action, path: str, surface: str | None) -> Iterator[Fault]:
    """What servers cannot be told, once for each server."""
    told = set()
    for output in _driven(index, action, surface):
        server = index.servers.get(index.outputs[output].server)
        if server is not None:
            yield from _levels(index, action, index.outputs[output], server, path)
        if server is None or server.id in told:
            continue
        told.add(server.id)
        has = getattr(server.messages, action.action, None) if server.messages else None
        needed = action.action != "osc" and server.messages is not None
        if server.dialect == "generic" and needed and has is None:
            yield Fault(
                f"{path}.action",
                f"the server {server.id} has no message for {action.action}",
                f"give its messages.{action.action}, or leave out {output}",
            )
        speaks = index.speaks(server)
        if speaks is not None and (lacks := speaks.lacks.get(action.action)):
            yield Fault(
                f"{path}.action",
                f"{server.dialect} has no message for {action.action} ({output}): {lacks}",
                f"leave out {output}" if action.action == "osc" else _INSTEAD,
            )
        if action.action in ("play", "load") and action.clip is not None:
            yield from clip_faults(index, action.clip, server, f"{path}.clip")


_INSTEAD = 'leave it out, or tell the server in its own words: action = "osc"'


def _levels(
    index: Index, action: Action, output: Output, server: Server, path: str
) -> Iterator[Fault]:
    """A level and a fade need an opacity, or a fade of the server's own."""
    speaks = index.speaks(server)
    if speaks is None or server.dialect == "generic" or action.action in speaks.native_fades:
        return
    if speaks.level and (speaks.level_by is None or speaks.level_by in output.params):
        return
    right = f"give {output.id} params.{speaks.level_by}" if speaks.level_by else "leave it out"
    if action.action == "level":
        yield Fault(f"{path}.action", f"{output.id} has no level: {server.dialect} has none", right)
    elif action.fade:
        yield Fault(
            f"{path}.fade",
            f"{output.id} cannot fade: {server.dialect} has no level to do it with",
            right,
        )


def _clips(index: Index, action: Action, path: str, surface: str | None) -> Iterator[Fault]:
    work = index.works[action.work or ""]
    for on in index.by_surface(_driven(index, action, surface)):
        if on in index.surfaces and on not in work.clips:
            yield Fault(
                f"{path}.work",
                no_clip(work.id, on),
                f"give clips.{on} of the work, or leave out the outputs there",
            )


def _driven(index: Index, action: Action, surface: str | None) -> tuple[str, ...]:
    if surface is not None and not action.outputs:
        return index.outputs_on(surface)
    return index.expand(action.outputs)
