"""Rights, and the guards that hold routes to them. Each is independent of the others."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from litestar.connection import ASGIConnection
from litestar.exceptions import PermissionDeniedException
from litestar.handlers import BaseRouteHandler
from litestar.types import Guard

Right = Literal["see", "edit", "control"]
OPEN = "open_to_strangers"
"""A route's `opt` with this set asks nobody who they are."""


class SignedIn(msgspec.Struct, frozen=True):
    """Who a session belongs to; kept in it, so that nobody need be asked again."""

    name: str
    rights: frozenset[Right]


async def person_of(
    session: dict[str, Any], _connection: ASGIConnection[Any, Any, Any, Any]
) -> SignedIn | None:
    """For Litestar's session authentication: nobody, if the session is not one of ours."""
    try:
        return msgspec.convert(session, SignedIn)
    except msgspec.ValidationError:
        return None


def needs(right: Right) -> Guard:
    """A guard: the signed-in person has this right."""

    def guard(connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
        if right not in connection.user.rights:
            raise PermissionDeniedException(
                detail=f"This needs the right to {right}, which {connection.user.name} has not."
            )

    return guard
