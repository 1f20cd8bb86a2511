"""The lock of a session: everything is shown, nothing is called, wherever and however long."""

from __future__ import annotations

import pytest
from websockets.asyncio.client import connect

from ops.access.sessions import digest
from tests.ops.service.letting import token
from tests.ops.service.test_live import frame_with
from tests.ops.service.world import PASSWORD, SLOT, Serving, World, served, until

LOCK, UNLOCK = "/api/v1/session/lock", "/api/v1/session/unlock"
HOLD = f"/api/v1/runs/{SLOT}/hold"


async def test_a_locked_session_shows_everything_and_calls_nothing(serving: Serving) -> None:
    async with serving.person() as kim, serving.stranger() as other_page:
        cookie = serving.cookie(kim)
        async with connect(serving.live, additional_headers=cookie) as socket:
            answer = await kim.post(LOCK, json={"pin": "4711"})
            assert (answer.status_code, answer.json()["locked"]) == (200, True)
            assert (await frame_with(socket, "you"))["you"]["locked"]
        for page in (kim, other_page):
            headers = {} if page is kim else cookie
            for path in (HOLD, "/api/v1/outputs/laser/disable", "/api/v1/calls/fade_out"):
                answer = await page.post(path, json={}, headers=headers)
                assert answer.status_code == 423
                assert answer.headers["content-type"] == "application/problem+json"
            for path in ("session", "board", "festivals", "nights", "audit", "openapi.json"):
                answer = await page.get(f"/api/v1/{path}", headers=headers)
                assert answer.status_code == 200, path
        async with connect(serving.live, additional_headers=cookie) as socket:
            assert await socket.recv()
        # Another session of the same person is not locked.
        async with serving.person() as elsewhere:
            assert (await elsewhere.post(HOLD, json={})).status_code in {200, 409}
        assert (await kim.post(UNLOCK, json={"pin": "0000"})).status_code == 403
        assert (await kim.post(HOLD, json={})).status_code == 423
        answer = await kim.post(UNLOCK, json={"pin": "4711"})
        assert (answer.status_code, answer.json()["locked"]) == (200, False)
        assert (await kim.post(HOLD, json={})).status_code in {200, 409}


async def test_nobody_locks_over_a_lock(serving: Serving) -> None:
    async with serving.person() as kim:
        await kim.post(LOCK, json={"pin": "4711"})
        assert (await kim.post(LOCK, json={"pin": "0000"})).status_code == 423
        assert (await kim.post(UNLOCK, json={"pin": "0000"})).status_code == 403
        assert (await kim.post(UNLOCK, json={"password": "wrong"})).status_code == 403
        assert (await kim.post(UNLOCK, json={"password": PASSWORD})).status_code == 200


async def test_pins_cannot_be_tried_without_end(serving: Serving) -> None:
    async with serving.person() as kim:
        await kim.post(LOCK, json={"pin": "4711"})
        answers = [await kim.post(UNLOCK, json={"pin": f"000{n}"}) for n in range(5)]
        assert [answer.status_code for answer in answers] == [403] * 5
        right = await kim.post(UNLOCK, json={"pin": "4711"})
        assert right.status_code == 429
        assert 0 < int(right.headers["retry-after"]) <= 60


@pytest.mark.parametrize("pin", ["123", "1234567890123", "12a4", "", "１２３４", "1234\n"])
async def test_a_pin_is_four_to_twelve_digits(serving: Serving, pin: str) -> None:
    async with serving.person("Lee") as lee:
        assert (await lee.post(LOCK, json={"pin": pin})).status_code == 400


async def test_a_token_has_no_lock(world: World, serving: Serving) -> None:
    robot = await token(world.settings, "robot", "see", "control")
    async with serving.stranger() as program:
        for path in (LOCK, UNLOCK):
            answer = await program.post(path, json={"pin": "4711"}, headers=robot)
            assert answer.status_code == 409


async def test_a_lock_outlives_the_service(world: World, serving: Serving) -> None:
    async with serving.person() as kim:
        cookie = serving.cookie(kim)
        await kim.post(LOCK, json={"pin": "4711"})
    async with served(world.settings) as another, another.stranger() as kim:
        assert (await kim.post(HOLD, json={}, headers=cookie)).status_code == 423
        assert (await kim.get("/api/v1/session", headers=cookie)).json()["locked"]
        answer = await kim.post(UNLOCK, json={"pin": "4711"}, headers=cookie)
        assert answer.status_code == 200
        # And every process knows.
        key = digest(cookie["Cookie"].partition("=")[2])
        await until(lambda: serving.runtime.sessions.find(key).pin_hash is None, 1)


async def test_the_lock_needs_no_database(world: World, serving: Serving) -> None:
    async with serving.person() as kim:
        world.postgres.stop()
        try:
            await until(lambda: not serving.runtime.database.is_up)
            assert (await kim.post(LOCK, json={"pin": "4711"})).status_code == 200
            assert (await kim.post(HOLD, json={})).status_code == 423
            assert (await kim.post(UNLOCK, json={"pin": "4711"})).status_code == 200
            assert (await kim.post(HOLD, json={})).status_code in {200, 409}
        finally:
            world.postgres.start()
        await until(lambda: serving.runtime.database.is_up)
