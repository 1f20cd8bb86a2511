"""The database as the service has it: there, or not, and the service goes on either way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from ops.database.embedded import DatabaseDown, EmbeddedServer
from ops.database.pool import Listening, Pool, connected, is_gone, open_pool
from ops.errors import Unreachable
from ops.keeping import wait
from ops.logs import logger
from ops.settings import Settings
from schedules.connection import Connection

PATIENCE = 2.0
"""Seconds that a request waits for a connection."""
LOOK_EVERY = 2.0
IS_THERE = "SELECT 1"

log = logger("storage")


def is_lost(fault: BaseException) -> bool:
    """What it looks like when PostgreSQL is not there: dead, starting, or going down."""
    return is_gone(fault) or isinstance(fault, OSError | TimeoutError | DatabaseDown)


class Database:
    """Opened and reopened by `keep`; `dsn` is asked each time, since a server may come back
    elsewhere."""

    def __init__(
        self, dsn: Callable[[], str], changed: Callable[[str | None], None] = lambda _: None
    ) -> None:
        """`changed` is called with why it is down, or None when it is up again."""
        self._dsn = dsn
        self._changed = changed
        self._pool: Pool | None = None
        self._doubted = asyncio.Event()
        self.opened = asyncio.Event()
        self.tried = asyncio.Event()
        self.why_down: str | None = "not opened yet"

    @property
    def is_up(self) -> bool:
        return self.why_down is None

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """A connection; raises Unreachable at once, or as soon as it is lost."""
        if self._pool is None:
            raise Unreachable("database", "The database does not answer.")
        try:
            async with self._pool.acquire(timeout=PATIENCE) as connection:
                yield connection
        except Exception as fault:
            if not is_lost(fault):
                raise
            self._lost(fault)
            raise Unreachable("database", "The database does not answer.") from fault

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[Listening]:
        """A connection of one's own, to listen on for as long as it lives; raises as above. The
        pool's are for borrowing: it could not be closed while one is kept."""
        try:
            async with connected(self._dsn()) as connection:
                yield connection
        except Exception as fault:
            if not is_lost(fault):
                raise
            raise Unreachable("database", "The database does not answer.") from fault

    async def keep(self) -> None:
        """Hold a pool open for as long as it can be used: one round."""
        try:
            async with open_pool(self._dsn()) as pool:
                self._found(pool)
                try:
                    await self._watch()
                finally:
                    self._pool = None
                    self.opened.clear()
        except Unreachable:
            return  # it was told when it was lost
        except Exception as fault:
            if not is_lost(fault):
                raise
            self._lost(fault)

    async def _watch(self) -> None:
        while self.is_up:
            await wait(self._doubted, LOOK_EVERY)
            self._doubted.clear()
            async with self.connection() as connection:
                await connection.fetchval(IS_THERE)

    def _found(self, pool: Pool) -> None:
        log.info("database is there")
        self._pool, self.why_down = pool, None
        self._doubted.clear()
        self.opened.set()
        self.tried.set()
        self._changed(None)

    def _lost(self, why: BaseException) -> None:
        if self.why_down is None:
            log.warning("database is lost", reason=str(why))
        self.why_down = str(why) or type(why).__name__
        self._doubted.set()
        self.tried.set()
        self._changed(self.why_down)


def dsn_of(settings: Settings) -> str:
    """Where the database is now; raises DatabaseDown where nothing serves the data folder."""
    return settings.database_url or EmbeddedServer(settings.data_dir).dsn("app")
