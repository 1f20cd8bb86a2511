"""A whole installation: PostgreSQL, player and service, as `lamplighter run` starts them."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

NAME, PASSWORD = "Kim", "a lamp at the quay"
PATIENCE = 90.0


class Installation:
    """Runs while the block does; a person may sign in."""

    def __init__(self, settings: str = "") -> None:
        """`settings`: the text of its lamplighter.toml."""
        self.data = Path(tempfile.mkdtemp(prefix="lamplighter-"))
        self.port = free_port()
        (self.data / "lamplighter.toml").write_text(settings, "utf-8")

    def __enter__(self) -> Self:
        said = (self.data / "said.txt").open("wb")
        self._process = subprocess.Popen(
            [*_OPS, "run", "--port", str(self.port), "--data-dir", str(self.data)],
            stdout=said,
            stderr=said,
        )
        _until((self.data / "player" / "link.sock").exists)
        _until(self._serves)
        subprocess.run(
            [*_OPS, "person", "add", NAME, "--data-dir", str(self.data)],
            env={**os.environ, "LAMPLIGHTER_PASSWORD": PASSWORD},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        _until(self._signs_in)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(60)
        shutil.rmtree(self.data)

    def _serves(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def _signs_in(self) -> bool:
        """Not before the service has found its database."""
        try:
            return bool(signed_in(self.port))
        except RuntimeError:
            return False


_OPS = (sys.executable, "-m", "ops")


def signed_in(port: int) -> str:
    """A cookie for the person, from the service at a port."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    body = json.dumps({"name": NAME, "password": PASSWORD})
    connection.request("POST", "/api/v1/session", body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    told = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"signing in: {answer.status} {told.decode()}")
    return (answer.getheader("Set-Cookie") or "").split(";", 1)[0]


def free_port() -> int:
    """One that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _until(so: Callable[[], bool]) -> None:
    last = time.monotonic() + PATIENCE
    while not so():
        if time.monotonic() > last:
            raise TimeoutError("the installation does not come up")
        time.sleep(0.05)
