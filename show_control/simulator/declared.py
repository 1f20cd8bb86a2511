"""A server of a dialect that a user declared: what it is told, it shows; what it is asked, it says.

It knows the declaration alone, so it shows how a night would run, and not that the declaration is true.
"""

from __future__ import annotations

import re
from typing import Any

from show_control.model import Argument, Declared, Feedback, Framing, Message, Millis

_PLACE = re.compile(r"\\{(\w+)\\}")
_NAME = re.compile(r"\{(\w+)\}")


class Head:
    """What one set of params shows."""

    def __init__(self) -> None:
        self.clip: int | str | None = None
        self.level = 1.0
        self.since: Millis = 0


class DeclaredCore:
    """Heads by their params, as messages come to name them."""

    def __init__(self, declared: Declared) -> None:
        self._declared = declared
        self.framing: Framing | None = declared.tcp
        self.restart()

    def restart(self) -> None:
        """Nothing shows."""
        self.heads: dict[tuple[tuple[str, str], ...], Head] = {}

    def hear(self, message: Message, now: Millis) -> list[Message]:
        """An action or a question."""
        for kind, told in self._declared.actions.items():
            for form in told.send:
                if (found := _matched(form, message)) is not None:
                    self._act(kind, found, now)
                    return []
        asked = [*self._declared.ask, *([self._declared.ping] if self._declared.ping else [])]
        for form in asked:
            if (found := _matched(form, message)) is not None:
                return self._answers(form.address, found, now)
        return []

    def told(self, now: Millis) -> list[Message]:
        """All that is declared to be heard, of each head, where it tells unasked."""
        if not self._declared.tells:
            return []
        found = [dict(params) for params in self.heads] or [{}]
        addresses = dict.fromkeys(f.address for f in self._declared.hear)
        return [m for params in found for a in addresses for m in self._says(a, params, now)]

    def _act(self, kind: str, found: dict[str, Any], now: Millis) -> None:
        head = self._head(found)
        match kind:
            case "play":
                head.clip, head.since = found.get("clip", head.clip), now
            case "stop":
                if "clip" not in found or str(found["clip"]) == str(head.clip):
                    head.clip = None
            case "seek":
                head.since = now - _millis(found)
            case "load":
                pass
            case "level":
                head.level = float(found.get("value", head.level))
            case _:
                head.level = 0.0

    def _head(self, found: dict[str, Any]) -> Head:
        params = {k: str(v) for k, v in found.items() if k in self._declared.params}
        return self.heads.setdefault(tuple(sorted(params.items())), Head())

    def _answers(self, address: str, found: dict[str, Any], now: Millis) -> list[Message]:
        return self._says(address, found, now) or [
            Message(address=_written(address, found), args=(Argument(tag="i", value=1),))
        ]

    def _says(self, address: str, found: dict[str, Any], now: Millis) -> list[Message]:
        """One message with all that is declared to be heard from an address."""
        head = self._head(found)
        clip = found.get("clip", head.clip)
        meant = {f.arg: f for f in self._declared.hear if f.address == address}
        if not meant or ("{clip}" in address and clip is None):
            return []
        args = tuple(
            _argument(self._value(meant[n], head, clip, now) if n in meant else 0)
            for n in range(max(meant) + 1)
        )
        return [Message(address=_written(address, {**found, "clip": clip}), args=args)]

    def _value(self, feedback: Feedback, head: Head, clip: object, now: Millis) -> Any:
        shows = head.clip is not None and str(clip) == str(head.clip)
        yes = feedback.when[0] if feedback.when else 1
        return {
            "clip": yes if shows else 0,
            "playing": yes if head.clip is not None else 0,
            "shows": "" if head.clip is None else head.clip,
            "brightness": head.level / feedback.scale,
            "position": (now - head.since) / 1000 / feedback.scale,
        }.get(feedback.says, 0)


def _millis(found: dict[str, Any]) -> Millis:
    """The place that a `seek` says, in either of its units."""
    return round(float(found.get("seconds", 0)) * 1000) or round(float(found.get("fade", 0)))


def _matched(form: Message, message: Message) -> dict[str, Any] | None:
    """The places of a declared message as a message fills them; None where it is another."""
    pattern = _PLACE.sub(r"(?P<\1>[^/]+)", re.escape(form.address))
    found = re.fullmatch(pattern, message.address)
    if found is None or len(form.args) != len(message.args):
        return None
    places: dict[str, Any] = dict(found.groupdict())
    for declared, given in zip(form.args, message.args, strict=True):
        place = _NAME.fullmatch(declared.value) if isinstance(declared.value, str) else None
        if place is not None:
            places[place[1]] = given.value
        elif declared.value not in (given.value, None) and not _close(declared.value, given.value):
            return None
    return places


def _close(a: Any, b: Any) -> bool:
    return isinstance(a, int | float) and isinstance(b, int | float) and abs(a - b) < 1e-6


def _written(text: str, found: dict[str, Any]) -> str:
    return _NAME.sub(lambda place: str(found.get(place[1], "")), text)


def _argument(value: Any) -> Argument:
    if isinstance(value, bool):
        return Argument(tag="T" if value else "F", value=value)
    if isinstance(value, int):
        return Argument(tag="i", value=value)
    return Argument(tag="f" if isinstance(value, float) else "s", value=value)
