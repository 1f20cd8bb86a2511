"""The record of a night: `/api/v1/nights/{date}/entries`, and the same as CSV."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import date
from functools import partial
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

import msgspec
from litestar import Controller, Request, Response, get
from litestar.datastructures import ResponseHeader, State
from litestar.di import NamedDependency, Provide
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import Stream

from ops.access.guards import needs
from ops.access.rights import SignedIn
from ops.errors import problems
from ops.instants import as_millis, as_text
from ops.services import spreadsheet
from ops.services.reading import Filter, Record, all_pages, one_page, open_record
from ops.services.recording import entry_of, storable
from ops.services.wording import entry_texts
from ops.storage import Database
from schedules.as_run.queries import AsRunEntry
from show_control.model import Text

Asked = Request[SignedIn, dict[str, Any], State]
Some = Annotated[list[str] | None, QueryParameter(max_items=50)]
Searched = Annotated[str | None, QueryParameter(max_length=200)]
COUNT = "X-Total-Count"
COUNTED = ResponseHeader(
    name=COUNT, description="How many there are in all.", documentation_only=True
)
MOST = 1000


class RecordedEntry(msgspec.Struct, frozen=True):
    """One recorded fact; what `data` holds depends on its kind. `texts` say it in words."""

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
    texts: Text


def filter_of(
    sheet: FromQuery[bool] = False,
    kind: Some = None,
    surface: Some = None,
    slot: Searched = None,
    by: Searched = None,
    text: Searched = None,
) -> Filter:
    """What both routes can be asked for; a parameter that is not given leaves nothing out."""
    return Filter(
        sheet=sheet,
        kinds=tuple(storable(kind or [])),
        surfaces=tuple(storable(surface or [])),
        slot=storable(slot),
        by=storable(by),
        text=storable(text),
    )


class EntriesController(Controller):
    path = "/nights/{night:date}"
    tags = ("nights",)
    guards = (needs("see"),)
    dependencies: Mapping[str, Provide] = {"asked": Provide(filter_of, sync_to_thread=False)}

    @get(
        "/entries",
        operation_id="listEntries",
        response_headers=[COUNTED],
        responses=problems(400, 401, 403, 404, 503),
    )
    async def entries(
        self,
        night: FromPath[date],
        request: Asked,
        database: NamedDependency[Database],
        asked: NamedDependency[Filter],
        limit: Annotated[int, QueryParameter(ge=1, le=MOST)] = MOST,
        offset: Annotated[int, QueryParameter(ge=0, le=10_000_000)] = 0,
    ) -> Response[list[RecordedEntry]]:
        """What is recorded of a night, in order: what names the night, and what names none and
        happened in it. Empty where nothing is."""
        async with database.connection() as connection:
            record = await open_record(connection, night, asked, partial(request.user.scope, "see"))
            count, page = await one_page(connection, record, limit, offset)
        return Response([_entry(row) for row in page], headers={COUNT: str(count)})

    @get(
        "/entries.csv",
        operation_id="downloadEntries",
        media_type="text/csv",
        responses={
            200: ResponseSpec(
                str, generate_examples=False, description="The entries.", media_type="text/csv"
            ),
            **problems(400, 401, 403, 404, 503),
        },
    )
    async def download(
        self,
        night: FromPath[date],
        request: Asked,
        database: NamedDependency[Database],
        asked: NamedDependency[Filter],
        language: FromQuery[Literal["en", "ko"]] = "en",
    ) -> Stream:
        """The same entries as a table for spreadsheets: UTF-8 with a byte order mark, RFC 4180."""
        async with database.connection() as connection:
            record = await open_record(connection, night, asked, partial(request.user.scope, "see"))
        return Stream(
            _table(database, record, language),
            media_type="text/csv",
            headers={"Content-Disposition": f'attachment; filename="as-run-{night}.csv"'},
        )


async def _table(database: Database, record: Record, language: str) -> AsyncIterator[str]:
    yield spreadsheet.head(language)
    zone = ZoneInfo(record.time_zone)
    async for page in all_pages(database, record):
        yield spreadsheet.rows(page, zone, language)


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
        texts=entry_texts(entry_of(row)),
    )
