"""What must hold of patterns and slots before any night is planned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schedules.catalogue.action_rules import clip_faults, no_clip
from schedules.catalogue.index import Index
from schedules.catalogue.machine_rules import can
from schedules.catalogue.model import Nights, Pattern, Slot, Starts
from schedules.faults import Fault
from schedules.nights.night_time import brief


def plan_faults(index: Index) -> Iterator[Fault]:
    """All faults of patterns and slots, each on its own."""
    for n, pattern in enumerate(index.festival.patterns):
        yield from _pattern(index, pattern, f"patterns[{n}]")
    patterns = {p.id: p for p in index.festival.patterns}
    for n, slot in enumerate(index.festival.slots):
        yield from _slot(index, slot, f"slots[{n}]")
        twin = patterns.get(slot.id)
        if twin is not None and slot.id and twin.passes > 1:
            yield Fault(
                f"slots[{n}].id",
                f'"{slot.id}" is a pattern too: its second performance and the'
                " pattern's second pass would have one name",
                "give the slot another id",
            )


def _pattern(index: Index, pattern: Pattern, path: str) -> Iterator[Fault]:
    yield from _both(index, pattern, path)
    if not pattern.works:
        yield Fault(f"{path}.works", "a pass of nothing", "name at least one work")
    yield from _works(index, pattern, path, window_needed=True)
    if pattern.passes > 1 and not pattern.every:
        yield Fault(
            f"{path}.every",
            f"{pattern.passes} passes at one time",
            'give the time from one to the next, such as "30m"',
        )
    if pattern.nights is not None:
        yield from _nights(index, pattern.nights, f"{path}.nights")


def _nights(index: Index, nights: Nights, path: str) -> Iterator[Fault]:
    if (nights.first is None) != (nights.last is None):
        yield Fault(path, "from and to belong together", "give both, or a list of dates")
    if nights.first and nights.last and nights.first > nights.last:
        yield Fault(f"{path}.to", f"{nights.last} is before {nights.first}", "turn them round")
    for n, night in enumerate(nights.dates):
        yield from _night(index, night, f"{path}[{n}]")


def _slot(index: Index, slot: Slot, path: str) -> Iterator[Fault]:
    yield from _both(index, slot, path)
    yield from _night(index, slot.night, f"{path}.night")
    if (slot.sequence is None) == (not slot.works):
        both = slot.sequence is not None
        yield Fault(
            f"{path}.works" if both else f"{path}.sequence",
            "a slot has sequence or works, not both" if both else "a slot of nothing",
            "give sequence or works",
        )
    if slot.duration == 0:
        yield Fault(
            f"{path}.duration", "a slot that lasts no time", 'write a length, such as "30m"'
        )
    if slot.duration is None and slot.sequence is not None:
        yield Fault(
            f"{path}.duration",
            "duration is missing: a sequence that waits for GOs has no length of its own",
            'give a length, such as "30m"',
        )
    yield from _works(index, slot, path, window_needed=slot.duration is None)


def _both(index: Index, made_by: Pattern | Slot, path: str) -> Iterator[Fault]:
    yield from _starts(index, made_by, path)
    if made_by.start == "manual" and made_by.meets != "wait":
        message = f'a manual slot waits for its GO, so that it cannot "{made_by.meets}"'
        yield Fault(f"{path}.meets", message, 'leave it out, or write start = "auto"')
    for n, shared in enumerate(made_by.shares):
        if shared == made_by.surface and shared:
            at = f"{path}.shares[{n}]"
            yield Fault(at, "a slot cannot share its own surface", "leave it out")
    on = made_by.surface
    if made_by.works and on in index.surfaces and not index.outputs_on(on):
        message = f"the surface {on} has no outputs to play on"
        yield Fault(f"{path}.surface", message, "give it one in [[outputs]]")
    for server in index.servers_on(on) if made_by.works else ():
        if not can(server, "play"):
            message = f"the server {server.id} has no message for play"
            yield Fault(f"{path}.surface", message, "give its messages.play")


def _works(
    index: Index, made_by: Pattern | Slot, path: str, *, window_needed: bool
) -> Iterator[Fault]:
    """Each work has a clip on the surface, and a length where something comes after it."""
    for n, name in enumerate(made_by.works):
        work, at = index.works.get(name), f"{path}.works[{n}]"
        if work is None:
            continue
        if made_by.surface in index.surfaces and made_by.surface not in work.clips:
            message = no_clip(name, made_by.surface)
            yield Fault(at, message, f"give clips.{made_by.surface} of the work")
        last = n == len(made_by.works) - 1
        if work.duration is None and (window_needed or not last):
            message = f"{name} has no duration, so no one knows when it ends"
            yield Fault(at, message, "give the work's duration")


def _starts(index: Index, made_by: Pattern | Slot, path: str) -> Iterator[Fault]:
    starts, at = made_by.starts, f"{path}.starts"
    if (starts.at is None) == (starts.sun is None):
        both = starts.at is not None
        yield Fault(
            f"{at}.sun" if both else f"{at}.at",
            "starts has at or sun, not both" if both else "no start",
            'write { at = "20:00" } or { sun = "sunset" }',
        )
    if starts.sun is None:
        yield from _without_sun(starts, at)
        return
    surface = index.surfaces.get(made_by.surface)
    venue = index.venues.get(surface.venue) if surface else None
    if venue and (venue.latitude is None or venue.longitude is None):
        yield Fault(
            f"{at}.sun",
            f"the venue {venue.id} has no position to see the sun from",
            "give its latitude and longitude",
        )
    first, last = starts.not_before, starts.not_after
    if first is not None and last is not None and last < first:
        message = f"{brief(last)} is before not_before, {brief(first)}"
        yield Fault(f"{at}.not_after", message, "turn them round")


def _without_sun(starts: Starts, at: str) -> Iterator[Fault]:
    for key in ("offset", "not_before", "not_after"):
        if getattr(starts, key):
            yield Fault(f"{at}.{key}", f"{key} belongs to sun", "leave it out")


def _night(index: Index, night: date, path: str) -> Iterator[Fault]:
    span = index.festival.festival.nights
    readable = date.min < span.first <= span.last
    if readable and not span.first <= night <= span.last:
        message = f"{night} is not a night of the festival"
        yield Fault(path, message, f"its nights are {span.first} to {span.last}")


def work_clip_faults(index: Index) -> Iterator[Fault]:
    """Each clip of a work is one that the servers of its surface can play."""
    for n, work in enumerate(index.festival.works):
        for surface, clip in work.clips.items():
            path = f"works[{n}].clips.{surface}"
            for server in index.servers_on(surface):
                yield from clip_faults(index, clip.at, server, path)
