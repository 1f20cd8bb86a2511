"""QLab 5, by https://qlab.app/docs/v5/scripting/osc-dictionary-v5: a clip is a cue, by its number.

Over TCP (SLIP with an END on both sides) or UDP, port 53000. It is greeted with `/connect` and its
passcode, and with `/alwaysReply`, so that it answers every message: `/reply/{address}` with one text
of JSON, `{"status": "ok" | "error" | "denied", "address": ..., "data": ...}`. `/thump` keeps a TCP
client known, and tells that QLab lives. UDP answers come to port 53001 unless QLab is told another
(`feedback_port = 53001`).

Of the page: every open workspace on the port obeys, so keep one open. Unverified: that `opacity` of a
running cue acts at once, that `loadActionAt` moves a running cue, and what starting a running cue does
(the cue's own "second trigger").
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from show_control.dialects.declared import Spoken
from show_control.dialects.dialect import NO_CLIPS, Clips
from show_control.evidence import Report
from show_control.model import (
    Argument,
    Declared,
    Feedback,
    Message,
    OscTag,
    Output,
    Param,
    Server,
    Told,
)

_REPLY: Final = "/reply"


class Reply(msgspec.Struct, frozen=True):
    """The JSON of an answer, as far as it is used."""

    status: str = "ok"
    data: Any = None


_decoder = msgspec.json.Decoder(Reply)


class QLab(Spoken):
    """The dialect `qlab`: what it declares, with the JSON of its answers unpacked."""

    def answers(self, message: Message) -> str:
        """The address that was asked, without the workspace that QLab may put before it."""
        return _asked(message.address)

    def read(
        self, server: Server, outputs: Sequence[Output], message: Message, clips: Clips = NO_CLIPS
    ) -> list[Report]:
        """What an answer's `data` says; a cue that is not there does not run. Who is denied knows nothing."""
        reply = _reply(message)
        if reply is None or reply.status == "denied":
            return []
        value = reply.data if reply.status == "ok" else None
        plain = Message(address=_asked(message.address), args=_arguments(value))
        return super().read(server, outputs, plain, clips)


def _asked(address: str) -> str:
    if not address.startswith(_REPLY):
        return address
    parts = address.removeprefix(_REPLY).split("/")
    return "/".join(["", *parts[3:]] if parts[1:2] == ["workspace"] else parts)


def _reply(message: Message) -> Reply | None:
    if not message.address.startswith(_REPLY) or not message.args:
        return None
    said = message.args[0].value
    if not isinstance(said, str):
        return None
    try:
        return _decoder.decode(said)
    except msgspec.MsgspecError:
        return None


def _arguments(value: object) -> tuple[Argument, ...]:
    if isinstance(value, bool):
        return (Argument(tag="T" if value else "F", value=value),)
    tags: dict[type, OscTag] = {int: "h", float: "d", str: "s"}
    tag = tags.get(type(value))
    return () if tag is None else (Argument(tag=tag, value=value),)  # type: ignore[arg-type]  # one of the three


def _cue(what: str, *args: Argument) -> Message:
    return Message(address=f"/cue/{{clip}}/{what}", args=args)


QLAB: Final = QLab(
    Declared(
        name="qlab",
        page="https://qlab.app/docs/v5/scripting/osc-dictionary-v5",
        tcp="slip",
        replaces=False,
        server_params={"passcode": Param(needed=False)},
        clip=Param(),
        actions={
            "play": Told(send=(_cue("start"),), repeating="unknown"),
            "stop": Told(send=(_cue("stop"),), repeating="same"),
            "load": Told(send=(_cue("load"),), repeating="same"),
            "seek": Told(
                send=(_cue("loadActionAt", Argument(tag="f", value="{seconds}")),),
                repeating="same",
            ),
            "level": Told(
                send=(_cue("opacity", Argument(tag="f", value="{value}")),), repeating="same"
            ),
        },
        greet=(
            Message(address="/connect", args=(Argument(tag="s", value="{passcode}"),)),
            Message(address="/alwaysReply", args=(Argument(tag="i", value=1),)),
        ),
        ping=Message(address="/thump"),
        ask=(
            _cue("isRunning"),
            _cue("opacity"),
            _cue("name"),
            _cue("actionElapsed"),
            _cue("currentDuration"),
        ),
        hear=(
            Feedback(address="/cue/{clip}/isRunning", says="clip"),
            Feedback(address="/cue/{clip}/opacity", says="brightness"),
            Feedback(address="/cue/{clip}/name", says="clip_name"),
            Feedback(address="/cue/{clip}/actionElapsed", says="position"),
            Feedback(address="/cue/{clip}/currentDuration", says="duration"),
        ),
    )
)
