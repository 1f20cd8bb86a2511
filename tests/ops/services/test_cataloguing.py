"""Importing a festival file."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ops.services.cataloguing import Imported, import_festival
from schedules.catalogue.queries import fetch_festival, list_festivals
from schedules.connection import Connection
from schedules.faults import FestivalFaults
from tests.ops.services.examples import FALL
from tests.schedules.examples import SEOUL

NOW = datetime(2025, 8, 1, tzinfo=UTC)


async def test_the_same_file_twice_changes_nothing(connection: Connection) -> None:
    assert await import_festival(connection, SEOUL, NOW) == Imported(FALL, True, 1)
    before = await fetch_festival(connection, FALL)
    assert before is not None
    later = NOW.replace(year=2026)
    assert await import_festival(connection, SEOUL, later) == Imported(FALL, False, None)
    assert await fetch_festival(connection, FALL) == before
    assert before.title["ko"] == "서울라이트 DDP 2025 가을"


async def test_a_changed_file_replaces_the_draft(connection: Connection) -> None:
    await import_festival(connection, SEOUL, NOW)
    changed = SEOUL.replace("222 m", "223 m")
    assert await import_festival(connection, changed, NOW) == Imported(FALL, True, 2)
    draft = await fetch_festival(connection, FALL)
    assert draft is not None
    assert draft.draft == changed


async def test_a_file_with_faults_is_refused_with_all_of_them(connection: Connection) -> None:
    faulty = SEOUL.replace('time_zone = "Asia/Seoul"', 'time_zone = "Mars"').replace(
        'night_ends = "06:00" ', 'night_end = "06:00" '
    )
    with pytest.raises(FestivalFaults) as refused:
        await import_festival(connection, faulty, NOW)
    assert len(refused.value.faults) >= 2
    assert await list_festivals(connection) == []
