"""Remotes at the player that the installed command started: a run driven over TCP and UDP, a flood, a kill."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from show_control.clock import SystemClock
from tests.adversity.installation import Installation, call, desk_at, installed, stands_by
from tests.adversity.processes import note, send_signal, until
from tests.adversity.tonight import Change, chain_of, countdown, free_port, opening_night
from tests.show_control.remote.client import Client, Tcp, Udp

PASSCODE = "7391"
CUES, EVERY = 24, 100
"""A chain of so many cues, so many milliseconds apart."""


class Remote:
    """An installation whose player hears a remote."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.clients: list[Client] = []
        self.udp_port, self.tcp_port = free_port(), free_port(socket.SOCK_STREAM)
        installation.data.mkdir(exist_ok=True)
        (installation.data / "lamplighter.toml").write_text(
            f"""
            [remote]
            udp = "127.0.0.1:{self.udp_port}"
            tcp = "127.0.0.1:{self.tcp_port}"
            allow = ["127.0.0.0/8"]
            passcode = "{PASSCODE}"
            name = "Stage left"
            """,
            "utf-8",
        )

    async def open(self) -> None:
        self.installation.play("--load", self.installation.file)
        await until(lambda: self.installation.entries("remote"), 20, "a remote is heard")
        await until(lambda: self.installation.entries("stands_by"), 20, "the ceremony stands by")

    def tcp(self) -> Tcp:
        tcp = Tcp(self.tcp_port, lambda: None)
        self.clients.append(tcp)
        return connected(tcp)

    def udp(self) -> Udp:
        udp = Udp(self.udp_port, lambda: None)
        self.clients.append(udp)
        udp.send("/udpReplyPort", udp.port)
        udp.next("/reply/udpReplyPort")
        return connected(udp)


def connected(client: Any) -> Any:
    assert client.ask("/connect")["data"] == "badpass"
    time.sleep(1.1)  # a wrong passcode costs a second
    assert client.data("/connect", PASSCODE) == "ok:view|control"
    return client


async def opened(folder: Path, *changes: Change) -> AsyncIterator[Remote]:
    async with installed(folder, opening_night(*changes)) as found:
        remote = Remote(found)
        try:
            await remote.open()
            yield remote
        finally:
            for client in remote.clients:
                client.close()


@pytest_asyncio.fixture
async def ceremony(tmp_path: Path) -> AsyncIterator[Remote]:
    """The opening ceremony stands by; its countdown lasts a second."""
    async for remote in opened(tmp_path, countdown("1s")):
        yield remote


@pytest_asyncio.fixture
async def chain(tmp_path: Path) -> AsyncIterator[Remote]:
    """A GO that sets off a chain of cues, a tenth of a second apart."""
    async for remote in opened(tmp_path, chain_of(CUES, EVERY)):
        yield remote


def driven(client: Client, installation: Installation) -> None:
    """The ceremony from its first cue to its last, with QLab's words alone."""
    (workspace,) = client.data("/workspaces")
    ws = f"/workspace/{workspace['uniqueID']}"
    lists = client.data(f"{ws}/cueLists/shallow")
    (listed,) = [told["uniqueID"] for told in lists if told["number"] == "facade"]
    client.data("/updates", 1)
    cues = {c["number"]: c["uniqueID"] for c in client.data(f"{ws}/cue_id/{listed}/children")}
    for number in ("1", "2", "3", "3.5", "4"):
        assert client.data(f"{ws}/cue_id/{listed}/playheadID") == cues[number]
        client.data(f"{ws}/cue_id/{listed}/go")
        time.sleep(0.35)
    while not client.data(
        f"{ws}/cue_id/{cues['6']}/isRunning"
    ):  # it follows the countdown by itself
        client.next(f"/update{ws}/cue_id/{cues['6']}")
    client.data(f"{ws}/cue_id/{cues['8']}/start")
    time.sleep(0.35)
    client.data(f"{ws}/cue_id/{listed}/pause")
    assert client.ask(f"{ws}/cue_id/{listed}/go")["status"] == "error"
    client.data(f"{ws}/cue_id/{listed}/resume")
    client.data(f"{ws}/cue_id/{listed}/go")
    gone = [f"/update{ws}/cueList/{listed}/playbackPosition"]
    assert [h.args for h in client.heard if h.address in gone][-1] == ()
    del installation


@pytest.mark.parametrize("by", ["tcp", "udp"])
async def test_a_whole_run_is_driven_by_a_client_of_qlab(ceremony: Remote, by: str) -> None:
    installation = ceremony.installation
    open_client: Callable[[], Client] = ceremony.tcp if by == "tcp" else ceremony.udp
    client = await asyncio.to_thread(open_client)
    await asyncio.to_thread(driven, client, installation)
    for clip in (1, 10, 11):
        assert set(installation.wire.counts(clip).values()) == {1}, clip
    went = [e.cue for e in installation.entries("cue_went") if e.surface == "facade"]
    assert [c for c in went if c != "6.5"] == ["1", "2", "3", "3.5", "4", "5", "6", "8", "9"]
    goes = [e for e in installation.entries("call") if e.data["call"] == "go"]
    assert {e.by for e in goes} == {"Stage left"}
    assert {e.data["where"] for e in goes} == {f"{by} 127.0.0.1"}


