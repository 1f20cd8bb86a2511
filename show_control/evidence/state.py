"""What is known of each address of each server, and of the outputs behind it."""

from __future__ import annotations

from typing import Any, Final, Literal

import msgspec

from show_control.model import Millis

NEVER: Final[Millis] = -(2**62)
FAR: Final[Millis] = 2**62
NOTHING: Final = ""
"""Stands among clips for none: True where a server says that it shows nothing at all, False where it says
that one clip shows, and with that all."""

Which = Literal["main", "backup"]
Life = Literal["not asked", "alive", "silent", "unreachable"]
Agreement = Literal["cannot be asked", "no reply", "confirmed", "differs"]
What = Literal[
    "clip", "shows", "playing", "clip_name", "brightness", "position", "part", "duration"
]
Key = tuple[str, Which]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a server said of an output, as its dialect reads it.

    `clip`: whether that clip is shown. `shows`: that clip alone is, or nothing (value False). `playing`:
    whether anything plays. `clip_name`: what that clip, or the one that shows, is called. `brightness`:
    0 to 1. `position` and `duration`: seconds, of that clip or of the one that shows; `part`: the
    position, as 0 to 1 of the duration that was last told.
    """

    output: str
    what: What
    value: bool | float | str
    clip: int | str | None = None


class LifeChanged(msgspec.Struct, frozen=True, kw_only=True):
    """For an entry `life`."""

    at: Millis
    server: str
    which: Which
    life: Life


class AgreementChanged(msgspec.Struct, frozen=True, kw_only=True):
    """For an entry `evidence`: `as_of` is the instant that the oldest report used speaks of, `last` the
    newest that this address ever spoke of, for when nothing it said counts any more."""

    at: Millis
    server: str
    which: Which
    output: str
    agreement: Agreement
    reported: dict[str, Any] = {}
    as_of: Millis | None = None
    last: Millis | None = None


Change = LifeChanged | AgreementChanged


class Fact(msgspec.Struct, frozen=True):
    """One report: it was so at `as_of` or later, and was heard at `heard`."""

    value: bool | float | str
    as_of: Millis
    heard: Millis


class Asked(msgspec.Struct, frozen=True):
    """A question's instants, the newest of them that was answered, and when."""

    instants: tuple[Millis, ...] = ()
    answered: Millis = NEVER
    heard: Millis = NEVER


class OutputEvidence(msgspec.Struct, frozen=True, kw_only=True):
    """What one address of a server has said of an output, and what was made of it.

    `entered` is the position that the last entry had, and `entered_at` what instant it speaks of.
    """

    sent: Millis = NEVER
    level_sent: Millis = NEVER
    clips: dict[int | str, Fact] = {}
    names: dict[int | str | None, Fact] = {}
    playing: Fact | None = None
    brightness: Fact | None = None
    position: Fact | None = None
    duration: Fact | None = None
    agreement: Agreement = "no reply"
    reported: dict[str, Any] = {}
    as_of: Millis | None = None
    entered: Millis | None = None
    entered_at: Millis = NEVER


class ServerEvidence(msgspec.Struct, frozen=True, kw_only=True):
    """One address of a server. `waits_since` is the first question that nothing followed."""

    asks: bool
    life: Life = "not asked"
    waits_since: Millis | None = None
    heard: Millis = NEVER
    refused: bool = False
    questions: dict[str, Asked] = {}
    answered: dict[str, Millis] = {}
    outputs: dict[str, OutputEvidence] = {}
    deadline: Millis = FAR


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """All of it. At `deadline` something expires: judge again then, and after any change."""

    servers: dict[Key, ServerEvidence] = {}
    touched: frozenset[Key] = frozenset()
    deadline: Millis = FAR
