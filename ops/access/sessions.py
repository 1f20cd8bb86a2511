"""Sessions, held in memory and stored in PostgreSQL behind it.

Nothing here waits for the database: who is signed in stays so while it is dead, and what changed
meanwhile is stored when it returns. Sessions are kept under a digest of their id, so that who
reads the table cannot be somebody else.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import msgspec
from litestar.connection import ASGIConnection
from litestar.middleware.session.server_side import (
    ServerSideSessionBackend,
    ServerSideSessionConfig,
)
from litestar.stores.base import Store
from litestar.types import Message, ScopeSession

from show_control.model import Millis

COOKIE = "lamplighter"
STORE = "sessions"
LOADED = "ops.session_as_loaded"
NO_SESSION = "skip_session"
"""A route's `opt` with this set neither reads nor renews a session (Litestar's own name for it)."""
LASTS = timedelta(days=14)
# Each request would move the end of its session: it is stored once it has moved this far.
STORED_EVERY = timedelta(hours=1) // timedelta(milliseconds=1)
SECOND = 1000


class Session(msgspec.Struct, frozen=True):
    """A session; `id` is the digest of the cookie's, `data` what Litestar keeps in it."""

    id: str
    data: bytes
    expires_at: Millis


class SessionStore(Store):
    """Litestar's Store over a dict, with a list of what the database has not got yet."""

    def __init__(self, now: Callable[[], Millis]) -> None:
        self._now = now
        self._held: dict[str, Session] = {}
        self._unsaved: dict[str, Session | None] = {}
        self._ended: dict[str, asyncio.Event] = {}
        self._followers: dict[str, set[Callable[[], None]]] = {}
        self.read = False
        """Whether what the database holds is known here: until then a stranger may be none."""
        self.changed = asyncio.Event()

    def holds(self, key: str | None) -> bool:
        return key is not None and self._find(digest(key)) is not None

    def ended(self, key: str) -> asyncio.Event:
        """Set when the session ends: open sockets of it are closed then."""
        return self._ended.setdefault(digest(key), asyncio.Event())

    def follow(self, key: str, ended: Callable[[], None]) -> Callable[[], None]:
        """Call `ended` when the session of this digest ends; what is given back stops that."""
        followers = self._followers.setdefault(key, set())
        followers.add(ended)
        if self._find(key) is None:
            ended()

        def stop() -> None:
            followers.discard(ended)
            if not followers:
                self._followers.pop(key, None)

        return stop

    async def get(self, key: str, renew_for: int | timedelta | None = None) -> bytes | None:
        session = self._find(digest(key))
        if session is not None and renew_for:
            await self.set(key, session.data, renew_for)
        return None if session is None else session.data

    async def set(
        self, key: str, value: str | bytes, expires_in: int | timedelta | None = None
    ) -> None:
        data = value.encode() if isinstance(value, str) else value
        ends = self._now() + _millis(LASTS if expires_in is None else expires_in)
        session = Session(digest(key), data, ends)
        known = self._held.get(session.id)
        if known is None or known.data != data or ends - known.expires_at >= STORED_EVERY:
            self._held[session.id] = session
            self._note(session.id, session)

    async def delete(self, key: str) -> None:
        self._drop(digest(key))

    async def delete_all(self) -> None:
        for known in tuple(self._held):
            self._drop(known)

    async def exists(self, key: str) -> bool:
        return self.holds(key)

    async def expires_in(self, key: str) -> int | None:
        session = self._find(digest(key))
        return None if session is None else (session.expires_at - self._now()) // SECOND

    def adopt(self, stored: Iterable[Session]) -> None:
        """Take what the database holds; what was changed here since is newer."""
        for session in stored:
            if session.id not in self._held and session.id not in self._unsaved:
                self._held[session.id] = session
        self.read = True

    def take_unsaved(self) -> dict[str, Session | None]:
        """What is to be stored (or, None, deleted); put back what could not be."""
        taken, self._unsaved = self._unsaved, {}
        self.changed.clear()
        return taken

    def put_back(self, taken: dict[str, Session | None]) -> None:
        self._unsaved = taken | self._unsaved
        if self._unsaved:
            self.changed.set()

    def _find(self, key: str) -> Session | None:
        session = self._held.get(key)
        if session is not None and session.expires_at <= self._now():
            self._drop(key)
            return None
        return session

    def _drop(self, key: str) -> None:
        if self._held.pop(key, None) is not None:
            self._note(key, None)
        if ended := self._ended.pop(key, None):
            ended.set()
        for tell in tuple(self._followers.pop(key, ())):
            tell()

    def _note(self, key: str, session: Session | None) -> None:
        self._unsaved[key] = session
        self.changed.set()


class SessionBackend(ServerSideSessionBackend):
    """Litestar's, with three doors closed.

    An id that we did not give out is never taken on (session fixation); a request still under way
    when its session ends does not bring it back; a stranger is given no session.
    """

    async def load_from_connection(
        self, connection: ASGIConnection[Any, Any, Any, Any]
    ) -> dict[str, Any]:
        loaded = await super().load_from_connection(connection)
        connection.scope["state"][LOADED] = loaded
        return loaded

    def get_session_id(self, connection: ASGIConnection[Any, Any, Any, Any]) -> str:
        offered = connection.cookies.get(self.config.key)
        if offered and self._store(connection).holds(offered):
            return offered
        given = connection.get_session_id()
        return given if given and given != offered else self.generate_session_id()

    async def store_in_message(
        self,
        scope_session: ScopeSession,
        message: Message,
        connection: ASGIConnection[Any, Any, Any, Any],
    ) -> None:
        unchanged = scope_session is connection.scope["state"].get(LOADED)
        if unchanged and not self._store(connection).holds(connection.cookies.get(self.config.key)):
            return
        await super().store_in_message(scope_session, message, connection)

    def _store(self, connection: ASGIConnection[Any, Any, Any, Any]) -> SessionStore:
        store = self.config.get_store_from_app(connection.app)
        assert isinstance(store, SessionStore)
        return store


class SessionConfig(ServerSideSessionConfig):
    """Litestar's configuration of its sessions, with our backend."""

    _backend_class = SessionBackend


def session_config(*, secure: bool) -> SessionConfig:
    return SessionConfig(
        key=COOKIE,
        store=STORE,
        max_age=int(LASTS.total_seconds()),
        samesite="strict",
        httponly=True,
        secure=secure,
    )


def digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _millis(span: int | timedelta) -> Millis:
    return span * SECOND if isinstance(span, int) else span // timedelta(milliseconds=1)
