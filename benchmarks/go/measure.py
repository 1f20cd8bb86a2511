"""A GO and the same by a bare forwarder, in turn: to the packet's stamp, and to the acknowledgement.

Ours is signed in, its intent is written before the packet leaves, and it is acknowledged on disk.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any

import msgspec

from benchmarks.figures import table
from benchmarks.go.doors import PASSCODE, BareSocket, Http, Link, Live, Osc, Remote
from benchmarks.instants import loads
from benchmarks.instants.installing import NAME, Installation, free_port, signed_in
from benchmarks.instants.nights import night, plain_servers, steps
from benchmarks.instants.playing import Playing
from benchmarks.instants.receiver import Receiver
from benchmarks.instants.verdicts import Steal, verdict
from show_control.clock import MILLI
from show_control.events import Call

BETWEEN = 0.16
"""Seconds from one press to the next, of the two in turn: above half of a GO's minimum span."""
PATIENCE = 30
"""Times that, for a packet to come: other work may have the machine."""
COMMAND = "make bench ARGS=go"
FLUSHED = (sys.executable, "-m", "ops", "player")
UNFLUSHED = (sys.executable, "-m", "benchmarks.go.unflushed")


class Size(msgspec.Struct, frozen=True):
    calls: int


FULL = Size(200)
QUICK = Size(4)


def measure(*, quick: bool) -> None:
    """Print the tables."""
    size = QUICK if quick else FULL
    steal = Steal()
    print("\ngo: from the press to the packet at the receiver, ms\n")
    print(table(HEAD, asyncio.run(doors(size))))
    print("\nwhat the flush adds to the acknowledgement, by the link, ms\n")
    print(table(FLUSH_HEAD, [asyncio.run(flush(size))]))
    print(f"\nSteal {steal.percent():.1f} %.\n{COMMAND}")


HEAD = ("door", "ours p50 / p99", "answered p50", "bare p50 / p99", "ratio", "target", "verdict")
FLUSH_HEAD = ("on p50", "off p50", "added", "fdatasync p50", "in fdatasyncs", "target", "verdict")


async def doors(size: Size) -> list[tuple[str, ...]]:
    """A row for each door."""
    http_port, osc_port, remote_port = free_port(), free_port(), free_port()
    with Receiver(2) as receiver, Installation(remote_at(remote_port)) as installation:
        forwarder = ("-m", "benchmarks.go.forwarder", str(receiver.ports[1]), str(http_port), str(osc_port))  # fmt: skip
        with loads.processes(forwarder, ready=True):
            async with Playing(data=installation.data) as playing:
                await stand_by(playing, receiver.ports[0], 8 * size.calls + 8)
                cookie = await asyncio.to_thread(signed_in, installation.port)
                return await asyncio.to_thread(
                    in_turn,
                    size,
                    receiver,
                    (
                        Http(installation.port, cookie),
                        Live(installation.port, cookie),
                        Link(playing.folder),
                        Remote(remote_port),
                    ),
                    (Http(http_port), BareSocket(http_port), Osc(osc_port)),
                )


def remote_at(port: int) -> str:
    """Settings that open a remote to this machine, with a passcode, in the name of who signs in."""
    return f"""[remote]
udp = "127.0.0.1:{port}"
allow = ["127.0.0.1"]
passcode = "{PASSCODE}"
name = "{NAME}"
"""


async def stand_by(playing: Playing, port: int, cues: int) -> None:
    """A run stands by, with a cue for each press."""
    now = playing.now()
    servers = plain_servers([port])
    sequences = {"steps": steps(cues, "on-server-0")}
    await playing.load(night(now, servers, sequences, [("steps", now - 1000)], manual=True))


def in_turn(
    size: Size,
    receiver: Receiver,
    ours: tuple[Http, Live, Link, Remote],
    bare: tuple[Http, BareSocket, Osc],
) -> list[tuple[str, ...]]:
    """Presses by each door, ours and the bare one's in turn; the first of each is not counted."""
    presses = Presses(*ours)
    http, sock, osc = bare
    taken = [Taken(receiver, receiver.ports[0]) for _ in range(4)]
    ours_http, ours_live, ours_link, ours_osc = taken
    bare_http, bare_sock, bare_osc = (Taken(receiver, receiver.ports[1]) for _ in range(3))
    for n in range(size.calls + 1):
        ours_http.press(presses.go, counted=n > 0)
        bare_http.press(partial(bare_post, http, n), counted=n > 0)
        ours_live.press(presses.live_go, counted=n > 0)
        bare_sock.press(partial(sock.send, n), counted=n > 0)
        ours_link.press(presses.link_go, counted=n > 0)
        bare_sock.press(partial(sock.send, n), counted=n > 0)
        ours_osc.press(presses.remote_go, counted=n > 0)
        bare_osc.press(partial(bare_datagram, osc, n), counted=n > 0)
    return [
        row("HTTP", ours_http, bare_http, 2.75),
        row("WebSocket", ours_live, bare_sock, 2.5),
        row("the player's link", ours_link, bare_sock, 2.5),
        row("OSC remote", ours_osc, bare_osc, 1.5),
    ]


def bare_post(http: Http, n: int) -> tuple[int, int]:
    """A press by the bare forwarder's HTTP: when it was sent, and answered."""
    sent, answered, _ = http.post("/", {"clip": n})
    return sent, answered


