"""QLab, by https://qlab.app/docs/v5/scripting/osc-dictionary-v5: cues by number, answers as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from show_control.model import Argument, Framing, Message, Millis


class QLabCore:
    """A workspace: any cue that is spoken of exists, unless `names` says which do.

    With a passcode nothing is done before a `/connect` that has it.
    """

    framing: Framing = "slip"

    def __init__(self, names: Mapping[str, str] | None = None, passcode: str | None = None) -> None:
        self._names = dict(names or {})
        self._passcode = passcode
        self.restart()

    def restart(self) -> None:
        """No cue runs, each has its opacity, nobody is connected."""
        self.running: dict[str, Millis] = {}
        self.opacity: dict[str, float] = {}
        self.replies = False
        self.connected = self._passcode is None

    def hear(self, message: Message, now: Millis) -> list[Message]:
        """Do it, and answer: a question always, all else after `/alwaysReply`."""
        values = [argument.value for argument in message.args]
        match message.address.strip("/").split("/"):
            case ["connect"]:
                return [self._connect(message.address, values)]
            case _ if not self.connected:
                return [_reply(message.address, "denied", None)]
            case ["alwaysReply"]:
                self.replies = values[:1] in ([1], [True])
                return [_reply(message.address, "ok", None)]
            case ["thump"]:
                return [_reply(message.address, "ok", None)]
            case ["cue", number, what]:
                return self._cue(message.address, number, what, values, now)
            case _:
                return [_reply(message.address, "error", None)] if self.replies else []

    def told(self, now: Millis) -> list[Message]:
        """Nothing that nobody asked for."""
        del now
        return []

    def _connect(self, address: str, values: list[Any]) -> Message:
        self.connected = self._passcode is None or values[:1] == [self._passcode]
        return _reply(address, "ok", "ok:view|edit|control" if self.connected else "badpass")

    def _cue(
        self, address: str, number: str, what: str, values: list[Any], now: Millis
    ) -> list[Message]:
        if self._names and number not in self._names:
            return [_reply(address, "error", None)]
        done = [_reply(address, "ok", None)] if self.replies else []
        match what, values:
            case "start", []:
                self.running.setdefault(number, now)
            case "load", []:
                pass
            case "loadActionAt", [int() | float() as seconds]:
                if number in self.running:
                    self.running[number] = now - round(seconds * 1000)
            case "stop", []:
                self.running.pop(number, None)
            case "opacity", [int() | float() as value]:
                self.opacity[number] = min(1.0, max(0.0, float(value)))
            case (("isRunning" | "opacity" | "name" | "actionElapsed" | "currentDuration"), []):
                return [_reply(address, "ok", self._value(number, what, now))]
            case _:
                return [_reply(address, "error", None)]
        return done

    def _value(self, number: str, what: str, now: Millis) -> object:
        since = self.running.get(number)
        return {
            "isRunning": since is not None,
            "opacity": self.opacity.get(number, 1.0),
            "name": self._names.get(number, f"Cue {number}"),
            "actionElapsed": 0.0 if since is None else (now - since) / 1000,
            "currentDuration": 60.0,
        }[what]


def _reply(address: str, status: str, data: object) -> Message:
    told: dict[str, Any] = {"workspace_id": "SIMULATED", "address": address, "status": status}
    if data is not None:
        told["data"] = data
    return Message(address=f"/reply{address}", args=(Argument(tag="s", value=json.dumps(told)),))
