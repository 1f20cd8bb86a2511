"""Crediting: who made what is shown, as the published festival file says it."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from schedules import festival_file
from schedules.connection import Connection
from schedules.faults import FestivalFaults
from schedules.planning.queries import fetch_newest_document
from show_control.model import Text


class Credited(msgspec.Struct, frozen=True):
    """An artist, named."""

    artist: str
    name: Text


class WorkCredit(msgspec.Struct, frozen=True):
    """A work with its makers; `surfaces` are those that it has a clip for."""

    work: str
    title: Text
    artists: tuple[Credited, ...]
    surfaces: tuple[str, ...]


async def credits_of(
    connection: Connection, festival: str | None = None
) -> tuple[str | None, tuple[WorkCredit, ...]]:
    """The festival, and every work of its newest version: a festival, else what was published last."""
    newest = await fetch_newest_document(connection, festival)
    return (None, ()) if newest is None else (newest.festival, credits_in(newest.document))


@lru_cache(maxsize=8)
def credits_in(document: str) -> tuple[WorkCredit, ...]:
    """The works of a festival file: as far as it can be read here, where another Lamplighter or
    another data folder's dialects published it. A version never changes, and every wall asks for it."""
    try:
        festival, _ = festival_file.read(document)
    except FestivalFaults:
        return ()
    names = {artist.id: artist.name for artist in festival.artists}
    return tuple(
        WorkCredit(
            work=work.id,
            title=work.title or {"und": work.id},
            artists=tuple(Credited(a, names.get(a) or {"und": a}) for a in work.artists),
            surfaces=tuple(work.clips),
        )
        for work in festival.works
    )
