"""The published programme, as every feed tells it."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from schedules.catalogue.model import Artist, Surface, Venue, Work
from show_control.model import Millis, NightFile, Text, words


class PublishedVersion(msgspec.Struct, frozen=True, kw_only=True):
    """A version with the instants that it was published with, which are never resolved anew."""

    number: int
    published_at: datetime
    night_file: NightFile


class ShownSlot(msgspec.Struct, frozen=True, kw_only=True):
    """A slot as one version has it. `works` are those that it plays, each once, in their order."""

    id: str
    night: date
    surface: str
    programme: str
    title: Text
    works: tuple[str, ...]
    starts: Millis
    ends: Millis


class ProgrammeSlot(msgspec.Struct, frozen=True, kw_only=True):
    """A slot with what became of it.

    `changed_in` is the version that last said anything else of it, of `changed_at`; `previous` are
    the starts that earlier versions gave it, oldest first; a dropped slot stands as it last was.
    """

    slot: ShownSlot
    changed_in: int
    changed_at: datetime
    previous: tuple[Millis, ...] = ()
    dropped: bool = False


class Programme(msgspec.Struct, frozen=True, kw_only=True):
    """What the newest version of a festival shows, and what became of what earlier ones did.

    `slots` are in the order of their starts. Works, artists, surfaces and venues are by id, and
    hold only those that a slot to come or past shows: what is not placed is nobody's to see.
    """

    festival: str
    kind: str
    title: Text
    theme: Text
    time_zone: str
    version: int
    published_at: datetime
    slots: tuple[ProgrammeSlot, ...]
    works: dict[str, Work]
    artists: dict[str, Artist]
    surfaces: dict[str, Surface]
    venues: dict[str, Venue]


def slot_title(programme: Programme, slot: ShownSlot) -> Text:
    """A slot's own title, else its works', else its id: in every language that any of them has."""
    if slot.title:
        return slot.title
    titles = [programme.works[w].title for w in slot.works if w in programme.works]
    titles = [title for title in titles if title]
    languages = dict.fromkeys(language for title in titles for language in title)
    joined = {each: " · ".join(words(title, each) for title in titles) for each in languages}
    return joined or {"und": slot.id}


def slot_uid(programme: Programme, slot: ShownSlot) -> str:
    """One name for a slot through all versions, and unlike any other festival's."""
    return f"{programme.festival}.{slot.night}.{slot.id}@lamplighter"
