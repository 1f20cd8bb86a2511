"""Whether anything was done to a file's path: asked of the kernel in a quarter of what looking takes.

inotify(7): a removal or renaming, of the file or of a folder or link on the way to it, can be heard
before whoever did it is told that it is done. What is mounted over it is not heard, nor what another
machine does to a network's file system.
"""

from __future__ import annotations

import ctypes
import os
import select
from collections.abc import Callable
from functools import partial
from pathlib import Path

_ATTRIB, _DELETE_SELF, _MOVE_SELF = 0x4, 0x400, 0x800
_DONT_FOLLOW = 0x2000000
_HEARD = _ATTRIB | _DELETE_SELF | _MOVE_SELF | _DONT_FOLLOW
"""Attributes: a link that goes is one less, even of a file that is held open."""


class Watch:
    """Of one path, from its making on. Raises OSError where it cannot be watched."""

    def __init__(self, path: Path) -> None:
        self._fd = _watch({path, *path.parents, *path.resolve().parents})
        self._poll = select.epoll(1)
        self._poll.register(self._fd, select.EPOLLIN)
        self.stirred: Callable[[], object] = partial(self._poll.poll, 0, 1)
        """Whether something was done since `hear`: true of what it gives. Asked before every packet."""

    def hear(self) -> None:
        """Take note of what was done."""
        while self.stirred():
            os.read(self._fd, 1 << 16)

    def close(self) -> None:
        """Watch no more."""
        self._poll.close()
        os.close(self._fd)


def _watch(paths: set[Path]) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "inotify_init1"):
        raise OSError("there is no inotify here")
    fd: int = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
    if fd < 0:
        raise _failure()
    for path in paths:
        if libc.inotify_add_watch(fd, os.fsencode(path), _HEARD) < 0:
            failed = _failure()
            os.close(fd)
            raise failed
    return fd


def _failure() -> OSError:
    code = ctypes.get_errno()
    return OSError(code, os.strerror(code))
