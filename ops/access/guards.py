"""What holds routes to rights. Every route needs somebody signed in, unless it says it is open."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from litestar.exceptions import HTTPException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler
from litestar.types import Guard

from ops.access.audit.writing import Audit
from ops.access.rights import Right, SignedIn
from ops.errors import Locked

OPEN = "open_to_strangers"
"""A route's `opt` with this set asks nobody who they are."""
READING = frozenset({"GET", "HEAD"})


def needs(right: Right) -> Guard:
    """A guard: who asks has this right somewhere. Where, is for the route to judge.

    A coroutine, as all are here: Litestar hands a plain function to a thread, which takes longer than
    all the rest of a call.
    """

    async def guard(
        connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler
    ) -> None:
        person: SignedIn = connection.user
        changes = connection.scope.get("method") not in READING
        refusal = refusal_of(person, right, changes=changes)
        if refusal is not None:
            if right != "see":
                _enter(connection, person, refusal)
            raise refusal

    return guard


async def unlocked(
    connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler
) -> None:
    """A guard: the session is not locked."""
    if connection.user.locked:
        raise Locked


def refusal_of(person: SignedIn, right: Right, *, changes: bool) -> HTTPException | None:
    """Why somebody who is signed in may not, if so: without the right anywhere, or locked."""
    if right not in person.rights:
        return has_not(person, right)
    return Locked() if changes and right != "see" and person.locked else None


def _enter(
    connection: ASGIConnection[Any, Any, Any, Any], person: SignedIn, refusal: HTTPException
) -> None:
    """What somebody tried to change who may not is in the audit too."""
    audit: Audit = connection.app.state.audit
    audit.note(
        "ask",
        "refused",
        who=person.name,
        kind=person.kind,
        about=f"{connection.scope.get('method', '')} {connection.scope['path']}",
        reason=refusal.detail,
        address=connection.client.host if connection.client else "",
    )


def has_not(person: SignedIn, right: Right, where: str = "") -> PermissionDeniedException:
    """The refusal, in one form."""
    detail = f"This needs the right to {right}{where}, which {person.name} has not."
    return PermissionDeniedException(detail=detail)
