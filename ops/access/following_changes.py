"""Accounts and sessions kept as the database has them, whoever changed them there.

One kept connection listens; triggers on the tables name what changed (migration 0005), and it is
read. Where a notification does not get through (a pooler in between), a slow poll finds it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from ops.access.directory import Directory
from ops.access.sessions import SessionStore
from ops.access.stored import account_by_id, every_account, every_session, session_by_id
from ops.database.pool import Listening
from ops.errors import Unreachable
from ops.keeping import wait
from ops.storage import Database
from schedules.connection import Connection
from show_control.model import Millis

CHANNEL = "lamplighter_access"
POLL = 15.0
"""Seconds between readings of everything."""
MANY = 500
"""So many changes at once are sooner read with everything."""

Changed = tuple[str, str]


class FollowingChanges:
    """`round` follows one connection for as long as it lives."""

    def __init__(
        self,
        directory: Directory,
        sessions: SessionStore,
        database: Database,
        now: Callable[[], Millis],
    ) -> None:
        self._directory = directory
        self._sessions = sessions
        self._database = database
        self._now = now
        self._news = asyncio.Event()
        self._changed: set[Changed] = set()
        self.read = asyncio.Event()

    async def round(self) -> None:
        await self._database.opened.wait()
        try:
            async with self._database.kept() as connection:
                await self._follow(connection)
        except Unreachable:
            return

    async def _follow(self, connection: Listening) -> None:
        def over(_connection: object) -> None:
            self._news.set()

        # Listening before reading: what changes in between is heard.
        await connection.add_listener(CHANNEL, self._heard)
        connection.add_termination_listener(over)
        await self._read_all(connection)
        while not connection.is_closed():
            heard = await wait(self._news, POLL)
            self._news.clear()
            if not connection.is_closed():
                await (self._read_changed if heard else self._read_all)(connection)

    def _heard(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        what, _, key = str(payload).partition(" ")
        self._changed.add((what, key))
        self._news.set()

    async def _read_changed(self, connection: Connection) -> None:
        changed, self._changed = self._changed, set()
        if len(changed) > MANY:
            await self._read_all(connection)
            return
        for what, key in sorted(changed):
            await (self._read_account if what == "account" else self._read_session)(connection, key)

    async def _read_account(self, connection: Connection, account: str) -> None:
        found = await account_by_id(connection, account)
        if found is None:
            self._directory.forget(account)
        else:
            self._directory.adopt(found)

    async def _read_session(self, connection: Connection, key: str) -> None:
        known = self._sessions.stored()
        found = await session_by_id(connection, key)
        if found is not None:
            self._sessions.adopt(found)
        elif key in known:
            self._sessions.forget(key)

    async def _read_all(self, connection: Connection) -> None:
        self._directory.adopt_all(await every_account(connection))
        # What is stored while this reads is not gone for not being in it.
        known = self._sessions.stored()
        found = await every_session(connection, self._now())
        for session in found:
            self._sessions.adopt(session)
        for gone in known.difference(session.id for session in found):
            self._sessions.forget(gone)
        self.read.set()
