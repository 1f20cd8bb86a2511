"""Pixera's own API by its documentation, revision 349: the Compound functions, in JSON-RPC 2.0.

Over `udp://` it takes OSC and answers nothing.
"""

from __future__ import annotations

import json
from typing import Any

from show_control.model import Framing, Message, Millis


class PixeraCore:
    """Timelines by name: any that is spoken of exists, unless `names` says which do."""

    framing: Framing = "pxr1"

    def __init__(self, names: set[str] | None = None) -> None:
        self._names = names
        self.restart()

    def restart(self) -> None:
        """Every timeline stopped, at its beginning, at full opacity."""
        self.mode: dict[str, int] = {}
        self.opacity: dict[str, float] = {}
        self.since: dict[str, Millis] = {}

    def hear(self, message: Message, now: Millis) -> list[Message]:
        """What came as OSC."""
        match message.address.strip("/").split("/"):
            case ["pixera", "timeline", name, "play" | "stop" as what]:
                self._set_mode(name, 1 if what == "play" else 3, now)
            case _:
                pass
        return []

    def told(self, now: Millis) -> list[Message]:
        """Nothing."""
        del now
        return []

    def answer(self, packet: bytes, now: Millis) -> list[bytes]:
        """What came as a request of the API: its reply."""
        try:
            asked = json.loads(packet)
            method, params = str(asked["method"]), dict(asked.get("params") or {})
        except (ValueError, KeyError, TypeError):
            return []
        reply: dict[str, Any] = {"jsonrpc": "2.0", "id": asked.get("id")}
        try:
            reply["result"] = self._call(method, params, now)
        except KeyError as missing:
            reply["error"] = {"code": -32601, "message": f"there is no {missing}"}
        return [json.dumps(reply).encode()]

    def _call(self, method: str, params: dict[str, Any], now: Millis) -> object:
        if method == "Pixera.Utility.getApiRevision":
            return 349
        name = str(params["timelineName"])
        if self._names is not None and name not in self._names:
            raise KeyError(name)
        match method.removeprefix("Pixera.Compound."):
            case "setTransportModeOnTimeline":
                self._set_mode(name, int(params["mode"]), now)
                return None
            case "getTransportModeOnTimeline":
                return self.mode.get(name, 3)
            case "setOpacityOnTimeline":
                self.opacity[name] = float(params["opacity"])
                return None
            case "getOpacityOnTimeline":
                return self.opacity.get(name, 1.0)
            case "setCurrentTimeOfTimelineInSeconds":
                self.since[name] = now - round(float(params["time"]) * 1000)
                return None
            case "getCurrentTimeOfTimelineInSeconds":
                return (now - self.since.get(name, now)) / 1000
            case _:
                raise KeyError(method)

    def _set_mode(self, name: str, mode: int, now: Millis) -> None:
        self.mode[name] = mode
        if mode == 1:
            self.since.setdefault(name, now)
        elif mode == 3:
            self.since.pop(name, None)
