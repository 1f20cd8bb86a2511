"""Where windows meet: each other, the bounds of their night, opening and curfew."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from zoneinfo import ZoneInfo

from schedules.nights import night_time
from schedules.planning.findings import Findings
from schedules.planning.model import Displacement, Window
from show_control.model import Millis


def displacements(windows: Iterable[Window]) -> list[Displacement]:
    """Which base windows give way, each to the first special one that it overlaps."""
    ordered = sorted(windows, key=lambda w: w.starts)
    specials = [w for w in ordered if w.programme == "special"]
    found = []
    for window in ordered:
        if window.programme == "base":
            by = next((s for s in specials if s.overlaps(window) and meet(s, window)), None)
            if by is not None:
                found.append(Displacement(window=window, by=by))
    return found


def meet(one: Window, other: Window) -> bool:
    """Whether two windows want a surface in common."""
    return not set(one.takes).isdisjoint(other.takes)


class Judge:
    """Judges the windows of one night; `zone` is for telling times as people know them."""

    def __init__(self, findings: Findings, zone: ZoneInfo) -> None:
        self.findings = findings
        self.zone = zone

    def overlaps(self, windows: Iterable[Window]) -> None:
        """Two windows of one programme that want one surface at one time."""
        for one, other in combinations(sorted(windows, key=lambda w: w.starts), 2):
            if one.programme == other.programme and one.overlaps(other) and meet(one, other):
                shared = next(s for s in one.takes if s in other.takes)
                self.findings.fault(
                    other.night,
                    other.path,
                    f"{other.id} starts at {self._at(other, other.starts)}, before {one.id}"
                    f" ends at {self._at(one, one.ends)}: both are {one.programme} on {shared}",
                    f"start it at {self._at(one, one.ends)} or later, or shorten {one.id}",
                )

    def inside(self, window: Window, starts: Millis, ends: Millis) -> None:
        """A window lies inside its night."""
        if window.starts < starts or window.ends > ends:
            self.findings.fault(
                window.night,
                window.path,
                f"{window.id}, {self._span(window)}, does not lie inside its night",
                f"from {self._at(window, starts)} to {self._at(window, ends)}",
            )

    def curfew(self, window: Window, surface: str, curfew: Millis) -> None:
        """A window that starts after curfew cannot run by itself; one that reaches it is cut."""
        at = self._at(window, curfew)
        by_itself = window.start == "auto"
        if window.starts >= curfew and by_itself and surface == window.surface:
            self.findings.fault(
                window.night,
                window.path,
                f"{window.id} starts at {self._at(window, window.starts)}, after the curfew"
                f" of {surface}",
                f"end before {at}",
            )
        elif window.ends > curfew:
            self.findings.notice(
                window.night,
                window.path,
                f"{window.id} ends at {self._at(window, window.ends)}, after the curfew of"
                f" {surface} at {at}{', which cuts it,' if by_itself else ''}",
            )

    def opening(self, window: Window, opening: Millis) -> None:
        """Said only: people may rehearse before the doors open."""
        if window.starts < opening:
            self.findings.notice(
                window.night,
                window.path,
                f"{window.id} starts at {self._at(window, window.starts)}, before"
                f" {window.surface} opens at {self._at(window, opening)}",
            )

    def displaced(self, displacement: Displacement) -> None:
        """Named, so that nobody waits for what will not be shown."""
        window, by = displacement.window, displacement.by
        self.findings.notice(
            by.night, by.path, f"{by.id} displaces {window.id}, {self._span(window)},"
        )

    def _span(self, window: Window) -> str:
        return f"{self._at(window, window.starts)} to {self._at(window, window.ends)}"

    def _at(self, window: Window, instant: Millis) -> str:
        at = night_time.from_millis(instant)
        return night_time.brief(night_time.of_night(at, window.night, self.zone))
