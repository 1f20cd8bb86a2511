"""Who is present: what a session or a token stands for now, and who is told when that changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from litestar.connection import ASGIConnection

from ops.access.directory import Account, Directory
from ops.access.lookups import Lookups
from ops.access.rights import SignedIn
from ops.access.secret_keys import digest_of
from ops.access.sessions import COOKIE, Session, SessionData, SessionStore, digest
from show_control.model import Millis

AnyConnection = ASGIConnection[Any, Any, Any, Any]
Changed = Callable[[SignedIn | None], None]
AUTHORIZATION = "authorization"
BEARER = "bearer"


class Follower:
    """An open connection. `until` is when it is to be looked at, whatever is heard."""

    def __init__(self, person: SignedIn, changed: Changed) -> None:
        self.person: SignedIn | None = person
        self.changed = changed
        self.until: Millis = 0


class Present:
    """Asked at each request; open connections are followed. Everything is in memory."""

    def __init__(
        self,
        directory: Directory,
        sessions: SessionStore,
        lookups: Lookups,
        now: Callable[[], Millis],
    ) -> None:
        self._directory = directory
        self._sessions = sessions
        self._lookups = lookups
        self._now = now
        self._followers: dict[str, set[Follower]] = {}
        directory.changed = self.look_again
        sessions.changed = self.look_again

    async def by_session(
        self, session: dict[str, Any], connection: AnyConnection
    ) -> SignedIn | None:
        """For Litestar's session authentication: nobody, if the session is not one of ours."""
        try:
            account = msgspec.convert(session, SessionData).account
        except msgspec.ValidationError:
            return None
        return self.now(account, digest(connection.cookies.get(COOKIE, "")))

    async def by_token(self, header: str) -> SignedIn | None:
        """By what an Authorization header says."""
        secret_digest = _offered(header)
        if secret_digest is None:
            return None
        account = self._directory.by_secret(secret_digest)
        account = account or await self._lookups.account(secret_digest)
        if account is None or account.kind != "token":
            return None
        return self.now(account.id, None)

    def knows(self, connection: AnyConnection) -> bool:
        """Whether somebody is signed in on a connection that no route was found for."""
        header = connection.headers.get(AUTHORIZATION)
        if header is None:
            return self._sessions.holds(connection.cookies.get(COOKIE))
        found = self._directory.by_secret(_offered(header) or b"")
        return found is not None and found.kind == "token"

    def may_be_known(self, connection: AnyConnection) -> bool:
        """Whether a 401 would call somebody a stranger who merely could not be read yet."""
        # Litestar tells a browser to forget a session by the cookie `null`.
        offered = connection.cookies.get(COOKIE) not in {None, "null"}
        return not self._directory.read and (offered or AUTHORIZATION in connection.headers)

    def now(self, account: str, session: str | None) -> SignedIn | None:
        """Who that is at this moment."""
        known = self._directory.get(account)
        held = None if session is None else self._sessions.find(session)
        if known is None or (session is not None and held is None):
            return None
        return _signed_in(known, held)

    def follow(self, connection: AnyConnection, changed: Changed) -> Callable[[], None]:
        """Call `changed` with who it is from now on whenever rights or lock change, and with None
        once they are signed out, revoked or expired; what is given back ends that."""
        person: SignedIn = connection.user
        follower = Follower(person, changed)
        followers = self._followers.setdefault(person.account, set())
        followers.add(follower)
        self._look(follower)

        def stop() -> None:
            followers.discard(follower)
            if not followers and self._followers.get(person.account) is followers:
                del self._followers[person.account]

        return stop

    def look_again(self, account: str) -> None:
        """An account, or a session of it, changed."""
        for follower in tuple(self._followers.get(account, ())):
            self._look(follower)

    async def watch(self) -> None:
        """Notice what expires, which nobody tells."""
        now = self._now()
        for followers in tuple(self._followers.values()):
            for follower in [f for f in followers if f.until <= now]:
                self._look(follower)

    def _look(self, follower: Follower) -> None:
        before = follower.person
        if before is None:
            return
        present = self.now(before.account, before.session)
        follower.until = self._ends(before)
        # Looking may itself have found that a session is over, and told of it.
        if present != follower.person:
            follower.person = present
            follower.changed(present)

    def _ends(self, person: SignedIn) -> Millis:
        account = self._directory.get(person.account)
        session = self._sessions.find(person.session)
        known = (account.expires_at if account else None, session.expires_at if session else None)
        return min((at for at in known if at is not None), default=NEVER)


NEVER: Millis = 2**62


def _offered(header: str) -> bytes | None:
    scheme, _, secret = header.partition(" ")
    return digest_of(secret.strip()) if scheme.lower() == BEARER else None


def _signed_in(account: Account, session: Session | None) -> SignedIn | None:
    if session is not None and session.account != account.id:
        return None
    return SignedIn(
        name=account.name,
        kind=account.kind,
        grants=account.grants,
        locked=session is not None and session.pin_hash is not None,
        account=account.id,
        session=None if session is None else session.id,
    )
