"""Who is the parent of a data folder's PostgreSQL: whoever holds this lock."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import msgspec


class Note(msgspec.Struct, frozen=True):
    """What the holder wrote: whether it stays, and which process is its server."""

    lasting: bool = False
    server: int = 0


class Ownership:
    """A lock that the system lets go of when its holder dies; a note beside it."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._held: int | None = None

    def take(self) -> bool:
        """Whether it is ours, by now or already."""
        if self._held is not None:
            return True
        descriptor = os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._held = descriptor
        return True

    def give_up(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            os.close(held)

    def write(self, note: Note) -> None:
        fresh = self.file.with_suffix(".note.new")
        fresh.write_bytes(msgspec.json.encode(note))
        fresh.rename(self.file.with_suffix(".note"))

    def note(self) -> Note:
        """What the present holder wrote, or the one before it."""
        try:
            return msgspec.json.decode(self.file.with_suffix(".note").read_bytes(), type=Note)
        except FileNotFoundError:
            return Note()
