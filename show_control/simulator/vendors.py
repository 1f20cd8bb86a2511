"""disguise, Millumin and WATCHOUT as their vendors' pages describe them; the dialects name the pages."""

from __future__ import annotations

from typing import Any

from show_control.model import Argument, Framing, Message, Millis


class DisguiseCore:
    """One transport. It answers nothing and tells all the time; with `slashless` as some versions do."""

    framing: Framing | None = None

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """The first track, stopped, at full brightness."""
        self.track = "Track 1"
        self.mode = "Stop"
        self.brightness = 1.0
        self.since: Millis = 0
        self._beat = 0.0

    def hear(self, message: Message, now: Millis) -> list[Message]:
        """A command acts with no argument, with one that is no float, or with a float that is exactly 1.0."""
        values = [argument.value for argument in message.args]
        what = message.address.removeprefix("/d3/showcontrol/")
        acts = not (message.args and message.args[0].tag == "f") or values[0] == 1.0
        match what, values:
            case "trackname", [str() as name]:
                self.track, self.since = name, now
            case "brightness", [int() | float() as value]:
                self.brightness = min(1.0, max(0.0, float(value)))
            case "play", _ if acts:
                self.mode, self.since = "Play", now
            case "stop", _ if acts:
                self.mode = "Stop"
            case _:
                pass
        return []

    def told(self, now: Millis) -> list[Message]:
        """Everything, and a heartbeat that differs from the last."""
        self._beat = (self._beat + 0.1) % 1.0
        hundredths = 0 if self.mode == "Stop" else max(0, now - self.since) // 10
        seconds, rest = divmod(hundredths, 100)
        position = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:02}"
        told: dict[str, Argument] = {
            "heartbeat": Argument(tag="f", value=self._beat),
            "trackname": Argument(tag="s", value=self.track),
            "playmode": Argument(tag="s", value=self.mode),
            "brightness": Argument(tag="f", value=self.brightness),
            "trackposition": Argument(tag="s", value=position),
        }
        return [Message(address=f"/d3/showcontrol/{k}", args=(v,)) for k, v in told.items()]


class MilluminCore:
    """A board of columns, and layers with an opacity; `/millumin` may be left out in what it hears."""

    framing: Framing | None = None

    def __init__(self, names: dict[int, str] | None = None) -> None:
        self._names = dict(names or {})
        self.restart()

    def restart(self) -> None:
        """No column launched, every layer at full opacity."""
        self.column = 0
        self.since: Millis = 0
        self.opacity: dict[str, float] = {}

    def hear(self, message: Message, now: Millis) -> list[Message]:
        """A column, an opacity, or a question."""
        values: list[Any] = [argument.value for argument in message.args]
        address = message.address.removeprefix("/millumin").strip("/")
        match address.split("/"), values:
            case ["action", "launchColumn"], [int() as column]:
                self.column, self.since = column, now
                return [self._launched()]
            case ["action", "goToTime"], [int() | float() as seconds]:
                self.since = now - round(seconds * 1000)
            case ["action", "stopColumn"], _:
                stopped = Argument(tag="i", value=self.column)
                self.column = 0
                return [Message(address="/millumin/board/stoppedColumn", args=(stopped,))]
            case ["ping"], _:
                return [self._launched()]
            case [layer, "opacity"], [int() | float() as value]:
                self.opacity[layer] = min(1.0, max(0.0, float(value)))
            case [layer, "opacity", "?"], _:
                opacity = Argument(tag="f", value=self.opacity.get(layer, 1.0))
                return [
                    Message(address=f"/millumin/{layer}/opacity", args=(opacity,)),
                    *self._time(layer, now),
                ]
            case _:
                pass
        return []

    def told(self, now: Millis) -> list[Message]:
        """The time of each layer that was spoken of."""
        return [message for layer in self.opacity for message in self._time(layer, now)]

    def _launched(self) -> Message:
        name = self._names.get(self.column, f"Column {self.column}" if self.column else "")
        args = (Argument(tag="i", value=self.column), Argument(tag="s", value=name))
        return Message(address="/millumin/board/launchedColumn", args=args)

    def _time(self, layer: str, now: Millis) -> list[Message]:
        if not self.column:
            return []
        args = (
            Argument(tag="f", value=(now - self.since) / 1000),
            Argument(tag="f", value=60.0),
        )
        return [Message(address=f"/millumin/{layer}/media/time", args=args)]


class WatchoutCore:
    """Timelines that play; every other address is a variable, of numbers alone."""

    framing: Framing = "length"

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Nothing plays, no variable is set."""
        self.playing: set[int] = set()
        self.variables: dict[str, float] = {}

    def hear(self, message: Message, now: Millis) -> list[Message]:
        """It answers nothing."""
        del now
        match message.address.strip("/").split("/"):
            case ["wo", "play" | "run", timeline] if timeline.isdigit():
                self.playing.add(int(timeline))
            case ["wo", "stop" | "pause", timeline] if timeline.isdigit():
                self.playing.discard(int(timeline))
            case _:
                for n, argument in enumerate(message.args):
                    if argument.tag in ("i", "f") and isinstance(argument.value, int | float):
                        self.variables[f"{message.address}/{n}"] = argument.value
        return []

    def told(self, now: Millis) -> list[Message]:
        """Nothing."""
        del now
        return []
