"""What must hold of closures, permits, rights, and of when people are there."""

from __future__ import annotations

from collections.abc import Iterator

from schedules.catalogue.model import Closure, DateSpan, Festival, NightSpan, Presence, Surface
from schedules.faults import Fault
from schedules.nights.night_time import brief


def permit_faults(festival: Festival) -> Iterator[Fault]:
    """Spans that end before they begin, and ids that two people share."""
    for n, surface in enumerate(festival.surfaces):
        yield from _surface(surface, f"surfaces[{n}]")
    for n, work in enumerate(festival.works):
        if work.rights is not None and work.rights.window is not None:
            yield from _dates(work.rights.window, f"works[{n}].rights.window")
    for n, artist in enumerate(festival.artists):
        yield from _there(artist.there, f"artists[{n}].there")
    for n, each in enumerate(festival.staff):
        yield from _there(each.there, f"staff[{n}].there")
    artists = {artist.id for artist in festival.artists}
    for n, each in enumerate(festival.staff):
        if each.id in artists:
            message = f"{each.id} is an artist too: nobody could tell who is needed"
            yield Fault(f"staff[{n}].id", message, "give one of them another id")


def _surface(surface: Surface, path: str) -> Iterator[Fault]:
    for n, closure in enumerate(surface.closures):
        yield from _days(closure, f"{path}.closures[{n}]")
    for key in ("light", "sound"):
        span: NightSpan | None = getattr(surface.permits, key, None)
        if span is not None:
            yield from _hours(span, f"{path}.permits.{key}")


def _there(there: tuple[Presence, ...] | None, path: str) -> Iterator[Fault]:
    for n, presence in enumerate(there or ()):
        yield from _days(presence, f"{path}[{n}]")


def _days(days: Closure | Presence, path: str) -> Iterator[Fault]:
    yield from _dates(days, path)
    if days.hours is not None:
        yield from _hours(days.hours, f"{path}.hours")


def _dates(span: DateSpan | Closure | Presence, path: str) -> Iterator[Fault]:
    if span.last < span.first:
        yield Fault(f"{path}.to", f"{span.last} is before {span.first}", "turn them round")


def _hours(span: NightSpan, path: str) -> Iterator[Fault]:
    if span.last <= span.first:
        message = f"{brief(span.last)} is not after {brief(span.first)}"
        right = "write a later time; past midnight it is 24:00 and more"
        yield Fault(f"{path}.to", message, right)
