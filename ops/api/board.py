"""The board, and the live feed of it: `/api/v1/board`, `/api/v1/live`."""

from __future__ import annotations

from typing import Any

from litestar import Controller, MediaType, Request, Response, WebSocket, get, websocket
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromQuery

from ops.access.audit.entering import address_of
from ops.access.guards import needs
from ops.access.present import Present
from ops.access.rights import SignedIn
from ops.api.live_calls import AnswerFrame, Answering, Callers, RefusalFrame
from ops.edge import direct_send
from ops.errors import problem, problems
from ops.live.client import Client
from ops.live.fan_out import FanOut
from ops.live.feed import BoardDocument
from ops.live.frames import BeatFrame, ChangesFrame, ClockFrame, YouFrame
from ops.live.listening import attend_client
from ops.live.live_feed import LiveFeed
from ops.live.scopes import seen_by

Asked = Request[SignedIn, dict[str, Any], State]
Socket = WebSocket[SignedIn, dict[str, Any], State]

UPGRADE = """A WebSocket. The first frame is the board's document, of what you may see; then come
frames with what changed, the player's heartbeats as they arrive, and `you` when your own rights
change. A client may send `{"clock": T}`, or `{"call": {...}}` with the fields of the API's calls,
and is answered.

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
    async def show(self, request: Asked, live_feed: NamedDependency[LiveFeed]) -> Response[bytes]:
        """What runs, stands by and shows: the whole document, of what you may see."""
        document = live_feed.document(seen_by(request.user))
        return Response(document.encode(), media_type=MediaType.JSON)

    @get(
        "/live",
        operation_id="openLive",
        description=UPGRADE,
        responses={
            101: ResponseSpec(
                BoardDocument
                | ChangesFrame
                | BeatFrame
                | YouFrame
                | ClockFrame
                | AnswerFrame
                | RefusalFrame,
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
        live_feed: NamedDependency[LiveFeed],
        fan_out: NamedDependency[FanOut],
        present: NamedDependency[Present],
        callers: NamedDependency[Callers],
        feed: FromQuery[str | None] = None,
        number: FromQuery[int | None] = None,
    ) -> None:
        """Litestar's as far as the upgrade; from there the server's own `send`, and no layer more."""
        client = Client(live_feed, socket.user, direct_send(socket.scope), (feed, number))
        unfollow = present.follow(socket, client.changed)
        try:
            await socket.accept()
            answering = Answering(client, present, callers, address_of(socket))
            await attend_client(fan_out, client, socket.receive, answering.answer)
        finally:
            unfollow()
            client.left()
