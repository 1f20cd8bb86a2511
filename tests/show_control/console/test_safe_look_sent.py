"""The safe look leaves the folder of a dead player, over real sockets, and of no other."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from show_control import safe_look
from show_control.console import SafeLook, send_safe_look
from show_control.journal import FolderLock
from show_control.model import NightFile, Server, Surface
from show_control.osc import decode
from show_control.streams import unframing
from tests.show_control import house


@pytest.fixture
def servers() -> Iterator[list[socket.socket]]:
    """Main and backup of the one, main of the other."""
    found = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(3)]
    for server in found:
        server.bind(("127.0.0.1", 0))
        server.settimeout(10)
    yield found
    for server in found:
        server.close()


def url(server: socket.socket) -> str:
    return f"udp://127.0.0.1:{server.getsockname()[1]}"


def night_file(servers: list[socket.socket]) -> NightFile:
    replace = msgspec.structs.replace
    main, backup, laser = map(url, servers)
    one = replace(house.SERVERS["one"], main=main, backup=backup)
    there = {"one": one, "any": replace(house.SERVERS["any"], main=laser)}
    return replace(house.FILE, servers=there)


def test_every_server_is_told(tmp_path: Path, servers: list[socket.socket]) -> None:
    file = night_file(servers)
    safe_look.write(tmp_path, file, house.at("20:00"))
    sent = send_safe_look(tmp_path)
    assert sent.faults == ()
    assert sent.left == sent.ready == 5
    main, backup, laser = servers
    for server in (main, backup):
        heard = [decode(server.recv(2048))[0] for _ in range(2)]
        assert {m.address.split("/")[3] for m in heard} == {"1", "2"}
    assert decode(laser.recv(2048))[0].address == "/dark"


def test_a_player_that_lives_keeps_it(tmp_path: Path, servers: list[socket.socket]) -> None:
    safe_look.write(tmp_path, night_file(servers), house.at("20:00"))
    with FolderLock(tmp_path):
        assert send_safe_look(tmp_path) == SafeLook(held=True, holder=os.getpid())
    servers[0].setblocking(False)
    with pytest.raises(BlockingIOError):
        servers[0].recv(1)
    # It lets go of the folder: a player may start at once, and it may be sent again.
    for _ in range(2):
        assert send_safe_look(tmp_path).left == 5


def test_where_nothing_lies_ready_nothing_is_sent(tmp_path: Path) -> None:
    assert send_safe_look(tmp_path) == SafeLook()
    assert send_safe_look(tmp_path / "nobody") == SafeLook()
    assert not (tmp_path / "nobody").exists()


def test_an_address_that_is_none_is_told(tmp_path: Path, servers: list[socket.socket]) -> None:
    file = night_file(servers)
    broken = msgspec.structs.replace(file.servers["any"], main="udp://nowhere.invalid:9")
    file = msgspec.structs.replace(file, servers={**file.servers, "any": broken})
    safe_look.write(tmp_path, file, house.at("20:00"))
    sent = send_safe_look(tmp_path)
    assert (sent.ready, sent.left) == (5, 4)
    assert "udp://nowhere.invalid:9" in sent.faults[0]


def test_a_server_over_tcp_is_greeted_and_every_clip_of_its_put_out(tmp_path: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as bound:
        bound.bind(("127.0.0.1", 0))
        bound.listen()
        bound.settimeout(10)
        main = f"tcp://127.0.0.1:{bound.getsockname()[1]}"
        replace = msgspec.structs.replace
        qlab = Server(id="one", dialect="qlab", main=main, params={"passcode": "1234"})
        outputs = {"left": house.FILE.outputs["left"]}
        show = house.sequence("show", house.cue("1", house.play("2.5", "left")))
        wall = Surface(id="wall", safe=(house.blackout("left", fade=2000),))
        file = replace(
            house.FILE,
            servers={"one": qlab},
            outputs=outputs,
            surfaces={"wall": wall},
            sequences={"show": show},
            nights=(),
        )
        safe_look.write(tmp_path, file, house.at("20:00"))
        assert send_safe_look(tmp_path).faults == ()
        stream, _ = bound.accept()
        with stream:
            stream.settimeout(10)
            heard = b"".join(iter(lambda: stream.recv(4096), b""))
        told = [decode(packet)[0] for packet in unframing("slip").feed(heard)]
        assert [m.address for m in told] == ["/connect", "/alwaysReply", "/cue/2.5/opacity"]
        assert told[-1].args[0].value == 0.0
