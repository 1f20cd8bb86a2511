"""Invariant 13: `in_force` never overlaps, across versions and festivals."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import asyncpg
import msgspec
import pytest

from schedules.catalogue.queries import save_draft
from schedules.connection import Connection
from schedules.planning.queries import (
    InForceRow,
    Overlap,
    VersionRow,
    clear_in_force,
    fetch_in_force,
    fetch_newest_night_file,
    fetch_newest_version,
    find_overlaps,
    insert_in_force,
    insert_version,
    list_versions,
)

EIGHT = datetime(2025, 8, 28, 11, tzinfo=UTC)
NIGHT = date(2025, 8, 28)


def row(festival: str = "fall", slot: str = "loop", at: int = 0, **changes: object) -> InForceRow:
    """Thirty minutes of the facade, `at` minutes after eight."""
    starts = EIGHT + timedelta(minutes=at)
    whole = InForceRow(
        festival=festival,
        version=1,
        night=NIGHT,
        slot=slot,
        surface="ddp/facade",
        programme="base",
        starts=starts,
        ends=starts + timedelta(minutes=30),
    )
    return msgspec.structs.replace(whole, **changes)


async def publish(connection: Connection, festival: str, number: int = 1) -> VersionRow:
    await save_draft(
        connection,
        festival=festival,
        kind="festival",
        title={"en": festival},
        time_zone="Asia/Seoul",
        draft="format = 1",
        draft_hash="d",
        now=EIGHT,
    )
    version = VersionRow(
        festival=festival,
        number=number,
        document_hash="d",
        night_file_hash=f"{festival} {number}",
        published_at=EIGHT + timedelta(days=number),
        published_by="Kim",
    )
    await insert_version(connection, version, document="format = 1", night_file=b"packed")
    return version


@pytest.fixture
async def published(connection: Connection) -> Connection:
    for festival in ("fall", "winter"):
        await publish(connection, festival)
    return connection


async def refused(connection: Connection, rows: list[InForceRow]) -> asyncpg.PostgresError:
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as refusal:
        async with connection.transaction():
            await insert_in_force(connection, rows)
    return refusal.value


async def test_invariant_13_two_festivals_do_not_overlap(published: Connection) -> None:
    await insert_in_force(published, [row()])
    refusal = await refused(published, [row("winter", at=29)])
    assert refusal.constraint_name == "in_force_never_overlaps"


async def test_invariant_13_one_festival_does_not_overlap_itself(published: Connection) -> None:
    await refused(published, [row(), row(slot="other", at=15)])


async def test_neighbours_fit_and_so_do_other_surfaces_and_programmes(
    published: Connection,
) -> None:
    rows = [
        row(),
        row("winter", at=30),
        row("winter", "gala", programme="special"),
        row("winter", "bridge", surface="ddp/bridge"),
    ]
    await insert_in_force(published, rows)
    found = await fetch_in_force(published, NIGHT)
    assert sorted(found, key=repr) == sorted(rows, key=repr)
    assert await fetch_in_force(published, date(2025, 8, 29)) == []


@pytest.mark.parametrize(
    "occupied",
    [
        None,
        "empty",
        "(,)",
        "[2025-08-28 11:00Z,)",
        "(,2025-08-28 11:00Z)",
        "[2025-08-28 11:00Z, 2025-08-28 11:30Z]",
        "(2025-08-28 11:00Z, 2025-08-28 11:30Z)",
    ],
)
async def test_what_would_slip_through_or_collide_is_refused(
    published: Connection, occupied: str | None
) -> None:
    """Ranges that an exclusion constraint never sees overlapping, or neighbours overlapping."""
    with pytest.raises((asyncpg.CheckViolationError, asyncpg.NotNullViolationError)):
        await published.execute(
            "INSERT INTO in_force (festival, version, night, slot, surface, programme, occupied)"
            " VALUES ('fall', 1, '2025-08-28', 'loop', 'ddp/facade', 'base', $1::text::tstzrange)",
            occupied,
        )


async def test_both_sides_of_an_overlap_are_named(published: Connection) -> None:
    mine, theirs = row(at=15), row("winter", "carols", at=40)
    await insert_in_force(published, [row("winter", "matinee", at=-60), theirs])
    assert await find_overlaps(published, "fall", [mine]) == [
        Overlap(
            slot="loop",
            night=NIGHT,
            surface="ddp/facade",
            starts=mine.starts,
            ends=mine.ends,
            other_festival="winter",
            other_slot="carols",
            other_night=NIGHT,
            other_starts=theirs.starts,
            other_ends=theirs.ends,
        )
    ]
    assert await find_overlaps(published, "winter", [theirs]) == []


async def test_clearing_leaves_other_festivals(published: Connection) -> None:
    await insert_in_force(published, [row(), row("winter", at=30)])
    await clear_in_force(published, "fall")
    assert await fetch_in_force(published, NIGHT) == [row("winter", at=30)]


async def test_the_newest_version_is_the_last_number(connection: Connection) -> None:
    assert await fetch_newest_version(connection, "fall") is None
    assert await fetch_newest_night_file(connection) is None
    versions = [await publish(connection, "fall", number) for number in (1, 2, 3)]
    winter = await publish(connection, "winter")
    assert await fetch_newest_version(connection, "fall") == versions[-1]
    assert await list_versions(connection, "fall") == versions
    newest = await fetch_newest_night_file(connection)
    assert newest is not None
    assert (newest.festival, newest.number, newest.night_file) == ("fall", 3, b"packed")
    of_winter = await fetch_newest_night_file(connection, "winter")
    assert of_winter is not None
    assert of_winter.night_file_hash == winter.night_file_hash
