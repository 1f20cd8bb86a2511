"""For whoever watches the processes: `/health/live`, `/health/ready`. Open, and tells little."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec
from litestar import Controller, Response, get
from litestar.di import NamedDependency

from ops.access.guards import OPEN
from ops.access.sessions import NO_SESSION
from ops.live.following import Following
from ops.storage import Database
from show_control.link.client import LinkClient

UpOrDown = Literal["up", "down"]


class Live(msgspec.Struct, frozen=True):
    """This process serves."""

    status: Literal["up"] = "up"


class Ready(msgspec.Struct, frozen=True):
    """What the service works with. `degraded`: the page and calls work, the record waits."""

    status: Literal["up", "degraded", "down"]
    database: UpOrDown
    player: UpOrDown


class HealthController(Controller):
    path = "/health"
    tags = ("health",)
    opt: Mapping[str, Any] = {OPEN: True, NO_SESSION: True}
    security = ({},)

    @get("/live", operation_id="isLive", sync_to_thread=False)
    def live(self) -> Live:
        """200 for as long as this process serves."""
        return Live()

    @get("/ready", operation_id="isReady", sync_to_thread=False)
    def ready(
        self,
        database: NamedDependency[Database],
        player: NamedDependency[LinkClient],
        following: NamedDependency[Following],
    ) -> Response[Ready]:
        """200 with database and player up; 503 tells which is down."""
        stored, plays = database.is_up, player.welcome is not None and not following.silent
        status: Literal["up", "degraded", "down"] = (
            "down" if not plays else "up" if stored else "degraded"
        )
        found = Ready(status, _word(stored), _word(plays))
        return Response(found, status_code=200 if status == "up" else 503)


def _word(up: bool) -> UpOrDown:
    return "up" if up else "down"
