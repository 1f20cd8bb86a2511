"""The doors that a GO comes by, each asked in the plainest way, over a connection that stays."""

from __future__ import annotations

import http.client
import itertools
import json
import socket
import time
from pathlib import Path
from typing import Any

from websockets.sync.client import connect, unix_connect

from show_control import osc
from show_control.events import Call
from show_control.link import CallFrame, Hello, Reply, Welcome, socket_path
from show_control.link.frames import FromPlayer, from_player, pack
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


class BareSocket:
    """A WebSocket to the bare forwarder; `send` gives when it was sent, when answered."""

    def __init__(self, port: int) -> None:
        self._socket = connect(f"ws://127.0.0.1:{port}/", compression=None)

    def send(self, clip: int) -> tuple[int, int]:
        body = json.dumps({"clip": clip})
        sent = time.clock_gettime_ns(time.CLOCK_BOOTTIME)
        self._socket.send(body)
        self._socket.recv()
        return sent, time.clock_gettime_ns(time.CLOCK_BOOTTIME)


class Live:
    """GO as a frame of the live feed's socket, signed in by a cookie, as the page has it."""

    def __init__(self, port: int, cookie: str) -> None:
        address = f"ws://127.0.0.1:{port}/api/v1/live"
        headers = {"Cookie": cookie}
        self._socket = connect(
            address, additional_headers=headers, compression=None, max_size=None, max_queue=None
        )
        self._socket.recv()

    def call(self, fields: dict[str, Any]) -> tuple[int, int, dict[str, Any]]:
        """When it was sent, when answered, and the answer."""
        body = json.dumps({"call": fields})
        self._read_on()
        sent = time.clock_gettime_ns(time.CLOCK_BOOTTIME)
        self._socket.send(body)
        while "answer" not in (frame := json.loads(self._socket.recv())):
            pass
        answered = time.clock_gettime_ns(time.CLOCK_BOOTTIME)
        if frame["status"] != 200:
            raise RuntimeError(frame["answer"])
        return sent, answered, frame["answer"]

    def _read_on(self) -> None:
        """What came meanwhile, as a page does; it is not pressed with frames unread."""
        while True:
            try:
                self._socket.recv(timeout=0)
            except TimeoutError:
                return


class Link:
    """The player's link, a WebSocket on a Unix socket of its owner's, as the console has it."""

    def __init__(self, folder: Path) -> None:
        self._ids = itertools.count(1)
        self._socket = unix_connect(str(socket_path(folder)), compression=None, max_size=None)
        self._socket.send(pack(Hello(name="benchmark", ceiling="call")))
        while not isinstance(self._heard(), Welcome):
            pass

    def call(self, call: Call) -> tuple[int, int, Reply]:
        """When it was sent, when answered, and the answer."""
        number, made = next(self._ids), time.clock_gettime_ns(time.CLOCK_BOOTTIME)
        self._socket.send(pack(CallFrame(id=number, call=call, made=made)))
        while not (isinstance(told := self._heard(), Reply) and told.id == number):
            pass
        if not told.answer.accepted:
            raise RuntimeError(told.answer.reason)
        return made, time.clock_gettime_ns(time.CLOCK_BOOTTIME), told

    def _heard(self) -> FromPlayer:
        message = self._socket.recv()
        return from_player(message if isinstance(message, bytes) else b"")


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
