"""The audit: `/api/v1/audit`. Who did what, when, from where, and what came of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from ops.access.audit.queries import AuditRow
from ops.access.audit.writing import Audit, Outcome
from ops.access.guards import has_not, needs
from ops.access.rights import SignedIn
from ops.errors import problems
from ops.instants import as_millis, as_text

HOURS = 24 * 7


class AuditEntry(msgspec.Struct, frozen=True):
    """One thing that somebody asked. `kind` is what they are: a person, a token, a link, a command,
    a stranger, or the service itself."""

    id: str
    at: str
    who: str
    kind: str
    what: str
    about: str | None
    outcome: Outcome
    reason: str | None
    address: str | None


class AuditController(Controller):
    path = "/audit"
    tags = ("audit",)
    guards = (needs("edit"),)

    @get(operation_id="listAudit", responses=problems(400, 401, 403, 503))
    async def show(
        self,
        request: Request[SignedIn, dict[str, Any], State],
        audit: NamedDependency[Audit],
        hours: Annotated[int, QueryParameter(ge=1, le=24 * 3650)] = HOURS,
        limit: Annotated[int, QueryParameter(ge=1, le=5000)] = 1000,
    ) -> list[AuditEntry]:
        """The newest entries of the last hours, oldest first; for those who may edit everywhere."""
        if not request.user.may("edit"):
            raise has_not(request.user, "edit", " everywhere")
        return [_entry(row) for row in await audit.newest(timedelta(hours=hours), limit)]


def _entry(row: AuditRow) -> AuditEntry:
    told = msgspec.structs.asdict(row)
    at = as_text(as_millis(row.at))
    return AuditEntry(**(told | {"id": str(row.id), "at": at}))
