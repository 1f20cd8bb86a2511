"""Entries by (player, term, seq): stored once, found by night and by run."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec

from schedules.as_run.queries import (
    AsRunEntry,
    Cursor,
    Key,
    fetch_cursor,
    fetch_night,
    fetch_run,
    find_differing,
    store_entries,
)
from schedules.connection import Connection

EIGHT = datetime(2025, 8, 28, 11, tzinfo=UTC)
RUN = "fall.2025-08-28.opening-ceremony"


def entry(seq: int, term: int = 1, player: str = "p", **changes: object) -> AsRunEntry:
    whole = AsRunEntry(
        player=player,
        term=term,
        seq=seq,
        at=EIGHT + timedelta(milliseconds=seq),
        kind="cue_went",
        night=date(2025, 8, 28),
        surface="facade",
        slot="opening-ceremony",
        run=RUN,
        cue="4",
        by_name="Kim",
        data={"how": "GO", "late": 0},
        sha256=b"%d" % seq,
    )
    return msgspec.structs.replace(whole, **changes)


async def test_what_is_stored_again_is_stored_once(connection: Connection) -> None:
    first, second = entry(1), entry(2, reason="none")
    assert await store_entries(connection, [first]) == [Key("p", 1, 1)]
    assert await store_entries(connection, [first, second, second]) == [Key("p", 1, 2)]
    assert await store_entries(connection, []) == []
    assert await fetch_night(connection, date(2025, 8, 28)) == [first, second]


async def test_the_same_key_with_other_bytes_is_found_and_not_stored(
    connection: Connection,
) -> None:
    first, forged = entry(1), entry(1, by_name="Lee", sha256=b"other")
    await store_entries(connection, [first, entry(2)])
    assert await store_entries(connection, [forged, entry(2)]) == []
    assert await find_differing(connection, [forged, entry(2)]) == [Key("p", 1, 1)]
    assert (await fetch_run(connection, RUN))[0] == first


async def test_the_cursor_is_the_last_of_the_last_term(connection: Connection) -> None:
    assert await fetch_cursor(connection, "p") is None
    stored = [entry(9, term=1), entry(2, term=2), entry(10, term=1), entry(99, player="other")]
    await store_entries(connection, stored)
    assert await fetch_cursor(connection, "p") == Cursor(2, 2)


async def test_a_night_and_a_run_are_told_in_order_of_time(connection: Connection) -> None:
    later, sooner = entry(1, at=EIGHT + timedelta(hours=1)), entry(2)
    elsewhere = entry(3, night=date(2025, 8, 29), run="another")
    unbound = entry(4, night=None, run=None, slot=None)
    await store_entries(connection, [later, sooner, elsewhere, unbound])
    assert await fetch_night(connection, date(2025, 8, 28)) == [sooner, later]
    assert await fetch_run(connection, RUN) == [sooner, later]
