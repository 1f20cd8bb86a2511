"""What was heard of the feed, put together: the document as it is now, and how old that is. Pure."""

from __future__ import annotations

from typing import Any

import msgspec

from show_control.clock import MILLI
from show_control.documents import Board
from show_control.model import Millis

STALE_AFTER: Millis = 2000
"""Without the player's heartbeat for so long, what is shown is the past."""


class Watched:
    """Frames are taken as they come, with the stopwatch's nanoseconds when they did."""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}
        self._player_at: Millis | None = None
        self._beat_at = 0
        self.board: Board | None = None

    @property
    def resume(self) -> tuple[str, int] | None:
        """The feed and the number that are here."""
        return (self._values["feed"], self._values["number"]) if self._values else None

    def take(self, frame: str, now: int) -> None:
        """Raises msgspec.MsgspecError where the service is of another version."""
        said = msgspec.json.decode(frame)
        if "beat" in said:
            self._beat(said["beat"]["player_at"], now)
        elif "changes" in said:
            self._values |= said["changes"] | {"number": said["number"]}
            self.board = msgspec.convert(self._values, Board)
        elif "feed" in said:
            self._values = said
            self.board = msgspec.convert(said, Board)
            if self._player_at is None and said["player_at"] is not None:
                self._beat(said["player_at"], now)

    def _beat(self, player_at: Millis, now: int) -> None:
        self._player_at, self._beat_at = player_at, now

    def age(self, now: int) -> Millis | None:
        """Since the player was heard; None before it was."""
        return None if self._player_at is None else (now - self._beat_at) // MILLI

    def stale(self, now: int) -> bool:
        age = self.age(now)
        return age is None or age > STALE_AFTER

    def player_now(self, now: int) -> Millis | None:
        """The player's clock, as far as its last heartbeat and our own stopwatch tell."""
        if self._player_at is None:
            return None
        return self._player_at + (now - self._beat_at) // MILLI
