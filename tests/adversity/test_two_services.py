"""Two service processes on one player and one database: both live, neither in the other's way."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest_asyncio
from websockets.asyncio.client import ClientConnection, connect

from tests.adversity.installation import PASSWORD, RUN, Installation, desk_at, stands_by
from tests.adversity.processes import send_signal, until
from tests.adversity.tonight import free_port, write

KIM = "Kim"


class Service:
    """One of them, signed in at; `seen` is the document as its feed tells it."""

    def __init__(self, port: int, socket: ClientConnection, client: httpx.AsyncClient) -> None:
        self.port = port
        self.client = client
        self.seen: dict[str, Any] = {}
        self.codes: set[str] = set()
        """Of every alarm that it ever showed."""
        self.beats = 0
        self._socket = socket

    async def read(self) -> None:
        async for text in self._socket:
            frame = json.loads(text)
            self.beats += "beat" in frame
            if "feed" in frame or "changes" in frame:
                self.seen |= frame.get("changes", frame)
                self.codes |= {alarm["code"] for alarm in self.seen["alarms"]}

    @property
    def run(self) -> Any:
        """The ceremony's, as it is shown here."""
        return next((r for r in self.seen.get("runs", ()) if r["slot"] == RUN), None)


def cookie_of(client: httpx.AsyncClient) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in client.cookies.items())}


async def signed_in(port: int) -> httpx.AsyncClient:
    client = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}")
    async with asyncio.timeout(30):
        while True:
            try:
                body = {"name": KIM, "password": PASSWORD}
                answer = await client.post("/api/v1/session", json=body)
                if answer.status_code == 200:
                    return client
            except httpx.HTTPError:
                pass  # it is on its way
            await asyncio.sleep(0.1)


async def live_at(port: int, client: httpx.AsyncClient, resume: str = "") -> ClientConnection:
    address = f"ws://127.0.0.1:{port}/api/v1/live{resume}"
    return await connect(address, additional_headers=cookie_of(client))


@pytest_asyncio.fixture(scope="module")
async def ports(running: Installation) -> AsyncIterator[tuple[int, int]]:
    """The first is `run`'s own; the second is one more."""
    await running.command("person", "add", KIM)
    second = free_port(socket.SOCK_STREAM)
    running.processes.lamplighter("serve", "--port", str(second), "--data-dir", running.data)
    yield running.port, second


def serving_at(running: Installation, port: int) -> int:
    """The process that `serve --port` names; `run` tells its own by its environment."""
    lines = running.processes.alive("serve")
    named = {pid for pid, line in lines.items() if f"--port {port}" in line}
    if port != running.port:
        return named.pop()
    return next(pid for pid, line in lines.items() if "--port" not in line)


async def test_both_show_the_same_and_one_goes_on_when_the_other_is_killed(
    running: Installation, ports: tuple[int, int]
) -> None:
    async with desk_at(running) as desk:
        await stands_by(desk)
    clients = [await signed_in(port) for port in ports]
    sockets = [await live_at(p, c) for p, c in zip(ports, clients, strict=True)]
    one, other = (Service(*each) for each in zip(ports, sockets, clients, strict=True))
    reading = [asyncio.create_task(service.read()) for service in (one, other)]
    try:
        await until(lambda: one.run and other.run, 10, "both show the run")
        assert one.seen["feed"] != other.seen["feed"]

        # A call through either is shown by both.
        for service, cue in ((one, "3"), (other, "2")):
            path = f"/api/v1/runs/{RUN}/standby"
            answer = await service.client.post(path, json={"standby": cue, "request": f"to-{cue}"})
            assert answer.status_code == 200, answer.text
            await until(
                lambda cue=cue: [s.run["standby"] for s in (one, other)] == [cue, cue],  # type: ignore[misc]
                5,
                "both show the standby",
            )

        # Published once, loaded once: neither complains of the other.
        running.document["festival"]["title"] = {"en": "Another title"}
        write(running.document, running.file)
        await running.publish()
        await until(lambda: one.seen["version"] == other.seen["version"] == 2, 20, "both load it")
        assert len(running.entries("loaded")) == 2
        await running.is_whole()
        rows = await running.as_run()
        assert len(rows) == len({row[:3] for row in rows})

        number, feed = one.seen["number"], one.seen["feed"]
        send_signal(serving_at(running, ports[0]), signal.SIGKILL)
        beats = other.beats
        await until(lambda: other.beats > beats + 2, 10, "the other goes on")
        answer = await other.client.post(
            f"/api/v1/runs/{RUN}/standby", json={"standby": "4", "request": "after"}
        )
        assert answer.status_code == 200, answer.text

        # A page of the one that was killed comes over: its feed is unknown here.
        resumed = await live_at(ports[1], clients[1], f"?feed={feed}&number={number}")
        first = json.loads(await resumed.recv())
        await resumed.close()
        assert (first["feed"], first["festival"]) == (other.seen["feed"], running.festival)
        assert not (one.codes | other.codes) & {"load_refused", "as_run_differs"}
    finally:
        for task in reading:
            task.cancel()
        await asyncio.wait(reading)
        for connection in sockets:
            await connection.close()
        for client in clients:
            await client.aclose()


async def test_who_is_signed_in_at_one_is_so_at_the_other(
    running: Installation, ports: tuple[int, int]
) -> None:
    client = await signed_in(ports[1])
    try:
        async with asyncio.timeout(20):
            while True:
                try:
                    answer = await client.get(f"http://127.0.0.1:{ports[0]}/api/v1/session")
                    if answer.status_code == 200:
                        break
                except httpx.HTTPError:
                    pass  # it is being started again
                await asyncio.sleep(0.1)
        sockets = [await live_at(port, client) for port in ports]
        await running.command("person", "revoke", KIM)
        for connection in sockets:
            await asyncio.wait_for(connection.wait_closed(), 5)
            assert connection.close_code == 1008
    finally:
        await client.aclose()
