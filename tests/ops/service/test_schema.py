"""The schema that the page's types are made from."""

from __future__ import annotations

from typing import Any

from ops.app import openapi_document
from ops.live.feed import KEYS
from tests.ops.service.world import Serving


def test_board_and_frames_are_in_the_components() -> None:
    document = openapi_document()
    assert document["openapi"].startswith("3.1")
    schemas = document["components"]["schemas"]
    assert set(schemas["BoardDocument"]["properties"]) == {*KEYS, "feed", "number", "player_at"}
    assert set(schemas["BoardChanges"]["properties"]) == set(KEYS)
    assert "required" not in schemas["BoardChanges"] or not schemas["BoardChanges"]["required"]
    assert set(schemas["BeatFrame"]["properties"]) == {"beat"}


def test_every_error_is_declared_as_a_problem() -> None:
    for path, item in openapi_document()["paths"].items():
        for method, operation in item.items():
            for status, response in operation["responses"].items():
                where = f"{method} {path} {status}"
                if int(status) >= 400 and not path.startswith("/health"):
                    assert set(response["content"]) == {"application/problem+json"}, where
            assert operation.get("description") or operation.get("summary"), path


def test_it_tells_by_what_one_is_let_in_and_where_nobody_is_asked() -> None:
    document = openapi_document()
    assert document["security"] == [{"bearerToken": []}, {"sessionCookie": []}]
    assert set(document["components"]["securitySchemes"]) == {"bearerToken", "sessionCookie"}
    paths = document["paths"]
    asks_nobody = {
        path for path, item in paths.items() for o in item.values() if o.get("security") == [{}]
    }
    opened = {"/health/live", "/health/ready", "/api/v1/session", "/api/v1/session/link"}
    assert asks_nobody == opened
    assert "security" not in paths["/api/v1/session"]["get"]


async def test_the_signed_in_read_it(serving: Serving) -> None:
    async with serving.person("Lee") as lee:
        answer = await lee.get("/api/v1/openapi.json")
    found: dict[str, Any] = answer.json()
    assert found["info"]["title"] == "Lamplighter"
