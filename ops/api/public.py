"""What everybody may read of a published programme: `/public/FESTIVAL.ics`, `.json`, `.jsonld`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import format_datetime
from typing import Any

from litestar import Controller, HttpMethod, Request, Response, route
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from ops.access.guards import OPEN
from ops.access.sessions import NO_SESSION
from ops.services.public_feeds import Form, Language, PublicFeed, PublicFeeds

MEDIA_TYPES: dict[Form, str] = {
    "ics": "text/calendar",
    "json": "application/json",
    "jsonld": "application/ld+json",
}
FEED = re.compile(r"([a-z0-9-]{1,200})\.(ics|json|jsonld)")
KEPT = "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400"
"""A cache may answer for a minute, and for a day where the service does not."""


class PublicController(Controller):
    path = "/public"
    opt: Mapping[str, Any] = {OPEN: True, NO_SESSION: True}
    include_in_schema = False  # the schema has one media type for a status, and these have three

    @route("/{feed:str}", http_method=[HttpMethod.GET, HttpMethod.HEAD])
    async def show(
        self,
        feed: FromPath[str],
        request: Request[Any, Any, State],
        public_feeds: NamedDependency[PublicFeeds],
        language: FromQuery[Language] = "en",
    ) -> Response[bytes]:
        """A feed of a festival's newest published version; no draft's, ever."""
        asked = FEED.fullmatch(feed)
        if asked is None:
            raise NotFoundException
        festival, form = asked[1], _form(asked[2])
        found = await public_feeds.feed(festival, form, language)
        if found is None:
            raise NotFoundException(detail=f"No festival {festival} is published here.")
        headers = _headers(found, f"{festival}.{form}")
        if form != "json":
            headers["Content-Language"] = language
        if _has(request.headers.get("If-None-Match", ""), found.tag):
            return Response(b"", status_code=304, headers=headers)
        return Response(found.content, media_type=MEDIA_TYPES[form], headers=headers)


def _form(ending: str) -> Form:
    forms: dict[str, Form] = {form: form for form in MEDIA_TYPES}
    return forms[ending]


def _headers(found: PublicFeed, name: str) -> dict[str, str]:
    """Any page may read it: there is nothing in it that is not for everybody."""
    return {
        "ETag": f'"{found.tag}"',
        "Last-Modified": format_datetime(found.published_at, usegmt=True),
        "Cache-Control": KEPT,
        "Content-Disposition": f'inline; filename="{name}"',
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }


def _has(if_none_match: str, tag: str) -> bool:
    """RFC 9110, 13.1.2: compared weakly, since a cache in between may have marked it so."""
    told = {each.strip().removeprefix("W/") for each in if_none_match.split(",")}
    return "*" in told or f'"{tag}"' in told
