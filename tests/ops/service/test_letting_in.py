"""Tokens and links at the real service: what each opens, and until when."""

from __future__ import annotations

import asyncio
import os
import signal
from datetime import timedelta

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from ops import letting_in
from ops.database.postmaster import read_postmaster
from tests.ops.service.letting import link, said, token
from tests.ops.service.world import SLOT, Serving, World, served, until

HOLD = f"/api/v1/runs/{SLOT}/hold"


async def closed(socket: ClientConnection) -> int | None:
    """Wait until it is closed, and say by which code."""
    async with asyncio.timeout(5):
        try:
            while True:
                await socket.recv()
        except ConnectionClosed:
            return socket.close_code


async def test_a_token_opens_what_its_rights_open(world: World, serving: Serving) -> None:
    desk = await token(world.settings, "desk", "see", "control")
    async with serving.stranger() as program:
        told = (await program.get("/api/v1/session", headers=desk)).json()
        assert (told["name"], told["kind"], told["rights"]) == ("desk", "token", ["see", "control"])
        assert (await program.get("/api/v1/board", headers=desk)).status_code == 200
        answer = await program.post(HOLD, json={}, headers=desk)
        assert answer.status_code in {200, 409}
        assert "set-cookie" not in answer.headers
        assert (await program.get("/api/v1/audit", headers=desk)).status_code == 403
        assert (await program.get("/api/v1/nothing", headers=desk)).status_code == 404
        assert (await program.get("/api/v1/openapi.json", headers=desk)).status_code == 200
    async with connect(serving.live, additional_headers=desk) as socket:
        assert await socket.recv()
        await said(letting_in.revoked(world.settings, "token", "desk"))
        assert await closed(socket) == 1008
    async with serving.stranger() as program:
        assert (await program.get("/api/v1/board", headers=desk)).status_code == 401


async def test_a_token_is_taken_from_its_header_alone(world: World, serving: Serving) -> None:
    desk = await token(world.settings, "header", "see")
    secret = desk["Authorization"].removeprefix("Bearer ")
    async with serving.stranger() as program:
        for query in (f"?token={secret}", f"?access_token={secret}", f"?authorization={secret}"):
            assert (await program.get("/api/v1/board" + query)).status_code == 401
        for wrong in (f"Basic {secret}", secret, f"Bearer {secret}x", "Bearer", "Bearer é"):
            headers = {"Authorization": wrong.encode()}
            assert (await program.get("/api/v1/board", headers=headers)).status_code == 401  # type: ignore[arg-type]
        assert (
            await program.post("/api/v1/session/link", json={"link": secret})
        ).status_code == 401
    with pytest.raises(InvalidStatus):
        async with connect(f"{serving.live}?token={secret}"):
            pass


async def test_a_token_that_is_offered_is_what_counts(world: World, serving: Serving) -> None:
    """Not the cookie beside it: who revokes the token must not find it working."""
    desk = await token(world.settings, "beside", "see")
    async with serving.person("Park") as park:  # may control, may not see
        assert (await park.get("/api/v1/board", headers=desk)).status_code == 200
        wrong = {"Authorization": "Bearer lamp_" + "x" * 43}
        assert (await park.get("/api/v1/session", headers=wrong)).status_code == 401
        assert (await park.get("/api/v1/session")).status_code == 200


async def test_what_expires_ends_by_itself(world: World, serving: Serving) -> None:
    short = await token(world.settings, "short", "see", expires=timedelta(seconds=1.5))
    async with connect(serving.live, additional_headers=short) as socket:
        assert await socket.recv()
        assert await closed(socket) == 1008
    async with serving.stranger() as program:
        assert (await program.get("/api/v1/board", headers=short)).status_code == 401
    # Its name is free again.
    again = await token(world.settings, "short", "see")
    async with serving.stranger() as program:
        assert (await program.get("/api/v1/board", headers=again)).status_code == 200


