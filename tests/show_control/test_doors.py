"""Several doors as one: each gets its own sockets and nobody else's."""

from __future__ import annotations

from typing import Any

from show_control.clock import VirtualClock
from show_control.doors import Doors
from show_control.player import Player
from show_control.rehearsal import Kept, Nowhere


class Ajar:
    """A door with two sockets of its own, which notes what it is handed."""

    def __init__(self, name: str, at: int | None = None) -> None:
        self.name, self.at, self.more = name, at, False
        self.handed: list[tuple[list[Any], list[Any]]] = []
        self.turns = 0

    def next_at(self) -> int | None:
        return self.at

    def turn(self, player: Player) -> None:
        self.turns += 1

    def sockets_to_read(self) -> list[Any]:
        return [f"{self.name} in"]

    def sockets_to_write(self) -> list[Any]:
        return [f"{self.name} out"]

    def has_more(self, player: Player) -> bool:
        return self.more

    def ready(self, player: Player, readable: list[Any], writable: list[Any]) -> None:
        self.handed.append((readable, writable))


def test_each_door_is_handed_what_is_its_own() -> None:
    link, remote = Ajar("link", 500), Ajar("remote")
    doors = Doors(remote, link)
    player = Player(clock=VirtualClock(0), journal=Kept(), transport=Nowhere(), door=doors)
    assert doors.sockets_to_read() == ["remote in", "link in"]
    assert doors.sockets_to_write() == ["remote out", "link out"]
    doors.ready(player, ["link in"], ["remote out"])
    assert remote.handed == [([], ["remote out"])]
    assert link.handed == [(["link in"], [])]


def test_a_door_with_nothing_to_do_is_left_alone_and_one_with_more_left_is_not() -> None:
    link, remote = Ajar("link"), Ajar("remote")
    doors = Doors(remote, link)
    player = Player(clock=VirtualClock(0), journal=Kept(), transport=Nowhere(), door=doors)
    doors.sockets_to_read(), doors.sockets_to_write()
    assert not doors.has_more(player)
    remote.more = True
    assert doors.has_more(player)
    doors.ready(player, [], [])
    assert (remote.handed, link.handed) == ([([], [])], [])


def test_the_first_instant_of_any_is_when_they_want_a_turn() -> None:
    assert Doors(Ajar("a"), Ajar("b")).next_at() is None
    assert Doors(Ajar("a", 900), Ajar("b", 500), Ajar("c")).next_at() == 500
    doors = Doors(a := Ajar("a"), b := Ajar("b"))
    doors.turn(Player(clock=VirtualClock(0), journal=Kept(), transport=Nowhere(), door=doors))
    assert (a.turns, b.turns) == (1, 1)
