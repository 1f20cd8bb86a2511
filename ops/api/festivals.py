"""Festivals: `/api/v1/festivals`; the example, for an installation that has none."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency

from ops.access.audit.entering import Entering
from ops.access.guards import has_not, needs
from ops.access.rights import SignedIn
from ops.errors import problem, problems
from ops.instants import as_millis, as_text
from ops.services.example import NotEmpty, publish_example
from ops.storage import Database
from schedules.catalogue.queries import FestivalHead, list_festivals
from schedules.nights.night_time import from_millis
from show_control.clock import SystemClock
from show_control.model import Text


class Festival(msgspec.Struct, frozen=True):
    """What is planned and run. `version` is the newest published, null until there is one."""

    id: str
    kind: str
    title: Text
    time_zone: str
    revision: int
    version: int | None
    imported_at: str


class DemoLoaded(msgspec.Struct, frozen=True):
    """What was published."""

    festival: str
    version: int


class FestivalsController(Controller):
    path = "/festivals"
    tags = ("festivals",)
    guards = (needs("see"),)

    @get(operation_id="listFestivals", responses=problems(401, 403, 503))
    async def show_all(
        self,
        request: Request[SignedIn, dict[str, Any], State],
        database: NamedDependency[Database],
    ) -> list[Festival]:
        """All festivals of which you may see something, by id."""
        async with database.connection() as connection:
            found = await list_festivals(connection)
        return [_festival(h) for h in found if request.user.scope("see", h.id) != frozenset()]

    @post(
        "/demo",
        guards=(needs("edit"),),
        operation_id="loadDemo",
        responses=problems(400, 401, 403, 409, 415, 423, 503),
    )
    async def load_demo(
        self,
        request: Request[SignedIn, dict[str, Any], State],
        database: NamedDependency[Database],
        entering: NamedDependency[Entering],
    ) -> DemoLoaded:
        """Import the example festival, moved to now, and publish it. Refused where any festival is."""
        now = from_millis(SystemClock().wall())
        with entering.by(request, "publish", "the demo festival"):
            if not request.user.may("edit"):
                raise has_not(request.user, "edit", " everywhere")
            async with database.connection() as connection:
                try:
                    done = await publish_example(connection, now, request.user.name)
                except NotEmpty:
                    says = "There are festivals already: the demo is for none."
                    raise problem(409, says) from None
        return DemoLoaded(done.festival, done.version)


def _festival(head: FestivalHead) -> Festival:
    return Festival(
        id=head.id,
        kind=head.kind,
        title=head.title,
        time_zone=head.time_zone,
        revision=head.revision,
        version=head.version,
        imported_at=as_text(as_millis(head.imported_at)),
    )
