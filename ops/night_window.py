"""A window of a night, as a person writes it: `23:55` to `00:10`, or to `24:10`."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import msgspec

from schedules.catalogue.model import Festival
from schedules.nights import night_time
from show_control.model import Millis


class WindowFault(ValueError):
    """A window that is none of that night; says what would be right."""


class Window(msgspec.Struct, frozen=True):
    """From an instant to another, both included; None is as far as the night goes."""

    starts: Millis | None = None
    ends: Millis | None = None

    def has(self, at: Millis) -> bool:
        """Whether an instant lies in it."""
        after = self.starts is None or self.starts <= at
        return after and (self.ends is None or at <= self.ends)


def read_window(starts: str | None, ends: str | None, festival: Festival, night: date) -> Window:
    """Wall times of that night, before or after midnight. Raises WindowFault."""
    first, last = _read("--from", starts, festival), _read("--to", ends, festival)
    if first is not None and last is not None and last < first:
        raise WindowFault(
            f"--to {ends} is before --from {starts}: the night begins at"
            f" {night_time.brief(festival.festival.night_ends)}"
        )
    return Window(_instant(first, festival, night), _instant(last, festival, night))


def _read(option: str, written: str | None, festival: Festival) -> int | None:
    """As night time: a wall time before `night_ends` is one of the morning after."""
    if written is None:
        return None
    begins = festival.festival.night_ends
    try:
        at = night_time.parse(written)
    except ValueError:
        raise WindowFault(
            f"{option} {written}: a time is HH:MM[:SS[.mmm]], as 23:55, 00:10 or 24:10"
        ) from None
    at = at if at >= begins else at + night_time.DAY
    if at > begins + night_time.DAY:
        last = night_time.brief(begins + night_time.DAY)
        raise WindowFault(
            f"{option} {written}: this night lasts from {night_time.brief(begins)} to {last}"
        )
    return at


def _instant(at: int | None, festival: Festival, night: date) -> Millis | None:
    zone = ZoneInfo(festival.festival.time_zone)
    return None if at is None else night_time.millis(night_time.resolve(night, at, zone).instant)
