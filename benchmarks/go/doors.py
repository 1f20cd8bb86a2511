"""The doors that a GO comes by, each asked in the plainest way, over a connection that stays."""

from __future__ import annotations

import http.client
import json
import socket
import time
from typing import Any

from show_control import osc
from show_control.model import Argument


class Http:
    """POSTs with a body of JSON; `post` gives when it was sent, when answered, and the answer."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        self._headers = {"Content-Type": "application/json"} | (
            {"Cookie": cookie} if cookie else {}
        )

    def post(self, path: str, body: dict[str, Any]) -> tuple[int, int, dict[str, Any]]:
        encoded = json.dumps(body).encode()
        sent = time.clock_gettime_ns(time.CLOCK_BOOTTIME)
        self._connection.request("POST", path, encoded, self._headers)
        answer = self._connection.getresponse()
        told = answer.read()
        answered = time.clock_gettime_ns(time.CLOCK_BOOTTIME)
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {told.decode()}")
        return sent, answered, json.loads(told)


class Osc:
    """Datagrams; `send` gives when it was sent."""

    def __init__(self, port: int) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.connect(("127.0.0.1", port))

    def send(self, clip: int) -> int:
        packet = osc.encode("/go", (Argument(tag="i", value=clip),))
        sent = time.clock_gettime_ns(time.CLOCK_BOOTTIME)
        self._socket.send(packet)
        return sent


class Remote:
    """GO by the player's own OSC remote; `go` gives when it was sent, when answered, the cue and the count."""

    def __init__(self, port: int) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.settimeout(10)
        self._socket.connect(("127.0.0.1", port))
        self._ask("/lamplighter/connect", Argument(tag="s", value=PASSCODE))

    def go(self) -> tuple[int, int, int, int]:
        sent, answered, told = self._ask("/lamplighter/go")
        what, why, _, cue, count = told[1:6]
        if what != "done":
            raise RuntimeError(f"{what}: {why}")
        return sent, answered, int(cue), int(count)

    def _ask(self, address: str, *args: Argument) -> tuple[int, int, list[Any]]:
        packet = osc.encode(address, args)
        sent = time.clock_gettime_ns(time.CLOCK_BOOTTIME)
        self._socket.send(packet)
        reply = self._socket.recv(65536)
        answered = time.clock_gettime_ns(time.CLOCK_BOOTTIME)
        return sent, answered, [argument.value for argument in osc.decode(reply)[0].args]


PASSCODE = "7391"
