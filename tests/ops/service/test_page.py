"""The addresses of the page's views."""

from __future__ import annotations

import pytest

from ops.api.page import VIEWS
from tests.ops.service.world import Serving


@pytest.mark.parametrize("path", ["/", *VIEWS])
async def test_every_view_is_the_page_to_whoever_asks(serving: Serving, path: str) -> None:
    async with serving.stranger() as stranger:
        answer = await stranger.get(path, params={"surface": "facade"})
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/html")
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert answer.headers["cache-control"] == "no-cache"
        assert "<lamp-page>" in answer.text


@pytest.mark.parametrize("path", ["/nights", "/call/kim", "/clock.html", "/assets/none.js"])
async def test_an_address_that_is_no_view_is_a_problem(serving: Serving, path: str) -> None:
    async with serving.stranger() as stranger:
        answer = await stranger.get(path)
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"
