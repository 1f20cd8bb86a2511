"""A program on a pseudo-terminal: what it draws is kept, and keys can be pressed."""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

ROWS, COLUMNS = 45, 150
ESCAPES = re.compile(
    r"\x1b(\[[0-9;?<>=]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[PX^_].*?\x1b\\|[@-_])"
)


class Terminal:
    """`drawn` is everything that was drawn so far, one escape sequence a space."""

    def __init__(self, process: subprocess.Popen[bytes], master: int) -> None:
        self.process = process
        self._master = master
        self._raw = b""

    @property
    def drawn(self) -> str:
        return ESCAPES.sub(" ", self._raw.decode(errors="replace"))

    def forget(self) -> None:
        """From here on, only what is drawn anew."""
        self._raw = b""

    def press(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def read(self) -> None:
        try:
            self._raw += os.read(self._master, 65536)
        except OSError:
            asyncio.get_running_loop().remove_reader(self._master)  # the program has ended


@asynccontextmanager
async def terminal(
    command: list[str | Path], environment: Mapping[str, str]
) -> AsyncIterator[Terminal]:
    """Run a program on a terminal of its own."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    process = subprocess.Popen(  # noqa: ASYNC220 - asyncio's own would watch it besides
        list(map(str, command)),
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**environment, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"},
        start_new_session=True,
    )
    os.close(slave)
    found = Terminal(process, master)
    loop = asyncio.get_running_loop()
    loop.add_reader(master, found.read)
    try:
        yield found
    finally:
        loop.remove_reader(master)
        process.kill()
        process.wait(10)
        os.close(master)
