"""Publishing: a draft becomes a numbered version, for good, and its slots are in force."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import asyncpg
import msgspec

from schedules import festival_file
from schedules.catalogue.machines import Dialect
from schedules.catalogue.model import Festival
from schedules.catalogue.queries import lock_festival
from schedules.compile import compile_nights
from schedules.connection import Connection
from schedules.planning.queries import (
    InForceRow,
    Overlap,
    PublishedNightFile,
    VersionRow,
    clear_in_force,
    fetch_newest_night_file,
    fetch_newest_version,
    find_overlaps,
    insert_in_force,
    insert_version,
)
from show_control.model import NightFile, Slot
from show_control.night_file import content_hash, pack_night_file

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Published(msgspec.Struct, frozen=True):
    """`changed` is False where the draft was published already, as this version."""

    festival: str
    version: int
    night_file_hash: str
    changed: bool


class NoSuchFestival(LookupError):
    """Nothing of this id was imported."""


class Overlapping(RuntimeError):
    """What was to be published takes surfaces that are taken; each in a sentence."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("\n".join(sentences))


async def publish(
    connection: Connection,
    festival: str,
    *,
    by: str,
    now: datetime,
    dialects: Iterable[Dialect] = (),
) -> Published:
    """Freeze the draft as the next version and put its slots in force, all or nothing.

    Raises NoSuchFestival, FestivalFaults for a draft that cannot be compiled, Overlapping.
    """
    async with connection.transaction():
        draft = await lock_festival(connection, festival)
        if draft is None:
            raise NoSuchFestival(f"there is no festival {festival}: import its file first")
        last = await fetch_newest_version(connection, festival)
        if last is not None and last.document_hash == draft.draft_hash:
            return Published(festival, last.number, last.night_file_hash, changed=False)
        number = 1 if last is None else last.number + 1
        decoded = festival_file.decode(draft.draft, dialects)
        night_file = compile_nights(decoded, version=number).night_file
        packed = pack_night_file(night_file)
        version = VersionRow(
            festival=festival,
            number=number,
            document_hash=draft.draft_hash,
            night_file_hash=content_hash(packed),
            published_at=now,
            published_by=by,
        )
        await insert_version(connection, version, document=draft.draft, night_file=packed)
        await _put_in_force(connection, night_file, slots_in_force(decoded, night_file))
    return Published(festival, number, version.night_file_hash, changed=True)


async def newest_version(
    connection: Connection, festival: str | None = None
) -> PublishedNightFile | None:
    """What the player is to load: of a festival, else of whatever was published last."""
    return await fetch_newest_night_file(connection, festival)


def slots_in_force(festival: Festival, night_file: NightFile) -> list[InForceRow]:
    """A row for each surface that each slot takes: its own, and those of what it drives."""
    venues = {surface.id: surface.venue for surface in festival.surfaces}
    return [
        InForceRow(
            festival=night_file.festival,
            version=night_file.version or 0,
            night=date.fromisoformat(slot.night),
            slot=slot.id,
            surface=f"{venues[surface]}/{surface}",
            programme=slot.programme,
            starts=EPOCH + timedelta(milliseconds=slot.starts),
            ends=EPOCH + timedelta(milliseconds=slot.ends),
        )
        for night in night_file.nights
        for slot in night.slots
        for surface in sorted(_taken(night_file, slot))
    ]


def _taken(night_file: NightFile, slot: Slot) -> set[str]:
    return {slot.surface, *(night_file.outputs[output].surface for output in slot.outputs)}


async def _put_in_force(
    connection: Connection, night_file: NightFile, rows: Sequence[InForceRow]
) -> None:
    await clear_in_force(connection, night_file.festival)
    try:
        async with connection.transaction():
            await insert_in_force(connection, rows)
    except asyncpg.ExclusionViolationError as refused:
        # The constraint speaks of one pair, in UTC; and who was first has committed by now.
        found = await find_overlaps(connection, night_file.festival, rows)
        zone = ZoneInfo(night_file.time_zone)
        told = [_sentence(overlap, zone) for overlap in found] or [str(refused.detail)]
        raise Overlapping(told) from refused


def _sentence(overlap: Overlap, zone: ZoneInfo) -> str:
    def span(starts: datetime, ends: datetime) -> str:
        return f"{starts.astimezone(zone):%H:%M:%S} to {ends.astimezone(zone):%H:%M:%S}"

    return (
        f"{overlap.slot} of {overlap.night} ({span(overlap.starts, overlap.ends)}) overlaps "
        f"{overlap.other_slot} of {overlap.other_night} in {overlap.other_festival} "
        f"({span(overlap.other_starts, overlap.other_ends)}) on {overlap.surface}"
    )
