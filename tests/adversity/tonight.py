"""The example festival, moved so that its opening ceremony stands by at once, at ports of its own."""

from __future__ import annotations

import copy
import random
import socket
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import tomli_w

from ops.demo import STANDS_BY_IN
from ops.services.example import example, tonight
from schedules.nights.night_time import from_millis
from show_control.clock import SystemClock
from tests.adversity.wire import Side, port_of

Document = dict[str, Any]
Change = Callable[[Document], None]
RUN = "opening-ceremony"
AGO = timedelta(seconds=8)
"""The ceremony's time came a little ago: it stands by as soon as it is loaded."""
PORTS = range(20_000, 32_000)
"""Below those that the system gives to whoever asks for any."""


def opening_night(*changes: Change) -> Document:
    """The document of tonight, changed, with servers at free ports."""
    document = tonight(example(), from_millis(SystemClock().wall()) - AGO, STANDS_BY_IN)
    for change in changes:
        change(document)
    at_free_ports(document)
    return document


def countdown(duration: str) -> Change:
    """Cue 4 lasts this long: 6 follows it."""

    def change(document: Document) -> None:
        cues = document["sequences"][0]["cues"]
        next(c for c in cues if c["number"] == "4")["duration"] = duration

    return change


def chain_of(cues: int, every: int) -> Change:
    """One GO, and a chain of follows so many milliseconds apart: clip n at cue n."""
    facade = ["surface:facade"]

    def change(document: Document) -> None:
        document["sequences"][0]["cues"] = [
            {
                "number": str(n),
                "name": f"Number {n}",
                "continue": "follow" if n > 1 else "none",
                "do": [{"outputs": facade, "action": "play", "clip": n}],
                "duration": f"{every}ms",
            }
            for n in range(1, cues + 1)
        ]

    return change


def at_free_ports(document: Document) -> None:
    """Give each server's addresses and each feedback port a port that nobody has."""
    for server in document["servers"]:
        for key in ("main", "backup"):
            if key in server and server[key].startswith("tcp:"):
                server[key] = f"tcp://127.0.0.1:{free_port(socket.SOCK_STREAM)}"
            elif key in server:
                server[key] = f"udp://127.0.0.1:{free_port()}"
        if "feedback_port" in server:
            server["feedback_port"] = free_port()


def behind(document: Document) -> tuple[Document, dict[Side, int]]:
    """The same festival for the simulated servers behind a wire, and their ports.

    Those that are spoken to over TCP have no wire before them.
    """
    simulated = copy.deepcopy(document)
    for server in simulated["servers"]:
        server.pop("feedback_port", None)
    at_free_ports(simulated)
    direct = {s["id"]: s for s in document["servers"] if is_tcp(s)}
    simulated["servers"] = [direct.get(s["id"], s) for s in simulated["servers"]]
    ports = {
        (server["id"], which): port_of(server[which])
        for server in simulated["servers"]
        for which in ("main", "backup")
        if which in server and not is_tcp(server)
    }
    return simulated, ports


def is_tcp(server: dict[str, Any]) -> bool:
    return str(server["main"]).startswith("tcp:")


def free_port(kind: socket.SocketKind = socket.SOCK_DGRAM) -> int:
    """One that nobody has now; no two in this process are the same."""
    while True:
        port = random.choice(PORTS)  # noqa: S311 - other tests run beside these
        if port in _given:
            continue
        with socket.socket(socket.AF_INET, kind) as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        _given.add(port)
        return port


_given: set[int] = set()


def write(document: Document, path: Path) -> Path:
    """As a festival file."""
    path.write_text(tomli_w.dumps(document), "utf-8")
    return path
