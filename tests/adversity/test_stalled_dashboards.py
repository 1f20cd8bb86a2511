"""A hundred dashboards that never read, while cues run: none is lost, none early, none later for it.

A chain of cues is called without them, and its other half with them; what this machine does beside is
in both.
"""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager

import pytest
import pytest_asyncio

from show_control.console.desk import Desk
from tests.adversity.installation import Installation, call, desk_at, installed
from tests.adversity.processes import note, until
from tests.adversity.tonight import Document, chain_of, opening_night

CUES, EVERY = 30, 100
DASHBOARDS = 100
NOISE = 5
"""Milliseconds by which two runs of one chain may differ on a machine that does other things."""


def in_two(document: Document) -> None:
    """The second half waits for its GO."""
    document["sequences"][0]["cues"][CUES]["continue"] = "none"


@pytest_asyncio.fixture(scope="module")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Installation]:
    """`lamplighter run`, whose ceremony is a chain of cues."""
    folder = tmp_path_factory.mktemp("dashboards")
    async with installed(folder, opening_night(chain_of(2 * CUES, EVERY), in_two)) as found:
        found.run()
        await found.publish()
        yield found


@contextmanager
def stalled(port: int, token: str) -> Iterator[list[socket.socket]]:
    """Dashboards that are let in and then read nothing, with as little room as a kernel gives."""
    request = (
        f"GET /api/v1/live HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        f"Authorization: Bearer {token}\r\n\r\n"
    ).encode()
    with ExitStack() as stack:
        found = []
        for _ in range(DASHBOARDS):
            one = stack.enter_context(socket.socket())
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            one.settimeout(10)
            one.connect(("127.0.0.1", port))
            one.sendall(request)
            assert one.recv(12) == b"HTTP/1.1 101"
            found.append(one)
        yield found


async def lateness(installation: Installation, desk: Desk, first: int) -> list[float]:
    """Of every cue of a half at every server, sorted; each came once, in its place."""
    wire, cues = installation.wire, list(range(first, first + CUES))
    since = await call(desk, str(first))
    await until(lambda: installation.went(str(cues[-1]), since), 30, "the last cue goes")
    await until(lambda: all(wire.counts(cues[-1], since).values()), 10, "it is on the wire")
    late: list[float] = []
    for side in wire.counts(1):
        pressed = [p for p in wire.told(since) if p.side == side and p.clip is not None]
        assert [p.clip for p in pressed] == cues, side
        late += [p.at - since - EVERY * n for n, p in enumerate(pressed)]
    assert min(late) >= -1, "a cue came early"
    return sorted(late)


async def test_a_hundred_dashboards_that_never_read_hold_up_no_cue(running: Installation) -> None:
    said = await running.command("token", "create", "wall", "--right", "see")
    await until(running.serves, 20, "the page answers")
    async with desk_at(running) as desk:
        without = await lateness(running, desk, 1)
        with stalled(running.port, said.split()[-1]) as dashboards:
            among = await lateness(running, desk, CUES + 1)
            assert len(dashboards) == DASHBOARDS
    for name, late in (("without", without), ("among them", among)):
        note(
            f"{name}, ms: p50 {late[len(late) // 2]:.2f}, p90 {late[len(late) * 9 // 10]:.2f}, max {late[-1]:.2f}"
        )
    assert among[len(among) // 2] <= 1.5 * without[len(without) // 2] + NOISE
    assert among[len(among) * 9 // 10] <= 1.5 * without[len(without) * 9 // 10] + NOISE
    await running.is_whole()
    await running.is_sound()
