"""A byte of the journal is spoiled while the player is dead: it comes back, says where, and runs hold."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from show_control.journal.folder import term_path
from show_control.journal.framing import Record, Scan
from tests.adversity.installation import (
    Installation,
    call,
    confirmed,
    desk_at,
    installed,
    run_of,
    stands_by,
)
from tests.adversity.processes import until
from tests.adversity.tonight import countdown, opening_night

CLIPS = (10, 5)


@pytest_asyncio.fixture
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Installation]:
    folder = tmp_path_factory.mktemp("damaged")
    async with installed(folder, opening_night(countdown("3s"))) as found:
        found.play("--load", found.file)
        yield found


def spoil(path: Path, cue: str) -> Record:
    """One bit of the record that has a cue's going."""
    with path.open("rb") as file:
        record = next(
            r for r in Scan(file) if any(e.kind == "cue_went" and e.cue == cue for e in r.entries())
        )
    whole = bytearray(path.read_bytes())
    whole[(record.start + record.end) // 2] ^= 1
    path.write_bytes(whole)
    return record


async def test_what_is_damaged_is_told_with_its_place_and_the_night_goes_on(
    alone: Installation,
) -> None:
    async with desk_at(alone) as desk:
        await confirmed(desk, await call(desk, "2"))
        since = await call(desk, "4")
        await confirmed(desk, since)
        alone.kill(alone.player_pid)
        await until(lambda: alone.player_pid is None, 5, "it is dead")
        record = spoil(term_path(alone.folder, 1), "2")
        lost = record.last - record.first + 1
        alone.play()
        await until(lambda: any(e.kind == "held" for e in alone.entries()), 10, "it holds")
        (alarm,) = await until(
            lambda: [a for a in desk.board().alarms if a.code == "journal_damaged"], 10, "an alarm"
        )
        assert alarm.text == (
            f"the journal is damaged (00000001.journal: bytes {record.start} to {record.end - 1} "
            f"are no record, {lost} entries are lost): {lost} of them since the last start, so runs hold"
        )
        run = run_of(desk)
        assert run is not None
        assert run.status == "holding"
        came = await desk.hold_or_resume(run)
        assert came.outcome is not None
        assert came.outcome.phase == "done"
        await stands_by(desk, "8")
        await confirmed(desk, await call(desk, "8"))
        counts = alone.wire.counts(CLIPS[0], since)
        assert set(counts.values()) == {1}, "what the servers confirm is not sent again"
    said = await alone.command("journal", "verify", code=1)
    assert f"bytes {record.start} to {record.end - 1}" in said
    # What lies behind the damage is read by everybody.
    assert alone.went("4", since)
    assert alone.went("8", since)
