"""The fan-out: sent to where they stand; who does not read is passed over, and delays nobody."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from litestar.types import Message

from ops.live.beats import Heartbeat
from ops.live.beginning import begin
from ops.live.client import Client
from ops.live.fan_out import AT_A_TIME, FanOut
from ops.live.live_feed import LiveFeed
from tests.ops.live.boards import ALL, BOARD, DOME, RIVER, TORCHES, lit, of_one

ONE = of_one("river-and-dome", TORCHES)


class Wire:
    """A server's `send`: waits while it is full, as the real one does; keeps what was sent."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.open.set()
        self.waiting = 0
        self.fails: Exception | None = None
        self.sent: list[Any] = []

    async def send(self, message: Message) -> None:
        self.waiting += 1
        try:
            await self.open.wait()
        finally:
            self.waiting -= 1
        if self.fails is not None:
            raise self.fails
        assert message["type"] == "websocket.send"
        self.sent.append(json.loads(message["text"] or ""))


def new_feed() -> LiveFeed:
    return LiveFeed(iter("abcdefgh").__next__, BOARD, lambda: 0)


@asynccontextmanager
async def running(feed: LiveFeed) -> AsyncIterator[FanOut]:
    fan_out = FanOut(feed.moved)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(fan_out.run())
        await turn()
        yield fan_out
        task.cancel()


async def turn() -> None:
    """Long enough for everything that is ready."""
    for _ in range(10):
        await asyncio.sleep(0)  # noqa: TID251 - one turn of the loop


def joined(fan_out: FanOut, feed: LiveFeed, wire: Wire, person: Any = ALL) -> Client:
    client = Client(feed, person, wire.send, (None, None))
    fan_out.join(client)
    return client


async def test_a_client_that_reads_is_sent_to_at_once_and_has_no_task() -> None:
    feed, wire = new_feed(), Wire()
    async with running(feed) as fan_out:
        joined(fan_out, feed, wire)
        assert wire.sent[0]["feed"] == feed.id  # before anything was waited for
        feed.publish(lit(feed.board, DOME))
        feed.relay(Heartbeat(player_at=1, term=1, seq=1))
        await turn()
        assert [tuple(frame) for frame in wire.sent[1:]] == [("number", "changes"), ("beat",)]
        assert fan_out.slow == 0


async def test_who_does_not_read_has_one_frame_waiting_and_then_the_newest_state() -> None:
    feed, slow, quick = new_feed(), Wire(), Wire()
    async with running(feed) as fan_out:
        joined(fan_out, feed, slow)
        joined(fan_out, feed, quick)
        slow.open.clear()
        for n in range(50):
            feed.publish(lit(BOARD, DOME) if n % 2 else BOARD)
            feed.publish(lit(BOARD, RIVER))
            await turn()
        assert (fan_out.slow, slow.waiting) == (1, 1)
        assert quick.sent[-1]["number"] == feed.number
        assert len(slow.sent) == 1
        slow.open.set()
        await turn()
        assert fan_out.slow == 0
        assert slow.sent[-1]["number"] == feed.number
        assert len(slow.sent) == 3  # the document, the frame that waited, all the rest in one


async def test_a_client_that_leaves_while_it_does_not_read_leaves_nothing_behind() -> None:
    feed, wire = new_feed(), Wire()
    wire.open.clear()
    async with running(feed) as fan_out:
        client = joined(fan_out, feed, wire)
        assert (fan_out.clients, fan_out.slow, wire.waiting) == (1, 1, 1)
        fan_out.leave(client)
        await turn()
        assert (fan_out.clients, fan_out.slow, wire.waiting) == (0, 0, 0)


async def test_a_client_that_fails_ends_nobody_else() -> None:
    feed, broken, gone, well = new_feed(), Wire(), Wire(), Wire()
    async with running(feed) as fan_out:
        client = joined(fan_out, feed, broken)
        joined(fan_out, feed, gone)
        joined(fan_out, feed, well)
        broken.fails, gone.fails = RuntimeError("a fault"), OSError("it went")
        feed.publish(lit(feed.board, DOME))
        await turn()
        assert client.closing == (1011, "")
        assert well.sent[-1]["number"] == 1


async def test_between_some_clients_and_the_next_others_have_their_turn() -> None:
    feed = new_feed()
    wires = [Wire() for _ in range(3 * AT_A_TIME)]
    async with running(feed) as fan_out:
        for wire in wires:
            joined(fan_out, feed, wire)
        feed.publish(lit(feed.board, DOME))
        counts = []
        for _ in range(8):
            await asyncio.sleep(0)  # noqa: TID251 - one turn of the loop
            counts.append(sum(len(wire.sent) == 2 for wire in wires))
        assert AT_A_TIME in counts
        assert counts[-1] == len(wires)


async def test_whose_rights_change_is_told_and_sees_what_they_may_from_then_on() -> None:
    feed, wire = new_feed(), Wire()
    async with running(feed) as fan_out:
        client = joined(fan_out, feed, wire)
        client.changed(ONE)
        await turn()
        document, you = wire.sent[1:]
        assert {o["surface"] for o in document["outputs"]} == {TORCHES}
        assert document["feed"] != feed.id
        assert you["you"]["rights"] == ["see", "control"]
        assert you["you"]["grants"][0]["surface"] == TORCHES
        client.changed(ONE)
        feed.publish(lit(feed.board, DOME))
        await turn()
        assert len(wire.sent) == 3
        fan_out.leave(client)
        client.left()
        assert feed.scopes == frozenset()


async def test_who_is_signed_out_is_sent_nothing_more() -> None:
    feed, wire = new_feed(), Wire()
    async with running(feed) as fan_out:
        client = joined(fan_out, feed, wire)
        client.changed(None)
        feed.publish(lit(feed.board, DOME))
        await turn()
        assert client.closing == (1008, "signed out")
        assert len(wire.sent) == 1


async def test_a_coroutine_that_was_begun_goes_on_where_it_waited() -> None:
    first, second = asyncio.Event(), asyncio.Event()
    steps = []

    async def work() -> None:
        steps.append("begun")
        await first.wait()
        steps.append("first")
        await second.wait()
        steps.append("second")

    rest = begin(work())
    assert rest is not None
    assert steps == ["begun"]
    first.set()
    second.set()
    await rest
    assert steps == ["begun", "first", "second"]


async def test_a_coroutine_that_was_begun_is_cancelled_where_it_waits() -> None:
    never = asyncio.Event()
    ended = []

    async def work() -> None:
        try:
            await never.wait()
        finally:
            ended.append("ended")

    rest = begin(work())
    assert rest is not None

    async def finish() -> None:
        await rest

    async with asyncio.TaskGroup() as group:
        task = group.create_task(finish())
        await turn()
        task.cancel()
    assert ended == ["ended"]
    assert task.cancelled()
