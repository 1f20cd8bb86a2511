"""The application: the one list of controllers, and what lies around them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.routes import BaseRoute
from litestar.types import ControllerRouterHandler

from ops.access.audit.entering import address_of
from ops.access.authentication import authentication
from ops.access.sessions import STORE
from ops.api.audit import AuditController
from ops.api.board import BoardController
from ops.api.calls import (
    CallsController,
    OutputsController,
    RunsController,
    ServersController,
)
from ops.api.entries import EntriesController
from ops.api.festivals import FestivalsController
from ops.api.health import HealthController
from ops.api.nights import NightsController
from ops.api.page import page_router
from ops.api.public import PublicController
from ops.api.session import SessionController
from ops.api.works import WorksController
from ops.bodies import JsonRequest
from ops.edge import Service, remember_fault
from ops.errors import AnyRequest, answer_problem
from ops.runtime import Runtime
from ops.services.caller import Caller
from ops.settings import Settings

CONTROLLERS = (
    SessionController,
    BoardController,
    RunsController,
    OutputsController,
    CallsController,
    ServersController,
    FestivalsController,
    NightsController,
    EntriesController,
    WorksController,
    AuditController,
)
LARGEST_BODY = 1_000_000
DESCRIPTION = (
    "Plans, calls and records nights of light. Instants are milliseconds of UTC since 1970 in the "
    "board, RFC 3339 elsewhere. Every error is problem details (RFC 9457)."
)
BEARER = Components(
    security_schemes={
        "bearerToken": SecurityScheme(
            type="http", scheme="bearer", description="Of `lamplighter token create`."
        )
    }
)


class SchemaRouter(Router):
    """Litestar's, without the page that its plugin shows for every path beside the schema's."""

    def register(self, value: ControllerRouterHandler) -> list[BaseRoute]:
        beside = isinstance(value, HTTPRouteHandler) and "/{path:str}" in value.paths
        return [] if beside else super().register(value)


def create_app(settings: Settings) -> Litestar:
    """The service. Nothing is opened before it is served."""
    runtime = Runtime(settings)
    app = Service(
        route_handlers=[
            Router("/api/v1", route_handlers=CONTROLLERS),
            HealthController,
            PublicController,
            page_router(),
        ],
        dependencies=_provided(runtime),
        lifespan=[runtime.opened],
        stores={STORE: runtime.sessions},
        on_app_init=[authentication(runtime.present, secure=settings.secure).on_app_init],
        exception_handlers={Exception: answer_problem},
        after_exception=[remember_fault],
        openapi_config=OpenAPIConfig(
            title="Lamplighter",
            version="1",
            components=[BEARER],  # Litestar adds the session's cookie
            security=[{"bearerToken": []}],
            description=DESCRIPTION,
            render_plugins=[JsonRenderPlugin()],
            openapi_router=SchemaRouter("/api/v1", route_handlers=[], include_in_schema=False),
            use_handler_docstrings=True,
        ),
        request_class=JsonRequest,
        request_max_body_size=LARGEST_BODY,
        logging_config=None,
        state=State({"runtime": runtime, "present": runtime.present, "audit": runtime.audit}),
    )
    app.known_hosts = settings.known_hosts
    app.secure = settings.secure
    app.stopwatch = runtime.stopwatch
    return app


def openapi_document() -> dict[str, Any]:
    """The schema of the API as it is served, for generators; opens nothing."""
    return create_app(Settings(data_dir=Path())).openapi_schema.to_schema()


def _provided(runtime: Runtime) -> dict[str, Provide]:
    parts = {
        "audit": runtime.audit,
        "callers": runtime.caller,
        "database": runtime.database,
        "entering": runtime.entering,
        "fan_out": runtime.fan_out,
        "following": runtime.following,
        "live_feed": runtime.feed,
        "locking": runtime.locking,
        "player": runtime.player,
        "present": runtime.present,
        "public_feeds": runtime.public_feeds,
        "sessions": runtime.sessions,
        "signing_in": runtime.signing_in,
    }
    given = {name: Provide(_giving(part), sync_to_thread=False) for name, part in parts.items()}

    def calling(request: AnyRequest) -> Caller:
        return runtime.caller(request.user, address_of(request))

    return given | {"calling": Provide(calling, sync_to_thread=False)}


def _giving(part: Any) -> Callable[[], Any]:
    return lambda: part
