"""Peers that do not read and datagrams without end, while cues fire: all fire, once, in order."""

from __future__ import annotations

import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import pytest
import pytest_asyncio

from show_control.link import EntriesAfter, Hello
from tests.adversity.installation import Installation, call, desk_at, installed, stands_by
from tests.adversity.processes import note, until
from tests.adversity.tonight import chain_of, opening_night
from tests.adversity.wire import Wire
from tests.show_control.link_loop import RawPeer

CUES = 24
EVERY = 100
"""Milliseconds from one cue to the next."""
NONSENSE = b"/composition/layers/1/clips/9/connected\0,i\0\0\0\0\0\x03", b"\xff" * 64


@pytest_asyncio.fixture(scope="module")
async def chain(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Installation]:
    """A player alone whose ceremony is a chain of cues."""
    async with installed(
        tmp_path_factory.mktemp("chain"), opening_night(chain_of(CUES, EVERY))
    ) as found:
        found.play("--load", found.file)
        yield found


def stalled(installation: Installation) -> RawPeer:
    """A peer that asks for everything again and again, and reads nothing of it."""
    peer = RawPeer(installation.folder)
    peer.say(Hello(name="stalled", ceiling="see"))
    peer.sock.settimeout(0.2)
    try:
        for number in range(500):
            peer.say(EntriesAfter(id=number, after=None, limit=500))
    except (TimeoutError, ConnectionError):
        pass  # it is not read any more either, or cut
    return peer


@contextmanager
def servers_shout(wire: Wire) -> Iterator[None]:
    """From the servers' own ports, so that none is dropped for its sender."""
    stop = threading.Event()

    def shout() -> None:
        while not stop.wait(0.001):
            for server in ("west", "centre", "east"):
                for datagram in NONSENSE:
                    wire.shout(datagram, (server, "main"))

    thread = threading.Thread(target=shout)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


async def test_stalled_peers_and_a_flood_move_no_cue_out_of_its_place(chain: Installation) -> None:
    wire = chain.wire
    ports = [s["feedback_port"] for s in chain.document["servers"] if "feedback_port" in s]
    async with desk_at(chain) as desk:
        await stands_by(desk, "1")
        peers = [stalled(chain) for _ in range(2)]
        flood = chain.processes.start(
            sys.executable, "-m", "tests.adversity.flood", *map(str, ports)
        )
        with servers_shout(wire):
            since = await call(desk, "1")
            await until(lambda: chain.went(str(CUES), since), 30, "the last cue goes")
            await until(lambda: all(wire.counts(CUES, since).values()), 10, "it is on the wire")
        flood.kill()
        for peer in peers:
            peer.close()
    late = []
    for side in wire.counts(1):
        pressed = [p for p in wire.told(since) if p.side == side and p.clip is not None]
        assert [p.clip for p in pressed] == list(range(1, CUES + 1)), side
        late += [p.at - since - EVERY * n for n, p in enumerate(pressed)]
    late.sort()
    note(f"late, ms: p50 {late[len(late) // 2]:.2f}, max {late[-1]:.2f}, min {late[0]:.2f}")
    assert late[0] >= -1, "a cue came early"
