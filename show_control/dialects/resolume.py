"""Resolume Arena and Avenue, by https://www.resolume.com/support/en/osc.

A layer is an output (`params.layer`), its clips are numbered from 1. The page has the addresses, `?`
to ask and `*` for every item. It does not say that a button is pressed (1) and released (0), as
control surfaces do, nor what `connected` counts: 0 empty, 1 disconnected, 2 previewing, 3 connected,
4 connected and previewing, the options that the program's REST interface names; nor that a clip's
`transport/position` goes from 0 to 1 and its `behaviour/duration` is seconds. It acknowledges
nothing: what is known of it, it was asked. It has no message that loads a clip (`select` shows it to
the operator), and a place in a clip is told as a part of a duration that we do not know beforehand: so
there is neither `load` nor `seek` here.
"""
# ruff: noqa: ARG002  # a method takes what the protocol gives, used or not

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from show_control.commands import Send
from show_control.dialects.dialect import NO_CLIPS, Clip, Clips, Inexpressible, Plain, Timed
from show_control.dialects.ramps import ramped
from show_control.evidence import Report, What
from show_control.looks import Look, Ramp
from show_control.model import ActionKind, Argument, Message, Millis, Output, Repeating, Server

_PRESSED_FOR: Final[Millis] = 50
_PRESS: Final = (Argument(tag="i", value=1),)
_RELEASE: Final = (Argument(tag="i", value=0),)
_ASK: Final = (Argument(tag="s", value="?"),)
_CONNECTED: Final = (3, 4)

_CLIP_ADDRESS: Final = re.compile(r"/composition/layers/(\d+)/clips/(\d+)/(connected|name)")
_POSITION: Final = "transport/position"
_DURATION: Final = f"{_POSITION}/behaviour/duration"
_TIME_ADDRESS: Final = re.compile(
    r"/composition/layers/(\d+)/clips/(\d+)/transport/position(/behaviour/duration)?"
)
_OPACITY_ADDRESS: Final = re.compile(r"/composition/layers/(\d+)/video/opacity")


class Resolume(Plain):
    """The dialect `resolume`."""

    name: Final = "resolume"
    asks: Final = True
    # Connecting the clip that plays begins it again; the rest sets what is set.
    repeating: Final[Mapping[ActionKind, Repeating]] = {
        "play": "restarts",
        "stop": "same",
        "level": "same",
        "blackout": "same",
    }

    def express(self, server: Server, output: Output, send: Send, now: Millis) -> list[Timed]:
        """A clip is connected, a level is set or faded, a layer is cleared."""
        layer = _layer(output)
        start = max(send.at, now)
        if send.action is None:
            return _asserted(layer, send.before, send.after, start)
        match send.action.kind:
            case "play":
                return _played(layer, send.before, send.after, start)
            case "level" | "blackout":
                return _levelled(layer, send.after, start)
            case "stop":
                return _stopped(layer, send.after, start)
            case kind:
                raise Inexpressible(f"resolume has no message for {kind}")

    def questions(
        self, server: Server, output: Output, look: Look, clips: Sequence[Clip] = ()
    ) -> list[Message]:
        """One clip is asked where one is wanted: a layer has but one, and answers are counted.

        Where none is wanted, or none soon, every clip of the layer is asked; and so for the empty
        look, where it should be found out what plays instead.
        """
        layer = _layer(output)
        if look.clip is None:
            return [_question(f"{layer}/clips/*/connected")]
        clip = f"{layer}/clips/{_clip(look.clip)}"
        which = clip if look.clears is None else f"{layer}/clips/*"
        asked = [f"{which}/connected", f"{layer}/video/opacity"]
        if look.clears is None:
            asked += [f"{clip}/{_POSITION}", f"{clip}/{_DURATION}"]
        if look.clip_name is not None:
            asked.append(f"{clip}/name")
        return [_question(address) for address in asked]

    def ping(self, server: Server) -> list[Message]:
        """The opacity of layer 1: the page's own example, and a composition has a layer."""
        return [_question("/composition/layers/1/video/opacity")]

    def read(
        self, server: Server, outputs: Sequence[Output], message: Message, clips: Clips = NO_CLIPS
    ) -> list[Report]:
        """Reports of the outputs that are the message's layer; what else it may say is not ours."""
        if not message.args:
            return []
        value = message.args[0].value
        if found := _CLIP_ADDRESS.fullmatch(message.address):
            layer, clip = int(found[1]), int(found[2])
            if found[3] == "name":
                return _reports(outputs, layer, "clip_name", _text(value), clip)
            return _reports(outputs, layer, "clip", _connected(value), clip)
        if found := _TIME_ADDRESS.fullmatch(message.address):
            what: What = "duration" if found[3] else "part"
            return _reports(outputs, int(found[1]), what, _number(value), int(found[2]))
        if found := _OPACITY_ADDRESS.fullmatch(message.address):
            return _reports(outputs, int(found[1]), "brightness", _number(value))
        return []


