"""One who calls by the remote: a TCP connection, or an address that sends datagrams."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

from show_control.model import Argument, Millis

REPLY_PORT: Final = 53001
"""Where QLab answers datagrams to, unless it is told another port."""

FORGOTTEN_AFTER: Final[Millis] = 61_000
"""A datagram caller that says nothing for so long is forgotten, as QLab does."""


class Caller:
    """What is known of one caller. `say` sends an address and its arguments, to the port it came
    from or to `reply_port`."""

    def __init__(
        self,
        ip: str,
        by: Literal["udp", "tcp"],
        say: Callable[[Caller, str, tuple[Argument, ...], bool], None],
        *,
        connected: bool,
    ) -> None:
        self.ip = ip
        self.by = by
        self.connected = connected
        self.spoke = False
        """Whether it has said anything that was understood."""
        self.updates = False
        self.answered = True
        """Whether it wants an answer to what would need none: QLab's `/alwaysReply`."""
        self.kept = False
        """Whether it is not to be forgotten: QLab's `/forgetMeNot`."""
        self.reply_port: int | None = None
        self.port = 0
        """Where its newest datagram came from."""
        self.heard_at: Millis = 0
        self._say = say

    @property
    def where(self) -> str:
        """As it is entered with its calls."""
        return f"{self.by} {self.ip}"

    def say(self, address: str, *args: Argument, back: bool = False) -> None:
        """Send it a message; `back` to where its own came from, if it names no port."""
        self._say(self, address, args, back)

    def forget(self, *, connected: bool) -> None:
        """As one who has said nothing yet."""
        self.connected, self.updates = connected, False