async def test_a_link_begins_a_session_that_dies_with_it(world: World, serving: Serving) -> None:
    secret = await link(world.settings, "backstage", "see")
    async with serving.stranger() as guest:
        bearer = {"Authorization": f"Bearer {secret}"}
        assert (await guest.get("/api/v1/board", headers=bearer)).status_code == 401
        answer = await guest.post("/api/v1/session/link", json={"link": secret})
        assert answer.status_code == 200
        assert (answer.json()["name"], answer.json()["kind"]) == ("backstage", "link")
        for part in ("httponly", "samesite=strict"):
            assert part in answer.headers["set-cookie"].lower()
        assert (await guest.get("/api/v1/board")).status_code == 200
        assert (await guest.post(HOLD, json={})).status_code == 403
        async with connect(serving.live, additional_headers=serving.cookie(guest)) as socket:
            assert await socket.recv()
            await said(letting_in.revoked(world.settings, "link", "backstage"))
            assert await closed(socket) == 1008
        assert (await guest.get("/api/v1/board")).status_code == 401
        again = await guest.post("/api/v1/session/link", json={"link": secret})
        assert again.status_code == 401
        assert again.json()["detail"] == "This link holds no longer: ask for another."


async def test_links_cannot_be_tried_without_end(world: World, serving: Serving) -> None:
    """In a service of its own: the limit holds for all who come from one address."""
    async with served(world.settings) as another, another.stranger() as guest:
        statuses = [
            (await guest.post("/api/v1/session/link", json={"link": f"lamp_{n:043}"})).status_code
            for n in range(6)
        ]
    assert statuses == [401] * 5 + [429]


async def test_a_person_s_new_password_ends_what_the_old_one_began(
    world: World, serving: Serving
) -> None:
    wanted = letting_in.Wanted(roles=("artist",))
    await said(letting_in.person_added(world.settings, "Oh", "first", wanted))
    async with serving.stranger() as oh:
        body = {"name": "Oh", "password": "first"}
        assert (await oh.post("/api/v1/session", json=body)).status_code == 200
        async with connect(serving.live, additional_headers=serving.cookie(oh)) as socket:
            assert await socket.recv()
            await said(letting_in.password_changed(world.settings, "Oh", "second"))
            assert await closed(socket) == 1008
        assert (await oh.get("/api/v1/session")).status_code == 401
        assert (await oh.post("/api/v1/session", json=body)).status_code == 401
        body["password"] = "second"
        assert (await oh.post("/api/v1/session", json=body)).status_code == 200


async def test_who_is_let_in_stays_so_when_postgresql_is_killed(
    world: World, serving: Serving
) -> None:
    """By a session, a token, a link; at open sockets and at the next request; and when it is back."""
    desk = await token(world.settings, "night desk", "see", "control")
    secret = await link(world.settings, "night link", "see")
    async with serving.person() as kim, serving.stranger() as guest:
        await guest.post("/api/v1/session/link", json={"link": secret})
        ways = (serving.cookie(kim), desk, serving.cookie(guest))
        async with connect(serving.live, additional_headers=desk) as socket:
            await until(lambda: not serving.runtime.sessions._unsaved)
            await asyncio.to_thread(killed, world)
            try:
                await until(lambda: not serving.runtime.database.is_up)
                for way in ways:
                    answer = await serving_as(serving, way)
                    assert answer == 200
                    async with connect(serving.live, additional_headers=way) as another:
                        assert await another.recv()
                assert (await kim.post(HOLD, json={})).status_code in {200, 409}
                assert await socket.recv()
            finally:
                world.postgres.start()
            await until(lambda: serving.runtime.database.is_up)
            await said(letting_in.revoked(world.settings, "token", "night desk"))
            assert await closed(socket) == 1008
        assert [await serving_as(serving, way) for way in ways] == [200, 401, 200]


def killed(world: World) -> None:
    """As by the machine's own hand: the postmaster, without a word."""
    running = read_postmaster(world.folder / "postgres")
    assert running is not None
    os.kill(running.pid, signal.SIGKILL)


async def serving_as(serving: Serving, headers: dict[str, str]) -> int:
    async with serving.stranger() as anybody:
        return (await anybody.get("/api/v1/board", headers=headers)).status_code
