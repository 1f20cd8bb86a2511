"""Litestar's server-side sessions, with three doors closed."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from litestar.middleware.session.server_side import (
    ServerSideSessionBackend,
    ServerSideSessionConfig,
)
from litestar.types import Message, ScopeSession

from ops.access.sessions import COOKIE, LASTS, STORE, SessionStore

LOADED = "ops.session_as_loaded"


class SessionBackend(ServerSideSessionBackend):
    """An id that we did not give out is never taken on (session fixation); a request still under
    way when its session ends does not bring it back; a stranger is given no session. Only who is
    known ends theirs: while accounts are still being read, a session has nobody for a moment."""

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
        if not isinstance(scope_session, dict) and connection.scope.get("user") is None:
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
