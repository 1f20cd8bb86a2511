"""Every error is problem details, and every answer carries the headers."""

from __future__ import annotations

import pytest

from ops.headers import SECURITY
from tests.ops.service.world import Serving

GO = "/api/v1/runs/x/go"


@pytest.mark.parametrize(
    ("method", "path", "content", "status", "where"),
    [
        ("GET", "/api/v1/nothing", b"", 404, None),
        ("GET", "/nothing.js", b"", 404, None),
        ("DELETE", "/api/v1/board", b"", 405, None),
        ("GET", "/api/v1/live", b"", 426, None),
        ("GET", "/api/v1/live?number=much", b"", 400, "number"),
        ("GET", "/api/v1/nights/2025-13-40/entries", b"", 404, None),
        ("POST", GO, b"{", 400, ""),
        ("POST", GO, b"", 400, ""),
        ("POST", GO, b'{"standby": "6"}', 400, "standby_count"),
        ("POST", GO, b'{"standby": 6, "standby_count": 1, "request": "r"}', 400, "standby"),
        ("POST", GO, b'{"standby": "6", "standby_count": 1, "request": ""}', 400, "request"),
        ("POST", GO, b'{"standby": "\xff"}', 400, ""),
        ("POST", GO, 100_000 * b"[", 400, ""),
        ("GET", "/assets/%00", b"", 404, None),
        ("GET", "/" + 300 * "a", b"", 404, None),
        ("POST", GO, b'"' + 2_000_000 * b"x" + b'"', 413, None),
    ],
)
async def test_an_error_is_a_problem(
    serving: Serving, method: str, path: str, content: bytes, status: int, where: str | None
) -> None:
    async with serving.person() as kim:
        headers = {"Content-Type": "application/json"}
        answer = await kim.request(method, path, content=content, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert told["title"]
    if where is not None:
        assert [fault["path"] for fault in told["errors"]] == [where], told


async def test_what_nobody_expected_tells_nothing_of_itself(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving.person() as kim:
        monkeypatch.setattr(serving.runtime.feed, "snapshot", lambda: 1 / 0)
        answer = await kim.get("/api/v1/board")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "division" not in answer.text


@pytest.mark.parametrize("path", ["/", "/nothing", "/health/live", "/api/v1/board", "/api/v1/x"])
async def test_every_answer_carries_the_security_headers(serving: Serving, path: str) -> None:
    async with serving.stranger() as stranger:
        answer = await stranger.get(path)
    for name, value in SECURITY.items():
        assert answer.headers.get_list(name) == [value]
    assert "unsafe" not in answer.headers["content-security-policy"]
