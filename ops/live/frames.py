"""What goes over the live feed, as the schema tells it; `feed.py` encodes the same, once for all."""

from __future__ import annotations

import msgspec
from msgspec import UNSET, UnsetType

from ops.access.reply import SessionReply
from ops.live.beats import Heartbeat
from show_control.documents import Board

BoardChanges = msgspec.defstruct(
    "BoardChanges",
    [(f.name, f.type | UnsetType, UNSET) for f in msgspec.structs.fields(Board)],
    frozen=True,
    kw_only=True,
    namespace={"__doc__": "The board's top-level values that are new; the others stay."},
)


class ChangesFrame(msgspec.Struct, frozen=True):
    """What is new since the frame before; `number` is the document's from here on."""

    number: int
    changes: BoardChanges  # type: ignore[valid-type]


class BeatFrame(msgspec.Struct, frozen=True):
    """The player's heartbeat, handed on: without one for two seconds, trust nothing shown."""

    beat: Heartbeat


class YouFrame(msgspec.Struct, frozen=True):
    """Your own rights, or your session's lock, are others now."""

    you: SessionReply


class ClockFrame(msgspec.Struct, frozen=True):
    """The answer to a client's `{"clock": T}`: the same T, and the player's clock as it was then,
    in milliseconds; null until the player was heard."""

    clock: float | int
    player_at: float | None
