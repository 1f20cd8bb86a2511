"""Which nights there are, and on which of them a pattern makes slots."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

from schedules.catalogue.model import DateSpan, Nights, Pattern, Weekday

_WEEKDAYS: tuple[str, ...] = get_args(Weekday)


def nights_of(span: DateSpan) -> tuple[date, ...]:
    """Every date from the first to the last."""
    count = (span.last - span.first).days + 1
    return tuple(span.first + timedelta(days=n) for n in range(max(count, 0)))


def makes_slots(pattern: Pattern, night: date) -> bool:
    """Whether a pattern makes slots on a night of its festival."""
    weekday = _WEEKDAYS[night.weekday()]
    return (
        (pattern.nights is None or covers(pattern.nights, night))
        and (not pattern.weekdays or weekday in pattern.weekdays)
        and night not in pattern.excepted
    )


def covers(nights: Nights, night: date) -> bool:
    """Whether a night is one of the listed, or within the span."""
    if nights.first is not None and nights.last is not None:
        return nights.first <= night <= nights.last
    return night in nights.dates
