"""The page's files, as they were built into the package."""

from __future__ import annotations

import importlib.resources
from pathlib import Path

from litestar import MediaType, Response, Router, get
from litestar.static_files import create_static_files_router

from ops.access.guards import OPEN
from ops.access.sessions import NO_SESSION

NOT_BUILT = (
    "The page was not built into this installation: `make setup` builds it. "
    "The API and `lamplighter console` work without it.\n"
)


def built_files() -> Path:
    """Where the hatch hook puts what Vite made."""
    return Path(str(importlib.resources.files("ops") / "dashboard" / "static"))


def page_router(files: Path | None = None) -> Router:
    """Open to strangers: it is the sign-in that they see."""
    folder = built_files() if files is None else files
    if (folder / "index.html").is_file():
        return create_static_files_router(
            "/", [folder], html_mode=True, name="page", opt={OPEN: True, NO_SESSION: True}
        )
    return Router("/", route_handlers=[not_built], opt={OPEN: True, NO_SESSION: True})


@get("/", include_in_schema=False, sync_to_thread=False)
def not_built() -> Response[str]:
    return Response(NOT_BUILT, status_code=503, media_type=MediaType.TEXT)
