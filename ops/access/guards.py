"""What holds routes to rights. Every route needs somebody signed in, unless it says it is open."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from litestar.exceptions import PermissionDeniedException
from litestar.handlers import BaseRouteHandler
from litestar.types import Guard

from ops.access.rights import Right, SignedIn
from ops.errors import Locked

OPEN = "open_to_strangers"
"""A route's `opt` with this set asks nobody who they are."""


def needs(right: Right) -> Guard:
    """A guard: who asks has this right somewhere. Where, is for the route to judge."""

    def guard(connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
        person: SignedIn = connection.user
        if right not in person.rights:
            raise has_not(person, right)
        if right != "see" and person.locked:
            raise Locked

    return guard


def has_not(person: SignedIn, right: Right, where: str = "") -> PermissionDeniedException:
    """The refusal, in one form."""
    detail = f"This needs the right to {right}{where}, which {person.name} has not."
    return PermissionDeniedException(detail=detail)
