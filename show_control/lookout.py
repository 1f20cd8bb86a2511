"""Looking out for simulators to rehearse with: a file in the data folder says where they listen.

Whoever serves them holds the file locked as long as it lives, however it ends. A file that nobody holds
says nothing.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from show_control.events import SimulatorsFound
from show_control.model import Millis, Simulator
from show_control.player import Player

NAME = "simulators.json"
LOOK_EVERY: Millis = 1000


class AlreadyThere(Exception):
    """Somebody else simulates for rehearsals in this data folder."""


class Announced:
    """Tells the player of a data folder where simulators listen, until closed."""

    def __init__(self, data_dir: Path, simulators: Mapping[str, Simulator]) -> None:
        """Raises AlreadyThere, OSError."""
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._fd = os.open(data_dir / NAME, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._fd)
            raise AlreadyThere(f"servers are simulated for {data_dir} already") from None
        os.ftruncate(self._fd, 0)
        os.pwrite(self._fd, msgspec.json.encode(simulators), 0)

    def close(self) -> None:
        """They are gone."""
        os.close(self._fd)


def there(data_dir: Path) -> dict[str, Simulator]:
    """The simulators that listen now, by the server that they stand for."""
    try:
        with (data_dir / NAME).open("rb") as told:
            fcntl.flock(told, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _read(data_dir / NAME)
    except OSError:
        pass  # there is no such file
    return {}


def _read(path: Path) -> dict[str, Simulator]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Simulator])
    except (OSError, msgspec.MsgspecError):
        return {}  # it is being written


class Lookout:
    """A door of the player by which it learns which simulators are there."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._next: Millis = 0

    def next_at(self) -> Millis | None:
        """When it looks again."""
        return self._next

    def turn(self, player: Player) -> None:
        """Look, and tell of what has changed."""
        now = player.clock.now()
        if now < self._next:
            return
        self._next = now + LOOK_EVERY
        found = there(self._data_dir)
        if found != player.state.simulators:
            player.take(SimulatorsFound(simulators=found))

    def sockets_to_read(self) -> list[Any]:
        """None."""
        return []

    def sockets_to_write(self) -> list[Any]:
        """None."""
        return []

    def has_more(self, player: Player) -> bool:
        """Never."""
        del player
        return False

    def ready(self, player: Player, readable: list[Any], writable: list[Any]) -> None:
        """Never."""
