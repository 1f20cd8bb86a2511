"""`lamplighter demo`: tonight is opening night. The Seoul file moved to now, and everything simulated."""

from __future__ import annotations

import asyncio
import secrets
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import tomli_w

from ops.access.rights import RIGHTS
from ops.letting_in import Wanted, person_added
from ops.services.example import STANDS_BY_IN, example, seconds_from, tonight
from ops.settings import Settings, read_settings
from ops.storing import CannotDo, imported, published
from ops.supervisor import Stop, Supervisor, answers, only_parent, tell_when_it_answers
from schedules.nights.night_time import from_millis
from show_control.clock import SystemClock
from show_control.journal import FolderHeld

PERSON = "Kim"
PORT = 8100
LAST_PORT = 65_000


def demonstrate(
    data_dir: Path | None,
    port: int | None,
    *,
    hands_off: bool,
    night: date | None = None,
    starts: str | None = None,
) -> int:
    """Run the demo until SIGINT or SIGTERM; gives the process's exit code.

    It begins shortly before the ceremony, or at another moment of a night. Raises WindowFault.
    """
    seconds = STANDS_BY_IN if starts is None else seconds_from(example(), night, starts)
    stop = Stop()
    with folder(data_dir) as here:
        settings = read_settings({"LAMPLIGHTER_DATA_DIR": str(here)})
        settings = with_port(settings, port or PORT)
        festival = write_festival(here, seconds)
        try:
            parent = only_parent(here)
        except FolderHeld as held:
            click.echo(f"this installation runs already, by process {held.pid}", err=True)
            return 1
        supervisor = Supervisor(settings, durable=data_dir is not None)
        more = [
            supervisor.child("servers", "simulate", str(here / "festival.toml")),
            supervisor.child("simulators", "simulate", str(here / "festival.toml"), "--rehearsal"),
        ]
        if hands_off:
            more.append(supervisor.child("caller", "call-demo"))
        try:
            supervisor.start(more)
            if not stop:
                invite(supervisor, stop, here / "festival.toml", festival)
            supervisor.keep(stop)
        except CannotDo as fault:
            click.echo(str(fault), err=True)
            return 1
        finally:
            supervisor.stop()
            parent.close()
    return 0


def invite(supervisor: Supervisor, stop: Stop, file: Path, festival: str) -> None:
    """Publish tonight, and say where the page is and who may sign in."""
    password = asyncio.run(prepare(supervisor.settings, file, festival))
    tell_when_it_answers(supervisor, stop)
    if not stop:
        click.echo(f"Sign in as {PERSON}, password {password}. Ctrl-C stops everything.")


@contextmanager
def folder(data_dir: Path | None) -> Iterator[Path]:
    """The data folder that was named, or one that goes when the demo ends."""
    if data_dir is not None:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        yield data_dir
        return
    here = Path(tempfile.mkdtemp(prefix="lamplighter-"))
    try:
        yield here
    finally:
        shutil.rmtree(here, ignore_errors=True)


async def prepare(settings: Settings, file: Path, festival: str) -> str:
    """Import and publish tonight, and make a person; gives the password."""
    password = secrets.token_urlsafe(9)
    name = PERSON
    text = file.read_text("utf-8")  # noqa: ASYNC240 - nothing else is on this loop
    for lines in (
        imported(settings, str(file), text),
        published(settings, festival, "demo"),
    ):
        async for _ in lines:
            pass
    async for _ in person_added(settings, name, password, Wanted(rights=RIGHTS), again=True):
        pass
    return password


# --- tonight's file -------------------------------------------------------------------------------------------------


def write_festival(here: Path, seconds: float) -> str:
    """Write the example, moved so that its ceremony is so many seconds from now, and to ports that are
    free; gives the festival's id."""
    now = from_millis(SystemClock().wall())
    document = tonight(example(), now, seconds)
    for moved in free_ports(document):
        click.echo(moved)
    (here / "festival.toml").write_text(tomli_w.dumps(document), "utf-8")
    return str(document["festival"]["id"])


def free_ports(document: dict[str, Any]) -> Iterator[str]:
    """Move the servers whose ports are taken, and say so."""
    taken: set[int] = set()
    for server in document["servers"]:
        for key in ("main", "backup", "feedback_port"):
            if key not in server:
                continue
            url = server[key]
            port = url if isinstance(url, int) else urlsplit(url).port or 0
            free = next(p for p in range(port, LAST_PORT) if p not in taken and udp_is_free(p))
            taken.add(free)
            server[key] = free if isinstance(url, int) else f"udp://127.0.0.1:{free}"
            if free != port:
                yield f"port {port} is busy: {server['id']} {key} is at {free} tonight"


def udp_is_free(port: int) -> bool:
    """Whether a server could listen there."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def with_port(settings: Settings, port: int) -> Settings:
    """The settings with a port for the page that is free; a busy one is said."""
    free = next(p for p in range(port, LAST_PORT) if not answers(p))
    if free != port:
        click.echo(f"port {port} is busy: the page is at {free} tonight")
    return Settings(
        **{**{f: getattr(settings, f) for f in settings.__struct_fields__}, "port": free}
    )
