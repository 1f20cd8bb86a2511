"""Works and who made them: `/api/v1/works`. Where a work shows, its credit shows."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromQuery

from ops.access.guards import needs
from ops.access.rights import SignedIn
from ops.errors import problems
from ops.services.crediting import WorkCredit, credits_of
from ops.services.recording import storable
from ops.storage import Database


class WorksController(Controller):
    path = "/works"
    tags = ("works",)
    guards = (needs("see"),)

    @get(operation_id="listWorks", responses=problems(400, 401, 403, 503))
    async def show_all(
        self,
        request: Request[SignedIn, dict[str, Any], State],
        database: NamedDependency[Database],
        festival: FromQuery[str | None] = None,
    ) -> list[WorkCredit]:
        """Every work of the newest version of a festival, with its artists; without one, of
        whatever was published last."""
        async with database.connection() as connection:
            found, works = await credits_of(connection, storable(festival))
        seen = request.user.scope("see", found)
        return [work for work in works if seen is None or seen & set(work.surfaces)]
