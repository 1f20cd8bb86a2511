"""Where the database is: LAMPLIGHTER_DATABASE_URL, else the data folder's own server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol

import msgspec

from ops.database.embedded import EmbeddedServer


class Settings(Protocol):
    """What of the settings says where the database is."""

    @property
    def data_dir(self) -> Path: ...

    @property
    def database_url(self) -> str | None: ...


class Address(msgspec.Struct, frozen=True):
    """DSNs: `owner` for migrations, `app` for all else. On a foreign server they are one,
    and connections take the app's role by themselves."""

    owner: str
    app: str


@asynccontextmanager
async def database(settings: Settings) -> AsyncIterator[Address]:
    """The database for as long as a command works; a server that is down is started for
    that long. Call it on the main thread, with nothing else on the loop: starting blocks."""
    if settings.database_url:
        yield Address(owner=settings.database_url, app=settings.database_url)
        return
    server = EmbeddedServer(settings.data_dir)
    server.start(lasting=False)
    try:
        yield Address(owner=server.dsn("owner"), app=server.dsn("app"))
    finally:
        server.stop()
