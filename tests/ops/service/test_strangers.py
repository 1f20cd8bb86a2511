"""What somebody sees who has not signed in, or may not do what they ask."""

from __future__ import annotations

import re
from typing import Any

import pytest
from litestar.routes import HTTPRoute, WebSocketRoute
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from ops.api.page import VIEWS
from tests.ops.service.world import PASSWORD, Serving

OPEN = {
    ("GET", "/health/live"),
    ("GET", "/health/ready"),
    ("POST", "/api/v1/session"),
    ("POST", "/api/v1/session/link"),
    ("GET", "/"),
    ("GET", "/{file_path:path}"),
    ("HEAD", "/{file_path:path}"),
    ("GET", "/public/{feed:str}"),
    ("HEAD", "/public/{feed:str}"),
    *(("GET", view) for view in VIEWS),
}


def asked(serving: Serving) -> list[tuple[str, str]]:
    """Every method of every route, with something put where its path has a parameter."""
    found = [
        (method, route.path)
        for route in serving.app.routes
        if isinstance(route, HTTPRoute)
        for method in route.methods
        if method != "OPTIONS"
    ]
    closed = [one for one in found if one not in OPEN]
    assert len(closed) > 15
    dated = [(m, p.replace("{night:date}", "2025-08-28")) for m, p in closed]
    return [(m, re.sub(r"{\w+:\w+}", "x", p)) for m, p in dated]


async def test_every_route_answers_401_to_a_stranger(serving: Serving) -> None:
    async with serving.stranger() as stranger:
        for method, path in asked(serving):
            answer = await stranger.request(method, path, json={})
            assert answer.status_code == 401, (method, path)
            assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/v1/nothing"),
        ("POST", "/api/v1/nothing"),
        ("GET", "/api"),
        ("GET", "/api/v2"),
        ("GET", "//api/v1//board"),
        ("GET", "/api/v1/board/"),
        ("DELETE", "/api/v1/board"),
        ("OPTIONS", "/api/v1/board"),
        ("GET", "/api/v1/openapi.json"),
        ("POST", "/api/v1/runs/x/dance"),
        ("GET", "/api/v1/nights/not-a-date/entries"),
    ],
)
async def test_a_stranger_cannot_tell_what_there_is(
    serving: Serving, method: str, path: str
) -> None:
    async with serving.stranger() as stranger:
        answer = await stranger.request(method, serving.url + path)
        assert answer.status_code == 401
        assert answer.json()["title"] == "Unauthorized"
        assert "set-cookie" not in answer.headers or "null" in answer.headers["set-cookie"]


async def refused(address: str, **options: Any) -> int:
    with pytest.raises(InvalidStatus) as raised:
        async with connect(address, **options):
            pass
    response = raised.value.response
    assert response.headers["content-type"] == "application/problem+json"
    assert b'"status"' in response.body
    return response.status_code


async def test_the_live_feed_is_refused_before_the_upgrade(serving: Serving) -> None:
    assert [r.path for r in serving.app.routes if isinstance(r, WebSocketRoute)] == ["/api/v1/live"]
    assert await refused(serving.live) == 401
    assert await refused(serving.live.replace("live", "nothing")) == 401
    stale = {"Cookie": "lamplighter=" + "0" * 64}
    assert await refused(serving.live, additional_headers=stale) == 401
    async with serving.person("Park") as park:  # may control, may not see
        assert await refused(serving.live, additional_headers=serving.cookie(park)) == 403


async def test_rights_are_independent(serving: Serving) -> None:
    body = {"request": "r"}
    async with serving.person("Lee") as lee, serving.person("Park") as park:
        assert (await lee.get("/api/v1/board")).status_code == 200
        answer = await lee.post("/api/v1/runs/x/hold", json=body)
        assert answer.status_code == 403
        assert answer.json()["detail"] == "This needs the right to control, which Lee has not."
        assert (await park.get("/api/v1/board")).status_code == 403
        assert (await park.post("/api/v1/runs/x/hold", json=body)).status_code == 409


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        "http://127.0.0.1:1",
        "https://localhost.evil.example",
        "http://[",
        "",
    ],
)
async def test_another_origin_is_refused(serving: Serving, origin: str) -> None:
    foreign = {"Origin": origin}
    async with serving.person() as kim:
        answer = await kim.post("/api/v1/runs/x/hold", json={"request": "r"}, headers=foreign)
        assert answer.status_code == 403
        assert answer.headers["content-type"] == "application/problem+json"
        assert (await kim.get("/api/v1/board", headers=foreign)).status_code == 200
        headers = serving.cookie(kim) | foreign
        assert await refused(serving.live, additional_headers=headers) == 403
    async with serving.stranger() as stranger:
        body = {"name": "Kim", "password": PASSWORD}
        answer = await stranger.post("/api/v1/session", json=body, headers=foreign)
        assert answer.status_code == 403


async def test_our_own_origin_is_not(serving: Serving) -> None:
    async with serving.person() as kim:
        headers = serving.cookie(kim) | {"Origin": serving.url}
        async with connect(serving.live, additional_headers=headers) as socket:
            assert await socket.recv()
        assert (await kim.delete("/api/v1/session", headers={"Origin": serving.url})).is_success


async def test_another_host_is_refused(serving: Serving) -> None:
    async with serving.stranger() as stranger:
        for host in ("evil.example", "127.0.0.1.evil.example:80", "localhost:80:80"):
            answer = await stranger.get("/health/live", headers={"Host": host})
            assert answer.status_code == 400
            assert answer.headers["content-type"] == "application/problem+json"
        for host in ("localhost", "localhost:8100", "[::1]:8100", "LOCALHOST"):
            answer = await stranger.get("/health/live", headers={"Host": host})
            assert answer.status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_a_browser_that_tells_of_another_site_is_refused(serving: Serving, site: str) -> None:
    async with serving.person() as kim:
        says = {"Sec-Fetch-Site": site}
        answer = await kim.post("/api/v1/calls/fade_out", json={}, headers=says)
        assert answer.status_code == 403
        assert answer.json()["detail"] == "This request comes from a page of another origin."
        assert await refused(serving.live, additional_headers=serving.cookie(kim) | says) == 403
        ours = {"Sec-Fetch-Site": "same-origin"}
        assert (await kim.delete("/api/v1/session", headers=ours)).is_success


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", None]
)
async def test_a_body_that_a_form_could_send_is_refused(serving: Serving, kind: str | None) -> None:
    async with serving.person() as kim:
        headers = {} if kind is None else {"Content-Type": kind}
        body = b'{"request": "r"}'
        answer = await kim.post("/api/v1/calls/fade_out", content=body, headers=headers)
        assert answer.status_code == 415
        assert answer.headers["content-type"] == "application/problem+json"
        headers["Content-Type"] = "application/json; charset=utf-8"
        answer = await kim.post("/api/v1/runs/nothing/hold", content=body, headers=headers)
        assert answer.status_code == 409
