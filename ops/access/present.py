"""Who is present: what a session stands for now, and who is told when that changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from litestar.connection import ASGIConnection

from ops.access.rights import Grant, Right, SignedIn
from ops.access.sessions import COOKIE, SessionStore, digest

Changed = Callable[[SignedIn | None], None]


class SessionData(msgspec.Struct, frozen=True):
    """What Litestar keeps in a session."""

    name: str
    rights: tuple[Right, ...]


class Present:
    """Asked at each request; open connections are followed."""

    def __init__(self, sessions: SessionStore) -> None:
        self._sessions = sessions

    async def person_of(
        self, session: dict[str, Any], connection: ASGIConnection[Any, Any, Any, Any]
    ) -> SignedIn | None:
        """For Litestar's session authentication: nobody, if the session is not one of ours."""
        try:
            data = msgspec.convert(session, SessionData)
        except msgspec.ValidationError:
            return None
        key = digest(connection.cookies.get(COOKIE, ""))
        return SignedIn(name=data.name, grants=(Grant(data.rights),), session=key)

    def follow(
        self, connection: ASGIConnection[Any, Any, Any, Any], changed: Changed
    ) -> Callable[[], None]:
        """Call `changed` with who it is from now on whenever rights or lock change, and with None
        once they are signed out, revoked or expired; what is given back ends that."""
        person: SignedIn = connection.user
        assert person.session is not None

        def ended() -> None:
            changed(None)

        return self._sessions.follow(person.session, ended)
