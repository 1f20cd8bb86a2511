"""What a dialect is, and what it makes of a look: messages, each with its instant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

import msgspec

from show_control.commands import Send
from show_control.evidence import Report
from show_control.looks import Look
from show_control.model import (
    ActionKind,
    Argument,
    Framing,
    Message,
    Millis,
    Output,
    Repeating,
    Server,
)


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


Clip = int | str
Clips = Mapping[str, Sequence[Clip]]
"""By output: every clip that the night file may have it show."""
NO_CLIPS: Final[Clips] = {}


class Dialect(Protocol):
    """How one make of media server is told, asked and understood."""

    @property
    def name(self) -> str:
        """The word in the festival file."""
        ...

    @property
    def asks(self) -> bool:
        """Whether it can be known what its servers show."""
        ...

    @property
    def tells(self) -> bool:
        """Whether they say it unasked: then silence means something, and what nobody asked for counts."""
        ...

    @property
    def udp(self) -> bool:
        """Whether they take datagrams."""
        ...

    @property
    def tcp(self) -> Framing | None:
        """How packets lie in their TCP stream, if they have one."""
        ...

    @property
    def slashless(self) -> bool:
        """Whether an address without its leading "/" is meant all the same."""
        ...

    @property
    def json_rpc(self) -> bool:
        """Whether a packet is a JSON-RPC request or reply, and not OSC."""
        ...

    @property
    def replaces(self) -> bool:
        """Whether a play takes the place of what played; else each clip begins and ends by itself."""
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

    def greeting(self, server: Server) -> list[Message]:
        """What a server is told first, on each new connection."""
        ...

    def questions(
        self, server: Server, output: Output, look: Look, clips: Sequence[Clip] = ()
    ) -> list[Message]:
        """What to ask to learn whether the output shows the look; `clips` are those that it may show."""
        ...

    def ping(self, server: Server) -> list[Message]:
        """A question that every such server answers, whatever it shows."""
        ...

    def key(self, question: Message) -> str:
        """What a question is told apart by."""
        ...

    def answers(self, message: Message) -> str:
        """The key of the question that a message answers, if anybody asked it."""
        ...

    def read(
        self, server: Server, outputs: Sequence[Output], message: Message, clips: Clips = NO_CLIPS
    ) -> list[Report]:
        """What a message from the server says of these outputs of it."""
        ...


class Plain:
    """What most dialects are: OSC in datagrams, questions answered under their own address."""

    tells: bool = False
    udp: bool = True
    tcp: Framing | None = None
    slashless: bool = False
    json_rpc: bool = False
    replaces: bool = True

    def greeting(self, server: Server) -> list[Message]:
        """Nothing."""
        del server
        return []

    def key(self, question: Message) -> str:
        """Its address."""
        return question.address

    def answers(self, message: Message) -> str:
        """The same address."""
        return message.address


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
