"""Signing in and out, and what outlives what."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from ops.access.attempts import FOR_A_NAME
from ops.access.rights import SignedIn
from ops.access.sessions import digest
from ops.live.client import POLICY
from tests.ops.service.world import PASSWORD, Serving, World, served, until


async def test_a_session_tells_who_and_what(serving: Serving) -> None:
    async with serving.stranger() as stranger:
        body = {"name": "Kim", "password": PASSWORD}
        answer = await stranger.post("/api/v1/session", json=body)
        rights = ["see", "edit", "control"]
        assert answer.json() == {
            "name": "Kim",
            "kind": "person",
            "rights": rights,
            "grants": [{"rights": rights, "festival": None, "surface": None}],
            "locked": False,
        }
        cookie = answer.headers["set-cookie"]
        for part in ("HttpOnly", "Path=/", "SameSite=strict"):
            assert part.lower() in cookie.lower()
        assert (await stranger.get("/api/v1/session")).json()["name"] == "Kim"


async def drain(socket: ClientConnection) -> None:
    async with asyncio.timeout(5):
        while True:
            await socket.recv()


async def test_signing_out_ends_the_session_and_its_open_sockets(serving: Serving) -> None:
    async with serving.person() as kim:
        cookie = serving.cookie(kim)
        async with connect(serving.live, additional_headers=cookie) as socket:
            await socket.recv()
            assert (await kim.delete("/api/v1/session")).status_code == 204
            with pytest.raises(ConnectionClosed):
                await drain(socket)
            assert socket.close_code == POLICY
        async with serving.stranger() as thief:
            assert (await thief.get("/api/v1/session", headers=cookie)).status_code == 401


async def test_an_id_that_was_not_given_out_is_not_taken_on(serving: Serving) -> None:
    planted = "f" * 64
    async with serving.stranger() as stranger:
        body = {"name": "Kim", "password": PASSWORD}
        headers = {"Cookie": f"lamplighter={planted}"}
        answer = await stranger.post("/api/v1/session", json=body, headers=headers)
        assert answer.status_code == 200
        first = answer.cookies["lamplighter"]
        assert first != planted
        again = await stranger.post(
            "/api/v1/session", json=body, headers={"Cookie": f"lamplighter={first}"}
        )
        assert again.cookies["lamplighter"] != first
    async with serving.stranger() as thief:
        for old in (planted, first):
            headers = {"Cookie": f"lamplighter={old}"}
            assert (await thief.get("/api/v1/session", headers=headers)).status_code == 401


async def test_strangers_are_given_no_session(serving: Serving) -> None:
    before = len(serving.runtime.sessions._held)
    async with serving.stranger() as stranger:
        for path in ("/", "/health/live", "/nothing.js", "/api/v1/board"):
            answer = await stranger.get(path)
            assert "lamplighter=" not in answer.headers.get("set-cookie", "").replace(
                "lamplighter=null", ""
            )
    assert len(serving.runtime.sessions._held) == before


async def test_wrong_passwords_are_refused_and_then_limited(serving: Serving) -> None:
    async with serving.stranger() as stranger:

        async def attempt(name: str, password: str) -> httpx.Response:
            body = {"name": name, "password": password}
            return await stranger.post("/api/v1/session", json=body)

        for _ in range(FOR_A_NAME):
            assert (await attempt("Nobody", "wrong")).status_code == 401
        refused = await attempt("Nobody", "wrong")
        assert refused.status_code == 429
        assert refused.headers["content-type"] == "application/problem+json"
        assert 0 < int(refused.headers["retry-after"]) <= 60
        # Somebody else is not kept out by it.
        assert (await attempt("Kim", PASSWORD)).status_code == 200


async def test_a_session_outlives_the_database_and_the_service(
    world: World, serving: Serving
) -> None:
    async with serving.person() as kim:
        cookie = serving.cookie(kim)
        await until(lambda: not serving.runtime.sessions._unsaved)
        world.postgres.stop()
        try:
            assert (await kim.get("/api/v1/session")).status_code == 200
            # Somebody's phone dies on the night that the database does.
            async with serving.person("Lee") as lee:
                assert (await lee.get("/api/v1/session")).json()["name"] == "Lee"
                later = serving.cookie(lee)
        finally:
            world.postgres.start()
    await until(lambda: serving.runtime.database.is_up and not serving.runtime.sessions._unsaved)
    async with served(world.settings) as another, another.stranger() as anybody:
        assert (await anybody.get("/api/v1/session", headers=cookie)).json()["name"] == "Kim"
        assert (await anybody.get("/api/v1/session", headers=later)).json()["name"] == "Lee"


async def test_who_cannot_be_read_yet_is_called_no_stranger(world: World, serving: Serving) -> None:
    async with serving.person() as kim:
        cookie = serving.cookie(kim)
        await until(lambda: not serving.runtime.sessions._unsaved)
    world.postgres.stop()
    try:
        async with served(world.settings) as another, another.stranger() as anybody:
            known = await anybody.get("/api/v1/board", headers=cookie)
            assert (known.status_code, known.json()["missing"]) == (503, "database")
            assert (await anybody.get("/api/v1/board")).status_code == 401
            body = {"name": "Kim", "password": PASSWORD}
            # As often as anybody asks: what the service cannot say is no attempt of theirs.
            for _ in range(FOR_A_NAME + 1):
                unknown = await anybody.post("/api/v1/session", json=body)
                assert (unknown.status_code, unknown.json()["missing"]) == (503, "database")
    finally:
        world.postgres.start()


async def test_open_connections_are_told_when_their_session_ends(serving: Serving) -> None:
    first: list[SignedIn | None] = []
    second: list[SignedIn | None] = []
    present = serving.runtime.present
    async with serving.person() as kim:
        connection = connected_as(serving, kim)
        stop = present.follow(connection, first.append)
        present.follow(connection, second.append)
        stop()
        await kim.delete("/api/v1/session")
        assert (first, second) == ([], [None])
        present.follow(connection, first.append)
        assert first == [None]


def connected_as(serving: Serving, client: httpx.AsyncClient) -> Any:
    """A connection, as a handler has it."""
    key = digest(client.cookies["lamplighter"])
    account = serving.runtime.sessions.find(key).account
    return SimpleNamespace(user=serving.runtime.present.now(account, key))


async def test_a_name_may_be_typed_with_spaces_around(serving: Serving) -> None:
    async with serving.stranger() as stranger:
        body = {"name": " Kim\u3000", "password": PASSWORD}
        answer = await stranger.post("/api/v1/session", json=body)
    assert answer.json()["name"] == "Kim"


async def test_who_asks_before_the_accounts_are_read_is_not_signed_out(serving: Serving) -> None:
    """A page that reconnects while the service starts again finds its session before its account."""
    async with serving.person() as kim:
        cookie = serving.cookie(kim)
        directory = serving.runtime.directory
        account = directory.person("Kim")
        directory.forget(account.id)
        async with serving.stranger() as page:
            answer = await page.get("/api/v1/board", headers=cookie)
            assert (answer.status_code, "set-cookie" in answer.headers) == (401, False)
            directory.adopt(account)
            assert (await page.get("/api/v1/board", headers=cookie)).status_code == 200
