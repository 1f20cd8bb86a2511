"""Any server that takes OSC: `messages` of the festival file say what each kind of action sends.

In an address or an argument `{clip}` is the clip, `{value}` the brightness to come to (0 to 1),
`{fade}` its time in milliseconds, `{seconds}` the same in seconds; for a `seek` those two are the place
to go to. An argument that is one of them and nothing else takes the value under the argument's own tag; within longer text it is written out.
An action that has no message sends nothing. A fade that the message does not carry happens at once.
Such a server answers nothing that we could read: what it shows cannot be asked.
"""
# ruff: noqa: ARG002  # a method takes what the protocol gives, used or not

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from show_control.commands import Send
from show_control.dialects.dialect import NO_CLIPS, Clip, Clips, Plain, Timed
from show_control.dialects.filling import Values, timed
from show_control.evidence import Report
from show_control.looks import Look
from show_control.model import ActionKind, Framing, Message, Millis, Output, Repeating, Server


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
