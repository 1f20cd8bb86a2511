"""One term's file, from its creation to its first failure."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from show_control.journal.flushing import Flusher
from show_control.journal.folder import sync_folder

_STEP = 2**20
"""Bytes preallocated at a time: some thousands of entries."""


def _allocate(fd: int, offset: int, length: int) -> None:
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(fd, offset, length)


def _free(folder: Path) -> int:
    room = os.statvfs(folder)
    return room.f_bavail * room.f_frsize


def _create(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


class Disk(NamedTuple):
    """What a journal asks of the operating system."""

    create: Callable[[Path], int] = _create

    write: Callable[[int, bytes], int] = os.write
    sync: Callable[[int], None] = getattr(os, "fdatasync", os.fsync)
    allocate: Callable[[int, int, int], None] = _allocate
    remove: Callable[[Path], None] = os.unlink
    free: Callable[[Path], int] = _free


class TermFile:
    """Written by the loop, flushed by its thread; of no more use after any OSError."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self._disk = disk
        self._folder = path.parent
        self._size = self._allocated = 0
        self._fd = disk.create(path)
        self.flusher = Flusher(self._fd, disk.sync)

    def write(self, record: bytes, seq: int) -> None:
        """One write to the page cache; OSError where it was not whole."""
        while self._size + len(record) > self._allocated:
            with suppress(OSError):  # whether there is room, the write itself will tell
                self._disk.allocate(self._fd, self._allocated, _STEP)
            self._allocated += _STEP
        if self._disk.write(self._fd, record) != len(record):
            # What a full disk gives first; the error itself would come with the next write.
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._size += len(record)
        self.flusher.written = seq

    def settle(self) -> None:
        """Flush what is written, and the file's name: before any entry leaves."""
        self._disk.sync(self._fd)
        sync_folder(self._folder)
        self.flusher.flushed = self.flusher.written

    def close(self, *, sound: bool) -> None:
        """A sound file is flushed once more and gives back what was preallocated and not used."""
        if sound:
            self.flusher.ask()
        self.flusher.close()
        if sound and self.flusher.failure is None:
            with suppress(OSError):
                os.ftruncate(self._fd, self._size)
        os.close(self._fd)
