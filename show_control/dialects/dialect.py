"""What a dialect is, and what it makes of a look: messages, each with its instant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

import msgspec

from show_control.commands import Send
from show_control.evidence import Report
from show_control.looks import Look
from show_control.model import ActionKind, Argument, Message, Millis, Output, Server

Repeating = Literal["same", "restarts", "unknown"]
"""What doing an action again does to a server that has done it already."""


class Inexpressible(ValueError):
    """What a server cannot be told: the festival file names what its dialect has not."""


class Timed(msgspec.Struct, frozen=True):
    """A message and the instant from which it should leave.

    `ramp` names what a later list for the same output and address takes back while it is unsent: the
    rest of a fade, the clear at its end. A `release` belongs to the press before it and goes with it:
    never alone, never left out.
    """

    at: Millis
    address: str
    args: tuple[Argument, ...] = ()
    ramp: str | None = None
    release: bool = False


class Dialect(Protocol):
    """How one make of media server is told, asked and understood."""

    @property
    def name(self) -> str:
        """The word in the festival file."""
        ...

    @property
    def asks(self) -> bool:
        """Whether its servers can be asked what they show."""
        ...

    @property
    def repeating(self) -> Mapping[ActionKind, Repeating]:
        """What repeating each kind of action does."""
        ...

    def express(self, server: Server, output: Output, send: Send, now: Millis) -> list[Timed]:
        """The messages that bring an output from `send.before` to `send.after`, in their order.

        None lies before `now`. Raises Inexpressible for what the server cannot be told.
        """
        ...

    def questions(self, server: Server, output: Output, look: Look) -> list[Message]:
        """What to ask to learn whether the output shows the look."""
        ...

    def ping(self, server: Server) -> list[Message]:
        """A question that every such server answers, whatever it shows."""
        ...

    def read(self, server: Server, outputs: Sequence[Output], message: Message) -> list[Report]:
        """What a message from the server says of these outputs of it."""
        ...


def supersede(pending: Sequence[Timed], new: Sequence[Timed]) -> list[Timed]:
    """What of an output's unsent messages stays when a new list comes, and that list, by instant.

    `pending` has what is unsent for one output at one address. Of a ramp the future is taken back,
    and what is due where the new list has the same ramp.
    """
    if not new:
        return list(pending)
    start, ramps = new[0].at, {t.ramp for t in new}
    gone = {
        (t.ramp, t.address)
        for t in pending
        if t.ramp and not t.release and (t.at > start or t.ramp in ramps)
    }
    kept = [t for t in pending if (t.ramp, t.address) not in gone]
    return sorted([*kept, *new], key=lambda t: t.at)
