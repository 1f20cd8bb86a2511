"""Recording: entries as players pack them become as-run, each once."""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec

from ops.services.recording import cursor, store
from schedules.as_run.queries import Key, fetch_night, fetch_run
from schedules.connection import Connection
from show_control.entries import Entry

AT = 1_756_378_800_123
RUN = "fall.2025-08-28.opening-ceremony"


def entry(seq: int, **changes: object) -> Entry:
    whole = Entry(
        player="p",
        term=2,
        seq=seq,
        at=AT + seq,
        kind="cue_went",
        night="2025-08-28",
        run=RUN,
        cue="6.5",
        by="Kim",
        data={"how": "GO", "late": 0.25},
    )
    return msgspec.structs.replace(whole, **changes)


async def test_entries_are_stored_once_however_often_they_come(connection: Connection) -> None:
    entries = [entry(seq) for seq in range(1, 6)]
    stored = await store(connection, entries[:3])
    assert (stored.new, stored.refused) == (tuple(Key("p", 2, seq) for seq in (1, 2, 3)), ())
    stored = await store(connection, entries)
    assert (stored.new, stored.refused) == (tuple(Key("p", 2, seq) for seq in (4, 5)), ())
    assert len(await fetch_run(connection, RUN)) == 5


async def test_an_entry_is_found_as_it_was(connection: Connection) -> None:
    await store(connection, [entry(1)])
    (found,) = await fetch_night(connection, date(2025, 8, 28))
    assert found.at == datetime(2025, 8, 28, 11, 0, 0, 124_000, tzinfo=UTC)
    assert (found.cue, found.by_name, found.surface) == ("6.5", "Kim", None)
    assert found.data == {"how": "GO", "late": 0.25}


async def test_the_same_key_with_other_bytes_is_refused_and_keeps_nothing_else_out(
    connection: Connection,
) -> None:
    await store(connection, [entry(1)])
    stored = await store(connection, [entry(1, by="Lee"), entry(2)])
    assert stored.refused == (Key("p", 2, 1),)
    assert stored.new == (Key("p", 2, 2),)
    assert [e.by_name for e in await fetch_run(connection, RUN)] == ["Kim", "Kim"]


async def test_the_same_key_twice_in_one_batch_with_other_bytes(connection: Connection) -> None:
    stored = await store(connection, [entry(1), entry(1, by="Lee")])
    assert (stored.new, stored.refused) == ((Key("p", 2, 1),), (Key("p", 2, 1),))


async def test_pulling_begins_at_the_beginning_and_goes_on_from_the_last(
    connection: Connection,
) -> None:
    assert await cursor(connection, "p") == (0, 0)
    await store(connection, [entry(7), entry(9, term=1)])
    assert await cursor(connection, "p") == (2, 7)


async def test_what_postgresql_cannot_hold_does_not_stop_recording(connection: Connection) -> None:
    """Bytes, and the NUL that a media server put in a clip's name."""
    odd = entry(1, data={"packed": b"\x00\xff", "clip\0": ["a\0b", {"c": "\0"}]}, reason="\0")
    stored = await store(connection, [odd])
    assert stored.new == (Key("p", 2, 1),)
    (found,) = await fetch_run(connection, RUN)
    assert found.data == {"packed": "AP8=", "clip\ufffd": ["a\ufffdb", {"c": "\ufffd"}]}
    assert found.reason == "\ufffd"
    # Cleaned or not: the same bytes are the same entry.
    assert (await store(connection, [odd])).refused == ()


async def test_nothing_is_stored_of_nothing(connection: Connection) -> None:
    stored = await store(connection, [])
    assert (stored.new, stored.refused) == ((), ())
