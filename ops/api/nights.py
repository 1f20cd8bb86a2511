"""Nights, as they ran: `/api/v1/nights/{date}/entries`."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from ops.access.guards import needs
from ops.errors import problems
from ops.instants import as_millis, as_text
from ops.storage import Database
from schedules.as_run.queries import AsRunEntry, fetch_night


class RecordedEntry(msgspec.Struct, frozen=True):
    """One recorded fact; what `data` holds depends on its kind."""

    player: str
    term: int
    seq: int
    at: str
    kind: str
    night: str | None
    surface: str | None
    slot: str | None
    run: str | None
    cue: str | None
    output: str | None
    server: str | None
    by: str | None
    reason: str | None
    data: dict[str, Any]


class NightsController(Controller):
    path = "/nights"
    tags = ("nights",)
    guards = (needs("see"),)

    @get(
        "/{night:date}/entries",
        operation_id="listEntries",
        responses=problems(400, 401, 403, 404, 503),
    )
    async def entries(
        self, night: FromPath[date], database: NamedDependency[Database]
    ) -> list[RecordedEntry]:
        """Everything recorded of a night, in order; empty where nothing is."""
        async with database.connection() as connection:
            return [_entry(row) for row in await fetch_night(connection, night)]


def _entry(row: AsRunEntry) -> RecordedEntry:
    return RecordedEntry(
        player=row.player,
        term=row.term,
        seq=row.seq,
        at=as_text(as_millis(row.at)),
        kind=row.kind,
        night=None if row.night is None else row.night.isoformat(),
        surface=row.surface,
        slot=row.slot,
        run=row.run,
        cue=row.cue,
        output=row.output,
        server=row.server,
        by=row.by_name,
        reason=row.reason,
        data=row.data,
    )
