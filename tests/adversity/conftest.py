"""What the adversity tests share: an installation that runs, and one that has a player alone."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.adversity.installation import Installation, installed
from tests.adversity.tonight import countdown, opening_night


@pytest_asyncio.fixture(scope="module")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Installation]:
    """`lamplighter run` with tonight published; the countdown lasts two seconds."""
    folder = tmp_path_factory.mktemp("running")
    async with installed(folder, opening_night(countdown("2s"))) as found:
        found.run()
        await found.publish()
        yield found


@pytest_asyncio.fixture(scope="module")
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Installation]:
    """`lamplighter player --load` with tonight's file, and neither service nor database;
    the countdown lasts one second."""
    folder = tmp_path_factory.mktemp("alone")
    async with installed(folder, opening_night(countdown("1s"))) as found:
        found.play("--load", found.file)
        yield found
