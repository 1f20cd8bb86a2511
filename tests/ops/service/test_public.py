"""The public feeds over HTTP: for strangers, of published versions alone, kept by caches."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from ops.database.pool import connected
from ops.services.cataloguing import import_festival
from ops.services.planning import publish
from tests.ops.service.world import Serving, World, served, until
from tests.schedules.examples import SMALL, bent
from tests.schedules.exports.versions import gala_at, without_gala

FORMS = {
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json",
    "jsonld": "application/ld+json",
}
FIRST, SECOND, THIRD = (datetime(2025, 8, day, tzinfo=UTC) for day in (1, 2, 3))
DRAFTED = bent(gala_at("23:00"), '"Small"', '"Whispered"').replace('"rain"', '"unseen"')
NEVER = bent(bent(SMALL, 'id = "small"', 'id = "never"'), '"Small"', '"Never"')


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def public() -> AsyncIterator[tuple[World, Serving]]:
    """A world of its own, with no player: what is published here is nobody's to play."""
    folder = Path(tempfile.mkdtemp(prefix="lamplighter-"))
    world = World(folder)
    try:
        await world.prepare_database()
        await import_and_publish(world, SMALL, FIRST)
        await import_only(world, DRAFTED)
        await import_only(world, NEVER)
        async with served(world.settings) as serving:
            await until(lambda: serving.runtime.database.is_up)
            yield world, serving
    finally:
        world.close()
        shutil.rmtree(folder)


async def import_only(world: World, text: str) -> None:
    async with connected(world.postgres.dsn("app")) as connection:
        await import_festival(connection, text, FIRST)


async def import_and_publish(world: World, text: str, now: datetime) -> None:
    async with connected(world.postgres.dsn("app")) as connection:
        imported = await import_festival(connection, text, now)
        await publish(connection, imported.festival, by="Kim", now=now)


async def ask(serving: Serving, what: str, **headers: str) -> httpx.Response:
    async with serving.stranger() as stranger:
        return await stranger.get(f"/public/{what}", headers=headers)


@pytest.mark.parametrize("form", FORMS)
async def test_a_stranger_reads_a_feed_and_caches_keep_it(
    public: tuple[World, Serving], form: str
) -> None:
    answer = await ask(public[1], f"small.{form}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, FORMS[form])
    assert answer.headers["cache-control"].startswith("public, max-age=60")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert parsedate_to_datetime(answer.headers["last-modified"]) == FIRST
    assert "set-cookie" not in answer.headers

    tag = answer.headers["etag"]
    for held in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = await ask(public[1], f"small.{form}", **{"If-None-Match": held})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag), held
    other = await ask(public[1], f"small.{form}", **{"If-None-Match": '"other"'})
    assert (other.status_code, other.content) == (200, answer.content)


@pytest.mark.parametrize("form", FORMS)
async def test_head_tells_what_get_would(public: tuple[World, Serving], form: str) -> None:
    whole = await ask(public[1], f"small.{form}")
    async with public[1].stranger() as stranger:
        head = await stranger.head(f"/public/small.{form}")
    assert (head.status_code, head.content) == (200, b"")
    for name in ("etag", "content-type", "content-length", "cache-control", "last-modified"):
        assert head.headers[name] == whole.headers[name], name


@pytest.mark.parametrize("form", FORMS)
async def test_no_feed_tells_of_a_draft(public: tuple[World, Serving], form: str) -> None:
    """The draft has another title, another work and its gala at another time."""
    told = (await ask(public[1], f"small.{form}")).text
    assert "Small" in told
    for drafted in ("Whispered", "unseen", "T2300", "T23:00", "14:00:00"):
        assert drafted not in told


@pytest.mark.parametrize(
    "what",
    [
        "never.ics",  # imported, and not published
        "never.json",
        "nowhere.ics",
        "nowhere.jsonld",
        "small",
        "small.xml",
        "small.ics.json",
        "SMALL.ics",
        "small%00.ics",
        "small%0a.ics",
        ".ics",
    ],
)
async def test_what_is_not_published_is_a_problem_404(
    public: tuple[World, Serving], what: str
) -> None:
    answer = await ask(public[1], what)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert "etag" not in answer.headers


async def test_languages_are_asked_for(public: tuple[World, Serving]) -> None:
    serving = public[1]
    for form in ("ics", "jsonld"):
        for language in ("en", "ko"):
            answer = await ask(serving, f"small.{form}?language={language}")
            assert answer.headers["content-language"] == language
    assert "content-language" not in (await ask(serving, "small.json")).headers
    assert (await ask(serving, "small.ics?language=xx")).status_code == 400


async def test_a_new_version_is_another_feed_at_once(public: tuple[World, Serving]) -> None:
    world, serving = public
    before = await ask(serving, "small.json")
    await import_and_publish(world, gala_at("21:15"), SECOND)
    moved = await ask(serving, "small.json", **{"If-None-Match": before.headers["etag"]})
    assert (moved.status_code, moved.json()["version"]) == (200, 2)
    await import_and_publish(world, without_gala(), THIRD)
    feed = (await ask(serving, "small.json")).json()
    statuses = {s["slot"]: s["status"] for n in feed["nights"] for s in n["slots"]}
    assert (feed["version"], statuses["gala"]) == (3, "dropped")
    calendar = (await ask(serving, "small.ics")).text
    assert calendar.count("STATUS:CANCELLED") == 1
    linked = json.loads((await ask(serving, "small.jsonld")).text)
    assert "https://schema.org/EventCancelled" in {e["eventStatus"] for e in linked["subEvent"]}
