"""One document of the feed: the newest, what changed in it since when, each frame encoded once.

No history is kept: each top-level value knows the number at which it last changed, so that any
number of this feed can be resumed, and a slow client is given the newest state and never a queue.
"""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

from ops.live.beats import Beats
from show_control.documents import Board
from show_control.model import Millis

KEYS = tuple(field.name for field in msgspec.structs.fields(Board))
NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_encoder = msgspec.json.Encoder()


class BoardDocument(Board, frozen=True, kw_only=True):
    """The board, with the feed that it is of and its number there.

    Another `feed` means that its numbers are others: take its snapshot. `player_at` is the
    player's last heartbeat, null until there was one.
    """

    feed: str
    number: int
    player_at: Millis | None


class Feed:
    """A board that changes, and its frames. The same string is for all who are at one number."""

    def __init__(self, feed_id: str, board: Board, beats: Beats) -> None:
        self.id = feed_id
        self.number = 0
        self.board = board
        self.heartbeats = beats
        self._values = {key: _raw(getattr(board, key)) for key in KEYS}
        self._changed_at = dict.fromkeys(KEYS, 0)
        self._frames: dict[int, str] = {}
        self._snapshot: tuple[int, int, str] | None = None

    def publish(self, board: Board) -> bool:
        """Take a new board; False if it is the one before."""
        changed = [key for key in KEYS if getattr(board, key) != getattr(self.board, key)]
        self.board = board
        if not changed:
            return False
        self.number += 1
        for key in changed:
            self._values[key] = _raw(getattr(board, key))
            self._changed_at[key] = self.number
        self._frames.clear()
        return True

    def snapshot(self) -> str:
        """The whole document, a BoardDocument."""
        now = (self.number, self.heartbeats.count)
        if self._snapshot is None or self._snapshot[:2] != now:
            head = {"feed": self.id, "number": self.number, "player_at": self.heartbeats.at}
            self._snapshot = (*now, text(head | self._values))
        return self._snapshot[2]

    def since(self, number: int) -> str:
        """One frame with what changed after that number."""
        frame = self._frames.get(number)
        if frame is None:
            changes = {k: v for k, v in self._values.items() if self._changed_at[k] > number}
            frame = plain(text({"number": self.number, "changes": changes}))
            self._frames[number] = frame
        return frame

    def resumable(self, feed_id: str | None, number: int | None) -> bool:
        return feed_id == self.id and number is not None and 0 <= number <= self.number


def text(frame: Any) -> str:
    return _encoder.encode(frame).decode()


def plain(frame: str) -> str:
    """The same JSON in ASCII. The server encodes a text once more for each client that it sends it
    to: of ASCII that is a copy, of anything else it would cost a sixth of the whole sending."""
    return NOT_ASCII.sub(lambda found: json.dumps(found[0])[1:-1], frame)


def _raw(value: Any) -> msgspec.Raw:
    return msgspec.Raw(_encoder.encode(value))
