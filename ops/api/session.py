"""Signing in and out: `/api/v1/session`."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, delete, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import JSONBody

from ops.access.guards import OPEN
from ops.access.reply import SessionReply, session_reply
from ops.access.rights import SignedIn, in_order
from ops.access.sessions import COOKIE, SessionStore
from ops.access.signing_in import SigningIn
from ops.errors import problems

Asked = Request[SignedIn, dict[str, Any], State]


class Credentials(msgspec.Struct, frozen=True):
    """A person's name and password."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    password: Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]


class SessionController(Controller):
    path = "/session"
    tags = ("session",)

    @post(
        opt={OPEN: True},
        status_code=200,
        operation_id="signIn",
        responses=problems(400, 401, 403, 429, 503),
    )
    async def sign_in(
        self,
        request: Request[Any, Any, State],
        data: JSONBody[Credentials],
        signing_in: NamedDependency[SigningIn],
        sessions: NamedDependency[SessionStore],
    ) -> SessionReply:
        """Sign in; the answer sets the cookie. Attempts are limited by name and address."""
        address = request.client.host if request.client else ""
        person = await signing_in.verify(data.name, data.password, address)
        await sessions.delete(request.cookies.get(COOKIE, ""))
        request.set_session({"name": person.name, "rights": in_order(person.rights)})
        return session_reply(person)

    @get(operation_id="getSession", responses=problems(401))
    async def show(self, request: Asked) -> SessionReply:
        """Who the cookie stands for."""
        return session_reply(request.user)

    @delete(operation_id="signOut", responses=problems(401, 403))
    async def sign_out(self, request: Asked) -> None:
        """Sign out: the session ends, and its open sockets with it."""
        request.clear_session()
