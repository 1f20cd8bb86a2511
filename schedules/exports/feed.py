"""The programme as one JSON document, by night (pure). Its keys: docs/public.md."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from schedules.catalogue.model import Tool, Venue, Work
from schedules.exports.model import Programme, ProgrammeSlot, slot_title, slot_uid
from schedules.nights.night_time import brief, from_millis, millis, of_night
from show_control.model import Millis, Text


class FeedSlot(msgspec.Struct, frozen=True, kw_only=True):
    """A slot. `starts` and `ends` are instants; the same as a night time of its night beside them."""

    slot: str
    uid: str
    surface: str
    programme: str
    title: Text
    works: tuple[str, ...]
    starts: str
    ends: str
    starts_night_time: str
    ends_night_time: str
    status: Literal["planned", "moved", "dropped"]
    previous_starts: tuple[str, ...]
    changed_in: int


class FeedNight(msgspec.Struct, frozen=True):
    """A night and its slots, by start."""

    night: date
    slots: tuple[FeedSlot, ...]


class FeedWork(msgspec.Struct, frozen=True, kw_only=True):
    """A work that some slot plays; `tools` and `limits` are what its makers disclose."""

    work: str
    title: Text
    artists: tuple[str, ...]
    duration_ms: Millis | None
    tools: tuple[Tool, ...]
    limits: Text


class FeedArtist(msgspec.Struct, frozen=True):
    """Who made a work that some slot plays."""

    artist: str
    name: Text


class FeedSurface(msgspec.Struct, frozen=True):
    """Where a slot shows."""

    surface: str
    kind: str
    title: Text
    venue: str


class FeedVenue(msgspec.Struct, frozen=True):
    """Where a surface is."""

    venue: str
    title: Text
    latitude: float | None
    longitude: float | None


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """The whole programme of a festival's newest version."""

    festival: str
    kind: str
    title: Text
    theme: Text
    time_zone: str
    version: int
    published_at: str
    nights: tuple[FeedNight, ...]
    works: tuple[FeedWork, ...]
    artists: tuple[FeedArtist, ...]
    surfaces: tuple[FeedSurface, ...]
    venues: tuple[FeedVenue, ...]


def as_feed(programme: Programme) -> bytes:
    """The same bytes for the same versions, in every language that the festival is written in."""
    feed = Feed(
        festival=programme.festival,
        kind=programme.kind,
        title=programme.title,
        theme=programme.theme,
        time_zone=programme.time_zone,
        version=programme.version,
        published_at=instant(millis(programme.published_at)),
        nights=_nights(programme),
        works=tuple(map(_work, programme.works.values())),
        artists=tuple(
            FeedArtist(a.id, a.name or {"und": a.id}) for a in programme.artists.values()
        ),
        surfaces=tuple(
            FeedSurface(s.id, s.kind, s.title or {"und": s.id}, s.venue)
            for s in programme.surfaces.values()
        ),
        venues=tuple(map(_venue, programme.venues.values())),
    )
    return msgspec.json.encode(feed)


def _nights(programme: Programme) -> tuple[FeedNight, ...]:
    zone = ZoneInfo(programme.time_zone)
    in_order = sorted(programme.slots, key=lambda each: (each.slot.night, each.slot.starts))
    return tuple(
        FeedNight(night, tuple(_slot(programme, each, zone) for each in slots))
        for night, slots in groupby(in_order, key=lambda each: each.slot.night)
    )


def _slot(programme: Programme, each: ProgrammeSlot, zone: ZoneInfo) -> FeedSlot:
    slot = each.slot
    status: Literal["planned", "moved", "dropped"] = (
        "dropped" if each.dropped else "moved" if each.previous else "planned"
    )
    return FeedSlot(
        slot=slot.id,
        uid=slot_uid(programme, slot),
        surface=slot.surface,
        programme=slot.programme,
        title=slot_title(programme, slot),
        works=tuple(w for w in slot.works if w in programme.works),
        starts=instant(slot.starts),
        ends=instant(slot.ends),
        starts_night_time=brief(of_night(from_millis(slot.starts), slot.night, zone)),
        ends_night_time=brief(of_night(from_millis(slot.ends), slot.night, zone)),
        status=status,
        previous_starts=tuple(map(instant, each.previous)),
        changed_in=each.changed_in,
    )


def instant(at: Millis) -> str:
    """`2025-08-28T11:30:00.000Z`, as the API writes it."""
    return from_millis(at).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _work(work: Work) -> FeedWork:
    return FeedWork(
        work=work.id,
        title=work.title or {"und": work.id},
        artists=work.artists,
        duration_ms=work.duration,
        tools=work.tools,
        limits=work.limits,
    )


def _venue(venue: Venue) -> FeedVenue:
    return FeedVenue(venue.id, venue.title or {"und": venue.id}, venue.latitude, venue.longitude)
