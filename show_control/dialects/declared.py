"""Any dialect that is said and not programmed: the vendors' here, and a user's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from show_control.commands import Send
from show_control.dialects.dialect import NO_CLIPS, Clip, Clips, Inexpressible, Plain, Timed
from show_control.dialects.filling import filled, places
from show_control.dialects.telling import Telling
from show_control.evidence import Report
from show_control.looks import Look
from show_control.model import (
    ActionKind,
    Declared,
    Feedback,
    Message,
    Millis,
    Output,
    Param,
    Params,
    Repeating,
    Server,
)

MOST_CLIPS: Final = 64
"""How many clips one output is asked for, where each is asked by itself."""

_PLACE: Final = re.compile(r"\\{(\w+)\\}")  # as re.escape leaves it
_TIMECODE: Final = re.compile(r"(\d+):(\d\d):(\d\d)[.:;](\d\d)")
_FRAMES: Final = 100  # where the last part is hundredths; as frames it is less than a second wrong


class Spoken(Plain):
    """A declared dialect."""

    def __init__(self, declared: Declared) -> None:
        self.declared = declared
        self.name = declared.name
        self.tells = declared.tells
        self.udp = declared.udp
        self.tcp = declared.tcp
        self.replaces = declared.replaces
        self.asks = bool(declared.hear)
        self.repeating: Mapping[ActionKind, Repeating] = _repeating(declared)

    def express(self, server: Server, output: Output, send: Send, now: Millis) -> list[Timed]:
        """The messages of the action, filled in; ramps where there is a level and no fade."""
        telling = Telling(self.declared, self._params(server, output), max(send.at, now))
        if send.action is None:
            return telling.asserted(send.before, send.after)
        match send.action.kind:
            case "play":
                self._clip(send.after.clip)
                return telling.played(send.before, send.after)
            case "level":
                return telling.levelled(send.after)
            case "blackout":
                return telling.blacked(send.before, send.after)
            case "stop":
                return telling.stopped(send.before, send.after)
            case "load" | "seek" as kind:
                return telling.once(kind, send.action, send.after)
            case kind:
                raise Inexpressible(f"{self.name} has no message for {kind}")

    def greeting(self, server: Server) -> list[Message]:
        """What it is told first; nothing with a place that the server's params leave open."""
        found = (filled(message, server.params) for message in self.declared.greet)
        return [message for message in found if not any(places(message))]

    def questions(
        self, server: Server, output: Output, look: Look, clips: Sequence[Clip] = ()
    ) -> list[Message]:
        """Of one clip where one is wanted, of each that may show where none is."""
        params = self._params(server, output)
        alone = look.clip is not None and look.clears is None
        wanted = [look.clip] if alone and look.clip is not None else [*clips[:MOST_CLIPS]]
        if look.clip is not None and look.clip not in wanted:
            wanted.append(look.clip)
        return [
            message
            for asked in self.declared.ask
            for message in self._asked(asked, params, wanted, of_all=not alone)
        ]

    def _asked(
        self, asked: Message, params: Params, clips: Sequence[Clip], *, of_all: bool
    ) -> Iterator[Message]:
        if "clip" not in places(asked):
            yield filled(asked, params)
        elif not of_all or asked == self._which():
            for clip in clips:
                yield filled(asked, {**params, "clip": clip})

    def _which(self) -> Message | None:
        """The question whether a clip shows; its name and its time are asked where it should."""
        return next((a for a in self.declared.ask if "clip" in places(a)), None)

    def ping(self, server: Server) -> list[Message]:
        """The one that is declared."""
        return [filled(self.declared.ping, server.params)] if self.declared.ping else []

    def read(
        self, server: Server, outputs: Sequence[Output], message: Message, clips: Clips = NO_CLIPS
    ) -> list[Report]:
        """What each declared feedback says of each output, for which its address is meant."""
        address, found = message.address.lower(), []
        for feedback in self.declared.hear:
            head, pattern = _pattern(feedback.address)
            if address.startswith(head) and (match := pattern.fullmatch(message.address)):
                for output in outputs:
                    may = clips.get(output.id, ())
                    found += self._reports(feedback, match, server, output, message, may)
        return found

    def _reports(
        self,
        feedback: Feedback,
        match: re.Match[str],
        server: Server,
        output: Output,
        message: Message,
        clips: Sequence[Clip],
    ) -> list[Report]:
        places = match.groupdict()
        named = places.pop("clip", None)
        for name, word in places.items():
            given = output.params.get(name, server.params.get(name))
            if str(given).lower() != word.lower():
                return []
        clip = None if named is None else self._typed(named, clips)
        if clip is not None and not self.declared.replaces and clips and clip not in clips:
            return []  # another output's
        value = message.args[feedback.arg].value if feedback.arg < len(message.args) else None
        report = self.said(feedback, output.id, clip, value, clips)
        return [] if report is None else [report]

    def said(
        self,
        feedback: Feedback,
        output: str,
        clip: Clip | None,
        value: object,
        clips: Sequence[Clip] = (),
    ) -> Report | None:
        """What a value says."""
        match feedback.says:
            case "clip" | "playing":
                told = _yes(value, feedback.when)
                return Report(output=output, what=feedback.says, value=told, clip=clip)
            case "shows" | "ended":
                shown = self._typed(value, clips)
                if feedback.says == "ended":
                    return Report(output=output, what="clip", value=False, clip=shown)
                return Report(output=output, what="shows", value=shown is not None, clip=shown)
            case "clip_name":
                if isinstance(value, str):
                    return Report(output=output, what="clip_name", value=value, clip=clip)
            case "brightness" | "position" | "duration":
                number = _number(value)
                if number is not None:
                    scaled = number * feedback.scale
                    return Report(output=output, what=feedback.says, value=scaled, clip=clip)
            case "alive":
                pass
        return None

    def _typed(self, said: object, clips: Sequence[Clip]) -> Clip | None:
        """A clip as the night file has it; 0 and the empty text are none."""
        if (
            isinstance(said, bool)
            or not isinstance(said, int | float | str)
            or said in ("", 0, "0")
        ):
            return None
        text = str(int(said)) if isinstance(said, float) and said.is_integer() else str(said)
        for clip in clips:
            if str(clip) == text:
                return clip
        return int(text) if self.declared.clip.type == "i" and text.isdigit() else text

    def _params(self, server: Server, output: Output) -> Params:
        params: Params = {**server.params, **output.params}
        for name, param in self.declared.params.items():
            if name not in params and param.needed:
                raise Inexpressible(f"output {output.id}: params.{name} is missing")
            if name in params and not fits(param, params[name]):
                raise Inexpressible(f"output {output.id}: params.{name} cannot be {params[name]!r}")
        return params

    def _clip(self, clip: Clip | None) -> None:
        if clip is None or not fits(self.declared.clip, clip):
            raise Inexpressible(f"{clip!r} is no clip of {self.name}")