def bare_datagram(osc: Osc, n: int) -> tuple[int, int]:
    """A press by the bare forwarder's OSC, which answers nothing."""
    return osc.send(n), 0


def row(door: str, ours: Taken, bare: Taken, target: float) -> tuple[str, ...]:
    """What ours took, beside the bare one."""
    ratio = median(ours.packets) / median(bare.packets)
    answered = f"{median(ours.answers):.2f}"
    met = verdict(ratio <= target)
    return (door, ours.told(), answered, bare.told(), f"{ratio:.2f}", f"{target:.2f}", met)


class Presses:
    """GO of the benchmark's run, each cue after the one before."""

    def __init__(self, door: Http, live: Live, link: Link, remote: Remote) -> None:
        self._door = door
        self._live = live
        self._link = link
        self._remote = remote
        self._cue, self._count = 1, 1

    def go(self) -> tuple[int, int]:
        return self._went(*self._door.post(f"/api/v1/runs/{RUN}/go", self._body()))

    def live_go(self) -> tuple[int, int]:
        return self._went(*self._live.call({"call": "go", "run": RUN} | self._body()))

    def _body(self) -> dict[str, Any]:
        standby = {"standby": str(self._cue), "standby_count": self._count}
        return standby | {"request": secrets.token_hex(8)}

    def _went(self, sent: int, answered: int, told: dict[str, Any]) -> tuple[int, int]:
        self._cue, self._count = int(told["standby"]), told["standby_count"]
        return sent, answered

    def link_go(self) -> tuple[int, int]:
        request = secrets.token_hex(8)
        call = Call(call="go", run=RUN, by=NAME, standby=str(self._cue), standby_count=self._count, request=request)  # fmt: skip
        sent, answered, reply = self._link.call(call)
        self._cue, self._count = int(reply.answer.standby or 0), reply.answer.standby_count or 0
        return sent, answered

    def remote_go(self) -> tuple[int, int]:
        sent, answered, went, self._count = self._remote.go()
        self._cue = went + 1
        return sent, answered


RUN = "slot-0"


class Taken:
    """What each press by one door took, in milliseconds."""

    def __init__(self, receiver: Receiver, port: int) -> None:
        self.packets: list[float] = []
        self.answers: list[float] = []
        self._receiver = receiver
        self._port = port

    def press(self, press: Callable[[], tuple[int, int]], *, counted: bool) -> None:
        self._receiver.take()
        sent, answered = press()
        for _ in range(PATIENCE):
            time.sleep(BETWEEN)
            if self._receiver.came:
                break
        came = [c.at for c in self._receiver.take() if c.port == self._port]
        if len(came) != 1:
            raise RuntimeError(f"{len(came)} packets for one press")
        if counted:
            self.packets.append((came[0] - sent) / MILLI)
            self.answers.append((answered - sent) / MILLI)

    def told(self) -> str:
        ordered = sorted(self.packets)
        return f"{median(ordered):.2f} / {ordered[int(len(ordered) * 0.99)]:.2f}"


async def flush(size: Size) -> tuple[str, ...]:
    """Calls by the link to two players in turn: one's flush does nothing."""
    took: dict[bool, list[float]] = {True: [], False: []}
    syncs: list[float] = []
    with Receiver(2) as receiver, Appended() as appended:
        async with Playing(FLUSHED) as flushed, Playing(UNFLUSHED) as not_flushed:
            players = {True: flushed, False: not_flushed}
            for (_, playing), port in zip(players.items(), receiver.ports, strict=True):
                await stand_by(playing, port, size.calls + 2)
            for n in range(size.calls + 1):
                for on, playing in players.items():
                    took[on].append(await answered(playing, n))
                    await asyncio.sleep(BETWEEN)
                syncs.append(await asyncio.to_thread(appended.fdatasync))
                await asyncio.sleep(BETWEEN)
    with_flush, without, sync = (median(t[1:]) for t in (took[True], took[False], syncs))
    added = (with_flush - without) / sync
    figures = (with_flush, without, with_flush - without, sync, added, 2.5)
    return (*(f"{figure:.2f}" for figure in figures), verdict(added <= 2.5))


async def answered(playing: Playing, cue: int) -> float:
    """How long a GO took to be acknowledged."""
    call = Call(call="go", run=RUN, by="Kim", standby=str(cue + 1), request=secrets.token_hex(8))
    began = time.monotonic_ns()
    reply = await playing.call(call)
    took = (time.monotonic_ns() - began) / MILLI
    if not reply.answer.accepted or reply.recorded != "on disk":
        raise RuntimeError(f"{reply.answer.reason}, {reply.recorded}")
    return took


class Appended:
    """A file made as the journal makes its own, in a folder like its own; ends with the block."""

    def __enter__(self) -> Appended:
        self._folder = tempfile.TemporaryDirectory(prefix="lamplighter-")
        self._fd = os.open(f"{self._folder.name}/appended", os.O_WRONLY | os.O_CREAT)
        os.posix_fallocate(self._fd, 0, 1 << 20)
        os.fsync(self._fd)
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._fd)
        self._folder.cleanup()

    def fdatasync(self) -> float:
        """What bringing 128 bytes more to disk takes."""
        os.write(self._fd, b"x" * 128)
        began = time.monotonic_ns()
        os.fdatasync(self._fd)
        return (time.monotonic_ns() - began) / MILLI
