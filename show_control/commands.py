"""What the engine asks of the shell: packets to send, facts to record, answers to calls.

The counterpart of events; all are carried out by `player.py` and by nothing else.
"""

from __future__ import annotations

from typing import Any

import msgspec

from show_control.documents import Routing, Which
from show_control.looks import Look
from show_control.model import Action, Millis, Text


class Command(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What every command is."""


class Send(Command, frozen=True):
    """Bring one output from a look to another.

    `action` is the cause where there is one; None asserts the whole of `after` (a restart, a late
    cue, a restore). `slot`, `run` and `cue` are None for what no cue sends. `at` is the instant that
    it belongs to: a fade counts from it. `file` is the hash of the night file that says what the
    output and its server are. `routing` is where it goes.
    """

    output: str
    before: Look
    after: Look
    at: Millis
    why: str
    routing: Routing = "wire"
    file: str = ""
    action: Action | None = None
    night: str | None = None
    surface: str | None = None
    slot: str | None = None
    run: str | None = None
    cue: str | None = None


class Switch(Command, frozen=True):
    """Have a server's main or backup put on the picture, once: it is never asserted."""

    server: str
    which: Which
    at: Millis
    why: str
    routing: Routing = "wire"
    file: str = ""
    night: str | None = None
    slot: str | None = None
    run: str | None = None
    cue: str | None = None

    @property
    def surface(self) -> str | None:
        """It is no surface's own."""
        return None

    @property
    def output(self) -> str | None:
        """Nor an output's."""
        return None


class Record(Command, frozen=True):
    """A fact for the journal: the columns of an `Entry`, which the journal gives its key."""

    kind: str
    at: Millis
    night: str | None = None
    surface: str | None = None
    slot: str | None = None
    run: str | None = None
    cue: str | None = None
    output: str | None = None
    by: str | None = None
    reason: str | None = None
    data: dict[str, Any] = {}


class Answer(Command, frozen=True):
    """What a call came to: accepted, or refused with its reason and who did what, when.

    `reasons` says the reason in each language; `reason` is the English one.
    """

    request: str | None
    accepted: bool
    at: Millis
    reason: str | None = None
    run: str | None = None
    went: str | None = None
    standby: str | None = None
    standby_count: int | None = None
    by: str | None = None
    by_at: Millis | None = None
    reasons: Text = {}


AnyCommand = Send | Switch | Record | Answer
