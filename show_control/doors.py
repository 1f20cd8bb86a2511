"""Several doors as one: the link, and whatever else calls come by."""

from __future__ import annotations

from typing import Any

from show_control.model import Millis
from show_control.player import Door, Player


class Doors:
    """Each gets its own sockets, in this order: what is to be quickest comes first."""

    def __init__(self, *doors: Door) -> None:
        self._doors = doors
        self._reads: list[list[Any]] = [[] for _ in doors]
        self._writes: list[list[Any]] = [[] for _ in doors]

    def next_at(self) -> Millis | None:
        """The first instant that one of them wants."""
        instants = [door.next_at() for door in self._doors]
        return min((i for i in instants if i is not None), default=None)

    def turn(self, player: Player) -> None:
        """Each has its turn."""
        for door in self._doors:
            door.turn(player)

    def sockets_to_read(self) -> list[Any]:
        """Those of all."""
        self._reads = [door.sockets_to_read() for door in self._doors]
        return [sock for reads in self._reads for sock in reads]

    def sockets_to_write(self) -> list[Any]:
        """Those of all."""
        self._writes = [door.sockets_to_write() for door in self._doors]
        return [sock for writes in self._writes for sock in writes]

    def has_more(self, player: Player) -> bool:
        """Whether one of them has."""
        return any(door.has_more(player) for door in self._doors)

    def ready(self, player: Player, readable: list[Any], writable: list[Any]) -> None:
        """Hand each what is its own; who has none, and nothing left, is not asked."""
        for door, reads, writes in zip(self._doors, self._reads, self._writes, strict=True):
            mine = [sock for sock in readable if sock in reads]
            room = [sock for sock in writable if sock in writes]
            if mine or room or door.has_more(player):
                door.ready(player, mine, room)
