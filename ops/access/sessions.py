"""Sessions, held in memory and stored in PostgreSQL behind it.

Nothing here waits for the database when it is dead: who is signed in stays so, and what changed
meanwhile is stored when it returns. Sessions are kept under a digest of their id, so that who
reads the table cannot be somebody else.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Literal

import msgspec
from litestar.stores.base import Store

from show_control.model import Millis

COOKIE = "lamplighter"
STORE = "sessions"
NO_SESSION = "skip_session"
"""A route's `opt` with this set neither reads nor renews a session (Litestar's own name for it)."""
LASTS = timedelta(days=14)
# Each request would move the end of its session: it is stored once it has moved this far.
STORED_EVERY = timedelta(hours=1) // timedelta(milliseconds=1)
SECOND = 1000

Change = Literal["made", "renewed", "locked", "ended"]


class Session(msgspec.Struct, frozen=True):
    """A session; `id` is the digest of the cookie's. Locked where it has a PIN's hash."""

    id: str
    account: str
    expires_at: Millis
    pin_hash: str | None = None


class SessionData(msgspec.Struct, frozen=True):
    """What Litestar keeps in a session: whose it is. What they may do is looked up each time."""

    account: str


class Stored(msgspec.Struct, frozen=True):
    """What the database has not got yet of one session."""

    session: Session
    changes: frozenset[Change]


async def _nowhere(_digest: str) -> Session | None:
    return None


async def _never() -> None:
    return None


class SessionStore(Store):
    """Litestar's Store over a dict, with a list of what the database has not got yet.

    `changed` is called with the account of each session that came, changed or went. `look` finds
    one that another process made; `flush` stores what changed, as soon as can be.
    """

    def __init__(self, now: Callable[[], Millis]) -> None:
        self._now = now
        self._held: dict[str, Session] = {}
        self._unsaved: dict[str, Stored] = {}
        self._in_hand: dict[str, Stored] = {}
        self.changed: Callable[[str], None] = lambda _: None
        self.look: Callable[[str], Awaitable[Session | None]] = _nowhere
        self.flush: Callable[[], Awaitable[None]] = _never
        self.to_store = asyncio.Event()

    def find(self, key: str | None) -> Session | None:
        """By its digest: what is held and has not expired."""
        session = self._held.get(key or "")
        if session is not None and session.expires_at <= self._now():
            self._end(session)
            return None
        return session

    def holds(self, offered: str | None) -> bool:
        return offered is not None and self.find(digest(offered)) is not None

    async def get(self, key: str, renew_for: int | timedelta | None = None) -> bytes | None:
        known = self.find(digest(key)) or await self.look(digest(key))
        if known is None:
            return None
        data = msgspec.json.encode(SessionData(known.account))
        if renew_for:
            await self.set(key, data, renew_for)
        return data

    async def set(
        self, key: str, value: str | bytes, expires_in: int | timedelta | None = None
    ) -> None:
        account = msgspec.json.decode(value, type=SessionData).account
        ends = self._now() + _millis(LASTS if expires_in is None else expires_in)
        known = self.find(digest(key))
        if known is None or known.account != account:
            self._put(Session(digest(key), account, ends), "made")
            await self.flush()
        elif ends - known.expires_at >= STORED_EVERY:
            self._put(msgspec.structs.replace(known, expires_at=ends), "renewed")

    async def lock(self, key: str, pin_hash: str | None) -> None:
        """Lock a session, by its digest; with None unlock it."""
        if (known := self.find(key)) is not None:
            self._put(msgspec.structs.replace(known, pin_hash=pin_hash), "locked")
            await self.flush()

    async def delete(self, key: str) -> None:
        if (known := self.find(digest(key))) is not None:
            self._end(known)

    async def delete_all(self) -> None:
        for known in tuple(self._held.values()):
            self._end(known)

    async def exists(self, key: str) -> bool:
        return self.holds(key)

    async def expires_in(self, key: str) -> int | None:
        session = self.find(digest(key))
        return None if session is None else (session.expires_at - self._now()) // SECOND

    # --- between memory and the database ------------------------------------------------------

    def stored(self) -> frozenset[str]:
        """What is held and in the database, as far as is known here."""
        return frozenset(self._held.keys() - self._unsaved.keys() - self._in_hand.keys())

    def adopt(self, session: Session) -> None:
        """Take what the database holds; what was changed here since is newer."""
        if session.id in self._unsaved or session.id in self._in_hand:
            return
        if session.expires_at > self._now() and self._held.get(session.id) != session:
            self._held[session.id] = session
            self.changed(session.account)

    def forget(self, key: str) -> None:
        """It is in the database no more: another process ended it."""
        if key in self.stored():
            account = self._held.pop(key).account
            self.changed(account)

    def take_unsaved(self) -> dict[str, Stored]:
        """What is to be stored; say `saved` or `put_back` afterwards."""
        self._in_hand, self._unsaved = self._unsaved, {}
        self.to_store.clear()
        return self._in_hand

    def saved(self) -> None:
        self._in_hand = {}

    def put_back(self) -> None:
        for key, older in self._in_hand.items():
            newer = self._unsaved.get(key)
            self._unsaved[key] = older if newer is None else _merged(older, newer)
        self._in_hand = {}
        if self._unsaved:
            self.to_store.set()

    def _put(self, session: Session, change: Change) -> None:
        self._held[session.id] = session
        self._note(session, change)

    def _end(self, session: Session) -> None:
        del self._held[session.id]
        self._note(session, "ended")

    def _note(self, session: Session, change: Change) -> None:
        new = Stored(session, frozenset({change}))
        older = self._unsaved.get(session.id)
        self._unsaved[session.id] = new if older is None else _merged(older, new)
        self.to_store.set()
        self.changed(session.account)


def digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _merged(older: Stored, newer: Stored) -> Stored:
    return Stored(newer.session, older.changes | newer.changes)


def _millis(span: int | timedelta) -> Millis:
    return span * SECOND if isinstance(span, int) else span // timedelta(milliseconds=1)
