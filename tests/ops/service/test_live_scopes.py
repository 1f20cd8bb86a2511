"""Who may see one surface, or another festival, on real sockets; and what follows when that changes."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from ops.access import accounts
from ops.access.accounts import NewAccount
from ops.access.rights import Grant, Right
from ops.access.secret_keys import digest_of, new_secret
from ops.database.pool import connected
from ops.storing import now
from tests.ops.service.world import Serving, World, until


def on(surface: str, *rights: Right) -> tuple[Grant, ...]:
    return (Grant(rights, "lights", surface),)


async def headers(world: World, name: str, grants: tuple[Grant, ...]) -> dict[str, str]:
    """Of a new token; the places are not looked up in the festival's draft, which has none here."""
    secret = new_secret()
    new = NewAccount(kind="token", name=name, grants=grants, secret_digest=digest_of(secret))
    async with connected(world.postgres.dsn("app")) as connection:
        await accounts.add_account(connection, new, now())
    return {"Authorization": f"Bearer {secret}"}


async def grant(world: World, name: str, grants: tuple[Grant, ...]) -> None:
    async with connected(world.postgres.dsn("app")) as connection, connection.transaction():
        account = await accounts.named(connection, "token", name)
        await accounts.grant(connection, account.id, grants, only=True)


async def next_with(socket: ClientConnection, key: str) -> dict[str, Any]:
    async with asyncio.timeout(10):
        while key not in (frame := json.loads(await socket.recv())):
            pass
    found: dict[str, Any] = frame
    return found


async def test_each_scope_has_its_document_and_its_feed(world: World, serving: Serving) -> None:
    feed = serving.runtime.feed
    here = await headers(world, "scope-here", on("facade", "see"))
    away = await headers(world, "scope-away", on("elsewhere", "see"))
    async with (
        connect(serving.live, additional_headers=here) as one,
        connect(serving.live, additional_headers=here) as two,
        connect(serving.live, additional_headers=away) as three,
        serving.stranger() as client,
    ):
        documents = [json.loads(await socket.recv()) for socket in (one, two, three)]
        assert documents[0]["feed"] == documents[1]["feed"]
        assert len({feed.id, documents[0]["feed"], documents[2]["feed"]}) == 3
        assert documents[0]["outputs"]
        assert documents[2]["outputs"] == documents[2]["runs"] == documents[2]["slots"] == []
        assert len(feed.scopes) == 2
        shown = (await client.get("/api/v1/board", headers=away)).json()
        assert (shown["feed"], shown["outputs"]) == (documents[2]["feed"], [])
        assert await next_with(three, "beat")
    await until(lambda: feed.scopes == frozenset())


async def test_rights_that_change_are_told_and_act_at_once(world: World, serving: Serving) -> None:
    facade = await headers(world, "scope-moves", on("elsewhere", "see"))
    async with connect(serving.live, additional_headers=facade) as socket:
        assert json.loads(await socket.recv())["outputs"] == []
        await grant(world, "scope-moves", on("facade", "see", "control"))
        document = await next_with(socket, "feed")
        assert {output["surface"] for output in document["outputs"]} == {"facade"}
        you = (await next_with(socket, "you"))["you"]
        assert you["rights"] == ["see", "control"]
        await grant(world, "scope-moves", on("facade", "control"))
        with pytest.raises(ConnectionClosed) as closed:
            await next_with(socket, "no such frame")
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1008
