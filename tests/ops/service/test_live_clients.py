"""Clients of the feed on real sockets: what they say, how many they are, how they are sent away."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import msgspec
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from ops.live.listening import AT_ONCE
from ops.serve import LARGEST_MESSAGE
from tests.ops.service.world import Serving, until

MANY = 1000
SILENT = 50
LONG = "x" * 100_000


async def told(socket: ClientConnection, key: str) -> dict[str, Any]:
    async with asyncio.timeout(10):
        while key not in (frame := json.loads(await socket.recv())):
            pass
    found: dict[str, Any] = frame
    return found


async def read_on(socket: ClientConnection) -> None:
    async with asyncio.timeout(10):
        while True:
            await socket.recv()


async def say(socket: ClientConnection, said: str, times: int) -> None:
    for _ in range(times):
        await socket.send(said)
    await read_on(socket)


def publish_long(serving: Serving, n: int) -> None:
    feed = serving.runtime.feed
    feed.publish(msgspec.structs.replace(feed.board, title={"en": f"{n} {LONG}"}))


def held_back(serving: Serving) -> list[int]:
    """What waits in this process for each client that has not read it, in bytes."""
    transports = [c.transport for c in serving.connections() if hasattr(c, "transport")]
    return [size for t in transports if t is not None and (size := t.get_write_buffer_size())]


async def test_a_clock_is_answered_with_the_players(serving: Serving) -> None:
    async with (
        serving.person() as kim,
        connect(serving.live, additional_headers=serving.cookie(kim)) as socket,
    ):
        beat = (await told(socket, "beat"))["beat"]["player_at"]
        for sent in (1, 2.5, -1e300, 2**60):
            await socket.send(json.dumps({"clock": sent}))
            answer = await told(socket, "clock")
            assert answer["clock"] == sent
            assert beat <= answer["player_at"] < beat + 10_000


@pytest.mark.parametrize(
    "said",
    [
        "",
        "hello",
        "{}",
        "[1]",
        '{"clock":"now"}',
        '{"clock":NaN}',
        b"\xff",
        "{" * 500,
        '{"a":' * 3000,
    ],
)
async def test_anything_else_that_is_said_is_told_to_be_nothing(
    serving: Serving, said: str | bytes
) -> None:
    async with (
        serving.person() as kim,
        connect(serving.live, additional_headers=serving.cookie(kim)) as socket,
    ):
        await socket.send(said)
        refused = await told(socket, "answer")
        assert (refused["status"], refused["request"]) == (400, None)
        assert refused["answer"]["detail"] == "This is neither a clock's reading nor a call."
        await socket.send('{"clock":7}')
        assert (await told(socket, "clock"))["clock"] == 7


@pytest.mark.parametrize(
    ("said", "times", "code"),
    [("x" * (LARGEST_MESSAGE + 1), 1, 1009), ("x", AT_ONCE * 20, 1008)],
)
async def test_too_much_said_closes_that_client_alone(
    serving: Serving, said: str, times: int, code: int
) -> None:
    async with serving.person() as kim:
        cookie = serving.cookie(kim)
        async with (
            connect(serving.live, additional_headers=cookie) as loud,
            connect(serving.live, additional_headers=cookie) as other,
        ):
            with pytest.raises(ConnectionClosed) as closed:
                await say(loud, said, times)
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == code
            assert await told(other, "beat")
    await until(lambda: serving.runtime.fan_out.clients == 0)


async def test_clients_that_never_read_hold_little_and_delay_nobody(serving: Serving) -> None:
    fan_out = serving.runtime.fan_out
    async with serving.person() as kim, asyncio.TaskGroup() as group:
        cookie = serving.cookie(kim)
        deaf = [
            await connect(serving.live, additional_headers=cookie, max_queue=1)
            for _ in range(SILENT)
        ]
        for socket in deaf:
            socket.transport.pause_reading()
        async with connect(serving.live, additional_headers=cookie) as quick:
            n = 0
            # Until the kernel's buffers are full: 100 kB each time, for each.
            while fan_out.slow < SILENT:
                n += 1
                publish_long(serving, n)
                while (await told(quick, "number"))["number"] < serving.runtime.feed.number:
                    pass
            full = held_back(serving)
            for more in range(30):
                publish_long(serving, n + more + 1)
                while (await told(quick, "number"))["number"] < serving.runtime.feed.number:
                    pass
            # 3 MB more were published for each, and nothing more is held for any.
            assert len(full) == SILENT
            assert held_back(serving) == full
            assert max(full) < 65_536 + len(LONG) + 50_000
        for socket in deaf:
            socket.transport.abort()
            group.create_task(socket.wait_closed())
    await until(lambda: fan_out.clients == 0)
    assert fan_out.slow == 0
    serving.runtime.following.publish()


async def test_a_thousand_that_connect_at_once_all_get_their_document(serving: Serving) -> None:
    feed, fan_out = serving.runtime.feed, serving.runtime.fan_out
    documents: list[str] = []
    newest: list[int] = []
    through = asyncio.Event()

    async def look(cookie: dict[str, str]) -> None:
        async with connect(
            serving.live, additional_headers=cookie, open_timeout=60, compression=None
        ) as socket:
            documents.append(json.loads(await socket.recv())["feed"])
            await through.wait()
            number = 0
            while number < feed.number:
                number = (await told(socket, "number"))["number"]
            newest.append(number)

    async with serving.person() as kim, asyncio.timeout(60), asyncio.TaskGroup() as group:
        cookie = serving.cookie(kim)
        for _ in range(MANY):
            group.create_task(look(cookie))
        await until(lambda: len(documents) == MANY, 60)
        assert fan_out.clients == MANY
        publish_long(serving, 1)
        through.set()
    assert set(documents) == {feed.id}
    assert len(newest) == MANY
    await until(lambda: fan_out.clients == 0)
    serving.runtime.following.publish()


async def test_who_signs_out_is_sent_away_at_once_reading_or_not(serving: Serving) -> None:
    fan_out = serving.runtime.fan_out
    async with (
        serving.person() as kim,
        serving.person("Lee") as lee,
        connect(serving.live, additional_headers=serving.cookie(kim)) as reading,
        connect(serving.live, additional_headers=serving.cookie(kim), max_queue=1) as deaf,
        connect(serving.live, additional_headers=serving.cookie(lee)) as other,
    ):
        await reading.recv()
        deaf.transport.pause_reading()
        n = 0
        while not fan_out.slow:
            n += 1
            publish_long(serving, n)
            while (await told(reading, "number"))["number"] < serving.runtime.feed.number:
                pass
        assert (await kim.delete("/api/v1/session")).is_success
        with pytest.raises(ConnectionClosed) as closed:
            await read_on(reading)
        assert closed.value.rcvd is not None
        assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (1008, "signed out")
        await until(lambda: fan_out.clients == 1, 3)
        assert await told(other, "beat")
        deaf.transport.abort()
    serving.runtime.following.publish()
