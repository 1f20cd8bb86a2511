"""A desk at a real player: over the real link, with nothing between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from show_control.console import Desk
from show_control.documents import RunView
from show_control.entries import Entry
from tests.show_control.console.players import called, names, playing, tonight, written

EVERY = ["skip", "standby", "go", "hold", "resume", "enable", "disable"]
EVERY += ["fade_out", "show_stop", "restore", "hand_back", "ask", "hand_back", "take_over", "end"]


class Seat:
    """A desk that is followed, and can be waited at."""

    def __init__(self, folder: Path, by: str = "Kim") -> None:
        self._changed = asyncio.Event()
        self.desk = Desk(folder, by=by, changed=self._changed.set)

    async def until(self, holds: Callable[[], object]) -> None:
        async with asyncio.timeout(10):
            while not holds():
                self._changed.clear()
                await self._changed.wait()

    def run(self, slot: str = "gala") -> RunView:
        return next(r for r in self.desk.board().runs if r.slot == slot)

    def stale(self) -> bool:
        return self.desk.stale

    def stands_by(self, number: str) -> bool:
        runs = self.desk.board().runs
        return any(r.slot == "gala" and r.standby == number for r in runs)


@asynccontextmanager
async def seated(folder: Path, by: str = "Kim") -> AsyncIterator[Seat]:
    seat = Seat(folder, by)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(seat.desk.run())
        try:
            yield seat
        finally:
            task.cancel()


async def test_a_go_goes_once_and_the_second_is_told_by_whom(tmp_path: Path) -> None:
    with playing(tmp_path, tonight()):
        async with seated(tmp_path) as kim, seated(tmp_path, "Lee") as lee:
            await kim.until(lambda: kim.stands_by("1"))
            await lee.until(lambda: lee.stands_by("1"))
            both = kim.run(), lee.run()
            first, second = await kim.desk.go(both[0]), await lee.desk.go(both[1])
            assert first.outcome is not None
            assert (first.outcome.phase, first.outcome.went) == ("done", "1")
            assert first.outcome.recorded == "on disk"
            assert second.outcome is not None
            assert second.outcome.phase == "refused"
            assert "by Kim" in (second.outcome.reason or "")
            await kim.until(lambda: kim.stands_by("2"))
            again = await kim.desk.go(both[0])
            assert again.outcome is not None
            assert again.outcome.phase == "refused"
    assert names(called(tmp_path)) == ["go", "go", "go"]


async def test_every_call_arrives_with_its_name(tmp_path: Path) -> None:
    with playing(tmp_path, tonight()):
        async with seated(tmp_path) as seat:
            desk = seat.desk
            await seat.until(lambda: seat.stands_by("1"))
            await desk.skip(seat.run())
            await seat.until(lambda: seat.stands_by("2"))
            await desk.standby(seat.run().run, "1")
            await seat.until(lambda: seat.stands_by("1"))
            await desk.go(seat.run())
            await seat.until(lambda: seat.run().status == "running")
            await desk.hold_or_resume(seat.run())
            await seat.until(lambda: seat.run().status == "holding")
            await desk.hold_or_resume(seat.run())
            await desk.enable("beam")
            await seat.until(lambda: desk.board().outputs[-1].enabled_by == "Kim")
            await desk.disable("beam")
            await desk.fade_out(seat.run().run)
            await desk.show_stop("rain")
            await seat.until(lambda: desk.board().stopped is not None)
            await desk.restart()
            await seat.until(lambda: desk.board().stopped is None)
            await desk.hand_back(seat.run())
            await desk.ask_for_control(seat.run())
            await desk.hand_back(seat.run())
            await desk.take_over(seat.run())
            await desk.note(seat.run().run, "the rain has stopped")
            end = await desk.end(seat.run().run)
            assert end.outcome is not None
            assert end.outcome.phase == "done", end.outcome.reason
    entries = called(tmp_path)
    assert names(entries) == EVERY
    assert {e.by for e in entries} == {"Kim"}
    assert [e.kind for e in entries] == ["call"] * len(entries)
    (note,) = [e for e in written(tmp_path) if e.kind == "note"]
    assert (note.by, note.slot, note.reason) == ("Kim", "gala", "the rain has stopped")


async def test_it_follows_the_player_through_its_restart(tmp_path: Path) -> None:
    file = tonight()
    async with seated(tmp_path) as seat:
        assert seat.stale()
        with playing(tmp_path, file):
            await seat.until(lambda: seat.stands_by("1"))
            assert not seat.stale()
        await seat.until(lambda: not seat.desk.connected)
        lost = await seat.desk.fade_out(None)
        assert lost.outcome is not None
        assert lost.outcome.phase == "not sent"
        with playing(tmp_path, file):
            await seat.until(lambda: seat.desk.connected)
            await seat.until(lambda: (seat.desk.board().term or 0) > 1)


def lose_journal(folder: Path) -> None:
    for left in (*folder.glob("*.journal"), folder / "player"):
        left.unlink()


async def test_another_players_journal_begins_anew(tmp_path: Path) -> None:
    async with seated(tmp_path) as seat:
        with playing(tmp_path, tonight()):
            await seat.until(lambda: seat.stands_by("1"))
        await seat.until(lambda: not seat.desk.connected)
        lose_journal(tmp_path)
        with playing(tmp_path):
            await seat.until(lambda: seat.desk.connected)
            await seat.until(lambda: seat.desk.board().player is not None)
            assert seat.desk.board().runs == ()


async def test_what_it_cannot_read_it_tells_and_calls_all_the_same(tmp_path: Path) -> None:
    desk = Desk(tmp_path, by="Kim")
    desk._take(Entry(player="p", term=1, seq=2, at=0, kind="state", data={"whole": True}))
    assert desk.unread is not None
    assert desk.board().runs == ()


async def test_the_safe_look_is_refused_where_a_player_lives(tmp_path: Path) -> None:
    with playing(tmp_path, tonight()):
        async with seated(tmp_path) as seat:
            assert (await seat.desk.send_safe_look()).held
