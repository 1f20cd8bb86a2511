"""What the player's loop is handed: where it records, and what its packets leave by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from show_control.datagrams import Way
from show_control.entries import Entry
from show_control.evidence import Which
from show_control.model import Millis
from show_control.transport import Heard, Unopened


class Keeps(Protocol):
    """What a player records in: the journal, or a rehearsal's list."""

    def append(self, recorded: Sequence[Any]) -> list[Entry]:
        """Number and keep these."""

    def ask_flush(self) -> None:
        """Have them brought to disk, by and by."""


class Sends(Protocol):
    """What packets leave by: sockets, or a rehearsal's record."""

    def open(self, servers: dict[str, Any]) -> list[Unopened]:
        """Be connected to these servers; what could not be opened."""

    def send(self, server: str, which: Which, datagram: bytes) -> str | None:
        """Send, or say why not."""

    def way(self, server: str, which: Which) -> Way:
        """How datagrams get to an address, until the next turn."""

    def connected(self) -> list[tuple[str, Which]]:
        """Addresses that were connected anew since this was last asked."""

    def wait(self) -> Millis | None:
        """How long until a connection wants a turn."""

    def turn(self) -> None:
        """Its turn."""

    def with_more(self) -> list[Any]:
        """What has more to read, whatever `select()` says."""

    def sockets_to_write(self) -> list[Any]:
        """What to write to."""

    def write(self, ready: Any) -> None:
        """There is room again."""

    def refusals(self) -> list[tuple[str, Which]]:
        """Addresses that refused a packet since this was last asked."""

    def sockets(self) -> list[Any]:
        """What to read."""

    def read(self, ready: Any) -> list[Heard]:
        """What has come."""
