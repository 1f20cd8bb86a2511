"""Sessions between memory and PostgreSQL: read when it is there, stored when they change."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from ops.access import queries
from ops.access.sessions import Session, SessionStore
from ops.errors import Unreachable
from ops.instants import as_datetime, as_millis
from ops.keeping import wait
from ops.storage import Database
from schedules.connection import Connection
from show_control.model import Millis

AT_LEAST_EVERY = 600.0
"""Seconds between looks at what has expired."""


class KeepingSessions:
    """`round` is done over and over; what could not be stored is put back."""

    def __init__(self, store: SessionStore, database: Database, now: Callable[[], Millis]) -> None:
        self._store = store
        self._database = database
        self._now = now
        self.read = asyncio.Event()

    async def round(self) -> None:
        await self._database.opened.wait()
        try:
            await self._read_once()
            await wait(self._store.changed, AT_LEAST_EVERY)
            await self.save()
        except Unreachable:
            return

    async def save(self) -> None:
        """Store what changed; may raise Unreachable. Nothing is lost, however it fails."""
        taken = self._store.take_unsaved()
        try:
            async with self._database.connection() as connection:
                for key, session in taken.items():
                    await _save(connection, key, session)
                await queries.delete_expired_sessions(connection, as_datetime(self._now()))
        except BaseException:
            self._store.put_back(taken)
            raise

    async def _read_once(self) -> None:
        if self.read.is_set():
            return
        async with self._database.connection() as connection:
            rows = await queries.list_sessions(connection, as_datetime(self._now()))
        self._store.adopt(Session(r.id, r.data, as_millis(r.expires_at)) for r in rows)
        self.read.set()


async def _save(connection: Connection, key: str, session: Session | None) -> None:
    if session is None:
        await queries.delete_session(connection, key)
        return
    row = queries.SessionRow(key, session.data, as_datetime(session.expires_at))
    await queries.save_session(connection, row)
