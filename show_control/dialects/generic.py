"""Any server that takes OSC: `messages` of the festival file say what each kind of action sends.

In an address or an argument `{clip}` is the clip, `{value}` the brightness to come to (0 to 1),
`{fade}` its time in milliseconds, `{seconds}` the same in seconds; for a `seek` those two are the place
to go to. An argument that is one of them and nothing else takes the value under the argument's own tag;
within longer text it is written out.
An action that has no message sends nothing. A fade that its message does not carry becomes a ramp of
levels, where `level` carries none either; else, and on a hazard output, it happens at once.
Such a server answers nothing that we could read: what it shows cannot be asked.
"""
# ruff: noqa: ARG002  # a method takes what the protocol gives, used or not

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from show_control.commands import Send
from show_control.dialects.dialect import NO_CLIPS, Clip, Clips, Plain, Timed
from show_control.dialects.filling import Values, places, timed
from show_control.dialects.telling import Telling
from show_control.evidence import Report
from show_control.looks import Look
from show_control.model import (
    ActionKind,
    Declared,
    Framing,
    Message,
    Millis,
    Output,
    Repeating,
    Server,
    Told,
)


class Generic(Plain):
    """The dialect `generic`."""

    name: Final = "generic"
    asks: Final = False
    tcp: Framing | None = "slip"
    repeating: Final[Mapping[ActionKind, Repeating]] = {
        "play": "unknown",
        "stop": "unknown",
        "level": "unknown",
        "blackout": "unknown",
        "load": "unknown",
        "seek": "unknown",
    }

    def express(self, server: Server, output: Output, send: Send, now: Millis) -> list[Timed]:
        """The file's own message for the action, filled in."""
        start = max(send.at, now)
        if output.hazard is None and _ramps(server, send, start):
            return _ramped(server, send, start)
        kinds = (
            [send.action.kind]
            if send.action is not None
            else _asserting(server, send.before, send.after, start)
        )
        values = _values(send, start)
        return [
            timed(server.messages[kind], values, start) for kind in kinds if kind in server.messages
        ]

    def questions(
        self, server: Server, output: Output, look: Look, clips: Sequence[Clip] = ()
    ) -> list[Message]:
        """None: it cannot be asked."""
        return []

    def ping(self, server: Server) -> list[Message]:
        """None: it cannot be asked."""
        return []

    def read(
        self, server: Server, outputs: Sequence[Output], message: Message, clips: Clips = NO_CLIPS
    ) -> list[Report]:
        """Nothing: what it says is not known."""
        return []


GENERIC: Final = Generic()


_FADES: Final = frozenset({"fade", "seconds"})


def _ramps(server: Server, send: Send, start: Millis) -> bool:
    """Whether a fade is made of levels, or one has left the server's own level at another value."""
    level = server.messages.get("level")
    kind = send.action.kind if send.action is not None else "level"
    if level is None or "value" not in places(level) or kind not in server.messages:
        return False
    if any(_FADES & {*places(m)} for m in (level, server.messages[kind])):
        return False
    ramp = send.after.ramp
    if kind == "play" and ramp is None:
        dimmed = send.before.ramp is not None
        return dimmed and send.before.brightness(start) != send.after.brightness(start)
    cleared = send.action is None and send.after.clears is not None
    return ramp is not None and ramp.end > start and not cleared


def _ramped(server: Server, send: Send, start: Millis) -> list[Timed]:
    actions = {kind: Told(send=(message,)) for kind, message in server.messages.items()}
    telling = Telling(Declared(name="generic", actions=actions), {}, start)
    match send.action.kind if send.action is not None else None:
        case "play":
            return telling.played(send.before, send.after)
        case "level":
            return telling.levelled(send.after)
        case "blackout":
            return telling.blacked(send.before, send.after)
        case "stop":
            return telling.stopped(send.before, send.after)
        case _:
            return telling.asserted(send.before, send.after)


def _asserting(server: Server, before: Look, after: Look, now: Millis) -> list[ActionKind]:
    """The actions that make the whole of a look, whatever the server shows."""
    wanted = after.showing(now)
    if wanted is None or after.clears is not None:
        return ["stop"]
    if after.dark:
        # Never a play first: it would light the output in order to darken it.
        return ["blackout" if "blackout" in server.messages else "stop"]
    play: list[ActionKind] = [] if wanted == before.showing(now) else ["play"]
    return [*play, "level"]


def _values(send: Send, now: Millis) -> Values:
    look = send.after
    if send.action is not None and send.action.kind == "seek":
        fade = max(0, now - look.since)
    elif send.action is not None:
        fade = send.action.fade
    else:
        fade = max(0, look.settles() - now) if look.ramp is not None else 0
    showing = send.action is None or send.action.kind == "seek"
    clip = look.clip if showing or send.action is None else send.action.clip
    return {
        "clip": "" if clip is None else clip,
        "value": look.brightness(look.settles()),
        "fade": fade,
        "seconds": fade / 1000,
    }
