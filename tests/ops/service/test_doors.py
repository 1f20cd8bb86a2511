"""The doors from outside: TLS, proxies, sizes."""

from __future__ import annotations

import json
import ssl
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from click.testing import CliRunner
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from ops.cli import main
from tests.ops.service.world import PASSWORD, Serving, World, served

TLS = Path(__file__).parent / "tls"
"""Made for these tests, for localhost, and trusted by nobody else."""
CERT, KEY, ANOTHER = TLS / "cert.pem", TLS / "key.pem", TLS / "another-key.pem"
KIM = {"name": "Kim", "password": PASSWORD}


async def test_with_a_certificate_everything_goes_by_tls(world: World, serving: Serving) -> None:
    settings = msgspec.structs.replace(world.settings, tls_cert=CERT, tls_key=KEY)
    trusted = ssl.create_default_context(cafile=CERT)
    async with served(settings) as second:
        url = f"https://localhost:{second.port}"
        async with httpx.AsyncClient(base_url=url, verify=trusted) as kim:
            answer = await kim.post("/api/v1/session", json=KIM, headers={"Origin": url})
            assert answer.status_code == 200
            assert "; secure" in answer.headers["set-cookie"].lower()
            # Whoever sits on the way could have written a page that came without TLS.
            plainly = {"Origin": url.replace("https", "http")}
            answer = await kim.post("/api/v1/session", json=KIM, headers=plainly)
            assert answer.status_code == 403
            assert answer.headers["strict-transport-security"] == "max-age=31536000"
            live = url.replace("https", "wss") + "/api/v1/live"
            headers = {**second.cookie(kim), "Origin": url}
            async with connect(live, ssl=trusted, additional_headers=headers) as socket:
                assert "feed" in json.loads(await socket.recv())
        async with httpx.AsyncClient() as plain:
            with pytest.raises(httpx.TransportError):
                await plain.get(f"http://localhost:{second.port}/health/live")


async def test_without_one_no_browser_is_told_to_use_tls(serving: Serving) -> None:
    async with serving.stranger() as stranger:
        answer = await stranger.post("/api/v1/session", json=KIM)
    assert "strict-transport-security" not in answer.headers
    assert "; secure" not in answer.headers["set-cookie"].lower()


@pytest.mark.parametrize(
    ("cert", "key", "said"),
    [
        (CERT, None, "LAMPLIGHTER_TLS_KEY is not set"),
        (None, KEY, "LAMPLIGHTER_TLS_CERT is not set"),
        (CERT, "nothing.pem", "LAMPLIGHTER_TLS_KEY: nothing.pem: No such file"),
        (CERT, ANOTHER, "they do not belong together"),
        (KEY, KEY, "not a certificate and a key in PEM"),
        (CERT, CERT, "not a certificate and a key in PEM"),
    ],
)
@pytest.mark.parametrize("command", ["run", "serve"])
def test_a_bad_certificate_is_said_at_the_start(
    tmp_path: Path, command: str, cert: object, key: object, said: str
) -> None:
    told = {"LAMPLIGHTER_TLS_CERT": cert, "LAMPLIGHTER_TLS_KEY": key}
    environment = {name: str(file) for name, file in told.items() if file is not None}
    result = CliRunner().invoke(main, [command, "--data-dir", str(tmp_path)], env=environment)
    assert result.exit_code == 1
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


async def addresses(serving: Serving, forwarded: str) -> set[str]:
    """Where a refused sign-in came from, as the audit has it."""
    async with serving.stranger() as stranger, serving.person() as kim:
        body = {"name": forwarded, "password": "wrong"}
        headers = {"X-Forwarded-For": forwarded}
        await stranger.post("/api/v1/session", json=body, headers=headers)
        entries: list[dict[str, Any]] = (await kim.get("/api/v1/audit?hours=1&limit=5000")).json()
    return {entry["address"] for entry in entries if entry["who"] == forwarded}


async def test_only_a_proxy_that_is_named_is_believed(world: World, serving: Serving) -> None:
    assert await addresses(serving, "198.51.100.7") == {"127.0.0.1"}
    behind = msgspec.structs.replace(world.settings, trusted_proxies=("127.0.0.0/8",))
    async with served(behind) as second:
        assert await addresses(second, "198.51.100.8") == {"198.51.100.8"}
        # What a client put before the proxy's own word is not believed.
        told = await addresses(second, "203.0.113.9, 198.51.100.9")
        assert told == {"198.51.100.9"}
    other = msgspec.structs.replace(world.settings, trusted_proxies=("192.0.2.1",))
    async with served(other) as third:
        assert await addresses(third, "198.51.100.10") == {"127.0.0.1"}


async def test_limits_are_by_the_address_behind_the_proxy(world: World, serving: Serving) -> None:
    behind = msgspec.structs.replace(world.settings, trusted_proxies=("127.0.0.1",))
    async with served(behind) as second, second.stranger() as stranger:

        async def attempt(address: str) -> int:
            body = {"name": "Target", "password": "wrong"}
            headers = {"X-Forwarded-For": address}
            return (await stranger.post("/api/v1/session", json=body, headers=headers)).status_code

        assert [await attempt("198.51.100.1") for _ in range(6)] == [401] * 5 + [429]
        assert await attempt("198.51.100.2") == 401


async def test_a_body_is_bounded_however_it_comes(serving: Serving) -> None:
    async def endless() -> Any:
        for _ in range(40):
            yield b" " * 100_000

    async with serving.person() as kim:
        headers = {"Content-Type": "application/json"}
        answer = await kim.post("/api/v1/calls/note", content=endless(), headers=headers)
        assert answer.status_code == 413
        assert answer.headers["content-type"] == "application/problem+json"
    async with serving.stranger() as stranger:
        answer = await stranger.post("/api/v1/session", content=endless(), headers=headers)
        assert answer.status_code == 413


async def test_a_websocket_message_is_bounded(serving: Serving) -> None:
    async with (
        serving.person() as kim,
        connect(serving.live, additional_headers=serving.cookie(kim)) as socket,
    ):
        await socket.recv()
        await socket.send("x" * 100_000)
        try:
            while True:
                await socket.recv()
        except ConnectionClosed:
            assert socket.close_code in {1008, 1009}
