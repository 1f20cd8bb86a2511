"""Signing in and out, and the lock of a session: `/api/v1/session`."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, delete, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import JSONBody

from ops.access.audit.entering import Entering
from ops.access.directory import Account
from ops.access.guards import OPEN, unlocked
from ops.access.locking import Locking
from ops.access.reply import SessionReply, session_reply
from ops.access.rights import SignedIn
from ops.access.sessions import COOKIE, SessionStore
from ops.access.signing_in import SigningIn
from ops.errors import Fault, problem, problems

Asked = Request[SignedIn, dict[str, Any], State]
Anybody = Request[Any, Any, State]

Pin = Annotated[
    str, msgspec.Meta(pattern=r"^[0-9]{4,12}\Z", description="Four to twelve digits, of one's own.")
]


class Credentials(msgspec.Struct, frozen=True):
    """A person's name and password."""

    name: Annotated[
        str, msgspec.Meta(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*\Z")
    ]
    password: Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]


class LinkBody(msgspec.Struct, frozen=True):
    """A link's secret: what stands after `#link=` in its address."""

    link: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class LockBody(msgspec.Struct, frozen=True):
    """The PIN that will unlock it."""

    pin: Pin


class UnlockBody(msgspec.Struct, frozen=True):
    """The PIN, or the person's own password."""

    pin: Pin | None = None
    password: Annotated[str, msgspec.Meta(min_length=1, max_length=1000)] | None = None


MISSING = [Fault(path="pin", message="Object missing required field `pin`")]


class SessionController(Controller):
    path = "/session"
    tags = ("session",)

    @post(
        opt={OPEN: True},
        security=({},),
        status_code=200,
        operation_id="signIn",
        responses=problems(400, 401, 403, 413, 415, 429, 503),
    )
    async def sign_in(
        self,
        request: Anybody,
        data: JSONBody[Credentials],
        signing_in: NamedDependency[SigningIn],
        sessions: NamedDependency[SessionStore],
        entering: NamedDependency[Entering],
    ) -> SessionReply:
        """Sign in; the answer sets the cookie. Attempts are limited by name and address."""
        with entering.by_a_stranger(request, "sign in", data.name) as entry:
            account = await signing_in.by_password(data.name, data.password, entry.address)
            entry.kind = account.kind
        return await _begin(request, account, sessions)

    @post(
        "/link",
        opt={OPEN: True},
        security=({},),
        status_code=200,
        operation_id="useLink",
        responses=problems(400, 401, 403, 413, 415, 429, 503),
    )
    async def use_link(
        self,
        request: Anybody,
        data: JSONBody[LinkBody],
        signing_in: NamedDependency[SigningIn],
        sessions: NamedDependency[SessionStore],
        entering: NamedDependency[Entering],
    ) -> SessionReply:
        """Exchange a link's secret for a session, which ends when the link does."""
        with entering.by_a_stranger(request, "use link") as entry:
            account = await signing_in.by_link(data.link, entry.address)
            entry.who, entry.kind = account.name, account.kind
        return await _begin(request, account, sessions)

    @get(operation_id="getSession", responses=problems(400, 401, 503))
    async def show(self, request: Asked) -> SessionReply:
        """Who the cookie, or the token, stands for."""
        return session_reply(request.user)

    @delete(operation_id="signOut", responses=problems(400, 401, 403, 503))
    async def sign_out(self, request: Asked, entering: NamedDependency[Entering]) -> None:
        """Sign out: the session ends, and its open sockets with it. A token stays as it is."""
        with entering.by(request, "sign out"):
            request.clear_session()

    @post(
        "/lock",
        guards=(unlocked,),
        status_code=200,
        operation_id="lockSession",
        responses=problems(400, 401, 403, 409, 413, 415, 423, 503),
    )
    async def lock(
        self,
        request: Asked,
        data: JSONBody[LockBody],
        locking: NamedDependency[Locking],
        entering: NamedDependency[Entering],
    ) -> SessionReply:
        """Lock this session: all its pages show everything and call nothing."""
        with entering.by(request, "lock"):
            return session_reply(await locking.lock(request.user, data.pin))

    @post(
        "/unlock",
        status_code=200,
        operation_id="unlockSession",
        responses=problems(400, 401, 403, 409, 413, 415, 429, 503),
    )
    async def unlock(
        self,
        request: Asked,
        data: JSONBody[UnlockBody],
        locking: NamedDependency[Locking],
        entering: NamedDependency[Entering],
    ) -> SessionReply:
        """Unlock it, by the PIN or by the person's password. Attempts are limited."""
        if data.pin is None and data.password is None:
            raise problem(400, "The PIN, or the password, is missing.", errors=MISSING)
        with entering.by(request, "unlock") as entry:
            unlocked = await locking.unlock(
                request.user, entry.address, pin=data.pin, password=data.password
            )
        return session_reply(unlocked)


async def _begin(request: Anybody, account: Account, sessions: SessionStore) -> SessionReply:
    """A new session, whatever one there was; Litestar gives it out with the answer."""
    await sessions.delete(request.cookies.get(COOKIE, ""))
    request.set_session({"account": account.id})
    return session_reply(
        SignedIn(name=account.name, kind=account.kind, grants=account.grants, account=account.id)
    )
