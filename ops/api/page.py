"""The page's files, as they were built into the package, and the addresses of its views."""

from __future__ import annotations

import importlib.resources
from pathlib import Path

from litestar import MediaType, Response, Router, get
from litestar.handlers import BaseRouteHandler
from litestar.response import File
from litestar.static_files import create_static_files_router

from ops.access.guards import OPEN
from ops.access.sessions import NO_SESSION

VIEWS = ("/call", "/night", "/facade", "/clock", "/department", "/record")
"""The page itself knows which of its views an address means; `/` is its first."""
NOT_BUILT = (
    "The page was not built into this installation: `make setup` builds it. "
    "The API and `lamplighter console` work without it.\n"
)
OPEN_TO_ALL = {OPEN: True, NO_SESSION: True}


def built_files() -> Path:
    """Where the hatch hook puts what Vite made."""
    return Path(str(importlib.resources.files("ops") / "dashboard" / "static"))


def page_router(files: Path | None = None) -> Router:
    """Open to strangers: it is the sign-in that they see. An address that is no view is 404."""
    folder = built_files() if files is None else files
    index = folder / "index.html"
    if not index.is_file():
        return Router("/", route_handlers=[not_built], opt=OPEN_TO_ALL)
    files_router = create_static_files_router("/", [folder], html_mode=True, name="page")
    return Router("/", route_handlers=[_views(index), files_router], opt=OPEN_TO_ALL)


def _views(index: Path) -> BaseRouteHandler:
    @get(list(VIEWS), include_in_schema=False, sync_to_thread=False)
    def view() -> File:
        return File(index, media_type=MediaType.HTML, content_disposition_type="inline")

    return view


@get(["/", *VIEWS], include_in_schema=False, sync_to_thread=False)
def not_built() -> Response[str]:
    return Response(NOT_BUILT, status_code=503, media_type=MediaType.TEXT)
