"""`lamplighter run`: one parent for PostgreSQL, player and service. What dies is started again."""

from __future__ import annotations

import asyncio
import fcntl
import signal
import socket
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import asyncpg
import click

from ops.children import SLOWEST, Child, Say, lamplighter, runs
from ops.database.binaries import NoBinaries
from ops.database.cluster import CannotMakeFolder
from ops.database.embedded import DatabaseDown, EmbeddedServer
from ops.database.migrate import MigrationRefused, migrate
from ops.first_person import how_to_begin, nobody_yet
from ops.settings import Settings
from ops.tls import BadCertificate, check_certificate
from show_control.clock import SystemClock
from show_control.journal import FolderHeld, FolderLock
from show_control.model import Millis
from show_control.process import player_folder

TRY_AGAIN: Millis = 2000
PLAYER_AGAIN: Millis = 100
"""The longest wait for a player that died more than once in ten seconds: a night is waiting for it."""
GLANCE = 0.1
"""Seconds between two looks at whether everything runs."""


class Stop:
    """Set by SIGINT or SIGTERM; a second one changes nothing."""

    def __init__(self) -> None:
        self._event = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._event.set())

    def __bool__(self) -> bool:
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait so long, or until told to stop."""
        return self._event.wait(seconds)


class Supervisor:
    """Keeps PostgreSQL and the children alive until told to stop, and then stops them in order."""

    def __init__(self, settings: Settings, *, durable: bool = True, say: Say = click.echo) -> None:
        self.settings = settings
        self._say = say
        self._server = (
            None if settings.database_url else EmbeddedServer(settings.data_dir, durable=durable)
        )
        self.children: list[Child] = []
        self._clock = SystemClock()
        self._try_at: Millis = 0
        self.database_up = False
        """Whether it has been reached and its tables are up to date."""

    def child(
        self,
        name: str,
        *arguments: str,
        adopted: Callable[[], int | None] | None = None,
        slowest: Millis = SLOWEST,
    ) -> Child:
        """A command of ours as a child on this data folder."""
        return Child(
            name,
            lamplighter(*arguments),
            clock=self._clock,
            say=self._say,
            log=self.settings.data_dir / f"{name}.log",
            environment={
                "LAMPLIGHTER_DATA_DIR": str(self.settings.data_dir),
                "LAMPLIGHTER_PORT": str(self.settings.port),
                # As this parent has it: empty is none, whatever stood in its own environment.
                "LAMPLIGHTER_DATABASE_URL": self.settings.database_url or "",
                "LAMPLIGHTER_TLS_CERT": str(self.settings.tls_cert or ""),
                "LAMPLIGHTER_TLS_KEY": str(self.settings.tls_key or ""),
            },
            adopted=adopted,
            slowest=slowest,
        )

    def start(self, more: Sequence[Child] = ()) -> None:
        """Start everything that needs no database, then PostgreSQL, and bring its tables up to date."""
        self.settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = player_folder(self.settings.data_dir)
        player = self.child(
            "player", "player", adopted=lambda: player_pid(folder), slowest=PLAYER_AGAIN
        )
        self.children = [player, *more, self.child("service", "serve")]
        self.keep_children()
        self.start_database()

    def start_database(self) -> None:
        """Start it and bring its tables up to date; where that fails, say so, and try again later.

        A player that is calling a night is not stopped for want of a database.
        """
        self._try_at = self._clock.now() + TRY_AGAIN
        try:
            if self._server is not None:
                self._server.start()
            asyncio.run(self._migrate())
        except (DatabaseDown, CannotMakeFolder, NoBinaries, MigrationRefused, OSError) as fault:
            self._say(f"the database: {fault}")
        except (asyncpg.PostgresError, asyncpg.InterfaceError) as fault:
            self._say(f"the database: {fault}")
        else:
            self.database_up = True

    async def _migrate(self) -> None:
        await migrate(self._dsn)

    @property
    def _dsn(self) -> str:
        return (
            self._server.dsn("owner")
            if self._server is not None
            else self.settings.database_url or ""
        )

    def nobody_may_sign_in(self) -> bool:
        """Whether that is known: not where the database cannot be asked."""
        if not self.database_up:
            return False
        try:
            return asyncio.run(nobody_yet(self._dsn))
        except (DatabaseDown, OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return False

    def keep_children(self) -> None:
        """Start again whatever has died."""
        for child in self.children:
            child.keep()

    def keep(self, stop: Stop) -> None:
        """Until told to stop."""
        while not stop.wait(GLANCE):
            self.keep_children()
            self._keep_database()

    def _keep_database(self) -> None:
        if self.database_up and (self._server is None or self._server.ready()):
            return
        if self.database_up:
            self._say("PostgreSQL ended; it is started again")
            self.database_up = False
            self.start_database()
        elif self._clock.now() >= self._try_at:
            self.start_database()

    def stop(self) -> None:
        """The service first, then what it talks to, PostgreSQL last."""
        for child in reversed(self.children):
            child.stop()
        if self._server is not None:
            self._server.stop()


def player_pid(folder: Path) -> int | None:
    """The process that holds the player's folder, if one does."""
    try:
        with (folder / "lock").open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        told = (folder / "lock").read_text("ascii", "replace").strip()
        return int(told) if told.isdecimal() and runs(int(told)) else None
    except OSError:
        return None
    return None


def answers(port: int) -> bool:
    """Whether something listens there."""
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def supervise(settings: Settings) -> int:
    """Run until SIGINT or SIGTERM; gives the process's exit code."""
    try:
        check_certificate(settings)
    except BadCertificate as fault:
        click.echo(str(fault), err=True)
        return 1
    if answers(settings.port):
        click.echo(f"port {settings.port} is taken: say another with --port", err=True)
        return 1
    stop = Stop()
    try:
        parent = only_parent(settings.data_dir)
    except FolderHeld as held:
        click.echo(f"this installation runs already, by process {held.pid}", err=True)
        return 1
    supervisor = Supervisor(settings)
    try:
        supervisor.start()
        tell_when_it_answers(supervisor, stop)
        supervisor.keep(stop)
    finally:
        supervisor.stop()
        parent.close()
    return 0


def only_parent(data_dir: Path) -> FolderLock:
    """One folder is one installation, with one parent at a time; raises FolderHeld."""
    return FolderLock(data_dir / "parent")


def tell_when_it_answers(supervisor: Supervisor, stop: Stop) -> None:
    """Say where the page is, once it is there."""
    port = supervisor.settings.port
    while not answers(port):
        if stop.wait(GLANCE):
            return
        supervisor.keep_children()
    click.echo(f"Lamplighter: {supervisor.settings.address}/")
    if supervisor.nobody_may_sign_in():
        click.echo(how_to_begin(supervisor.settings.data_dir))
