"""Litestar's authentication by session, and beside it by bearer token: in the header alone, since
addresses are logged, shared and kept in histories."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException
from litestar.middleware.authentication import AuthenticationResult
from litestar.security.session_auth import SessionAuth
from litestar.security.session_auth.middleware import SessionAuthMiddleware

from ops.access.guards import OPEN
from ops.access.present import AUTHORIZATION, Present
from ops.access.rights import SignedIn
from ops.access.session_backend import session_config


class Authentication(SessionAuthMiddleware):
    """One who offers a token is judged by it, whatever cookie comes with it."""

    async def authenticate_request(
        self, connection: ASGIConnection[Any, Any, Any, Any]
    ) -> AuthenticationResult:
        header = connection.headers.get(AUTHORIZATION)
        if header is None:
            return await super().authenticate_request(connection)
        present: Present = connection.app.state.present
        person = await present.by_token(header)
        if person is None:
            raise NotAuthorizedException
        return AuthenticationResult(user=person, auth=None)


def authentication(present: Present, *, secure: bool) -> SessionAuth[SignedIn, Any]:
    """Deny by default, on every route that does not say it is open."""
    return SessionAuth[SignedIn, Any](
        authentication_middleware_class=Authentication,
        retrieve_user_handler=present.by_session,
        session_backend_config=session_config(secure=secure),
        exclude_opt_key=OPEN,
        exclude_http_methods=[],
    )
