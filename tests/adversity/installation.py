"""A whole installation in processes that the installed command started, with a wire that is listened to."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg

from ops.database.embedded import DatabaseDown, EmbeddedServer
from show_control.console.desk import Desk
from show_control.documents import RunView
from show_control.entries import Entry
from show_control.journal import read
from show_control.process import player_folder
from tests.adversity.processes import LAMPLIGHTER, Processes, send_signal, until
from tests.adversity.tonight import RUN, Document, behind, free_port, is_tcp, write
from tests.adversity.wire import Wire

BY = "Kim"
PASSWORD = "a lamp at the quay"


class Installation:
    """A data folder and what runs on it. `data` is the folder that `--data-dir` names."""

    def __init__(self, folder: Path, document: Document, wire: Wire, processes: Processes) -> None:
        self.data = folder / "data"
        self.port = free_port(socket.SOCK_STREAM)
        self.festival: str = document["festival"]["id"]
        self.document = document
        self.file = write(document, folder / "festival.toml")
        self.wire = wire
        self.processes = processes
        self.folder = player_folder(self.data)
        self._parents: list[subprocess.Popen[bytes]] = []

    # --- processes

    def run(self) -> subprocess.Popen[bytes]:
        """`lamplighter run`."""
        self._parents.append(
            self.processes.lamplighter(
                *("run", "--port", str(self.port), "--data-dir", self.data),
                output=self._parents_words,
            )
        )
        return self.parent

    @property
    def parent(self) -> subprocess.Popen[bytes]:
        """The `lamplighter run` that was started last."""
        return self._parents[-1]

    @property
    def _parents_words(self) -> Path:
        return self.processes.folder / "parent.txt"

    def said(self) -> str:
        """What the parents have said."""
        return self._parents_words.read_text()

    def play(self, *arguments: str | Path) -> subprocess.Popen[bytes]:
        """`lamplighter player`, alone."""
        return self.processes.lamplighter("player", "--data-dir", self.data, *arguments)

    async def command(self, *arguments: str | Path, code: int = 0) -> str:
        """Another command, to its end; what it said."""
        process = await asyncio.create_subprocess_exec(
            LAMPLIGHTER,
            *map(str, arguments),
            "--data-dir",
            str(self.data),
            env={**self.processes.environment, "LAMPLIGHTER_PASSWORD": PASSWORD},
            cwd=self.processes.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        async with asyncio.timeout(60):
            said, _ = await process.communicate()
        assert process.returncode == code, said.decode()
        return said.decode()

    async def publish(self) -> None:
        """Import tonight's file and publish it."""
        await until(self.database_ready, 60, "PostgreSQL is there")
        await self.command("import", self.file)
        await self.command("publish", self.festival, "--by", BY)

    @property
    def player_pid(self) -> int | None:
        """Who holds the player's folder: its lock says so."""
        try:
            told = (self.folder / "lock").read_text("ascii")
        except FileNotFoundError:
            return None
        return int(told) if int(told or 0) in self.processes.alive("player") else None

    @property
    def service_pid(self) -> int | None:
        return self.processes.pid("serve")

    @property
    def postmaster_pid(self) -> int | None:
        try:
            told = (self.data / "postgres" / "postmaster.pid").read_text().split("\n")[0]
        except FileNotFoundError:
            return None
        return int(told) if int(told or 0) in self.processes.alive() else None

    def database_ready(self) -> bool:
        return EmbeddedServer(self.data).ready()

    def serves(self) -> bool:
        """Whether the page's port answers."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def kill(self, pid: int | None) -> int:
        """kill -9."""
        assert pid is not None
        send_signal(pid, signal.SIGKILL)
        return pid

    # --- records

    def entries(self, *kinds: str) -> list[Entry]:
        """The journal as it is now."""
        return [e for e in read(self.folder) if not kinds or e.kind in kinds]

    def went(self, cue: str, since: float = 0) -> list[Entry]:
        """The entries of a cue that went."""
        return [e for e in self.entries("cue_went") if e.cue == cue and e.at >= since]

    async def as_run(self) -> list[tuple[str, int, int, str, str]]:
        """What PostgreSQL holds: key, kind and data of every entry."""
        connection = await asyncpg.connect(EmbeddedServer(self.data).dsn("owner"))
        try:
            rows = await connection.fetch("SELECT player, term, seq, kind, data FROM as_run")
        finally:
            await connection.close()
        return [tuple(row) for row in rows]

    async def is_whole(self, within: float = 20) -> None:
        """As-run in PostgreSQL has every entry of the journal, and every intent ended once."""
        keys = {e.key for e in self.entries()}
        rows: list[tuple[str, int, int, str, str]] = []
        async with asyncio.timeout(within):
            while not keys <= {row[:3] for row in rows}:
                try:
                    rows = await self.as_run()
                except (OSError, DatabaseDown, asyncpg.PostgresError):
                    pass  # it is on its way
                await asyncio.sleep(0.1)
        intents = {row[:3] for row in rows if row[3] == "intent" and row[:3] in keys}
        ended = [(row[0], *json.loads(row[4])["of"]) for row in rows if row[3] == "result"]
        assert intents <= set(ended)
        assert len(ended) == len(set(ended)), "an intent ended twice"

    async def is_sound(self) -> None:
        """`lamplighter journal verify` finds no fault."""
        said = await self.command("journal", "verify")
        assert "nothing says what became" not in said, said


@asynccontextmanager
async def installed(
    folder: Path, document: Document, *simulate: str
) -> AsyncIterator[Installation]:
    """An installation with a wire and simulated servers, and nothing else running yet.

    `simulate` are further options of that command.
    """
    simulated, ports = behind(document)
    processes = Processes(folder)
    try:
        tapped = [s for s in document["servers"] if not is_tcp(s)]
        with Wire(tapped, ports) as wire:
            servers = write(simulated, folder / "simulated.toml")
            processes.lamplighter("simulate", servers, *simulate, output=folder / "simulated.txt")
            told = folder / "simulated.txt"
            await until(lambda: "simulating" in told.read_text(), 20, "the servers are there")
            yield Installation(folder, document, wire, processes)
    finally:
        processes.close()


@asynccontextmanager
async def desk_at(installation: Installation) -> AsyncIterator[Desk]:
    """A caller at the player, over the link."""
    desk = Desk(installation.folder, by=BY)
    following = asyncio.create_task(desk.run())
    try:
        yield desk
    finally:
        following.cancel()
        await asyncio.wait([following])


def run_of(desk: Desk, slot: str = RUN) -> RunView | None:
    """The slot's run, as the desk sees it."""
    return next((run for run in desk.board().runs if run.slot == slot), None)


