"""A rehearsal on the night's own player, with real simulators: the servers hear nothing of it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from show_control.console.desk import Desk
from show_control.documents import Routing
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


@pytest_asyncio.fixture(scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Installation]:
    """A player alone with tonight's file."""
    folder = tmp_path_factory.mktemp("rehearsal")
    async with installed(folder, opening_night(countdown("1s"))) as found:
        found.play("--load", found.file)
        yield found


async def route(desk: Desk, to: Routing, phase: str = "done") -> str | None:
    outputs = [o.output for o in desk.board().outputs]
    came = await desk.route(to, *outputs)
    assert came.outcome is not None
    assert came.outcome.phase == phase, came
    if phase == "done":
        await until(lambda: {o.routing for o in desk.board().outputs} == {to}, 5, f"all go to {to}")
    return came.outcome.reason


async def test_a_ceremony_is_rehearsed_and_no_server_hears_of_it(house: Installation) -> None:
    async with desk_at(house) as desk:
        await stands_by(desk)
        assert "no simulator of" in str(await route(desk, "simulator", "refused"))
        simulators = house.processes.lamplighter(
            "simulate", house.file, "--rehearsal", "--data-dir", house.data
        )
        await until(lambda: all(s.simulator for s in desk.board().servers), 10, "they are known")
        await route(desk, "simulator")
        assert desk.board().rehearsal
        since = await call(desk, "2")
        await confirmed(desk, since)
        facade = [o for o in desk.board().outputs if o.surface == "facade"]
        assert all(o.wants_light and not o.lit and o.routing == "simulator" for o in facade)
        assert house.wire.told() == []
        assert any(p.asks for p in house.wire.packets)  # the servers are asked whether they live

        house.kill(house.player_pid)
        house.play()
        await until(lambda: desk.connected and desk.board().rehearsal, 10, "a rehearsal goes on")
        await confirmed(desk, since)
        assert house.wire.told() == []

        simulators.kill()
        alarm = "simulator"
        await until(lambda: alarm in [a.code for a in desk.board().alarms], 10, "they are missed")
        run = run_of(desk)
        assert run is not None
        await desk.end(run.run)
        since = desk.now
        await route(desk, "wire")
        await confirmed(desk, since)
        assert house.wire.told() == []  # it is asked, and shows nothing already
        assert not desk.board().rehearsal
    await house.is_sound()
