"""The record of a night: what is asked for is there, in order, page by page."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest

from schedules.as_run.queries import AsRunEntry, store_entries
from schedules.as_run.record.queries import After, Place, Wanted, Within, count_wanted, fetch_wanted
from schedules.connection import Connection

NIGHT = date(2025, 8, 28)
EIGHT = datetime(2025, 8, 28, 11, tzinfo=UTC)
EVERY = Wanted(night=NIGHT, starts=EIGHT - timedelta(hours=1), ends=EIGHT + timedelta(hours=1))
FACADE = Place(surfaces=("facade",), outputs=("facade-west",))


def entry(seq: int, kind: str, **beside: Any) -> AsRunEntry:
    return AsRunEntry(
        player="p",
        term=1,
        seq=seq,
        at=EIGHT + timedelta(seconds=seq),
        kind=kind,
        sha256=b"%d" % seq,
        **({"night": NIGHT} | beside),
    )


ENTRIES = [
    entry(1, "stands_by", surface="facade", slot="opening"),
    entry(2, "cue_went", surface="facade", slot="opening", cue="4", data={"name": {"ko": "카운트다운"}}),
    entry(3, "refused", surface="facade", slot="opening", by_name="Lee", reason="Kim has control"),
    entry(4, "cue_went", surface="bridge", slot="laser", by_name="Kim", data={"name": {"en": "100 %_"}}),
    entry(5, "evidence", night=None, output="facade-west", server="west"),
    entry(6, "evidence", night=None, output="bridge-laser", server="laser"),
    entry(7, "life", night=None, server="west"),
    entry(8, "call", night=None, by_name="Kim", data={"call": "show_stop"}),
    entry(9, "alarm", night=None, reason="disk"),
    entry(10, "cue_went", night=date(2025, 8, 29), surface="facade"),
    entry(7200, "alarm", night=None, reason="on another night"),
]  # fmt: skip


@pytest.fixture
async def record(connection: Connection) -> Connection:
    await store_entries(connection, ENTRIES)
    return connection


async def found(connection: Connection, **asked: Any) -> list[int]:
    wanted = msgspec.structs.replace(EVERY, **asked)
    rows = await fetch_wanted(connection, wanted, limit=100)
    assert await count_wanted(connection, wanted) == len(rows)
    return [row.seq for row in rows]


async def test_a_nights_record_has_what_names_it_and_what_happened_in_it(
    record: Connection,
) -> None:
    assert await found(record) == [1, 2, 3, 4, 5, 6, 7, 8, 9]


@pytest.mark.parametrize(
    ("asked", "seqs"),
    [
        ({"kinds": ("cue_went", "refused")}, [2, 3, 4]),
        ({"place": FACADE}, [1, 2, 3, 5]),
        ({"slot": "laser"}, [4]),
        ({"by": "Kim"}, [4, 8]),
        ({"text": "카운트"}, [2]),
        ({"text": "HAS control"}, [3]),
        ({"text": "%_"}, [4]),
        ({"text": "nothing of this"}, []),
        ({"by": "Kim", "kinds": ("call",)}, [8]),
        ({"by": "Kim", "gos": False}, [4, 8]),
    ],
)
async def test_each_filter_leaves_out_what_does_not_fit(
    record: Connection, asked: dict[str, Any], seqs: list[int]
) -> None:
    assert await found(record, **asked) == seqs


async def test_gos_are_left_out_where_the_cue_itself_is_told(record: Connection) -> None:
    go = entry(11, "call", by_name="Kim", data={"call": "go"})
    await store_entries(record, [go])
    assert await found(record, by="Kim") == [4, 8, 11]
    assert await found(record, by="Kim", gos=False) == [4, 8]


async def test_who_may_see_one_surface_sees_it_and_what_concerns_everybody(
    record: Connection,
) -> None:
    assert await found(record, seen=FACADE) == [1, 2, 3, 5, 8, 9]
    assert await found(record, seen=FACADE, place=Place(("bridge",), ("bridge-laser",))) == []
    assert await found(record, seen=Place((), ())) == [8, 9]


async def test_an_alarm_of_another_surface_s_outputs_is_not_told(record: Connection) -> None:
    """As on the board: what touches every output, or none, is everybody's."""
    alarms = [
        entry(20, "alarm", data={"outputs": ["bridge-laser"]}),
        entry(21, "alarm", data={"outputs": ["facade-west", "bridge-laser"]}),
        entry(22, "alarm", data={"outputs": []}),
        entry(23, "alarm", data={"outputs": None}),
    ]
    await store_entries(record, alarms)
    assert await found(record, seen=FACADE, kinds=("alarm",)) == [9, 21, 22, 23]


async def test_who_may_see_one_festival_is_told_nothing_of_another_of_that_night(
    record: Connection,
) -> None:
    await store_entries(
        record,
        [
            entry(30, "note", surface="facade", run="lights.2025-08-28.opening"),
            entry(31, "note", surface="facade", run="harbour.2025-08-28.opening"),
            entry(32, "stands_by", surface="quay"),
            entry(33, "evidence", night=None, output="quay-west"),
        ],
    )
    whole = Place(("facade", "bridge"), ("facade-west", "bridge-laser"))
    lights = await found(record, within=Within("lights", whole))
    assert lights == [1, 2, 3, 4, 5, 6, 7, 8, 9, 30]


async def test_pages_follow_each_other_by_offset_and_by_the_last_entry(record: Connection) -> None:
    first = await fetch_wanted(record, EVERY, limit=4)
    second = await fetch_wanted(record, EVERY, limit=4, offset=4)
    last = first[-1]
    after = After(last.at, last.player, last.term, last.seq)
    assert await fetch_wanted(record, EVERY, limit=4, after=after) == second
    assert [row.seq for row in first + second] == [1, 2, 3, 4, 5, 6, 7, 8]
