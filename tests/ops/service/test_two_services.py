"""Two service processes on one player and one database: what one learns, the other knows."""

from __future__ import annotations

import asyncio

import httpx
from websockets.asyncio.client import connect

from ops import letting_in
from ops.letting_in import Wanted
from tests.ops.service.letting import another_process, said, token
from tests.ops.service.test_letting_in import closed
from tests.ops.service.world import PASSWORD, SLOT, Serving, World, served

HOLD = f"/api/v1/runs/{SLOT}/hold"
LOCK, UNLOCK = "/api/v1/session/lock", "/api/v1/session/unlock"
WITHIN = 1.0
"""Seconds."""


async def test_what_one_process_learns_the_other_knows_within_a_second(
    world: World, serving: Serving
) -> None:
    controller = Wanted(roles=("controller",))
    await said(letting_in.person_added(world.settings, "Bae", PASSWORD, controller))
    async with (
        another_process(world) as address,
        serving.stranger() as here,
        httpx.AsyncClient(base_url=address) as there,
    ):
        # Signed in at one, at once known at the other.
        body = {"name": "Bae", "password": PASSWORD}
        assert (await here.post("/api/v1/session", json=body)).status_code == 200
        cookie = serving.cookie(here)
        assert (await there.get("/api/v1/session", headers=cookie)).status_code == 200
        # Locked at one, locked at the other.
        assert (await there.post(LOCK, json={"pin": "4711"}, headers=cookie)).status_code == 200
        await answers(here, HOLD, 423, cookie)
        assert (await here.post(UNLOCK, json={"pin": "4711"})).status_code == 200
        await answers(there, HOLD, 409, cookie)
        # Revoked by a command: open pages of both are closed, and their next call is refused.
        live = address.replace("http", "ws") + "/api/v1/live"
        async with (
            connect(serving.live, additional_headers=cookie) as one,
            connect(live, additional_headers=cookie) as other,
        ):
            await asyncio.gather(one.recv(), other.recv())
            await said(letting_in.revoked(world.settings, "person", "Bae"))
            async with asyncio.timeout(WITHIN):
                assert await asyncio.gather(closed(one), closed(other)) == [1008, 1008]
        for client in (here, there):
            answer = await client.post(HOLD, json={}, headers=cookie)
            assert answer.status_code == 401


async def test_signing_out_at_one_ends_it_at_the_other(world: World, serving: Serving) -> None:
    async with (
        served(world.settings) as second,
        serving.person() as here,
        second.stranger() as there,
    ):
        cookie = serving.cookie(here)
        assert (await there.get("/api/v1/session", headers=cookie)).status_code == 200
        async with connect(second.live, additional_headers=cookie) as socket:
            await socket.recv()
            assert (await here.delete("/api/v1/session")).status_code == 204
            async with asyncio.timeout(WITHIN):
                assert await closed(socket) == 1008
        assert (await there.get("/api/v1/session", headers=cookie)).status_code == 401


async def test_a_token_holds_in_a_service_that_is_started_later(
    world: World, serving: Serving
) -> None:
    later = await token(world.settings, "later", "see")
    async with served(world.settings) as second, second.stranger() as program:
        assert (await program.get("/api/v1/board", headers=later)).status_code == 200


async def test_strangers_cannot_make_the_looking_expensive(serving: Serving) -> None:
    """What is not in memory is looked for once, and only so often in a second."""
    looked = Counting(serving.runtime.lookups)
    async with serving.stranger() as stranger:
        for _ in range(5):
            headers = {"Cookie": f"lamplighter={'0' * 64}"}
            assert (await stranger.get("/api/v1/board", headers=headers)).status_code == 401
        assert looked.since() <= 1
        for n in range(120):
            headers = {"Authorization": f"Bearer lamp_{n:043}"}
            assert (await stranger.get("/api/v1/board", headers=headers)).status_code == 401
        for nonsense in ("x", "lamp_", "lamp_" + "é" * 43):
            headers = {"Authorization": f"Bearer {nonsense}".encode()}  # type: ignore[dict-item]
            before = looked.since()
            assert (await stranger.get("/api/v1/board", headers=headers)).status_code == 401
            assert looked.since() == before
    async with serving.person() as kim:
        assert (await kim.get("/api/v1/board")).status_code == 200


class Counting:
    """How often the database was looked into."""

    def __init__(self, lookups: object) -> None:
        self._lookups = lookups
        self._before = self._total()

    def _total(self) -> int:
        return len(self._lookups._in_vain)  # type: ignore[attr-defined]

    def since(self) -> int:
        return self._total() - self._before


async def answers(
    client: httpx.AsyncClient, path: str, status: int, cookie: dict[str, str]
) -> None:
    """It comes to answer so, within a second."""
    async with asyncio.timeout(WITHIN):
        while (await client.post(path, json={}, headers=cookie)).status_code != status:
            pass
