"""What the service's tests stand in: a real player, a real PostgreSQL, the service in this loop."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from argon2 import PasswordHasher
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from ops.access.accounts import NewAccount, add_account
from ops.access.rights import Grant, in_order
from ops.database.embedded import EmbeddedServer
from ops.database.migrate import migrate
from ops.database.pool import connected
from ops.instants import as_datetime
from ops.serve import configuration, listening
from ops.settings import Settings
from schedules.catalogue.queries import save_draft
from schedules.connection import Connection
from schedules.planning.queries import VersionRow, insert_version
from show_control.clock import SystemClock
from show_control.model import (
    Action,
    Cue,
    Night,
    NightFile,
    Output,
    Sequence,
    Server,
    Slot,
    Surface,
)
from show_control.night_file import content_hash, pack_night_file

PASSWORD = "a lantern in the rain"
HASH = PasswordHasher(time_cost=1, memory_cost=64).hash(PASSWORD)
"""Quickly judged: a hash says itself what it costs, and nearly every test signs somebody in."""
NO_TLS = httpx.create_ssl_context()
"""Made once: each client would read all that this machine trusts, and asks by plain HTTP."""
BE_A_PLAYER = (
    "import sys; from pathlib import Path; from show_control.process import run;"
    "run(Path(sys.argv[1]), say=print)"
)
PEOPLE = {"Kim": ["see", "edit", "control"], "Lee": ["see"], "Park": ["control"]}
SCOPED = {
    "Seo": (Grant(("see",)), Grant(("control",), "lights", "facade")),
    "Ahn": (Grant(("see", "control"), "lights", "hall"),),
    "Ryu": (Grant(("see", "edit", "control"), "other"),),
}
"""The night is of `lights`, its run on the facade; another festival is there beside it."""
SLOT = "opening"


def night_file(version: int, osc_port: int, now: int) -> NightFile:
    """One facade, one slot that is on now and called by hand, four cues."""
    night = "2025-08-28"
    cues = tuple(
        Cue(number=str(n), do=(Action(kind="play", outputs=("west",), clip=n),), length=60_000)
        for n in range(1, 5)
    )
    slot = Slot(
        id=SLOT,
        night=night,
        surface="facade",
        sequence="ceremony",
        starts=now - 60_000,
        ends=now + 3_600_000,
        start="manual",
        outputs=("west",),
    )
    server = Server(id="main", dialect="resolume", main=f"udp://127.0.0.1:{osc_port}")
    outputs = {
        "west": Output(id="west", server="main", surface="facade", params={"layer": 1}),
        "laser": Output(
            id="laser", server="main", surface="facade", hazard="laser", params={"layer": 2}
        ),
        "dome": Output(id="dome", server="main", surface="hall", params={"layer": 3}),
    }
    return NightFile(
        festival="lights",
        time_zone="Asia/Seoul",
        version=version,
        servers={"main": server},
        outputs=outputs,
        surfaces={"facade": Surface(id="facade"), "hall": Surface(id="hall")},
        sequences={"ceremony": Sequence(id="ceremony", cues=cues)},
        nights=(Night(date=night, starts=now - 7_200_000, ends=now + 36_000_000, slots=(slot,)),),
    )


class World:
    """Processes of one data folder; `osc` receives what the player sends, and answers nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.postgres = EmbeddedServer(folder, durable=False)
        self.osc = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.osc.bind(("127.0.0.1", 0))
        self.player: subprocess.Popen[bytes] | None = None

    @property
    def settings(self) -> Settings:
        return Settings(data_dir=self.folder, port=0)

    async def prepare_database(self) -> None:
        self.postgres.start()
        await migrate(self.postgres.dsn("owner"))
        async with connected(self.postgres.dsn("app")) as connection:
            for name, rights in PEOPLE.items():
                await _add_person(connection, name, (Grant(in_order(rights)),))

    async def add_scoped_people(self) -> None:
        """Those whose rights hold in a place, and the festivals that they hold in."""
        async with connected(self.postgres.dsn("app")) as connection:
            for festival in ("lights", "other"):
                await save_draft(
                    connection,
                    festival=festival,
                    kind="festival",
                    title={"en": festival},
                    time_zone="Asia/Seoul",
                    draft="0",
                    draft_hash="0",
                    now=as_datetime(SystemClock().wall()),
                )
            for name, grants in SCOPED.items():
                await _add_person(connection, name, grants)

    async def publish(self, version: int) -> str:
        """A version is published; the hash of its night file."""
        now = SystemClock().wall()
        packed = pack_night_file(night_file(version, self.osc.getsockname()[1], now))
        row = VersionRow("lights", version, "", content_hash(packed), as_datetime(now), "a test")
        async with connected(self.postgres.dsn("app")) as connection:
            await save_draft(
                connection,
                festival="lights",
                kind="festival",
                title={"en": "Lights"},
                time_zone="Asia/Seoul",
                draft=str(version),
                draft_hash=str(version),
                now=as_datetime(now),
            )
            await insert_version(connection, row, document="", night_file=packed)
        return row.night_file_hash

    def start_player(self) -> None:
        self.player = subprocess.Popen([sys.executable, "-c", BE_A_PLAYER, str(self.folder)])

    def stop_player(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.player is not None:
            # A stopped process does not hear SIGTERM before it goes on.
            self.player.send_signal(signal.SIGCONT)
            self.player.send_signal(how)
            self.player.wait(10)
            self.player = None

    def close(self) -> None:
        self.stop_player()
        self.postgres.stop()
        self.osc.close()


async def _add_person(connection: Connection, name: str, grants: tuple[Grant, ...]) -> None:
    new = NewAccount(kind="person", name=name, grants=grants, password_hash=HASH)
    await add_account(connection, new, as_datetime(SystemClock().wall()))


class Serving:
    """The service, answering at `url`."""

    def __init__(self, server: uvicorn.Server, settings: Settings) -> None:
        self.settings = settings
        self.port: int = server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.live = f"ws://127.0.0.1:{self.port}/api/v1/live"
        self.app: Any = server.config.loaded_app
        if isinstance(self.app, ProxyHeadersMiddleware):
            self.app = self.app.app
        self.runtime = self.app.state.runtime
        self._server = server

    def connections(self) -> list[Any]:
        """The server's, each with its transport."""
        return list(self._server.server_state.connections)

    def stranger(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=self.url, timeout=30, verify=NO_TLS)

    @asynccontextmanager
    async def person(self, name: str = "Kim") -> AsyncIterator[httpx.AsyncClient]:
        async with self.stranger() as client:
            answer = await client.post("/api/v1/session", json={"name": name, "password": PASSWORD})
            assert answer.status_code == 200, answer.text
            yield client

    def cookie(self, client: httpx.AsyncClient) -> dict[str, str]:
        return {"Cookie": f"lamplighter={client.cookies['lamplighter']}"}


@asynccontextmanager
async def served(settings: Settings) -> AsyncIterator[Serving]:
    """Serve as the process does, in this loop, until the block ends."""
    config = configuration(settings)
    server = uvicorn.Server(config)
    async with asyncio.TaskGroup() as group:
        # `_serve`: without the signal handlers, which are the test runner's here.
        task = group.create_task(server._serve([listening(config)]))
        await until(lambda: server.started or task.done())
        try:
            yield Serving(server, settings)
        finally:
            server.should_exit = True


async def until(there: Callable[[], Any], seconds: float = 10) -> Any:
    """What `there` gives as soon as it gives something."""
    async with asyncio.timeout(seconds):
        while not (found := there()):  # noqa: ASYNC110 - other processes set no event here
            await asyncio.sleep(0.01)  # noqa: TID251 - they take their time
    return found


def standing_by(serving: Serving) -> Any:
    """The run that stands by, None until there is one."""
    runs = serving.runtime.feed.board.runs
    return next((run for run in runs if run.standby), None)
