"""The board, and the live feed of it: `/api/v1/board`, `/api/v1/live`."""

from __future__ import annotations

from typing import Any

from litestar import Controller, MediaType, Response, WebSocket, get, websocket
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromQuery

from ops.access.guards import needs
from ops.access.rights import SignedIn
from ops.access.sessions import COOKIE, SessionStore
from ops.errors import problem, problems
from ops.live.client import serve_client
from ops.live.feed import BoardDocument, Feed
from ops.live.frames import BeatFrame, ChangesFrame

Socket = WebSocket[SignedIn, dict[str, Any], State]

UPGRADE = """A WebSocket. The first frame is the board's document; then come frames with what
changed, and the player's heartbeats as they arrive. What a client sends is not read.

`?feed=ID&number=N` resumes: where the feed is still this one, the first frame holds only what
changed after N. A client that reads slowly is given the newest state, not every state."""


class BoardController(Controller):
    path = "/"
    tags = ("board",)
    guards = (needs("see"),)

    @get(
        "/board",
        operation_id="getBoard",
        responses={
            200: ResponseSpec(BoardDocument, generate_examples=False, description="The document."),
            **problems(401, 403),
        },
    )
    async def show(self, live_feed: NamedDependency[Feed]) -> Response[bytes]:
        """What runs, stands by and shows: the whole document."""
        return Response(live_feed.snapshot().encode(), media_type=MediaType.JSON)

    @get(
        "/live",
        operation_id="openLive",
        description=UPGRADE,
        responses={
            101: ResponseSpec(
                BoardDocument | ChangesFrame | BeatFrame,
                generate_examples=False,
                description="The frames, each a text.",
            ),
            **problems(400, 401, 403, 426),
        },
    )
    async def live_without_upgrade(
        self,
        feed: FromQuery[str | None] = None,  # noqa: ARG002 - for the schema
        number: FromQuery[int | None] = None,  # noqa: ARG002 - for the schema
    ) -> None:
        raise problem(426, "This is a WebSocket.", headers={"Upgrade": "websocket"})

    @websocket("/live")
    async def live(
        self,
        socket: Socket,
        live_feed: NamedDependency[Feed],
        sessions: NamedDependency[SessionStore],
        feed: FromQuery[str | None] = None,
        number: FromQuery[int | None] = None,
    ) -> None:
        await socket.accept()
        ended = sessions.ended(socket.cookies.get(COOKIE, ""))
        await serve_client(live_feed, (feed, number), socket.receive, socket.send, ended)
