"""The feed: the newest document, what changed in it since when, and who waits for more.

No history is kept: each top-level value knows the number at which it last changed, so that any
number of this feed can be resumed, and a slow client is given the newest state and never a queue.
Each frame is encoded once, and is the same string for all who are at the same number.
"""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec

from show_control.documents import Board
from show_control.model import Millis

KEYS = tuple(field.name for field in msgspec.structs.fields(Board))
_encoder = msgspec.json.Encoder()


class BoardDocument(Board, frozen=True, kw_only=True):
    """The board, with the feed that it is of and its number there.

    Another `feed` means that another service process answers: take its snapshot. `player_at` is
    the player's last heartbeat, null until there was one.
    """

    feed: str
    number: int
    player_at: Millis | None


class Heartbeat(msgspec.Struct, frozen=True):
    """The player's own: when it beat, and what its journal had reached."""

    player_at: Millis
    term: int
    seq: int


class Feed:
    """Publish and fan out. One for a process; `id` tells it from other processes' feeds."""

    def __init__(self, feed_id: str, board: Board) -> None:
        self.id = feed_id
        self.number = 0
        self.beats = 0
        self.beat: Heartbeat | None = None
        self.beat_frame = ""
        self._board = board
        self._values = {key: _raw(getattr(board, key)) for key in KEYS}
        self._changed_at = dict.fromkeys(KEYS, 0)
        self._frames: dict[int, str] = {}
        self._snapshot: str | None = None
        self._moved = asyncio.Event()

    @property
    def board(self) -> Board:
        return self._board

    def publish(self, board: Board) -> bool:
        """Take a new board; False if it is the one before."""
        changed = [key for key in KEYS if getattr(board, key) != getattr(self._board, key)]
        self._board = board
        if not changed:
            return False
        self.number += 1
        for key in changed:
            self._values[key] = _raw(getattr(board, key))
            self._changed_at[key] = self.number
        self._frames.clear()
        self._move()
        return True

    def relay(self, beat: Heartbeat) -> None:
        """Hand on the player's heartbeat. Nobody else's: it is how pages know that it lives."""
        self.beat = beat
        self.beats += 1
        self.beat_frame = _text({"beat": beat})
        self._move()

    def snapshot(self) -> str:
        """The whole document, a BoardDocument."""
        if self._snapshot is None:
            at = self.beat.player_at if self.beat else None
            head = {"feed": self.id, "number": self.number, "player_at": at}
            self._snapshot = _text(head | self._values)
        return self._snapshot

    def since(self, number: int) -> str:
        """One frame with what changed after that number."""
        frame = self._frames.get(number)
        if frame is None:
            changes = {k: v for k, v in self._values.items() if self._changed_at[k] > number}
            frame = _text({"number": self.number, "changes": changes})
            self._frames[number] = frame
        return frame

    def resumable(self, feed_id: str | None, number: int | None) -> bool:
        return feed_id == self.id and number is not None and 0 <= number <= self.number

    async def moved(self) -> None:
        """Wait until there is something new."""
        await self._moved.wait()

    def _move(self) -> None:
        self._snapshot = None
        waiting, self._moved = self._moved, asyncio.Event()
        waiting.set()


def _raw(value: Any) -> msgspec.Raw:
    return msgspec.Raw(_encoder.encode(value))


def _text(frame: Any) -> str:
    return _encoder.encode(frame).decode()