RESOLUME: Final = Resolume()


# ---------------------------------------------------------------- telling


def _played(layer: str, before: Look, after: Look, start: Millis) -> list[Timed]:
    connect = _pressed(f"{layer}/clips/{_clip(after.clip)}/connect", start)
    if after.ramp is None:
        # The clip first, so that the one before never flashes at the new level. The server's own
        # level is left alone where it is right; a stop with a fade leaves it at 0.
        level = [_opacity(layer, start, after.brightness(start))]
        same = before.brightness(start) == after.brightness(start)
        if before.showing(start) is None or not same or before.settles() > start:
            return _in_order(connect, level)
        return connect
    first = _ramped(layer, after.ramp, start)
    if before.lit(start) and start <= after.ramp.start:
        return connect + first[1:]  # the fade goes on from what is seen
    return [first[0], *connect, *first[1:]]


def _levelled(layer: str, after: Look, start: Millis) -> list[Timed]:
    if after.ramp is None:
        return [_opacity(layer, start, after.brightness(start))]
    ramped = _ramped(layer, after.ramp, start)
    return ramped[1:] if start <= after.ramp.start else ramped


def _stopped(layer: str, after: Look, start: Millis) -> list[Timed]:
    address = f"{layer}/clear"
    if after.clears is None:
        return _pressed(address, start)
    clear = _pressed(address, max(after.clears, start), ramp="clear")
    return _levelled(layer, after, start) + clear


def _asserted(layer: str, before: Look, after: Look, start: Millis) -> list[Timed]:
    wanted, shown = after.showing(start), before.showing(start)
    if wanted is None:
        return [] if shown is None else _pressed(f"{layer}/clear", start)
    connect = [] if wanted == shown else _pressed(f"{layer}/clips/{_clip(wanted)}/connect", start)
    if after.ramp is None:
        level = [_opacity(layer, start, after.brightness(start))]
    else:
        level = _ramped(layer, after.ramp, start)
    clear = [] if after.clears is None else _pressed(f"{layer}/clear", after.clears, ramp="clear")
    return _in_order(connect, level) + clear


def _in_order(connect: list[Timed], level: list[Timed]) -> list[Timed]:
    """The clip before its level, or the one before would flash; but darkness before the clip."""
    if level[0].args[0].value == 0:
        return [level[0], *connect, *level[1:]]
    return connect + level


def _ramped(layer: str, ramp: Ramp, start: Millis) -> list[Timed]:
    return [t for step in ramped(ramp, start, lambda at, v: [_opacity(layer, at, v)]) for t in step]


def _opacity(layer: str, at: Millis, value: float) -> Timed:
    args = (Argument(tag="f", value=float(value)),)
    return Timed(at, f"{layer}/video/opacity", args, ramp="opacity")


def _pressed(address: str, at: Millis, ramp: str | None = None) -> list[Timed]:
    return [
        Timed(at, address, _PRESS, ramp),
        Timed(at + _PRESSED_FOR, address, _RELEASE, ramp, release=True),
    ]


def _question(address: str) -> Message:
    return Message(address=address, args=_ASK)


def _layer(output: Output) -> str:
    layer = output.params.get("layer")
    if isinstance(layer, bool) or not isinstance(layer, int):
        raise Inexpressible(f"output {output.id}: params.layer is a whole number")
    return f"/composition/layers/{layer}"


def _clip(clip: int | str | None) -> int:
    if not isinstance(clip, int):
        raise Inexpressible(f"a clip of Resolume is the number of its column, not {clip!r}")
    return clip


# ---------------------------------------------------------------- hearing


def _reports(
    outputs: Sequence[Output],
    layer: int,
    what: What,
    value: bool | float | str | None,
    clip: int | None = None,
) -> list[Report]:
    if value is None:
        return []
    return [
        Report(output=o.id, what=what, value=value, clip=clip)
        for o in outputs
        if o.params.get("layer") == layer
    ]


def _connected(value: object) -> bool | None:
    number = _number(value)
    return None if number is None else int(number) in _CONNECTED


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
