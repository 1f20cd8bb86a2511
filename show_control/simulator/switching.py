"""What moves the picture between main and backup: a matrix, an input. It knows the night file's words alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from show_control.model import Argument, Framing, Message, Millis, Server, Switch, SwitchSays
from show_control.simulator.cores import Core


class SwitchingCore:
    """A server that is told which address of others is on; of all else, `core` is what it is."""

    def __init__(self, core: Core, switches: Iterable[Switch]) -> None:
        self.core = core
        self._switches = tuple(switches)
        self.restart()

    @property
    def framing(self) -> Framing | None:
        """As the server has it."""
        return self.core.framing

    def restart(self) -> None:
        """Every main is on again."""
        self.on = dict.fromkeys(range(len(self._switches)), "main")
        self.core.restart()

    def hear(self, message: Message, now: Millis) -> list[Message]:
        """A switch, or the question for one; else what the server itself does with it."""
        for n, switch in enumerate(self._switches):
            if message in (switch.main, switch.backup):
                self.on[n] = "main" if message == switch.main else "backup"
                return []
            if switch.says is not None and message == switch.says.ask:
                return [self._said(n, switch.says)]
        return self.core.hear(message, now)

    def told(self, now: Millis) -> list[Message]:
        """What nobody asks for is said at times."""
        said = [
            self._said(n, switch.says)
            for n, switch in enumerate(self._switches)
            if switch.says is not None and switch.says.ask is None
        ]
        return [*said, *self.core.told(now)]

    def _said(self, n: int, says: SwitchSays) -> Message:
        value = says.main if self.on[n] == "main" else says.backup
        args = [Argument(tag="i", value=0)] * says.arg
        return Message(address=says.address, args=(*args, _argument(value)))


def switches_of(servers: Sequence[Server], via: str) -> list[Switch]:
    """What a server is told of others."""
    return [s.on_air for s in servers if s.on_air is not None and s.on_air.via == via]


def _argument(value: float | str | bool) -> Argument:
    match value:
        case bool():
            return Argument(tag="T" if value else "F", value=value)
        case int():
            return Argument(tag="i", value=value)
        case float():
            return Argument(tag="f", value=value)
        case _:
            return Argument(tag="s", value=value)
