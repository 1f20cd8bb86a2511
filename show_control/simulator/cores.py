"""What media servers do: a message in, messages out. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final, Protocol

from show_control.model import Argument, Framing, Message, Millis


class Core(Protocol):
    """One media server: what it does with a message, and what it answers."""

    @property
    def framing(self) -> Framing | None:
        """How packets lie in its TCP stream, where it has one."""
        ...

    def hear(self, message: Message, now: Millis) -> list[Message]:
        """Do it; the answers."""
        ...

    def told(self, now: Millis) -> list[Message]:
        """What it says at times, whoever listens."""
        ...

    def restart(self) -> None:
        """Forget everything, as the program does that was started anew."""
        ...


LASTS: Final = 60.0
"""Seconds of every simulated clip, which then begins again."""


class ResolumeCore:
    """https://www.resolume.com/support/en/osc: layers with clips, counted from 1.

    `names` has the clips that are loaded, by layer and column. Connecting an empty place is taken as
    loading it, since night files need not name their clips.
    """

    def __init__(self, names: dict[tuple[int, int], str] | None = None) -> None:
        self._loaded = dict(names or {})
        self.restart()

    def restart(self) -> None:
        """No clip connected, every layer at full opacity."""
        self._names = dict(self._loaded)
        self.connected: dict[int, int] = {}
        self.since: dict[int, Millis] = {}
        self.opacity: dict[int, float] = {}

    framing: Framing | None = None

    def told(self, now: Millis) -> list[Message]:
        """Nothing."""
        del now
        return []

    def hear(self, message: Message, now: Millis = 0) -> list[Message]:
        """A press, a value, or a question with its answers."""
        values = [argument.value for argument in message.args]
        if values == ["?"]:
            return self._answers(message.address, now)
        parts = message.address.strip("/").split("/")
        match parts:
            case ["composition", "layers", layer, "clips", clip, "connect"]:
                if layer.isdigit() and clip.isdigit() and _pressed(values):
                    self._names.setdefault((int(layer), int(clip)), f"Clip {clip}")
                    self.connected[int(layer)] = int(clip)
                    self.since[int(layer)] = now
            case ["composition", "layers", layer, "clear"]:
                if layer.isdigit() and _pressed(values):
                    self.connected.pop(int(layer), None)
            case ["composition", "layers", layer, "video", "opacity"]:
                if layer.isdigit():
                    self._fade(int(layer), values)
            case _:
                pass
        return []

    def _fade(self, layer: int, values: list[Any]) -> None:
        now = self.opacity.get(layer, 1.0)
        match values:
            case [int() | float() as value] | ["a", int() | float() as value]:
                now = value
            case ["+", int() | float() as value]:
                now += value
            case ["-", int() | float() as value]:
                now -= value
            case ["*", int() | float() as value]:
                now *= value
            case _:
                pass
        self.opacity[layer] = min(1.0, max(0.0, float(now)))

    def _answers(self, asked: str, now: Millis) -> list[Message]:
        pattern = _pattern(asked)
        return [
            Message(address=address, args=(argument,))
            for address, argument in self._parameters(asked, now)
            if pattern.fullmatch(address)
        ]

    def _parameters(self, asked: str, now: Millis) -> Iterable[tuple[str, Argument]]:
        """All that can be asked; a layer that is asked for exists."""
        layers = {1, *(layer for layer, _ in self._names), *self.opacity}
        if found := re.match(r"/composition/layers/(\d+)/", asked):
            layers.add(int(found[1]))
        columns = max((clip for _, clip in self._names), default=1)
        for layer in sorted(layers):
            here = f"/composition/layers/{layer}"
            opacity = self.opacity.get(layer, 1.0)
            yield f"{here}/video/opacity", Argument(tag="f", value=opacity)
            for clip in range(1, columns + 1):
                name = self._names.get((layer, clip))
                state = 0 if name is None else 3 if self.connected.get(layer) == clip else 1
                yield f"{here}/clips/{clip}/connected", Argument(tag="i", value=state)
                yield f"{here}/clips/{clip}/name", Argument(tag="s", value=name or "")
                if name is not None:
                    ran = (now - self.since.get(layer, now)) / 1000 if state == 3 else 0.0
                    place = f"{here}/clips/{clip}/transport/position"
                    yield place, Argument(tag="f", value=ran % LASTS / LASTS)
                    yield f"{place}/behaviour/duration", Argument(tag="f", value=LASTS)


class GenericCore:
    """Takes any OSC and answers nothing; `heard` has all that it took."""

    def __init__(self, framing: Framing = "slip") -> None:
        self.framing: Framing | None = framing
        self.heard: list[Message] = []

    def told(self, now: Millis) -> list[Message]:
        """Nothing."""
        del now
        return []

    def restart(self) -> None:
        """It has heard nothing yet."""
        self.heard.clear()

    def hear(self, message: Message, now: Millis = 0) -> list[Message]:
        """Remember it."""
        del now
        self.heard.append(message)
        return []


def _pressed(values: list[Any]) -> bool:
    return bool(values) and values[0] in (1, 1.0, True)


def _pattern(asked: str) -> re.Pattern[str]:
    """`*` stands for any run of characters within one part of an address."""
    return re.compile(re.escape(asked).replace(r"\*", "[^/]*"))
