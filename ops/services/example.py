"""The example festival, and the same moved so that tonight is its opening night."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from importlib.resources import files
from typing import Any

import tomli_w

from ops.night_window import WindowFault, read_window
from ops.services.cataloguing import import_festival
from ops.services.planning import Published, publish
from schedules.catalogue.model import Festival, Starts
from schedules.catalogue.queries import list_festivals, lock_festivals
from schedules.compile import compile_nights
from schedules.connection import Connection
from schedules.festival_file import decode
from schedules.moving import moved_to
from schedules.nights.night_time import brief

EXAMPLE = "seoullight-2025-fall.toml"
CEREMONY = "opening-ceremony"
STANDS_BY_IN = 6
"""Seconds from now until the ceremony stands by: there is time to publish and load it."""


class NotEmpty(Exception):
    """There are festivals: the example is for an installation that has none."""


def example() -> str:
    """The example as it is in the package."""
    return (files("festivals") / EXAMPLE).read_text("utf-8")


async def publish_example(connection: Connection, now: datetime, by: str) -> Published:
    """Import the example moved to now and publish it; raises NotEmpty where any festival is."""
    text = tomli_w.dumps(tonight(example(), now, STANDS_BY_IN))
    async with connection.transaction():
        await lock_festivals(connection)
        if await list_festivals(connection):
            raise NotEmpty
        imported = await import_festival(connection, text, now)
        return await publish(connection, imported.festival, by=by, now=now)


def seconds_from(text: str, night: date | None, starts: str) -> float:
    """How far the opening ceremony is from a moment of a night: of the opening night, where none is
    named. Raises WindowFault."""
    festival = decode(text)
    ceremony = next(slot for slot in festival.slots if slot.id == CEREMONY)
    night = night or ceremony.night
    nights = festival.festival.nights
    if not nights.first <= night <= nights.last:
        raise WindowFault(f"--night {night}: the nights are {nights.first} to {nights.last}")
    now = read_window(starts, None, festival, night).starts
    planned = compile_nights(festival, nights=[ceremony.night]).night_file.nights[0].slots
    return (next(s.starts for s in planned if s.id == CEREMONY) - (now or 0)) / 1000


def tonight(text: str, now: datetime, seconds: float) -> dict[str, Any]:
    """The example's document with the opening ceremony so many seconds from now."""
    document = tomllib.loads(text)
    moved: Festival = moved_to(decode(text), now, seconds=seconds)
    head = document["festival"]
    head["time_zone"] = moved.festival.time_zone
    head["night_ends"] = brief(moved.festival.night_ends)
    head["nights"] = {"from": moved.festival.nights.first, "to": moved.festival.nights.last}
    for written, surface in zip(document["surfaces"], moved.surfaces, strict=True):
        for key in ("curfew", "opening"):
            if (at := getattr(surface, key)) is not None:
                written[key] = brief(at)
    for written, pattern in zip(document["patterns"], moved.patterns, strict=True):
        written["starts"] = start(pattern.starts)
        written["except"] = list(pattern.excepted)
        if pattern.weekdays:
            written["weekdays"] = list(pattern.weekdays)
    for written, slot in zip(document["slots"], moved.slots, strict=True):
        written["night"], written["starts"] = slot.night, start(slot.starts)
    for written, cohort in zip(document["cohorts"], moved.cohorts, strict=True):
        if cohort.term is not None:
            written["term"] = {"from": cohort.term.first, "to": cohort.term.last}
    return document


def start(starts: Starts) -> dict[str, str]:
    """A slot's start as the file writes it; a moved festival has no sun in it."""
    assert starts.at is not None, "a moved festival starts at night times"
    return {"at": brief(starts.at)}
