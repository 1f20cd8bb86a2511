"""What planning gives: windows on surfaces, night by night."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from show_control.model import Millis


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """One slot on one night, from `starts` up to but not including `ends`.

    `path` is where the file says so. `drives` are the outputs that its run claims, and
    `takes` the surfaces that they lie on, its own first: neither holds what it shares.
    """

    path: str
    id: str
    night: date
    surface: str
    programme: Literal["base", "special"]
    start: Literal["auto", "manual"]
    meets: Literal["wait", "take over", "skip"]
    starts: Millis
    ends: Millis
    latest_start: Millis | None
    sequence: str
    title: dict[str, str]
    drives: tuple[str, ...]
    takes: tuple[str, ...]

    def overlaps(self, other: Window) -> bool:
        """Half-open: one that ends as the other starts does not overlap it."""
        return self.starts < other.ends and other.starts < self.ends


class Displacement(msgspec.Struct, frozen=True, kw_only=True):
    """A base window that a special one displaces, whole."""

    window: Window
    by: Window


class PlannedNight(msgspec.Struct, frozen=True, kw_only=True):
    """One night: its bounds, its curfews by surface, its windows by start."""

    night: date
    starts: Millis
    ends: Millis
    curfews: dict[str, Millis]
    windows: tuple[Window, ...]
    displaced: tuple[Displacement, ...]