async def stands_by(desk: Desk, cue: str | None = None, within: float = 20) -> RunView:
    """Wait until the ceremony stands by, at this cue if one is named."""

    def seen() -> RunView | None:
        run = run_of(desk)
        good = run is not None and run.standby is not None and cue in (None, run.standby)
        return run if good and desk.connected else None

    return await until(seen, within, f"{cue or 'a cue'} stands by")


async def put(desk: Desk, cue: str) -> RunView:
    """Put a cue in standby, and wait until a GO may come."""
    run = await stands_by(desk)
    if run.standby != cue:
        came = await desk.standby(run.run, cue)
        assert came.outcome is not None
        assert came.outcome.phase == "done", came
    await asyncio.sleep(0.3)  # no two GOs in less than this
    return await stands_by(desk, cue)


async def call(desk: Desk, cue: str) -> float:
    """Put a cue in standby and give its GO; it went: when, in Unix milliseconds."""
    came = await desk.go(await put(desk, cue))
    assert came.outcome is not None
    assert came.outcome.phase == "done", came
    return came.outcome.at


async def confirmed(desk: Desk, since: float, within: float = 10) -> None:
    """Wait until every server that can be asked has confirmed its look, by what it said since then."""

    def agreed() -> bool:
        board = desk.board()
        said = [e for o in board.outputs for e in o.evidence if e.agreement != "cannot be asked"]
        return bool(said) and all(
            e.agreement == "confirmed" and (e.reported_at or 0) >= since for e in said
        )

    await until(agreed, within, "the servers confirm")
