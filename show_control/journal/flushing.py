"""The flush thread: it calls fdatasync when asked, says so, and does nothing else.

The one other thread of the player. Asking and telling go through pipes, so that the loop's select()
hears of a flush as it hears of anything else.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable


class Flusher:
    """Brings one file to disk. Requests that come during a flush share the next one."""

    def __init__(self, fd: int, sync: Callable[[int], None]) -> None:
        self.written = 0
        """The last seq written: set by the loop before it asks."""
        self.flushed = 0
        """The last seq on disk: set by the thread."""
        self.failure: OSError | None = None
        """Why nothing more will be flushed: after one failed fdatasync the next may lie."""
        self._fd = fd
        self._sync = sync
        self._asked, self._ask = os.pipe()
        self.done, self._tell = os.pipe()
        os.set_blocking(self._ask, False)
        os.set_blocking(self.done, False)
        os.set_blocking(self._tell, False)
        self._thread = threading.Thread(target=self._run, name="journal-flush", daemon=True)
        self._thread.start()

    def ask(self) -> None:
        """Let all that is written be flushed; returns at once."""
        _put(self._ask)

    def drain(self) -> None:
        """Make `done` unreadable until the next flush."""
        try:
            while len(os.read(self.done, 4096)) == 4096:
                pass
        except BlockingIOError:
            pass

    def close(self) -> None:
        """Wait for the flush under way, if any, and end the thread."""
        os.close(self._ask)
        self._thread.join()
        for fd in (self._asked, self.done, self._tell):
            os.close(fd)

    def _run(self) -> None:
        while os.read(self._asked, 4096) and self.failure is None:
            written = self.written
            try:
                self._sync(self._fd)
                self.flushed = written
            except OSError as failure:
                self.failure = failure
            _put(self._tell)


def _put(fd: int) -> None:
    try:
        os.write(fd, b"\0")
    except BlockingIOError:
        pass  # a full pipe has said so already
