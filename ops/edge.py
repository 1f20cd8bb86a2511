"""The edge of the service: what every connection passes, whether a route is found for it or not.

It refuses requests for other hosts (DNS rebinding) and, where they could change anything, from
other origins; adds the headers that every answer carries; refuses a WebSocket by an HTTP answer
instead of accepting it and closing; and writes one log line for each request.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from litestar import Litestar
from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException
from litestar.types import (
    LifeSpanReceive,
    LifeSpanScope,
    LifeSpanSend,
    Message,
    Receive,
    Scope,
    Send,
)

from ops.errors import as_problem, hidden, problem
from ops.headers import answer_headers
from ops.logs import logger

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
JSON = "application/json"
OURS, BY_HAND = "same-origin", "none"
"""What a browser says in Sec-Fetch-Site of our own page, and of an address that was typed."""
FAULT = "ops.fault"
DIRECT = "ops.direct_send"
LONGEST_FILE = 255
"""Bytes of an address of a file: a file system takes no longer name, and says so by failing."""
NANOSECONDS = 1_000_000

log = logger("edge")


class Service(Litestar):
    """Litestar behind the edge. Set `known_hosts`, `secure` and `stopwatch` before it serves."""

    known_hosts: frozenset[str]
    secure: bool
    stopwatch: Callable[[], int]

    async def __call__(
        self,
        scope: Scope | LifeSpanScope,
        receive: Receive | LifeSpanReceive,
        send: Send | LifeSpanSend,
    ) -> None:
        if scope["type"] == "lifespan":
            await super().__call__(scope, receive, send)
            return
        answer = Answer(scope, send, secure=self.secure)  # type: ignore[arg-type]
        scope["state"][DIRECT] = send
        began = self.stopwatch()
        try:
            if refusal := refuse(scope, self.known_hosts, secure=self.secure):
                await answer.refuse(refusal)
            else:
                await super().__call__(scope, receive, answer.send)
        finally:
            answer.report((self.stopwatch() - began) / NANOSECONDS)


class Answer:
    """What goes back on one connection."""

    def __init__(self, scope: Scope, send: Send, *, secure: bool) -> None:
        self._scope = scope
        self._send = send
        self._secure = secure
        self._accepted = scope["type"] == ScopeType.HTTP
        self._path: str = scope["path"]
        self._status: int | None = None

    async def send(self, message: Message) -> None:
        kind = message["type"]
        if message["type"] == "http.response.start":
            self._status = message["status"]
            message["headers"] = answer_headers(
                self._path, list(message["headers"]), secure=self._secure
            )
        elif kind == "websocket.accept":
            self._accepted = True
            self._status = 101
        elif kind == "websocket.close" and not self._accepted:
            fault = self._scope["state"].get(FAULT) or HTTPException(status_code=403)
            await self.refuse(hidden(ASGIConnection(self._scope), fault))
            return
        await self._send(message)

    async def refuse(self, fault: Exception) -> None:
        """Answer with a problem, without anybody having been asked."""
        found = as_problem(fault)
        body = {"status": found.status_code, "title": found.title, "detail": found.detail}
        given = [(b"content-type", b"application/problem+json")]
        kind = "http" if self._scope["type"] == ScopeType.HTTP else "websocket.http"
        self._status = found.status_code
        start = {
            "type": f"{kind}.response.start",
            "status": found.status_code,
            "headers": answer_headers(self._path, given, secure=self._secure),
        }
        await self._send(start)  # type: ignore[arg-type]
        content = msgspec.json.encode({"type": "about:blank"} | body)
        await self._send({"type": f"{kind}.response.body", "body": content, "more_body": False})  # type: ignore[arg-type,misc]

    def report(self, milliseconds: float) -> None:
        """The one line of this request. Neither query nor headers: both may hold secrets."""
        user = self._scope.get("user")
        log.info(
            "request",
            method=self._scope.get("method", "WS"),
            path=self._path,
            status=self._status,
            ms=round(milliseconds, 1),
            by=getattr(user, "name", None),
        )


def direct_send(scope: Scope) -> Send:
    """The server's own: for the frames of an accepted WebSocket, which no layer has to look at."""
    send: Send = scope["state"][DIRECT]
    return send


async def remember_fault(fault: Exception, scope: Scope) -> None:
    """A hook: keep what went wrong for whoever answers it, and log what nobody expected."""
    scope["state"][FAULT] = fault
    if as_problem(fault).status_code >= 500 and not isinstance(fault, HTTPException):
        log.error("failed", path=scope["path"], exc_info=fault)


def refuse(scope: Scope, known_hosts: frozenset[str], *, secure: bool = False) -> Exception | None:
    """Why this request is not even looked at, if so."""
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    host = headers.get(b"host", "")
    if _name(host) not in known_hosts:
        return problem(400, "This service does not answer for that host.")
    changes = scope["type"] == ScopeType.WEBSOCKET or scope.get("method") not in SAFE
    if changes and _is_foreign(headers, host, secure=secure):
        return problem(403, "This request comes from a page of another origin.")
    kind = headers.get(b"content-type", "").partition(";")[0].strip().lower()
    if _has_body(headers) and kind != JSON:
        return problem(415, f"A body is {JSON} here.")
    return problem(404, "") if _is_no_file(scope["path"]) else None


def _is_foreign(headers: dict[bytes, str], host: str, *, secure: bool) -> bool:
    """Whether a browser says that a page of another origin sent this. Programs say nothing."""
    origin = headers.get(b"origin")
    # Compared as it stands: whoever sends what cannot be taken apart is no page of ours. By TLS a
    # page that came without it, which anybody on the way could have written, is another's.
    schemes = ("https",) if secure else ("http", "https")
    if origin is not None and origin.lower() not in {f"{s}://{host.lower()}" for s in schemes}:
        return True
    return headers.get(b"sec-fetch-site", OURS) not in {OURS, BY_HAND}


def _is_no_file(path: str) -> bool:
    """Whether this is outside of the API and could be no file's name either."""
    return not path.startswith("/api/") and ("\0" in path or len(path.encode()) > LONGEST_FILE)


def _has_body(headers: dict[bytes, str]) -> bool:
    return headers.get(b"content-length", "0") != "0" or b"transfer-encoding" in headers


def _name(host: str) -> str:
    """The host without its port; an IPv6 address keeps its brackets."""
    name, _, port = host.lower().rpartition(":")
    return name if name and port.isdigit() else host.lower()
