"""Festivals: `/api/v1/festivals`."""

from __future__ import annotations

import msgspec
from litestar import Controller, get
from litestar.di import NamedDependency

from ops.access.guards import needs
from ops.errors import problems
from ops.instants import as_millis, as_text
from ops.storage import Database
from schedules.catalogue.queries import FestivalHead, list_festivals
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


class FestivalsController(Controller):
    path = "/festivals"
    tags = ("festivals",)
    guards = (needs("see"),)

    @get(operation_id="listFestivals", responses=problems(401, 403, 503))
    async def show_all(self, database: NamedDependency[Database]) -> list[Festival]:
        """All festivals, by id."""
        async with database.connection() as connection:
            return [_festival(head) for head in await list_festivals(connection)]


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
