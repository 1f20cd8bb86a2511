"""Sessions on their way from memory into PostgreSQL, for as long as the service does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from ops.access import queries
from ops.access.sessions import SessionStore, Stored
from ops.access.stored import row_of
from ops.errors import Unreachable
from ops.instants import as_datetime
from ops.keeping import wait
from ops.storage import Database
from schedules.connection import Connection
from show_control.model import Millis

AT_LEAST_EVERY = 600.0
"""Seconds between looks at what has expired."""
PATIENCE = 2.0
"""Seconds that an answer waits for its session to be stored."""


class KeepingSessions:
    """`round` is done over and over; what could not be stored is put back."""

    def __init__(self, store: SessionStore, database: Database, now: Callable[[], Millis]) -> None:
        self._store = store
        self._database = database
        self._now = now
        self._one_at_a_time = asyncio.Lock()
        store.flush = self.flush

    async def round(self) -> None:
        await self._database.opened.wait()
        await wait(self._store.to_store, AT_LEAST_EVERY)
        try:
            await self.save()
        except Unreachable:
            return

    async def flush(self) -> None:
        """Store what changed before it is answered; without a database, later."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self.save()
        except (Unreachable, TimeoutError):
            return

    async def save(self) -> None:
        """Store what changed; may raise Unreachable. Nothing is lost, however it fails."""
        async with self._one_at_a_time:
            taken = self._store.take_unsaved()
            try:
                async with self._database.connection() as connection:
                    for stored in taken.values():
                        await _save(connection, stored)
                    await queries.delete_expired_sessions(connection, as_datetime(self._now()))
            except BaseException:
                self._store.put_back()
                raise
            self._store.saved()


async def _save(connection: Connection, stored: Stored) -> None:
    row, changes = row_of(stored.session), stored.changes
    if "ended" in changes:
        await queries.delete_session(connection, row.id)
        return
    if "made" in changes:
        await queries.insert_session(connection, row)
    if "renewed" in changes:
        await queries.renew_session(connection, row.id, row.expires_at)
    if "locked" in changes:
        await queries.lock_session(connection, row.id, row.pin_hash)
