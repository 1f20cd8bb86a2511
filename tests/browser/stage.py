"""A stage for the page: its files, a session and a scripted feed, with no service behind it.

Real HTTP and a real WebSocket, in the test's own loop. Calls are kept for the test to read, and
answered as it says.
"""

from __future__ import annotations

import asyncio
import mimetypes
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote

import msgspec
import uvicorn
from playwright.async_api import Page, expect

from ops.api.page import VIEWS
from show_control.model import Millis
from tests.browser.night import Stage

STATIC = Path(__file__).parents[2] / "ops" / "dashboard" / "static"
PASSWORD = "a lamp in the dark"
LINK = "SECRET"
TICK = 0.2
PATIENCE = 10
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


class Asked(msgspec.Struct, frozen=True):
    """A call that the page made."""

    path: str
    body: dict[str, Any]


class FakeService:
    """Serves the page and a board that the test moves. `beats` off is a player that is silent."""

    def __init__(self, night: Stage) -> None:
        self.night = night
        self.beats = True
        self.feed, self.number = "feed-1", 0
        self.asked: list[Asked] = []
        self.queries: list[dict[str, list[str]]] = []
        self.answers: Callable[[Asked], tuple[int, dict[str, Any]]] = self.went
        self.drop_answers = 0
        self.answers_clock = True
        self._board = night.board()
        self._began = asyncio.get_running_loop().time()
        self._clients: set[asyncio.Queue[dict[str, Any] | None]] = set()
        self._signed_in = False
        self.rights, self.pin = ["see", "control"], ""
        self._moved = asyncio.Condition()

    def you(self) -> dict[str, Any]:
        """Who is signed in, as the session's reply and the feed tell it."""
        grant = {"rights": self.rights, "festival": None, "surface": None}
        return {
            "name": "Kim",
            "kind": "person",
            "rights": self.rights,
            "grants": [grant],
            "locked": self.pin != "",
        }

    def turn(self, *rights: str) -> None:
        """Give the person these rights from now on, and tell their page."""
        self.rights = list(rights)
        self.tell({"you": self.you()})

    def went(self, asked: Asked) -> tuple[int, dict[str, Any]]:
        """An accepted call, as the API answers it."""
        at = datetime.fromtimestamp(self.now() / 1000, UTC).isoformat()
        request = asked.body.get("request")
        return 200, {"request": request, "by": "Kim", "at": at, "recorded": "on disk"}

    def now(self) -> Millis:
        """The player's clock: it begins at the night's instant, and goes on."""
        return self.night.now + int((asyncio.get_running_loop().time() - self._began) * 1000)

    def publish(self) -> None:
        """Send what changed in the night's board."""
        board, before = self.night.board(), self._board
        keys = msgspec.structs.asdict(board)
        changes = {key: new for key, new in keys.items() if new != getattr(before, key)}
        self._board, self.number = board, self.number + 1
        self.tell({"number": self.number, "changes": changes})

    def snapshot(self) -> dict[str, Any]:
        head = {"feed": self.feed, "number": self.number, "player_at": self.now()}
        return head | msgspec.to_builtins(self._board)

    def fall_silent(self) -> None:
        """Say nothing more on the sockets that are open, and do not close them: a line that is dead."""
        self._clients.clear()

    def disconnect(self) -> None:
        """Close every socket, as a service that dies does."""
        self.tell(None)

    def calls(self, name: str) -> list[Asked]:
        return [one for one in self.asked if one.path.endswith(f"/{name}")]

    async def called(self, name: str, times: int = 1) -> Asked:
        """Wait until a call was made so often; the last one."""
        await self.until(lambda: len(self.calls(name)) >= times)
        return self.calls(name)[-1]

    async def until(self, came: Callable[[], bool]) -> None:
        """Wait until something that the page does, or time, has come true."""
        async with asyncio.timeout(PATIENCE), self._moved:
            await self._moved.wait_for(came)

    async def _move(self) -> None:
        async with self._moved:
            self._moved.notify_all()

    async def beat(self) -> None:
        seq = 0
        while True:
            seq += 1
            if self.beats:
                self.tell({"beat": {"player_at": self.now(), "term": 2, "seq": seq}})
            await self._move()
            await asyncio.sleep(TICK)

    def tell(self, frame: dict[str, Any] | None) -> None:
        for client in self._clients:
            client.put_nowait(frame)

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._live(scope, receive, send)
        elif scope["path"].startswith("/api/"):
            await self._api(scope, receive, send)
        else:
            await self._file(scope["path"], send)

    async def _live(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        await receive()
        self.queries.append(parse_qs(scope["query_string"].decode()))
        await self._move()
        await send({"type": "websocket.accept"})
        frames: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        frames.put_nowait(self.snapshot())
        self._clients.add(frames)
        async with asyncio.TaskGroup() as group:
            hearing = group.create_task(self._hear(receive, frames))
            try:
                while (frame := await frames.get()) is not None:
                    text = msgspec.json.encode(frame).decode()
                    await send({"type": "websocket.send", "text": text})
                await send({"type": "websocket.close", "code": 1012})
            except OSError:
                pass  # the page went
            finally:
                self._clients.discard(frames)
                hearing.cancel()

    async def _hear(self, receive: Receive, frames: asyncio.Queue[dict[str, Any] | None]) -> None:
        """Answer a page that measures the clock; what else it says is not read."""
        while (message := await receive())["type"] == "websocket.receive":
            said = msgspec.json.decode(message["text"])
            if self.answers_clock and "clock" in said and frames in self._clients:
                frames.put_nowait({"clock": said["clock"], "player_at": self.now()})
        frames.put_nowait(None)

    async def _api(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        body = await read(receive)
        path, method = unquote(scope["path"]), scope["method"]
        if path in {"/api/v1/session/lock", "/api/v1/session/unlock"}:
            status, reply = self._lock(path, body)
        elif path.startswith("/api/v1/session"):
            status, reply = self._session(method, body)
        elif self.drop_answers > 0:
            self.drop_answers -= 1
            self.asked.append(Asked(path, body))
            status, reply = 503, {"detail": "the player did not answer"}
        else:
            self.asked.append(Asked(path, body))
            status, reply = self._answer(self.asked[-1])
        await self._move()
        await answer(send, status, msgspec.json.encode(reply), "application/json")

    def _answer(self, asked: Asked) -> tuple[int, dict[str, Any]]:
        """As the service judges it: the lock, then the right, then what the player says."""
        if self.pin:
            return 423, {"status": 423, "title": "Locked", "detail": "This session is locked."}
        if "control" not in self.rights:
            return 403, {"status": 403, "title": "Forbidden", "detail": "This needs the right."}
        return self.answers(asked)

    def _lock(self, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if path.endswith("/lock"):
            self.pin = body["pin"]
        elif body.get("pin") == self.pin or body.get("password") == PASSWORD:
            self.pin = ""
        else:
            return 401, {"status": 401, "title": "Unauthorized", "detail": "Not that."}
        self.tell({"you": self.you()})
        return 200, self.you()

    def _session(self, method: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if method == "POST":
            self._signed_in = body.get("password") == PASSWORD or body.get("link") == LINK
        elif method == "DELETE":
            self._signed_in = False
        if not self._signed_in:
            return 401, {"status": 401, "title": "Unauthorized", "detail": "Sign in first."}
        return 200, self.you()

    async def _file(self, path: str, send: Send) -> None:
        file = STATIC / ("index.html" if path in {"/", *VIEWS} else path.lstrip("/"))
        if not file.is_file():
            await answer(send, 404, b"", "text/plain")
            return
        kind = mimetypes.guess_type(file.name)[0] or "text/plain"
        await answer(send, 200, file.read_bytes(), kind)


async def read(receive: Receive) -> dict[str, Any]:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return msgspec.json.decode(body) if body else {}


async def answer(
    send: Send, status: int, body: bytes, kind: str, more: dict[str, str] | None = None
) -> None:
    told = {"content-type": kind, "content-security-policy": CSP} | (more or {})
    headers = [(name.encode(), value.encode()) for name, value in told.items()]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@asynccontextmanager
async def serving(service: FakeService) -> AsyncIterator[str]:
    """The address of the page."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(service, log_level="error", ws="websockets-sansio", lifespan="off")
    server = uvicorn.Server(config)
    async with asyncio.TaskGroup() as group:
        serving = group.create_task(server.serve([listening]))
        beating = group.create_task(service.beat())
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            beating.cancel()
            service.disconnect()
            server.force_exit = server.should_exit = True
            # Were it cancelled after a failure, its socket would be left to the tests that follow.
            await serving


@asynccontextmanager
async def on_stage(page: Page, night: Stage) -> AsyncIterator[FakeService]:
    """The call page of this night, signed in as Kim and hearing the player."""
    service = FakeService(night)
    async with serving(service) as address:
        await page.goto(address)
        await sign_in(page)
        await expect(page.get_by_test_id("feed-age")).to_have_text("< 0.5 s ago")
        yield service


async def sign_in(page: Page, password: str = PASSWORD) -> None:
    await page.get_by_test_id("sign-in-name").fill("Kim")
    await page.get_by_test_id("sign-in-password").fill(password)
    await page.get_by_test_id("sign-in").click()
