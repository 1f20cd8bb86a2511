"""Which simulators there are to rehearse with: a file that somebody holds, and nobody else's word."""

from __future__ import annotations

import select
from contextlib import ExitStack
from pathlib import Path

import pytest

from ops.simulating import announce, at_free_ports
from show_control import routes
from show_control.clock import MILLI, SystemClock, VirtualClock
from show_control.lookout import LOOK_EVERY, NAME, AlreadyThere, Announced, Lookout, there
from show_control.model import NightFile, Simulator
from show_control.player import Player
from show_control.rehearsal import Kept, Nowhere
from show_control.simulator import Ports, simulated
from show_control.transport import Transport
from tests.schedules.examples import GALLERY, RIVER
from tests.show_control.any_night import SEOUL_NIGHT, compiled
from tests.show_control.house import FILE

HERE = {"one": Simulator(main="udp://127.0.0.1:7", backup="udp://127.0.0.1:8", feedback_port=9)}


def test_simulators_are_there_as_long_as_who_serves_them(tmp_path: Path) -> None:
    assert there(tmp_path) == {}
    announced = Announced(tmp_path / "data", HERE)
    assert there(tmp_path / "data") == HERE
    announced.close()
    assert (tmp_path / "data" / NAME).exists()
    assert there(tmp_path / "data") == {}


def test_one_at_a_time(tmp_path: Path) -> None:
    announced = Announced(tmp_path, HERE)
    with pytest.raises(AlreadyThere):
        Announced(tmp_path, {})
    assert there(tmp_path) == HERE
    announced.close()
    Announced(tmp_path, {}).close()


def test_what_is_no_list_of_simulators_names_none(tmp_path: Path) -> None:
    announced = Announced(tmp_path, HERE)
    (tmp_path / NAME).write_text("{half")
    assert there(tmp_path) == {}
    announced.close()


def test_the_player_learns_of_them_and_of_their_end(tmp_path: Path) -> None:
    clock, lookout = VirtualClock(0), Lookout(tmp_path)
    player = Player(clock=clock, journal=Kept(), transport=Nowhere(), door=lookout, asks=False)
    announced = Announced(tmp_path, HERE)
    lookout.turn(player)
    assert player.state.simulators == HERE
    announced.close()
    lookout.turn(player)
    assert player.state.simulators == HERE  # it has looked a moment ago
    assert lookout.next_at() == LOOK_EVERY
    clock.advance(LOOK_EVERY)
    lookout.turn(player)
    assert player.state.simulators == {}


@pytest.mark.parametrize(
    "file",
    [FILE, SEOUL_NIGHT, compiled(RIVER, "2026-03-28"), compiled(GALLERY, "2025-11-01")],
    ids=["house", "seoul", "river", "gallery"],
)
def test_every_server_of_a_file_is_simulated_at_ports_that_are_free(
    file: NightFile, tmp_path: Path
) -> None:
    """Over real sockets: each address of each server is told something, and its simulator hears it."""
    moved = at_free_ports(file)
    with ExitStack() as stack:
        ports = stack.enter_context(Ports(simulated(moved)))
        announce(stack, tmp_path, moved, ports.addresses())
        stand_ins = routes.simulated(file, there(tmp_path)).servers
        assert len(stand_ins) == len(file.servers)
        transport = Transport()
        stack.callback(transport.close)
        assert transport.open(stand_ins) == []
        wanted = {
            (s.id.removeprefix(routes.SIMULATOR), which)
            for s in stand_ins.values()
            for which in ("main", *(["backup"] if s.backup else []))
        }
        for server, which in wanted:
            name = f"{routes.SIMULATOR}{server}"
            assert transport.send(name, which, b"/hello\0\0,\0\0\0") is None
        assert heard(ports, len(wanted)) == wanted


def heard(ports: Ports, count: int) -> set[tuple[str, str]]:
    """Who was told something, waited for at most two seconds."""
    clock = SystemClock()
    ends = clock.boottime() + 2000 * MILLI
    found: set[tuple[str, str]] = set()
    while len(found) < count and clock.boottime() < ends:
        ready, _, _ = select.select(ports.sockets, [], [], 0.1)
        found |= {(s.server.id, s.which) for each in ready for s, _ in ports.answer(each)}
    return found
