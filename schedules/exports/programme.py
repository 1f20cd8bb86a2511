"""The programme of a festival out of all its published versions (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

import msgspec

from schedules import festival_file
from schedules.catalogue.model import Festival, Surface, Work
from schedules.exports.model import Programme, ProgrammeSlot, PublishedVersion, ShownSlot
from schedules.faults import FestivalFaults
from schedules.nights.night_time import from_millis
from show_control.model import NightFile, Slot

Key = tuple[date, str]


def programme_of(versions: Sequence[PublishedVersion], document: str) -> Programme:
    """All versions of a festival, the oldest first, and the newest one's festival file.

    A file that another Lamplighter or another data folder's dialects published is read as far as
    it can be here: its slots stand in any case.
    """
    newest = versions[-1]
    slots = sorted(_slots(versions), key=lambda s: (s.slot.starts, s.slot.surface, s.slot.id))
    said = _read(document)
    works = _works_shown(said, slots)
    makers = {a for work in works.values() for a in work.artists}
    places = _places_shown(said, slots)
    venues = {surface.venue for surface in places.values()}
    return Programme(
        festival=newest.night_file.festival,
        kind=said.festival.kind if said else "festival",
        title=newest.night_file.title or {"und": newest.night_file.festival},
        theme=said.festival.theme if said else {},
        time_zone=newest.night_file.time_zone,
        version=newest.number,
        published_at=newest.published_at,
        slots=tuple(slots),
        works=works,
        artists={a.id: a for a in said.artists if a.id in makers} if said else {},
        surfaces=places,
        venues={v.id: v for v in said.venues if v.id in venues} if said else {},
    )


def _works_shown(said: Festival | None, slots: Iterable[ProgrammeSlot]) -> dict[str, Work]:
    """Those that a slot still plays, in the order of the programme, with the makers that are named."""
    if said is None:
        return {}
    named, works = {a.id for a in said.artists}, {w.id: w for w in said.works}
    played = dict.fromkeys(w for each in slots if not each.dropped for w in each.slot.works)
    return {
        w: msgspec.structs.replace(
            works[w], artists=tuple(a for a in works[w].artists if a in named)
        )
        for w in played
        if w in works
    }


def _places_shown(said: Festival | None, slots: Iterable[ProgrammeSlot]) -> dict[str, Surface]:
    if said is None:
        return {}
    venues, surfaces = {v.id for v in said.venues}, {s.id: s for s in said.surfaces}
    taken = dict.fromkeys(each.slot.surface for each in slots)
    return {i: surfaces[i] for i in taken if i in surfaces and surfaces[i].venue in venues}


def _read(document: str) -> Festival | None:
    try:
        festival, _ = festival_file.read(document)
    except FestivalFaults:
        return None
    # What has no head is no festival's file.
    return festival if isinstance(getattr(festival, "festival", None), msgspec.Struct) else None


def _slots(versions: Iterable[PublishedVersion]) -> list[ProgrammeSlot]:
    """What became of every slot that any version had."""
    found: dict[Key, ProgrammeSlot] = {}
    for version in versions:
        shown = {(s.night, s.id): s for s in _shown(version.night_file)}
        for key in [*found, *(k for k in shown if k not in found)]:
            found[key] = _became(found.get(key), shown.get(key), version)
    return list(found.values())


def _became(
    was: ProgrammeSlot | None, now: ShownSlot | None, version: PublishedVersion
) -> ProgrammeSlot:
    number, at = version.number, version.published_at
    if was is None:
        assert now is not None, "a key is an earlier version's or this one's"
        return ProgrammeSlot(slot=now, changed_in=number, changed_at=at)
    if now is None:
        if was.dropped or _over(was.slot, at):  # a version plans no past
            return was
        return msgspec.structs.replace(was, dropped=True, changed_in=number, changed_at=at)
    if now == was.slot and not was.dropped:
        return was
    previous = was.previous
    if now.starts != was.slot.starts:
        previous = (*previous, was.slot.starts)
    return ProgrammeSlot(slot=now, changed_in=number, changed_at=at, previous=previous)


def _over(slot: ShownSlot, at: datetime) -> bool:
    return from_millis(slot.ends) <= at


def _shown(night_file: NightFile) -> Iterator[ShownSlot]:
    works: dict[str, tuple[str, ...]] = {}
    for night in night_file.nights:
        for slot in night.slots:
            if slot.sequence not in works:
                works[slot.sequence] = _works(night_file, slot.sequence)
            yield _slot(slot, works[slot.sequence])


def _slot(slot: Slot, works: tuple[str, ...]) -> ShownSlot:
    return ShownSlot(
        id=slot.id,
        night=date.fromisoformat(slot.night),
        surface=slot.surface,
        programme=slot.programme,
        title=slot.title,
        works=works,
        starts=slot.starts,
        ends=slot.ends,
    )


def _works(night_file: NightFile, sequence: str) -> tuple[str, ...]:
    """The works that a sequence plays, and those of the sequences that it starts."""
    found: dict[str, None] = {}
    ahead, seen = [sequence], set[str]()
    while ahead:
        key = ahead.pop(0)
        if key in seen or key not in night_file.sequences:
            continue
        seen.add(key)
        for cue in night_file.sequences[key].cues:
            if not cue.skip:
                plays = (a for a in cue.do if a.kind == "play")
                found |= dict.fromkeys(a.work for a in plays if a.work is not None)
                ahead += [a.sequence for a in cue.do if a.kind == "start" and a.sequence]
    return tuple(found)
