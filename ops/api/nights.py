"""Nights, as planned and as they ran: `/api/v1/nights`."""

from __future__ import annotations

from datetime import date
from typing import Any

from litestar import Controller, Request, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from ops.access.guards import needs
from ops.access.rights import SignedIn
from ops.api.night_reply import NightReply, NightSummary, night_reply, summary
from ops.errors import problems
from ops.services.recording import storable
from ops.services.retelling import list_nights, tell_night
from ops.storage import Database

Asked = Request[SignedIn, dict[str, Any], State]


class NightsController(Controller):
    path = "/nights"
    tags = ("nights",)
    guards = (needs("see"),)

    @get(operation_id="listNights", responses=problems(401, 403, 503))
    async def show_all(
        self, request: Asked, database: NamedDependency[Database]
    ) -> list[NightSummary]:
        """Every night that is published or recorded, by date."""
        async with database.connection() as connection:
            found = await list_nights(connection)
        return [summary(h) for h in found if request.user.scope("see", h.festival) != frozenset()]

    @get("/{night:date}", operation_id="getNight", responses=problems(400, 401, 403, 404, 503))
    async def show(
        self,
        night: FromPath[date],
        request: Asked,
        database: NamedDependency[Database],
        festival: FromQuery[str | None] = None,
    ) -> NightReply:
        """A night's slots as planned by the version that was in force, and as they ran."""
        async with database.connection() as connection:
            told = await tell_night(connection, night, storable(festival))
        of = told.file.festival if told is not None and told.file else None
        seen = request.user.scope("see", of)
        if told is None or seen == frozenset():
            raise NotFoundException(detail=f"Nothing is planned or recorded of {night}.")
        return night_reply(told, seen)
