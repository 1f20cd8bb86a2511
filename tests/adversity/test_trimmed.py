"""Old nights in the journal of `lamplighter run`: stored by the service first, then removed."""

from __future__ import annotations

import pytest

from show_control.clock import SystemClock, VirtualClock
from show_control.journal import Journal
from tests.adversity.installation import Installation, installed
from tests.adversity.processes import until
from tests.adversity.tonight import opening_night
from tests.show_control.journals import fact

DAY = 24 * 3_600_000


@pytest.mark.soak
@pytest.mark.timeout(300)
async def test_an_old_night_is_in_the_record_before_its_file_goes(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    async with installed(tmp_path_factory.mktemp("trimmed"), opening_night()) as installation:
        for days in (20, 19, 2):
            clock = VirtualClock(SystemClock().wall() - days * DAY)
            journal = Journal.open(installation.folder, clock, engine="1")
            journal.append([fact(days)])
            journal.close()
        old = {e.key for e in installation.entries()}
        installation.run()
        await installation.publish()
        await until(lambda: gone(installation, 1), 150, "the first file goes")
        assert not gone(installation, 3), "it ended two days ago"
        assert old <= {row[:3] for row in await installation.as_run()}
        await installation.is_whole()
        await installation.is_sound()


def gone(installation: Installation, term: int) -> bool:
    return not (installation.folder / f"{term:08}.journal").exists()
