"""The record of a night, page by page, in the database."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from schedules.as_run.queries import AsRunEntry
from schedules.connection import Connection


class Place(msgspec.Struct, frozen=True):
    """Surfaces and the outputs on them: an entry is there by either."""

    surfaces: tuple[str, ...]
    outputs: tuple[str, ...]


class Within(msgspec.Struct, frozen=True):
    """One festival, with all that it has: whoever may see no other is told of no other."""

    festival: str
    all: Place


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which entries: of a night, or without one and from `starts` on, before `ends`; None is every.

    `gos` are the calls of GO: each is told again by the cue that went. `text` is looked for in names, reasons and data. `seen` is where who asks may see: what lies
    elsewhere, and what tells of everywhere at once, is left out.
    """

    night: date
    starts: datetime
    ends: datetime
    kinds: tuple[str, ...] | None = None
    place: Place | None = None
    slot: str | None = None
    by: str | None = None
    text: str | None = None
    gos: bool = True
    seen: Place | None = None
    within: Within | None = None


class After(msgspec.Struct, frozen=True):
    """The entry after which to go on."""

    at: datetime
    player: str
    term: int
    seq: int


wanted_rows = """
FROM as_run
WHERE (night = $1 OR (night IS NULL AND at >= $2 AND at < $3))
    AND ($4::text[] IS NULL OR kind = ANY($4))
    AND ($5::text[] IS NULL OR surface = ANY($5) OR (surface IS NULL AND output = ANY($6::text[])))
    AND ($7::text IS NULL OR slot = $7)
    AND ($8::text IS NULL OR by_name = $8)
    AND ($9::text IS NULL OR strpos(
        lower(concat_ws(' ', cue, slot, surface, output, server, by_name, reason, data::text)),
        lower($9)
    ) > 0)
    AND ($10::boolean OR kind <> 'call' OR data ->> 'call' IS DISTINCT FROM 'go')
    AND ($11::text[] IS NULL
        OR surface = ANY($11)
        OR (surface IS NULL AND output = ANY($12::text[]))
        OR (surface IS NULL AND output IS NULL AND kind IN ('call', 'refused', 'alarm', 'note')
            AND (jsonb_array_length(coalesce(nullif(data -> 'outputs', 'null'), '[]')) = 0
                OR data -> 'outputs' ?| $12)))
    AND ($13::text IS NULL
        OR ((run IS NULL OR starts_with(run, $13 || '.'))
            AND (surface IS NULL OR surface = ANY($14::text[]))
            AND (output IS NULL OR output = ANY($15::text[]))))
"""

SELECT_WANTED = f"""
SELECT player, term, seq, at, kind, night, surface, slot, run, cue, output, server, by_name,
    reason, data, sha256
{wanted_rows}
    AND ($16::timestamptz IS NULL
        OR (at, player, term, seq) > ($16, $17::text, $18::bigint, $19::bigint))
ORDER BY at, player, term, seq
LIMIT $20 OFFSET $21
"""


async def fetch_wanted(
    connection: Connection,
    wanted: Wanted,
    *,
    limit: int,
    offset: int = 0,
    after: After | None = None,
) -> list[AsRunEntry]:
    """A page of the entries, in order: from an offset, or after the last entry of the one before."""
    last = (None, None, None, None) if after is None else msgspec.structs.astuple(after)
    rows = await connection.fetch(SELECT_WANTED, *_arguments(wanted), *last, limit, offset)
    return [AsRunEntry(**row) for row in rows]


COUNT_WANTED = f"SELECT count(*) AS count {wanted_rows}"


async def count_wanted(connection: Connection, wanted: Wanted) -> int:
    found: int = await connection.fetchval(COUNT_WANTED, *_arguments(wanted))
    return found


def _arguments(wanted: Wanted) -> tuple[object, ...]:
    place, seen, within = wanted.place, wanted.seen, wanted.within
    return (
        wanted.night,
        wanted.starts,
        wanted.ends,
        _list(wanted.kinds),
        _list(place.surfaces if place else None),
        _list(place.outputs if place else None),
        wanted.slot,
        wanted.by,
        wanted.text,
        wanted.gos,
        _list(seen.surfaces if seen else None),
        _list(seen.outputs if seen else None),
        within.festival if within else None,
        _list(within.all.surfaces if within else None),
        _list(within.all.outputs if within else None),
    )


def _list(values: tuple[str, ...] | None) -> list[str] | None:
    return None if values is None else list(values)
