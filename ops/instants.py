"""Instants at the edges: `Millis` inside, RFC 3339 in UTC with milliseconds in replies."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from show_control.model import Millis

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


def as_datetime(instant: Millis) -> datetime:
    return EPOCH + instant * MILLISECOND


def as_millis(instant: datetime) -> Millis:
    return (instant - EPOCH) // MILLISECOND


def as_text(instant: Millis) -> str:
    """`2025-08-28T11:30:00.000Z`."""
    return as_datetime(instant).isoformat(timespec="milliseconds").replace("+00:00", "Z")
