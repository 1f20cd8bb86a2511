"""Another version in the middle of a night: the player that starts finds a journal of an older engine.

The journal is the real player's own, with the engine's number of before in it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import msgspec
import pytest
import pytest_asyncio

from show_control.entries import Entry
from show_control.journal.folder import term_path, terms
from show_control.journal.framing import Scan, frame
from show_control.player import ENGINE
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

COUNTDOWN = 3000
CLIPS = (10, 5)


@pytest_asyncio.fixture
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Installation]:
    folder = tmp_path_factory.mktemp("upgraded")
    async with installed(folder, opening_night(countdown("3s"))) as found:
        found.play("--load", found.file)
        yield found


def rewritten(installation: Installation, change: Callable[[Entry], Entry]) -> None:
    """The present term's file, record by record, with its entries changed."""
    path = term_path(installation.folder, terms(installation.folder)[-1])
    with path.open("rb") as file:
        records = [[change(entry) for entry in record.entries()] for record in Scan(file)]
    path.write_bytes(b"".join(part for one in records for part in frame(one)))


def of_before(entry: Entry) -> Entry:
    if entry.data.get("engine") != ENGINE:
        return entry
    return msgspec.structs.replace(entry, data=entry.data | {"engine": str(int(ENGINE) - 1)})


async def test_after_an_upgrade_runs_hold_and_go_on_when_told(alone: Installation) -> None:
    wire = alone.wire
    async with desk_at(alone) as desk:
        await confirmed(desk, await call(desk, "2"))
        since = await call(desk, "4")
        await confirmed(desk, since)
        alone.kill(alone.player_pid)
        await until(lambda: alone.player_pid is None, 5, "it is dead")
        rewritten(alone, of_before)
        alone.play()
        await until(lambda: desk.connected and (run_of(desk) or 0) and held(alone), 10, "it holds")
        back = desk.now
        await until(lambda: desk.now > max(back, since + COUNTDOWN) + 1000, 10, "6 fell due")
        assert not alone.went("6", since)
        assert wire.presses(CLIPS[1], since) == [], "nothing goes by itself"
        run = run_of(desk)
        assert run is not None
        assert run.status == "holding"
        came = await desk.hold_or_resume(run)
        assert came.outcome is not None
        assert came.outcome.phase == "done"
        await until(lambda: all(wire.counts(CLIPS[1], since).values()), 10, "6 is on the wire")
        await stands_by(desk, "8")
        await confirmed(desk, await call(desk, "8"))
        assert set(wire.counts(CLIPS[0], since).values()) == {1}, (
            "what was confirmed is not repeated"
        )
        assert set(wire.counts(CLIPS[1], since).values()) == {1}
    await alone.is_sound()


def held(installation: Installation) -> bool:
    return any(e.kind == "held" for e in installation.entries())