async def test_a_request_is_one_go_over_a_kill_of_the_player(ceremony: Remote) -> None:
    installation = ceremony.installation
    box = await asyncio.to_thread(ceremony.udp)
    told = await asyncio.to_thread(box.own, "/lamplighter/facade/go", "1", 1, "press-1")
    assert told[0] == "done"
    installation.kill(installation.player_pid)
    await until(lambda: installation.player_pid is None, 10, "it is dead")
    before = len(installation.entries("remote"))
    installation.play()
    await until(lambda: len(installation.entries("remote")) > before, 20, "it is heard again")
    again = await asyncio.to_thread(ceremony.udp)
    told = await asyncio.to_thread(again.own, "/lamplighter/facade/go", "1", 1, "press-1")
    assert told[:4] == ("done", "", "press-1", "1")
    assert len(installation.went("1")) == 1


FLOOD = """
import socket, sys, time
to = ("127.0.0.1", int(sys.argv[1]))
words = [b"/lamplighter/facade/go\\0\\0,\\0\\0\\0", b"/cueLists\\0\\0\\0,\\0\\0\\0", b"\\xff" * 64,
         b"/cue/3/isRunning\\0\\0\\0\\0,\\0\\0\\0", b"/panicx\\0,\\0\\0\\0"]
sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sender.bind(("127.0.0.3", 0))
due = time.monotonic()
while True:
    for word in words:
        sender.sendto(word, to)
    due += 0.001
    time.sleep(max(0, due - time.monotonic()))
"""


async def test_a_flood_and_a_hundred_half_open_connections_move_no_cue(chain: Remote) -> None:
    installation, wire = chain.installation, chain.installation.wire
    flood = installation.processes.start(sys.executable, "-c", FLOOD, str(chain.udp_port))
    silent = [socket.create_connection(("127.0.0.1", chain.tcp_port)) for _ in range(100)]
    memory = resident(installation.player_pid)
    async with desk_at(installation) as desk:
        await stands_by(desk, "1")
        since = await call(desk, "1")
        await until(lambda: installation.went(str(CUES), since), 30, "the last cue goes")
        await until(lambda: all(wire.counts(CUES, since).values()), 10, "it is on the wire")
    late = []
    for side in wire.counts(1):
        pressed = [p for p in wire.told(since) if p.side == side and p.clip is not None]
        assert [p.clip for p in pressed] == list(range(1, CUES + 1)), side
        late += [p.at - since - EVERY * n for n, p in enumerate(pressed)]
    late.sort()
    note(f"late, ms: p50 {late[len(late) // 2]:.2f}, max {late[-1]:.2f}, min {late[0]:.2f}")
    assert late[0] >= -1, "a cue came early"
    talking = await asyncio.to_thread(chain.tcp)
    told = await asyncio.to_thread(talking.own, "/lamplighter/facade/note", "still heard")
    assert told[0] == "done"
    assert resident(installation.player_pid) - memory < 16, "MB"
    assert {e.data.get("where") for e in installation.entries("refused")} <= {None}
    flood.kill()
    for sock in silent:
        sock.close()


def resident(pid: int | None) -> float:
    """Megabytes of a process that are in memory."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


async def test_settings_with_a_fault_keep_no_show_from_starting(tmp_path: Path) -> None:
    async with installed(tmp_path, opening_night(countdown("1s"))) as found:
        found.data.mkdir(exist_ok=True)
        text = '[remote]\nudp = "127.0.0.1:53000"\nalow = ["127.0.0.1"]\n'
        (found.data / "lamplighter.toml").write_text(text, "utf-8")
        found.play("--load", found.file)
        async with desk_at(found) as desk:
            await call(desk, "2")
            (alarm,) = [a for a in desk.board().alarms if a.code == "remote"]
        assert "lamplighter.toml, remote.alow: no such key; write allow" in alarm.text
        assert desk.board().remote is None
        checked = await found.command("remote", code=1)
        assert "fault: lamplighter.toml, remote.alow: no such key; write allow" in checked


async def test_presses_of_before_a_stop_are_refused_and_not_made_late(ceremony: Remote) -> None:
    installation = ceremony.installation
    box = await asyncio.to_thread(ceremony.udp)
    pid = installation.player_pid
    assert pid is not None
    send_signal(pid, signal.SIGSTOP)
    box.send("/lamplighter/facade/go")
    stopped = SystemClock().boottime()
    await asyncio.sleep(2)
    send_signal(pid, signal.SIGCONT)
    answer = await asyncio.to_thread(box.next, "/lamplighter/reply")
    assert answer.args[1] == "refused"
    assert answer.args[2].startswith("this call came ")
    assert SystemClock().boottime() - stopped < 20_000_000_000
    assert installation.went("1") == []
