"""What is said over the link: one msgpack frame in each binary WebSocket message, tagged by `type`.

A peer begins with Hello, the player answers Welcome; then the peer asks (CallFrame, EntriesAfter,
LoadFrame) and each `id` is answered once, by Reply, Entries or Refused. A Beat comes every half
second, and whenever more entries may leave. Three verbs, and what each promises:

- `call` has a deadline and is never stored or retried: no reply means that it is not known whether
  it went, and the same request id may be asked again.
- `entries` is at least once: pulled by cursor, by whoever keeps the cursor. After None come the
  entries from the anchor on, after (any player, 0, 0) all of them.
- `load` is compare-and-set by content hash, and may be repeated.

Who keeps the entries says besides up to where it has them (StoredUpTo).
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from show_control.commands import Answer
from show_control.entries import Entry
from show_control.events import Call
from show_control.model import Millis

Ceiling = Literal["see", "call", "load"]
"""What a peer may ask at most: each holds those before it."""

Recorded = Literal["on disk", "not recorded"]

Key = tuple[str, int, int]
"""(player, term, seq)."""

MOST = 2**20
"""Bytes of a frame to the player, and of a `load`'s."""
MOST_LOAD = 32 * 2**20


class Frame(msgspec.Struct, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """What every frame is."""


class Hello(Frame, frozen=True, kw_only=True):
    """Who asks, and the ceiling that it gives itself."""

    name: str
    ceiling: Ceiling


class CallFrame(Frame, frozen=True, kw_only=True):
    """A call, made at this nanosecond of CLOCK_BOOTTIME: player and peers share a machine."""

    id: int
    call: Call
    made: int


class EntriesAfter(Frame, frozen=True, kw_only=True):
    """The entries after a key that the peer has."""

    id: int
    after: Key | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=2_000)] = 500


class LoadFrame(Frame, frozen=True, kw_only=True):
    """A packed night file, to take the place of the one with the hash `replaces`.

    With `more` it is a part of one: the next of the same `id` goes on.
    """

    id: int
    packed: bytes
    replaces: str | None = None
    by: str = ""
    more: bool = False


class StoredUpTo(Frame, frozen=True, kw_only=True):
    """The record has all of a player's entries up to this key: what is older may be trimmed.

    Said whenever it changes, also where it fell: a database put back from a copy has less. It is not
    answered, but by Refused.
    """

    id: int
    key: Key


class Welcome(Frame, frozen=True, kw_only=True):
    """Who answers. `anchor` is the (term, seq) from which entries after None begin."""

    player: str
    term: int
    engine: str
    now: Millis
    anchor: tuple[int, int]
    file: str | None = None


class Reply(Frame, frozen=True, kw_only=True):
    """What a call or a load came to. `file` is the hash of the night file then held.

    `recorded`: "not recorded" where a restart of the player may lose it.
    """

    id: int
    answer: Answer
    recorded: Recorded
    file: str | None = None


class Entries(Frame, frozen=True, kw_only=True):
    """Entries in order. With `more` ask again, even after none; `volatile`: not all are on disk."""

    id: int
    entries: list[Entry]
    more: bool = False
    volatile: bool = False


class Beat(Frame, frozen=True, kw_only=True):
    """The player lives; (term, seq) is the newest entry that may be asked for."""

    player: str
    now: Millis
    term: int
    seq: int
    file: str | None = None
    volatile: bool = False


class Refused(Frame, frozen=True, kw_only=True):
    """The link's own no: above the ceiling, too late, not understood. Nothing was done."""

    id: int
    reason: str


Asked = CallFrame | EntriesAfter | LoadFrame | StoredUpTo
ToPlayer = Hello | Asked
FromPlayer = Welcome | Reply | Entries | Beat | Refused

_encoder = msgspec.msgpack.Encoder()
_to_player: msgspec.msgpack.Decoder[ToPlayer] = msgspec.msgpack.Decoder(ToPlayer)
_from_player: msgspec.msgpack.Decoder[FromPlayer] = msgspec.msgpack.Decoder(FromPlayer)
_NEEDED: dict[type[Asked], int] = {EntriesAfter: 0, CallFrame: 1, LoadFrame: 2, StoredUpTo: 2}
_HEIGHT: dict[Ceiling, int] = {"see": 0, "call": 1, "load": 2}


class Malformed(ValueError):
    """Bytes that are no frame."""


def pack(frame: Frame) -> bytes:
    """A frame's bytes."""
    return _encoder.encode(frame)


def to_player(packed: bytes | bytearray | memoryview) -> ToPlayer:
    """What a peer said; raises Malformed."""
    try:
        frame = _to_player.decode(packed)
    except (msgspec.MsgspecError, ValueError, RecursionError) as fault:
        raise Malformed(str(fault)) from None
    if len(packed) > MOST and not isinstance(frame, LoadFrame):
        raise Malformed(f"{len(packed)} bytes: only a load may be longer than {MOST}")
    return frame


def from_player(packed: bytes | bytearray | memoryview) -> FromPlayer:
    """What the player said; raises Malformed."""
    try:
        return _from_player.decode(packed)
    except (msgspec.MsgspecError, ValueError, RecursionError) as fault:
        raise Malformed(str(fault)) from None


def allowed(frame: Asked, ceiling: Ceiling) -> bool:
    """Whether a peer with this ceiling may ask this."""
    return _HEIGHT[ceiling] >= _NEEDED[type(frame)]
