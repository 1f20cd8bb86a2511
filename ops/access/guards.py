"""What holds routes to rights. Every route needs somebody signed in, unless it says it is open."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from litestar.exceptions import PermissionDeniedException
from litestar.handlers import BaseRouteHandler
from litestar.types import Guard

from ops.access.rights import Right

OPEN = "open_to_strangers"
"""A route's `opt` with this set asks nobody who they are."""


def needs(right: Right) -> Guard:
    """A guard: who asks has this right somewhere. Where, is for the route to judge."""

    def guard(connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
        if right not in connection.user.rights:
            raise PermissionDeniedException(
                detail=f"This needs the right to {right}, which {connection.user.name} has not."
            )

    return guard
