"""The programme as JSON-LD in the words of schema.org (pure).

https://schema.org/Festival, https://schema.org/ExhibitionEvent, https://schema.org/eventStatus: a
moved event is EventRescheduled with its previousStartDate, a dropped one EventCancelled with the start
that it had.
"""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from schedules.catalogue.model import Surface, Work
from schedules.exports.model import Programme, ProgrammeSlot, slot_title, slot_uid
from schedules.nights.night_time import from_millis
from show_control.model import Millis, Text, words

Object = dict[str, Any]
SCHEMA = "https://schema.org"
KINDS = {"festival": "Festival", "exhibition": "ExhibitionEvent"}


def as_linked_data(programme: Programme, language: str) -> bytes:
    """One event that has every slot as its subEvent, in one language. Names without one of a
    language of their own are in whatever they are written in."""
    return msgspec.json.encode(_Writing(programme, language).festival())


class _Writing:
    """A programme in a language."""

    def __init__(self, programme: Programme, language: str) -> None:
        self.programme = programme
        self.language = language
        self.zone = ZoneInfo(programme.time_zone)

    def festival(self) -> Object:
        shown = [each.slot for each in self.programme.slots if not each.dropped]
        told: Object = {
            "@context": SCHEMA,
            "@type": KINDS.get(self.programme.kind, "Event"),
            "@id": "#festival",
            "identifier": self.programme.festival,
            "name": self._words(self.programme.title),
            "inLanguage": self.language,
            "version": self.programme.version,
            "eventStatus": f"{SCHEMA}/EventScheduled",
        }
        if self.programme.theme:
            told["description"] = self._words(self.programme.theme)
        if shown:
            told["startDate"] = self._at(min(slot.starts for slot in shown))
            told["endDate"] = self._at(max(slot.ends for slot in shown))
        told["location"] = [self._venue(each) for each in self.programme.venues]
        told["subEvent"] = [self._event(each) for each in self.programme.slots]
        return told

    def _event(self, each: ProgrammeSlot) -> Object:
        slot = each.slot
        told: Object = {
            "@type": "Event",
            "@id": f"#{slot.night}.{slot.id}",
            "identifier": slot_uid(self.programme, slot),
            "name": self._words(slot_title(self.programme, slot)),
            "startDate": self._at(slot.starts),
            "endDate": self._at(slot.ends),
            "eventStatus": f"{SCHEMA}/{_status(each)}",
            "location": self._surface(slot.surface),
            "superEvent": {"@id": "#festival"},
        }
        if each.previous and not each.dropped:
            starts = [self._at(at) for at in each.previous]
            told["previousStartDate"] = starts[0] if len(starts) == 1 else starts
        works = [self.programme.works[w] for w in slot.works if w in self.programme.works]
        if works:
            told["workFeatured"] = [self._work(work) for work in works]
        return told

    def _work(self, work: Work) -> Object:
        """Its makers are named without saying whether each is one person or many: nobody said."""
        makers = [
            {"@id": f"#artist.{a}", "name": self._words(self.programme.artists[a].name) or a}
            for a in work.artists
        ]
        told: Object = {
            "@type": "VisualArtwork",
            "@id": f"#work.{work.id}",
            "name": self._words(work.title) or work.id,
        }
        return told | {"creator": makers} if makers else told

    def _surface(self, surface: str) -> Object:
        found: Surface | None = self.programme.surfaces.get(surface)
        if found is None:
            return {"@type": "Place", "@id": f"#surface.{surface}", "name": surface}
        return {
            "@type": "Place",
            "@id": f"#surface.{surface}",
            "name": self._words(found.title) or surface,
            "containedInPlace": self._venue(found.venue),
        }

    def _venue(self, venue: str) -> Object:
        found = self.programme.venues[venue]
        told: Object = {
            "@type": "Place",
            "@id": f"#venue.{venue}",
            "name": self._words(found.title) or venue,
        }
        if found.latitude is not None and found.longitude is not None:
            told["geo"] = {
                "@type": "GeoCoordinates",
                "latitude": found.latitude,
                "longitude": found.longitude,
            }
        return told

    def _words(self, text: Text) -> str:
        return words(text, self.language)

    def _at(self, at: Millis) -> str:
        """On the festival's wall with its offset: an instant, and what people there read."""
        wall = from_millis(at).astimezone(self.zone)
        return wall.isoformat(timespec="milliseconds" if at % 1000 else "seconds")


def _status(each: ProgrammeSlot) -> str:
    if each.dropped:
        return "EventCancelled"
    return "EventRescheduled" if each.previous else "EventScheduled"
