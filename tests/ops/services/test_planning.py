"""Publishing: numbered, frozen, in force, and refused where the facade is taken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import pytest
import pytest_asyncio

from ops.database.embedded import EmbeddedServer
from ops.database.pool import Pool, open_pool
from ops.services.cataloguing import import_festival
from ops.services.planning import NoSuchFestival, Overlapping, newest_version, publish
from schedules.connection import Connection
from schedules.faults import FestivalFaults
from schedules.planning.queries import fetch_in_force, list_versions
from show_control.night_file import content_hash, unpack_night_file
from tests.database import new_database
from tests.ops.services.examples import AFTERNOON, FALL, RIVAL, RIVALS
from tests.schedules.examples import GALLERY, RIVER, SEOUL

NOW = datetime(2025, 8, 1, tzinfo=UTC)
LATER = datetime(2025, 8, 2, tzinfo=UTC)
OPENING = date(2025, 8, 28)


@pytest_asyncio.fixture
async def pool(server: EmbeddedServer, template: str) -> AsyncIterator[Pool]:
    """For what really commits."""
    async with new_database(server, template) as address, open_pool(address.app) as pool:
        yield pool


async def test_a_draft_becomes_version_1_and_what_the_player_loads(connection: Connection) -> None:
    await import_festival(connection, SEOUL, NOW)
    published = await publish(connection, FALL, by="Kim", now=NOW)
    assert (published.version, published.changed) == (1, True)

    newest = await newest_version(connection)
    assert newest is not None
    assert newest == await newest_version(connection, FALL)
    assert content_hash(newest.night_file) == newest.night_file_hash == published.night_file_hash
    night_file = unpack_night_file(newest.night_file)
    assert (night_file.festival, night_file.version) == (FALL, 1)
    assert len(night_file.nights) == 11
    (version,) = await list_versions(connection, FALL)
    assert (version.published_at, version.published_by) == (NOW, "Kim")


@pytest.mark.parametrize(("text", "nights"), [(RIVER, 3), (GALLERY, None)])
async def test_festivals_of_another_shape_are_published_too(
    connection: Connection, text: str, nights: int | None
) -> None:
    """Over midnight and a missing hour, by the sun, on two venues; and by day."""
    imported = await import_festival(connection, text, NOW)
    published = await publish(connection, imported.festival, by="Kim", now=NOW)
    assert (published.version, published.changed) == (1, True)
    newest = await newest_version(connection, imported.festival)
    assert newest is not None
    night_file = unpack_night_file(newest.night_file)
    assert nights in {None, len(night_file.nights)}
    for night in night_file.nights:
        found = await fetch_in_force(connection, date.fromisoformat(night.date))
        assert {row.slot for row in found} == {slot.id for slot in night.slots}


async def test_a_slot_takes_every_surface_that_it_drives(connection: Connection) -> None:
    await import_festival(connection, SEOUL, NOW)
    await publish(connection, FALL, by="Kim", now=NOW)
    rows = await fetch_in_force(connection, OPENING)
    assert [
        (row.slot, row.surface, f"{row.starts:%H:%M}", f"{row.ends:%H:%M}") for row in rows
    ] == [
        ("opening-ceremony", "ddp/bridge", "11:00", "11:30"),
        ("opening-ceremony", "ddp/facade", "11:00", "11:30"),
        ("facade-loop.2", "ddp/facade", "11:30", "11:56"),
        ("facade-loop.3", "ddp/facade", "12:00", "12:26"),
        ("facade-loop.4", "ddp/facade", "12:30", "12:56"),
    ]


async def test_an_unchanged_draft_makes_no_version(connection: Connection) -> None:
    await import_festival(connection, SEOUL, NOW)
    first = await publish(connection, FALL, by="Kim", now=NOW)
    again = await publish(connection, FALL, by="Lee", now=LATER)
    assert (again.version, again.changed) == (1, False)
    assert again.night_file_hash == first.night_file_hash
    assert len(await list_versions(connection, FALL)) == 1


async def test_a_new_version_takes_the_place_of_the_one_before(connection: Connection) -> None:
    await import_festival(connection, SEOUL, NOW)
    await publish(connection, FALL, by="Kim", now=NOW)
    first = await newest_version(connection, FALL)
    # Importing changes the draft, and nothing that was published.
    await import_festival(connection, SEOUL.replace("passes = 4", "passes = 2"), LATER)
    assert await newest_version(connection, FALL) == first

    published = await publish(connection, FALL, by="Kim", now=LATER)
    assert published.version == 2
    rows = await fetch_in_force(connection, OPENING)
    assert {row.version for row in rows} == {2}
    assert {row.slot for row in rows} == {"opening-ceremony", "facade-loop.2"}
    assert [v.number for v in await list_versions(connection, FALL)] == [1, 2]


async def test_what_was_not_imported_is_not_published(connection: Connection) -> None:
    with pytest.raises(NoSuchFestival, match=FALL):
        await publish(connection, FALL, by="Kim", now=NOW)


async def test_a_draft_that_cannot_be_compiled_is_not_published(connection: Connection) -> None:
    """Two base slots at once: decoded, imported, and refused when it is planned."""
    second = SEOUL.replace(
        "[[slots]]",
        '[[slots]]\nid = "late"\nsurface = "facade"\nnight = 2025-08-30\n'
        'starts = { at = "20:10" }\nduration = "5m"\nworks = ["solar-wind"]\n\n[[slots]]',
        1,
    )
    await import_festival(connection, second, NOW)
    with pytest.raises(FestivalFaults):
        await publish(connection, FALL, by="Kim", now=NOW)
    assert await newest_version(connection) is None


async def test_another_festival_s_slots_stand_in_the_way_by_name(connection: Connection) -> None:
    await import_festival(connection, SEOUL, NOW)
    await import_festival(connection, RIVALS, NOW)
    await publish(connection, FALL, by="Kim", now=NOW)
    with pytest.raises(Overlapping) as refused:
        await publish(connection, RIVAL, by="Lee", now=NOW)
    assert (
        f"facade-loop.2 of 2025-08-28 (20:30:00 to 20:56:40) overlaps facade-loop.2 of 2025-08-28 "
        f"in {FALL} (20:30:00 to 20:56:40) on ddp/facade"
    ) in refused.value.sentences
    assert await newest_version(connection, RIVAL) is None
    assert {row.festival for row in await fetch_in_force(connection, OPENING)} == {FALL}


async def test_festivals_share_a_facade_at_different_hours(connection: Connection) -> None:
    for text, festival in ((SEOUL, FALL), (AFTERNOON, RIVAL)):
        await import_festival(connection, text, NOW)
        await publish(connection, festival, by="Kim", now=NOW)
    assert {row.festival for row in await fetch_in_force(connection, OPENING)} == {FALL, RIVAL}


async def test_invariant_13_of_two_festivals_at_once_one_is_published(pool: Pool) -> None:
    for text in (SEOUL, RIVALS):
        await import_on(pool, text)

    async def attempt(festival: str) -> bool:
        try:
            async with pool.acquire() as connection:
                await publish(connection, festival, by="Kim", now=NOW)
        except Overlapping:
            return False
        return True

    assert sorted(await asyncio.gather(attempt(FALL), attempt(RIVAL))) == [False, True]
    async with pool.acquire() as connection:
        assert len({row.festival for row in await fetch_in_force(connection, OPENING)}) == 1


async def test_publishing_at_once_makes_one_version(pool: Pool) -> None:
    await import_on(pool, SEOUL)

    async def attempt() -> bool:
        async with pool.acquire() as connection:
            return (await publish(connection, FALL, by="Kim", now=NOW)).changed

    assert sorted(await asyncio.gather(*(attempt() for _ in range(4)))) == [False] * 3 + [True]


async def import_on(pool: Pool, text: str) -> None:
    async with pool.acquire() as connection:
        await import_festival(connection, text, NOW)
