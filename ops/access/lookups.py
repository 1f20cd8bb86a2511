"""Looking into the database for what memory lacks: another process may just have made it.

Strangers offer what does not exist, so each is looked for once, a few at a time, and so many in a
second; beyond that memory is believed, and a notification brings the rest within milliseconds.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from ops.access.directory import Account, Directory
from ops.access.sessions import Session, SessionStore
from ops.access.stored import account_by_secret, session_by_id
from ops.errors import Unreachable
from ops.storage import Database
from schedules.connection import Connection
from show_control.model import Millis

AT_ONCE = 2
IN_A_SECOND = 50
REMEMBERED = 10_000
SECOND: Millis = 1000

Found = TypeVar("Found")


class Lookups:
    """`session` and `account` give what the database has; memory was asked before."""

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
        self._free = asyncio.Semaphore(AT_ONCE)
        self._in_vain: dict[str, None] = {}
        self._second, self._looked = 0, 0
        sessions.look = self.session

    async def session(self, key: str) -> Session | None:
        async with self._free:
            if (known := self._sessions.find(key)) is not None or not self._may_look(key):
                return known
            if (found := await self._look(session_by_id, key)) is not None:
                self._sessions.adopt(found)
                return self._sessions.find(key)
        return None

    async def account(self, secret_digest: bytes) -> Account | None:
        key = secret_digest.hex()
        async with self._free:
            if (known := self._directory.by_secret(secret_digest)) or not self._may_look(key):
                return known
            if (found := await self._look(_by_secret, key)) is not None:
                self._directory.adopt(found)
                return self._directory.by_secret(secret_digest)
        return None

    def _may_look(self, key: str) -> bool:
        second = self._now() // SECOND
        if second != self._second:
            self._second, self._looked = second, 0
        if key in self._in_vain or self._looked >= IN_A_SECOND or not self._database.is_up:
            return False
        self._looked += 1
        return True

    async def _look(
        self, find: Callable[[Connection, str], Awaitable[Found | None]], key: str
    ) -> Found | None:
        try:
            async with self._database.connection() as connection:
                found = await find(connection, key)
        except Unreachable:
            return None
        if found is None:
            self._in_vain[key] = None
        while len(self._in_vain) > REMEMBERED:
            del self._in_vain[next(iter(self._in_vain))]
        return found


async def _by_secret(connection: Connection, key: str) -> Account | None:
    return await account_by_secret(connection, bytes.fromhex(key))
