"""The two ways to watch: a screen that is drawn anew, and a line for each frame."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable

import msgspec
from rich.console import Console
from rich.live import Live
from rich.text import Text

from ops.keeping import wait
from ops.watch.following import Follower, NotLetIn
from ops.watch.screen import Looked, painted, screen
from ops.watch.watched import Watched
from ops.watch.words import Said

PAINT_EVERY = 0.25
"""Seconds: the clock and countdowns go on between frames."""


class ReaderGone(Exception):
    """Nobody reads our lines any more."""


async def print_frames(address: str, token: str) -> None:
    """Each frame on a line, as it came, until nobody reads them; raises NotLetIn.

    After a break the document comes first again: whoever reads need not know that there was one.
    """
    try:
        await Follower(address, token, take=_print, resume=lambda: None, lost=_warn).follow()
    except ReaderGone:
        # What is still to be written at the end of the process must not fail either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print(frame: str) -> None:
    try:
        sys.stdout.write(f"{frame}\n")
        sys.stdout.flush()
    except BrokenPipeError as fault:
        raise ReaderGone from fault


def _warn(why: str | None) -> None:
    if why is not None:
        sys.stderr.write(f"no feed ({why}): tried again\n")


class Screen:
    """The board in a terminal, until interrupted."""

    def __init__(self, address: str, token: str, said: Said, stopwatch: Callable[[], int]) -> None:
        self._address = address
        self._said = said
        self._stopwatch = stopwatch
        self._watched = Watched()
        self._lost_by: str | None = None
        self._changed = asyncio.Event()
        self._follower = Follower(
            address, token, take=self._take, resume=lambda: self._watched.resume, lost=self._lost
        )

    async def run(self, console: Console) -> None:
        """Raises NotLetIn."""
        refused: NotLetIn | None = None
        with Live(console=console, screen=True, auto_refresh=False) as live:
            async with asyncio.TaskGroup() as group:
                painting = group.create_task(self._paint(live))
                try:
                    await self._follower.follow()
                except NotLetIn as fault:
                    refused = fault
                finally:
                    painting.cancel()
        if refused is not None:
            raise refused

    async def _paint(self, live: Live) -> None:
        while True:
            self._changed.clear()
            live.update(self.drawn(*live.console.size), refresh=True)
            await wait(self._changed, PAINT_EVERY)

    def drawn(self, width: int, height: int) -> Text:
        """What is on the screen now."""
        watched, now = self._watched, self._stopwatch()
        looked = Looked(
            board=watched.board,
            now=watched.player_now(now),
            age=watched.age(now),
            stale=watched.stale(now),
            lost=self._lost_by,
            where=self._address,
        )
        return painted(screen(looked, self._said, width, height), grey=looked.stale)

    def _take(self, frame: str) -> None:
        try:
            self._watched.take(frame, self._stopwatch())
        except (msgspec.MsgspecError, KeyError) as fault:
            self._lost_by = self._said.another_version.format(what=fault)
        self._changed.set()

    def _lost(self, why: str | None) -> None:
        self._lost_by = None if why is None else self._said.lost.format(why=why)
        self._changed.set()
