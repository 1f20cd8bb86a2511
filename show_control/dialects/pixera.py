"""Pixera: a clip is a timeline, by its name. OSC over `udp://`, the program's own API over `tcp://`.

OSC, by https://help.pixera.one (OSC API input, timeline control): a timeline is played and stopped, and
nothing is answered. Its addresses have the timeline's name in them, with its spaces.
The API is JSON-RPC 2.0 on TCP port 1400, `pxr1` and the length (lowest byte first) before each packet,
by its own documentation, revision 349: the `Compound` functions name a timeline and need no handle.
With it a timeline has an opacity, and its transport mode (1 play, 2 pause, 3 stop) and its time are
known; the makers advise it where an answer matters.

Here a request is a message with the method for its address, and its parameters by turns name and value.
Unverified: that every version has the Compound functions, and what playing a playing timeline does.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from show_control.dialects.declared import MOST_CLIPS, Spoken
from show_control.dialects.dialect import NO_CLIPS, Clip, Clips
from show_control.dialects.filling import filled
from show_control.evidence import Report
from show_control.model import Argument, Declared, Feedback, Message, Output, Server, Told

_CALL: Final = "Pixera.Compound."


def request_id(message: Message) -> int:
    """What a reply will name its request by: the same request always has the same."""
    told = msgspec.json.encode([message.address, [(a.tag, a.value) for a in message.args]])
    return zlib.crc32(told) & 0x7FFFFFFF


class PixeraApi(Spoken):
    """The dialect `pixera` over TCP. A reply says which request it answers, by number alone."""

    json_rpc = True

    def key(self, question: Message) -> str:
        """The request's number."""
        return f"/{request_id(question)}"

    def read(
        self, server: Server, outputs: Sequence[Output], message: Message, clips: Clips = NO_CLIPS
    ) -> list[Report]:
        """What a reply says; an error has no value: there is no such timeline, so it does not play."""
        del server
        value = message.args[0].value if message.args else None
        return [
            report
            for output in outputs
            for feedback, clip in self._of_request(message.address, clips.get(output.id, ()))
            if (report := self.said(feedback, output.id, clip, value)) is not None
        ]

    def _of_request(self, key: str, clips: Sequence[Clip]) -> Iterator[tuple[Feedback, Clip]]:
        for clip in clips[:MOST_CLIPS]:
            for asked, feedback in zip(self.declared.ask, self.declared.hear, strict=True):
                if self.key(filled(asked, {"clip": clip})) == key:
                    yield feedback, clip


def _call(method: str, *more: Argument) -> Message:
    named = (Argument(tag="s", value="timelineName"), Argument(tag="s", value="{clip}"))
    return Message(address=_CALL + method, args=(*named, *more))


def _mode(mode: int) -> Message:
    named = Argument(tag="s", value="mode")
    return _call("setTransportModeOnTimeline", named, Argument(tag="i", value=mode))


PIXERA_API: Final = PixeraApi(
    Declared(
        name="pixera",
        page="https://help.pixera.one",
        udp=False,
        tcp="pxr1",
        replaces=False,
        actions={
            "play": Told(send=(_mode(1),), repeating="unknown"),
            "stop": Told(send=(_mode(3),), repeating="same"),
            "seek": Told(
                send=(
                    _call(
                        "setCurrentTimeOfTimelineInSeconds",
                        Argument(tag="s", value="time"),
                        Argument(tag="d", value="{seconds}"),
                    ),
                ),
                repeating="same",
            ),
            "level": Told(
                send=(
                    _call(
                        "setOpacityOnTimeline",
                        Argument(tag="s", value="opacity"),
                        Argument(tag="d", value="{value}"),
                    ),
                ),
                repeating="same",
            ),
        },
        ping=Message(address="Pixera.Utility.getApiRevision"),
        ask=(
            _call("getTransportModeOnTimeline"),
            _call("getOpacityOnTimeline"),
            _call("getCurrentTimeOfTimelineInSeconds"),
        ),
        hear=(
            Feedback(address="getTransportModeOnTimeline", says="clip", when=(1, 2)),
            Feedback(address="getOpacityOnTimeline", says="brightness"),
            Feedback(address="getCurrentTimeOfTimelineInSeconds", says="position"),
        ),
    )
)

PIXERA: Final = Spoken(
    Declared(
        name="pixera",
        page="https://help.pixera.one",
        tcp="pxr1",
        replaces=False,
        actions={
            "play": Told(
                send=(Message(address="/pixera/timeline/{clip}/play"),), repeating="unknown"
            ),
            "stop": Told(send=(Message(address="/pixera/timeline/{clip}/stop"),), repeating="same"),
        },
    )
)
