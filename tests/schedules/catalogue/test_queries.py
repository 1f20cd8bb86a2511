"""The draft of a festival, kept."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from schedules.catalogue.queries import (
    FestivalHead,
    FestivalRow,
    fetch_festival,
    list_festivals,
    lock_festival,
    save_draft,
)
from schedules.connection import Connection

NOW = datetime(2025, 8, 1, 12, tzinfo=UTC)
FALL: dict[str, Any] = {
    "festival": "fall",
    "kind": "festival",
    "title": {"en": "Fall", "ko": "가을"},
    "time_zone": "Asia/Seoul",
    "draft": "first",
    "draft_hash": "1",
    "now": NOW,
}


async def test_a_draft_is_replaced_and_its_revision_rises(connection: Connection) -> None:
    assert await save_draft(connection, **FALL) == 1
    assert await save_draft(connection, **FALL) is None
    assert await save_draft(connection, **FALL | {"draft": "second", "draft_hash": "2"}) == 2
    expected = FestivalRow(
        id="fall",
        kind="festival",
        title={"en": "Fall", "ko": "가을"},
        time_zone="Asia/Seoul",
        draft="second",
        draft_hash="2",
        revision=2,
        imported_at=NOW,
    )
    assert await fetch_festival(connection, "fall") == expected
    assert await lock_festival(connection, "fall") == expected


async def test_there_is_no_festival_that_was_not_imported(connection: Connection) -> None:
    assert await fetch_festival(connection, "fall") is None
    assert await lock_festival(connection, "fall") is None
    assert await list_festivals(connection) == []


async def test_a_list_tells_heads(connection: Connection) -> None:
    await save_draft(connection, **FALL)
    assert await list_festivals(connection) == [
        FestivalHead(
            id="fall",
            kind="festival",
            title={"en": "Fall", "ko": "가을"},
            time_zone="Asia/Seoul",
            revision=1,
            imported_at=NOW,
            version=None,
        )
    ]
