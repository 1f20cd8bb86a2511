"""Where a right may hold: festivals that were imported, and their surfaces."""

from __future__ import annotations

from collections.abc import Iterable

from ops.access.names import NoGood
from ops.access.rights import Grant
from schedules import festival_file
from schedules.catalogue.queries import fetch_festival, list_festivals
from schedules.connection import Connection
from schedules.faults import FestivalFaults


async def check_places(connection: Connection, grants: Iterable[Grant]) -> None:
    """Raises NoGood for a festival that was not imported or a surface that is in none."""
    if all(grant.festival is None and grant.surface is None for grant in grants):
        return
    surfaces = {
        head.id: await _surfaces(connection, head.id) for head in await list_festivals(connection)
    }
    for grant in grants:
        _check(grant, surfaces)


def _check(grant: Grant, surfaces: dict[str, frozenset[str]]) -> None:
    if grant.festival is not None and grant.festival not in surfaces:
        there = ", ".join(surfaces) or "none yet: import its file first"
        raise NoGood(f"festival {grant.festival} is not imported; there is {there}")
    if grant.surface is None:
        return
    within = [grant.festival] if grant.festival is not None else list(surfaces)
    there_are = sorted({surface for festival in within for surface in surfaces[festival]})
    if grant.surface not in there_are:
        where = grant.festival or "any festival"
        raise NoGood(
            f"surface {grant.surface} is not in {where}; there is {', '.join(there_are) or 'none'}"
        )


async def _surfaces(connection: Connection, festival: str) -> frozenset[str]:
    """As its draft has them."""
    row = await fetch_festival(connection, festival)
    try:
        drafted = festival_file.decode(row.draft) if row is not None else None
    except FestivalFaults:
        return frozenset()
    return frozenset() if drafted is None else frozenset(s.id for s in drafted.surfaces)
