"""The programme as iCalendar (RFC 5545, and RFC 7986 for the calendar's own name), pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from schedules.exports.model import Programme, ProgrammeSlot, ShownSlot, slot_title, slot_uid
from schedules.exports.zone_rules import zone_rules
from schedules.nights.night_time import from_millis
from show_control.model import words

REFRESH = "PT15M"
"""How often whoever subscribes is asked to look."""
AROUND = timedelta(days=2)
"""How long its time zone is told for before the first slot and after the last."""


def as_calendar(programme: Programme, language: str) -> bytes:
    """A VEVENT for each slot, on the festival's own wall clock, to the second.

    A slot keeps its UID through all versions; its SEQUENCE is the version that last changed it; one
    that a later version dropped is CANCELLED.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Lamplighter//Programme//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    title = words(programme.title, language)
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("x-wr-timezone", programme.time_zone)
    calendar.add("x-published-ttl", REFRESH)
    calendar.add("last-modified", programme.published_at.astimezone(UTC))
    zone = ZoneInfo(programme.time_zone)
    spans = [_span(each.slot, zone) for each in programme.slots]
    if any(starts.tzinfo is zone for starts, _ in spans):
        calendar.add_component(_told(zone, spans))
    for each, span in zip(programme.slots, spans, strict=True):
        calendar.add_component(_event(programme, each, span, language))
    written: bytes = calendar.to_ical()
    return written


def _span(slot: ShownSlot, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Start and end on the wall; both in UTC where the wall shows one of them for the second time,
    which a local time of iCalendar cannot say (RFC 5545, 3.3.5)."""
    starts, ends = (
        from_millis(at).replace(microsecond=0).astimezone(zone) for at in (slot.starts, slot.ends)
    )
    if starts.fold or ends.fold or zone.key in {"UTC", "Etc/UTC"}:
        return starts.astimezone(UTC), ends.astimezone(UTC)
    return starts, ends


def _told(zone: ZoneInfo, spans: Sequence[tuple[datetime, datetime]]) -> Timezone:
    """The zone's rules for as long as the programme needs them."""
    first = min(starts.astimezone(UTC) for starts, _ in spans)
    last = max(ends.astimezone(UTC) for _, ends in spans)
    return zone_rules(zone, first - AROUND, last + AROUND)


def _event(
    programme: Programme, each: ProgrammeSlot, span: tuple[datetime, datetime], language: str
) -> Event:
    slot, changed = each.slot, each.changed_at.astimezone(UTC)
    event = Event()
    event.add("uid", slot_uid(programme, slot))
    event.add("sequence", each.changed_in)
    event.add("status", "CANCELLED" if each.dropped else "CONFIRMED")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", span[0])
    event.add("dtend", span[1])
    event.add("summary", words(slot_title(programme, slot), language))
    if told := _description(programme, slot, language):
        event.add("description", told)
    event.add("location", _location(programme, slot, language))
    surface = programme.surfaces.get(slot.surface)
    venue = programme.venues.get(surface.venue) if surface else None
    if venue is not None and venue.latitude is not None and venue.longitude is not None:
        event.add("geo", (venue.latitude, venue.longitude))
    event.add("transp", "TRANSPARENT")  # who subscribes is not busy by it
    return event


def _description(programme: Programme, slot: ShownSlot, language: str) -> str:
    """A line for each work, with who made it."""
    lines = []
    for work in (programme.works[w] for w in slot.works if w in programme.works):
        makers = [programme.artists[a].name or {"und": a} for a in work.artists]
        by = ", ".join(words(name, language) for name in makers)
        title = words(work.title, language) or work.id
        lines.append(f"{title} ({by})" if by else title)
    return "\n".join(lines)


def _location(programme: Programme, slot: ShownSlot, language: str) -> str:
    """The surface, then its venue."""
    surface = programme.surfaces.get(slot.surface)
    if surface is None:
        return slot.surface
    venue = programme.venues.get(surface.venue)
    names = [words(surface.title, language) or surface.id]
    if venue is not None:
        names.append(words(venue.title, language) or venue.id)
    return ", ".join(dict.fromkeys(names))
