"""PostgreSQL for tests: the embedded one and this machine's, 15 or newer, one server each.

A module gets a database of its own, copied from a migrated template.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio

from ops.database.address import Address
from ops.database.cluster import DATABASE
from ops.database.embedded import EmbeddedServer
from ops.database.migrate import migrate
from ops.database.pool import connected
from schedules.connection import Connection
from tests.needs import find_postgres


def binaries_of(which: str) -> Path | None:
    """None for the wheel's own. A machine without PostgreSQL fails the test, and says what to
    install: nothing is left out silently."""
    return None if which == "embedded" else find_postgres()


@pytest.fixture(scope="session", params=["embedded", "machine"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EmbeddedServer]:
    """A running PostgreSQL whose own database is migrated, and is what others are copied from."""
    folder = tmp_path_factory.mktemp(request.param)
    found = EmbeddedServer(folder, binaries=binaries_of(request.param), durable=False)
    found.start()
    yield found
    found.stop()


@pytest_asyncio.fixture(scope="session")
async def template(server: EmbeddedServer) -> str:
    await migrate(server.dsn("owner"))
    return DATABASE


@pytest_asyncio.fixture(scope="module")
async def empty_database(server: EmbeddedServer) -> AsyncIterator[Address]:
    """A database without any table."""
    async with new_database(server, "template1") as address:
        yield address


@pytest_asyncio.fixture(scope="module")
async def database(server: EmbeddedServer, template: str) -> AsyncIterator[Address]:
    """A migrated database of the module's own."""
    async with new_database(server, template) as address:
        yield address


@pytest_asyncio.fixture
async def connection(database: Address) -> AsyncIterator[Connection]:
    """A connection as the service has it; what the test did is undone after it."""
    async with connected(database.app) as connection:
        undone = connection.transaction()
        await undone.start()
        yield connection
        await undone.rollback()


@asynccontextmanager
async def new_database(server: EmbeddedServer, template: str) -> AsyncIterator[Address]:
    """A database that is dropped afterwards, with all connections to it."""
    name = f"test_{secrets.token_hex(6)}"
    await as_owner(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield Address(owner=named(server.dsn("owner"), name), app=named(server.dsn("app"), name))
    await as_owner(server, f"DROP DATABASE {name} WITH (FORCE)")


async def as_owner(server: EmbeddedServer, statement: str) -> None:
    """Run a statement outside of any test's database."""
    connection = await asyncpg.connect(named(server.dsn("owner"), "postgres"))
    await connection.execute(statement)
    await connection.close()


def named(dsn: str, name: str) -> str:
    """The DSN of another database on the same server."""
    return dsn.replace(f"/{DATABASE}?", f"/{name}?")
