"""When a slot starts: a night time, or the sun with its offset and clamps."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from schedules.catalogue.model import Starts
from schedules.faults import Wrong
from schedules.nights import night_time, sun
from schedules.nights.night_time import Resolved


def resolve(starts: Starts, night: date, zone: ZoneInfo, position: sun.Position) -> Resolved:
    """The instant that a slot starts at on a night; raises Wrong where the sun gives none."""
    if starts.at is not None:
        return night_time.resolve(night, starts.at, zone)
    assert starts.sun is not None, "judged with the file"
    found = sun.instant(starts.sun, night, position, zone)
    not_before = _clamp(starts.not_before, night, zone)
    not_after = _clamp(starts.not_after, night, zone)
    if isinstance(found, datetime):
        return Resolved(
            _clamped(found + timedelta(milliseconds=starts.offset), not_before, not_after)
        )
    clamp = not_after if found == "does not set" else not_before
    if clamp is None:
        name = "not_after" if found == "does not set" else "not_before"
        event = starts.sun.replace("_", " ")
        raise Wrong(f"there is no {event} on {night}: the sun {found} that far", f"give {name}")
    return Resolved(clamp)


def _clamp(at: int | None, night: date, zone: ZoneInfo) -> datetime | None:
    return None if at is None else night_time.resolve(night, at, zone).instant


def _clamped(found: datetime, not_before: datetime | None, not_after: datetime | None) -> datetime:
    if not_before is not None:
        found = max(found, not_before)
    return found if not_after is None else min(found, not_after)
