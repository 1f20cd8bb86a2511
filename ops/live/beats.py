"""The player's heartbeats, handed on to every client: encoded once, whatever each may see."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from show_control.clock import MILLI
from show_control.model import Millis


class Heartbeat(msgspec.Struct, frozen=True):
    """The player's own: when it beat, and what its journal had reached."""

    player_at: Millis
    term: int
    seq: int


class Beats:
    """The newest heartbeat and how many there were. Nobody else's: by them pages know that the
    player lives. `stopwatch` tells nanoseconds that only rise."""

    def __init__(self, stopwatch: Callable[[], int]) -> None:
        self.stopwatch = stopwatch
        self._heard_at = 0
        self.newest: Heartbeat | None = None
        self.count = 0
        self.frame = ""

    def relay(self, beat: Heartbeat) -> None:
        self._heard_at = self.stopwatch()
        self.newest = beat
        self.count += 1
        self.frame = msgspec.json.encode({"beat": beat}).decode()

    @property
    def at(self) -> Millis | None:
        """When the player last beat, by its own clock."""
        return None if self.newest is None else self.newest.player_at

    def player_now(self) -> float | None:
        """The player's clock as it is known here: its last beat, and what has passed since."""
        if self.newest is None:
            return None
        return self.newest.player_at + (self.stopwatch() - self._heard_at) / MILLI
