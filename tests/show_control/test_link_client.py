"""The asyncio side of the link against a small player."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from show_control.clock import SystemClock, VirtualClock
from show_control.events import Call
from show_control.link import Beat, Welcome
from show_control.link.client import (
    Disconnected,
    Heard,
    LinkClient,
    LinkLost,
    NoReply,
    RefusedByLink,
)
from show_control.link.frames import Ceiling
from tests.show_control.journals import NIGHT, fact
from tests.show_control.link_loop import small_player

CLOCK = SystemClock()


class Told:
    """What a client was told unasked, for tests to wait on."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self._more = asyncio.Event()

    def __call__(self, heard: Heard) -> None:
        self.heard.append(heard)
        self._more.set()

    async def of(self, kind: type[Heard]) -> Heard:
        async with asyncio.timeout(10):
            while True:
                for heard in self.heard:
                    if isinstance(heard, kind):
                        return heard
                self._more.clear()
                await self._more.wait()


@asynccontextmanager
async def running(folder: Path, told: Told, ceiling: Ceiling = "load") -> AsyncIterator[LinkClient]:
    client = LinkClient(folder, CLOCK, name="test", ceiling=ceiling, heard=told)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(client.run())
        try:
            yield client
        finally:
            task.cancel()


async def test_call_entries_and_load(tmp_path: Path) -> None:
    told = Told()
    with small_player(tmp_path, CLOCK) as player:
        async with running(tmp_path, told) as client:
            welcome = await client.connected()
            assert welcome.player == player.journal.player
            reply = await client.call(Call(call="go", by="Kim", request="r1"))
            assert (reply.answer.request, reply.recorded) == ("r1", "on disk")
            await told.of(Beat)
            page = await client.entries((welcome.player, 0, 0))
            assert page.entries[0].key == (welcome.player, 1, 1)
            loaded = await client.load(b"night", replaces=None, by="Kim")
            assert loaded.file == player.file
            await client.tell_stored(page.entries[0].key)
            await client.entries(None)  # in order: it has been heard by then
            assert player.stored == [page.entries[0].key]
    assert isinstance(told.heard[0], Welcome)


async def test_a_whole_week_is_caught_up_page_by_page(tmp_path: Path) -> None:
    with small_player(tmp_path, CLOCK) as player:
        player.journal.append([fact(n) for n in range(3_000)])
        player.journal.ask_flush()
        async with running(tmp_path, told := Told(), "see") as client:
            await client.connected()
            await told.of(Beat)
            cursor, seen = ("", 0, 0), 0
            while seen < 3_001:
                page = await client.entries(cursor, limit=2_000)
                seen += len(page.entries)
                cursor = page.entries[-1].key
    assert seen == 3_001


async def test_what_the_player_refuses_was_not_done(tmp_path: Path) -> None:
    with small_player(tmp_path, CLOCK):
        async with running(tmp_path, Told(), "see") as client:
            await client.connected()
            with pytest.raises(RefusedByLink, match="at most"):
                await client.call(Call(call="go"))


async def test_no_reply_is_said_and_never_retried(tmp_path: Path) -> None:
    with small_player(tmp_path, CLOCK, deaf=True) as player:
        async with running(tmp_path, Told()) as client:
            await client.connected()
            with pytest.raises(NoReply):
                await client.call(Call(call="go"), within=0.05)
            assert not client._waiting
            page = await client.entries(("", 0, 0))
            assert [e.kind for e in page.entries] == ["term"]
            assert player.journal.newest == (1, 1)


async def test_it_comes_back_when_the_player_does(tmp_path: Path) -> None:
    told = Told()
    async with running(tmp_path, told) as client:
        await told.of(Disconnected)
        with pytest.raises(LinkLost):
            await client.call(Call(call="go"))
        for term in (1, 3):
            with small_player(tmp_path, CLOCK):
                client.try_now()
                async with asyncio.timeout(10):
                    assert (await client.connected()).term == term
                told.heard.clear()
            await told.of(Disconnected)
            assert client.welcome is None


async def test_a_player_that_dies_leaves_nobody_waiting(tmp_path: Path) -> None:
    async with running(tmp_path, Told()) as client, asyncio.TaskGroup() as group:
        with small_player(tmp_path, CLOCK, deaf=True):
            await client.connected()
            call = group.create_task(outcome(client))
            await client.entries(("", 0, 0))  # the call has been heard by now
    assert type(call.result()) is LinkLost


async def outcome(client: LinkClient) -> Exception | None:
    try:
        await client.call(Call(call="go"), within=60)
    except LinkLost as lost:
        return lost
    return None


async def test_the_client_needs_no_player_to_be_made(tmp_path: Path) -> None:
    client = LinkClient(tmp_path, VirtualClock(NIGHT), name="test", ceiling="see")
    with pytest.raises(LinkLost):
        await client.entries(None)
