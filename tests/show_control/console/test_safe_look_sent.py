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
from show_control.model import NightFile
from show_control.osc import decode
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
