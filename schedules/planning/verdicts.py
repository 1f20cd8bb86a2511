"""One window's conflicts in words, each with its way out."""

from __future__ import annotations

from schedules.planning.conflict_model import Code, Conflict, Placed, Remedy, Severity, Thing
from schedules.planning.conflict_words import reason
from schedules.planning.lanes import Lanes
from schedules.planning.limits import LimitBook, Span
from schedules.planning.places import Places
from schedules.planning.telling import Telling, conflict
from show_control.model import Millis


class Verdicts:
    """Words them; `lanes` only serve to find a way out."""

    def __init__(self, limits: LimitBook, lanes: Lanes) -> None:
        self.limits = limits
        self.places = Places(limits, lanes)
        self.telling = Telling(limits.zone)

    def told(
        self,
        code: Code,
        placed: Placed,
        surface: str,
        other: Thing,
        severity: Severity = "error",
        *,
        way_out: Remedy | None = None,
        **values: object,
    ) -> Conflict:
        """A conflict whose words are its code's; without a way out of its own, another place."""
        said = reason(
            code,
            slot=placed.window.id,
            span=self.span(placed),
            starts=self.at(placed, placed.window.starts),
            surface=surface,
            **values,
        )
        remedy = way_out or self.places.elsewhere(placed)
        return conflict(code, severity, placed, surface, other, said, remedy)

    def at(self, placed: Placed, instant: Millis) -> str:
        """An instant, as a night time of the window's night."""
        return self.telling.at(instant, placed.window.night)

    def span(self, placed: Placed) -> str:
        """From when to when it lasts."""
        span = Span(placed.window.starts, placed.window.ends)
        return self.telling.span(span, placed.window.night)
