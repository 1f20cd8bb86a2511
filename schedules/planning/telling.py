"""How conflicts tell instants and lengths: as the file writes them."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from schedules.catalogue.model import Permits
from schedules.nights import night_time
from schedules.planning.conflict_model import (
    Code,
    Conflict,
    Placed,
    Remedy,
    Severity,
    Thing,
    Words,
)
from schedules.planning.limits import Span
from show_control.model import Millis

_UNITS = (("h", night_time.HOUR), ("m", night_time.MINUTE), ("s", night_time.SECOND), ("ms", 1))


def length(millis: Millis) -> str:
    """`1h30m`, `26m40s`, `0s`."""
    parts = []
    for unit, size in _UNITS:
        count, millis = divmod(millis, size)
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts) or "0s"


class Telling:
    """Says when, by the wall of one zone."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone

    def at(self, instant: Millis, night: date) -> str:
        """An instant as a night time."""
        there = night_time.from_millis(instant)
        return night_time.brief(night_time.of_night(there, night, self.zone))

    def span(self, span: Span | Placed, night: date) -> str:
        """`20:00-20:30`."""
        within = span.window if isinstance(span, Placed) else span
        return f"{self.at(within.starts, night)}-{self.at(within.ends, night)}"


def paper(permits: Permits) -> str:
    """The paper that says so, and whom to ask."""
    said = ", ".join(text for text in (permits.paper, permits.contact) if text)
    return f" ({said})" if said else ""


def conflict(
    code: Code,
    severity: Severity,
    placed: Placed,
    surface: str,
    other: Thing,
    reason: Words,
    remedy: Remedy,
    *,
    beside: Placed | None = None,
) -> Conflict:
    """A conflict of a window, with another one where there is one."""
    first = () if beside is None else (beside.window.id,)
    return Conflict(
        code=code,
        severity=severity,
        night=placed.window.night,
        surface=surface,
        slots=(*first, placed.window.id),
        other=other,
        reason=reason,
        remedy=remedy,
    )
