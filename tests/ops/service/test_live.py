"""The feed over real sockets: resumed by number, bounded for whoever does not read."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import msgspec
from websockets.asyncio.client import ClientConnection, connect

from ops.live.feed import KEYS
from show_control.documents import AlarmView
from show_control.sentences import said
from tests.ops.service.world import Serving, World, until


async def frame_with(socket: ClientConnection, key: str) -> dict[str, Any]:
    async with asyncio.timeout(10):
        while key not in (frame := json.loads(await socket.recv())):
            pass
    found: dict[str, Any] = frame
    return found


async def test_the_first_frame_is_the_document(serving: Serving) -> None:
    async with serving.person() as kim:
        async with connect(serving.live, additional_headers=serving.cookie(kim)) as socket:
            first = json.loads(await socket.recv())
        board = (await kim.get("/api/v1/board")).json()
    assert set(first) == {*KEYS, "feed", "number", "player_at"}
    assert set(board) == set(first)
    assert first["festival"] == "lights"
    assert first["player_at"] is not None


async def test_heartbeats_are_the_players_own(world: World, serving: Serving) -> None:
    async with (
        serving.person() as kim,
        connect(serving.live, additional_headers=serving.cookie(kim)) as socket,
    ):
        beat = (await frame_with(socket, "beat"))["beat"]
        assert set(beat) == {"player_at", "term", "seq"}
        world.stop_player()
        try:
            await until(lambda: serving.runtime.player.welcome is None)
            beats = serving.runtime.feed.heartbeats.count
            await asyncio.sleep(1.2)  # noqa: TID251 - nothing is what is waited for
            assert serving.runtime.feed.heartbeats.count == beats
        finally:
            world.start_player()
        await until(lambda: serving.runtime.feed.heartbeats.count > beats)


async def test_a_client_resumes_by_number(serving: Serving) -> None:
    feed, alarms = serving.runtime.feed, serving.runtime.alarms
    async with serving.person() as kim:
        cookie = serving.cookie(kim)
        number = feed.number
        alarms.rise("a_test", said("alarm.player_silent"))
        address = f"{serving.live}?feed={feed.id}&number={number}"
        async with connect(address, additional_headers=cookie) as socket:
            frame = json.loads(await socket.recv())
        assert set(frame) == {"number", "changes"}
        assert "alarms" in frame["changes"]
        assert "surfaces" not in frame["changes"]
        for stale in (f"?feed=other&number={number}", f"?feed={feed.id}&number=99999999", "?feed="):
            async with connect(serving.live + stale, additional_headers=cookie) as socket:
                assert json.loads(await socket.recv())["feed"] == feed.id
        alarms.clear("a_test")


async def test_a_slow_client_gets_the_newest_state_and_holds_nothing_up(serving: Serving) -> None:
    feed = serving.runtime.feed
    async with serving.person() as kim:
        cookie = serving.cookie(kim)
        async with (
            connect(serving.live, additional_headers=cookie, max_queue=1) as slow,
            connect(serving.live, additional_headers=cookie) as quick,
        ):
            slow.transport.pause_reading()
            long = "x" * 100_000
            newest = 0
            for n in range(100):
                alarm = AlarmView(code="long", at=n, text=long, texts={}, outputs=())
                feed.publish(msgspec.structs.replace(feed.board, alarms=(alarm,)))
                await asyncio.sleep(0)  # noqa: TID251 - a turn for the senders
                newest = feed.number
                while (await frame_with(quick, "number"))["number"] < newest:
                    pass
            # What waits for it is the socket's buffers and no more: 10 MB were published.
            slow.transport.resume_reading()
            received = 0
            while (await frame_with(slow, "number"))["number"] < newest:
                received += 1
            assert received < 50
    serving.runtime.following.publish()


async def test_the_board_goes_on_without_the_database(world: World, serving: Serving) -> None:
    async with serving.person() as kim:
        world.postgres.stop()
        try:
            async with connect(serving.live, additional_headers=serving.cookie(kim)) as socket:
                await socket.recv()
                answer = await kim.post(
                    "/api/v1/runs/opening/standby", json={"standby": "4", "request": "no-db"}
                )
                assert answer.status_code == 200
                assert answer.json()["recorded"] == "on disk"
                frame = await frame_with(socket, "changes")
                while "runs" not in frame["changes"]:
                    frame = await frame_with(socket, "changes")
                assert frame["changes"]["runs"][0]["standby"] == "4"
            await until(lambda: not serving.runtime.database.is_up)
            board = (await kim.get("/api/v1/board")).json()
            assert [alarm["code"] for alarm in board["alarms"]] == ["database_down"]
            assert (await kim.get("/api/v1/festivals")).status_code == 503
            ready = await kim.get("/health/ready")
            assert ready.status_code == 503
            assert ready.json() == {"status": "degraded", "database": "down", "player": "up"}
            assert (await kim.get("/health/live")).status_code == 200
        finally:
            world.postgres.start()
        await until(lambda: serving.runtime.database.is_up)
        assert (await kim.get("/health/ready")).status_code == 200
        assert (await kim.get("/api/v1/festivals")).json()[0]["id"] == "lights"
