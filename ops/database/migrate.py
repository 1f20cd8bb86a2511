"""Migrations: forward only, each in a transaction, told apart by name and sha256."""

from __future__ import annotations

import hashlib
import importlib.resources
import re
from collections.abc import Sequence

import asyncpg
import msgspec

from ops.database.cluster import ROLE_NAMES
from ops.database.pool import CONNECTING, SETTINGS
from schedules.connection import Connection

FILE_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")
# Any number will do, so long as every lamplighter takes the same.
LOCK = 5_226_273

CREATE_MIGRATION = """
CREATE TABLE IF NOT EXISTS migration (
    name text PRIMARY KEY,
    sha256 text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
)
"""
GRANT_MIGRATION = f"GRANT SELECT ON migration TO {ROLE_NAMES['app']}"
SELECT_APPLIED = "SELECT name, sha256 FROM migration ORDER BY name"
INSERT_APPLIED = "INSERT INTO migration (name, sha256) VALUES ($1, $2)"
HAS_MIGRATIONS = "SELECT to_regclass('migration') IS NOT NULL"

MAY_NOT = f"""{{name}}: this database user may not do what it needs ({{reason}}).
Ask the database's administrator to run, in this database:
    CREATE EXTENSION IF NOT EXISTS btree_gist;
    CREATE ROLE {ROLE_NAMES["app"]} NOLOGIN;
    GRANT {ROLE_NAMES["app"]} TO {{user}};
    GRANT CREATE ON SCHEMA public TO {{user}};"""


class MigrationRefused(RuntimeError):
    """The files and the database do not fit; nothing more was changed."""


class Migration(msgspec.Struct, frozen=True):
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


def shipped() -> list[Migration]:
    """The migrations that this Lamplighter came with, in order."""
    return [
        Migration(name=file.name, sql=file.read_text(encoding="utf-8"))
        for file in sorted(importlib.resources.files("migrations").iterdir(), key=str)
        if FILE_NAME.fullmatch(file.name)
    ]


async def migrate(dsn: str, migrations: Sequence[Migration] | None = None) -> list[str]:
    """Bring the database up to date; the names of what was applied."""
    files = shipped() if migrations is None else migrations
    connection = await asyncpg.connect(dsn, server_settings=SETTINGS, timeout=CONNECTING)
    try:
        # Held by the session: it goes with the connection, however that ends.
        await connection.execute("SELECT pg_advisory_lock($1)", LOCK)
        pending = await find_pending(connection, files)
        for migration in pending:
            await _apply(connection, migration)
        return [migration.name for migration in pending]
    finally:
        await connection.close()


async def find_pending(
    connection: Connection, migrations: Sequence[Migration] | None = None
) -> list[Migration]:
    """What is still to be applied; raises MigrationRefused if files and database differ."""
    files = shipped() if migrations is None else migrations
    known = await connection.fetchval(HAS_MIGRATIONS)
    applied = {row["name"]: row["sha256"] for row in await _applied(connection, known=known)}
    check(files, applied)
    return [file for file in files if file.name not in applied]


async def _applied(connection: Connection, *, known: bool) -> list[asyncpg.Record]:
    return await connection.fetch(SELECT_APPLIED) if known else []


def check(files: Sequence[Migration], applied: dict[str, str]) -> None:
    """Refuse what cannot be: history is neither rewritten, nor lost, nor added to."""
    known = {file.name: file for file in files}
    last = max(applied, default="")
    numbers = [file.name[:4] for file in files]
    for name, sha256 in applied.items():
        if name not in known:
            raise MigrationRefused(
                f"{name} was applied to this database, and this Lamplighter does not have "
                "it: the database belongs to a newer one"
            )
        if known[name].sha256 != sha256:
            raise MigrationRefused(f"{name} was changed after it was applied")
    for file in files:
        if numbers.count(file.name[:4]) > 1:
            raise MigrationRefused(f"{file.name}: its number is taken")
        if file.name not in applied and file.name < last:
            raise MigrationRefused(f"{file.name} comes before {last}, which is applied")


async def _apply(connection: asyncpg.Connection[asyncpg.Record], migration: Migration) -> None:
    try:
        async with connection.transaction():
            await connection.execute(CREATE_MIGRATION)
            await connection.execute(migration.sql)
            await connection.execute(GRANT_MIGRATION)
            await connection.execute(INSERT_APPLIED, migration.name, migration.sha256)
    except asyncpg.InsufficientPrivilegeError as refused:
        user = await connection.fetchval("SELECT current_user")
        raise MigrationRefused(
            MAY_NOT.format(name=migration.name, reason=refused, user=user)
        ) from refused
    except asyncpg.PostgresError as failed:
        raise MigrationRefused(f"{migration.name}: {failed}") from failed
