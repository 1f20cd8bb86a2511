"""What stands in the way of a plan: two things that do not go together, why, and a way out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

import msgspec

from schedules.planning.model import Window
from show_control.model import Millis

Code = Literal[
    "overlap",
    "changeover",
    "displaced",
    "outside_night",
    "opening",
    "closed",
    "curfew",
    "light_hours",
    "sound_hours",
    "picture_minutes",
    "luminance",
    "advertising",
    "rights_window",
    "rights_surface",
    "away",
    "needed_twice",
    "claimed_twice",
    "too_long",
    "sequence_missing",
    "sequence_unfit",
    "latest_start",
]
Timed = Literal["move", "shorten", "lengthen", "start_by"]
"""Edits that name an instant."""
Severity = Literal["error", "warning", "notice"]
Words = dict[str, str]
Key = tuple[date, str]
"""A slot of one night: its night and its id."""


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """A window, and the works that are left out of it on this night."""

    window: Window
    left_out: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        return self.window.night, self.window.id

    @property
    def length(self) -> Millis:
        return self.window.ends - self.window.starts


class Thing(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The other of the two: another slot, a curfew, a permit, a work, a person, a server."""

    kind: str
    id: str


class Remedy(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One edit that ends a conflict.

    `to` is the night time that a start (`move`, `start_by`) or an end (`shorten`, `lengthen`)
    gets, `at` its instant; `work` is what `leave_out` leaves out on that night.
    """

    do: Literal[Timed, "drop", "leave_out"]
    slot: str
    night: date
    words: Words
    to: str | None = None
    at: datetime | None = None
    work: str | None = None


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """`slots` has the slot at fault last; an `error` is to be mended before publishing."""

    code: Code
    severity: Severity
    night: date
    surface: str
    slots: tuple[str, ...]
    other: Thing
    reason: Words
    remedy: Remedy
