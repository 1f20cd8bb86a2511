"""Connected again and again: what is tried, how soon, and when not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response

from ops.watch.following import DELAYS, Follower, NotLetIn


class Heard:
    """What a follower is told, and the pauses that it would make, which take no time here."""

    def __init__(self) -> None:
        self.frames: list[str] = []
        self.lost: list[str | None] = []
        self.pauses: list[float] = []
        self.enough = asyncio.Event()
        self.most = 99

    def follower(self, address: str) -> Follower:
        return Follower(
            address,
            "secret",
            take=self.frames.append,
            resume=lambda: ("f", 7) if self.frames else None,
            lost=self.lost.append,
            wait=self._wait,
        )

    async def _wait(self, seconds: float) -> None:
        self.pauses.append(seconds)
        if len(self.pauses) >= self.most:
            self.enough.set()
            await asyncio.Event().wait()


@asynccontextmanager
async def serving(
    attend: Callable[[ServerConnection], Awaitable[None]], **options: object
) -> AsyncIterator[str]:
    async with serve(attend, "127.0.0.1", 0, **options) as server:  # type: ignore[arg-type]
        port = next(iter(server.sockets)).getsockname()[1]
        yield f"ws://127.0.0.1:{port}/api/v1/live"


async def until_enough(heard: Heard, follower: Follower) -> None:
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        task = group.create_task(follower.follow())
        await heard.enough.wait()
        task.cancel()


async def test_it_goes_on_where_it_was_lost_with_its_token() -> None:
    heard, paths, tokens = Heard(), [], []
    heard.most = 2

    async def attend(connection: ServerConnection) -> None:
        assert connection.request is not None
        paths.append(connection.request.path)
        tokens.append(connection.request.headers["Authorization"])
        await connection.send("a frame")
        await connection.close(1012)

    async with serving(attend) as address:
        await until_enough(heard, heard.follower(address))
    assert paths == ["/api/v1/live", "/api/v1/live?feed=f&number=7"]
    assert set(tokens) == {"Bearer secret"}
    assert heard.frames == ["a frame", "a frame"]
    assert heard.lost[0] is None
    assert "1012" in str(heard.lost[1])
    assert heard.pauses == [DELAYS[0], DELAYS[0]]


async def test_it_tries_less_and_less_often_where_nobody_answers() -> None:
    heard = Heard()
    heard.most = len(DELAYS) + 2
    async with serving(lambda _: asyncio.sleep(0)) as address:  # noqa: TID251 - a port that was free
        pass
    await until_enough(heard, heard.follower(address))
    assert heard.pauses == [*DELAYS, DELAYS[-1], DELAYS[-1]]
    assert all(heard.lost)


@pytest.mark.parametrize("status", [HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN])
async def test_who_is_not_let_in_does_not_try_again(status: HTTPStatus) -> None:
    def refuse(connection: ServerConnection, _: Request) -> Response:
        return connection.respond(status, "no")

    async def attend(_: ServerConnection) -> None:
        raise AssertionError

    async with serving(attend, process_request=refuse) as address:
        with pytest.raises(NotLetIn, match=str(status.value)):
            await Heard().follower(address).follow()


async def test_who_is_sent_away_does_not_try_again() -> None:
    async def attend(connection: ServerConnection) -> None:
        await connection.close(1008, "signed out")

    async with serving(attend) as address:
        with pytest.raises(NotLetIn, match="signed out"):
            await Heard().follower(address).follow()
