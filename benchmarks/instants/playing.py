"""The real player, as the installed command starts it, in a data folder of its own."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from show_control.clock import Pair, SystemClock
from show_control.documents import Promptness
from show_control.entries import Entry
from show_control.events import Call
from show_control.journal.folder import term_path, terms
from show_control.journal.framing import Scan
from show_control.link.client import LinkClient
from show_control.link.frames import Reply
from show_control.model import Millis, NightFile
from show_control.night_file import pack_night_file
from show_control.process import player_folder

PLAYER = (sys.executable, "-m", "ops", "player")


class Playing:
    """A player and a connection to it. Ends with the block; what it said is in `said`."""

    def __init__(self, command: Sequence[str] = PLAYER, data: Path | None = None) -> None:
        """With `data`, the player that runs there already."""
        self.data = data or Path(tempfile.mkdtemp(prefix="lamplighter-"))
        self.folder = player_folder(self.data)
        self.held: str | None = None
        self._own = data is None
        self._clock = SystemClock()
        if self._own:
            said = (self.data / "said.txt").open("wb")
            self._process = subprocess.Popen(
                [*command, "--data-dir", str(self.data)], stdout=said, stderr=said
            )
        self.link = LinkClient(self.folder, self._clock, name="benchmark", ceiling="load")

    async def __aenter__(self) -> Self:
        self._running = asyncio.ensure_future(self.link.run())
        async with asyncio.timeout(30):
            self.held = (await self.link.connected()).file
        return self

    async def __aexit__(self, *_: object) -> None:
        self._running.cancel()
        await asyncio.gather(self._running, return_exceptions=True)
        if self._own:
            self._process.terminate()
            if self._process.wait(10):
                print((self.data / "said.txt").read_text())
            shutil.rmtree(self.data)

    async def load(self, file: NightFile) -> Reply:
        """Give it a night file."""
        reply = await self.link.load(pack_night_file(file), replaces=self.held, by="benchmark")
        if not reply.answer.accepted:
            raise RuntimeError(reply.answer.reason)
        self.held = reply.file
        return reply

    async def call(self, call: Call) -> Reply:
        """Ask it."""
        return await self.link.call(call)

    def now(self) -> Millis:
        """The player's present."""
        return SystemClock(self.pair()).now()

    def pair(self) -> Pair:
        """How it maps time: by the newest entry that says so."""
        told = [e.data["clock"] for e in self.entries(b"clock") if "clock" in e.data]
        return Pair(told[-1]["wall"], told[-1]["boottime"])

    def promptness(self) -> Promptness:
        """What it got of the machine."""
        told = [e for e in self.entries(b"promptness") if e.kind == "promptness"]
        return Promptness(**told[-1].data)

    def entries(self, word: bytes) -> list[Entry]:
        """The entries of its present term whose records have this word: a flood writes many others."""
        with term_path(self.folder, terms(self.folder)[-1]).open("rb") as file:
            return [e for r in Scan(file) if word in r.packed for e in r.entries()]

    @property
    def pid(self) -> int:
        return int((self.folder / "lock").read_text("ascii"))

    def memory(self) -> float:
        """Megabytes of it that are in memory."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024