def fits(param: Param, value: object) -> bool:
    """Whether a value may be given for a param. A number is fit for text: TOML users write both."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return False
    if param.type == "s":
        return isinstance(value, str | int)
    if isinstance(value, str) or (param.type == "i" and not isinstance(value, int)):
        return False
    return param.least is None or value >= param.least


def _repeating(declared: Declared) -> dict[ActionKind, Repeating]:
    found: dict[ActionKind, Repeating] = {}
    kinds: tuple[ActionKind, ...] = ("play", "stop", "level", "blackout", "load", "seek")
    for kind in kinds:
        told = declared.actions.get(kind)
        if told is None and kind == "blackout":
            told = declared.actions.get("level") or declared.actions.get("stop")
        found[kind] = "unknown" if told is None else told.repeating
    return found


@lru_cache(maxsize=4096)
def _pattern(address: str) -> tuple[str, re.Pattern[str]]:
    """How an address begins, and all of it: a place is one part or less, `*` any run within one."""
    escaped = _PLACE.sub(r"(?P<\1>[^/]+)", re.escape(address)).replace(r"\*", "[^/]*")
    head = re.split(r"[{*]", address, maxsplit=1)[0]
    return head.lower(), re.compile(escaped, re.IGNORECASE)


def _yes(value: object, when: tuple[object, ...]) -> bool:
    return value in when if when else bool(value)


def _number(value: object) -> float | None:
    """A number, or the seconds of a time written as 00:09:20.00."""
    if isinstance(value, str) and (found := _TIMECODE.fullmatch(value)):
        hours, minutes, seconds, rest = map(int, found.groups())
        return hours * 3600 + minutes * 60 + seconds + rest / _FRAMES
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)
