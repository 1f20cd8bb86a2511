"""The windows that patterns and slots make on one night, before they meet each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from schedules.catalogue.index import Index
from schedules.catalogue.model import Pattern, Slot, Starts
from schedules.faults import Wrong
from schedules.nights import night_time, sun
from schedules.planning import starting
from schedules.planning.dates import makes_slots
from schedules.planning.findings import Findings
from schedules.planning.model import Window
from show_control.model import Millis


class Planner:
    """Makes windows of one festival; what it cannot make it tells to `findings`.

    `leave_out` has the paths of patterns and slots that could not be read well enough.
    """

    def __init__(
        self, index: Index, findings: Findings, leave_out: frozenset[str] = frozenset()
    ) -> None:
        self.index = index
        self.festival = index.festival
        self.findings = findings
        self.leave_out = leave_out
        self.zone = ZoneInfo(index.festival.festival.time_zone)

    def windows(self, night: date) -> list[Window]:
        """All windows of a night, in the order of the file."""
        made: list[Window] = []
        for n, pattern in enumerate(self.festival.patterns):
            path = f"patterns[{n}]"
            if path not in self.leave_out and makes_slots(pattern, night):
                made += self._passes(pattern, night, path)
        for n, slot in enumerate(self.festival.slots):
            path = f"slots[{n}]"
            if path not in self.leave_out and slot.night == night:
                made += self._slot(slot, path)
        return made

    def wall(self, at: int, night: date, path: str) -> Millis:
        """A night time resolved; where the zone removes it, that is said."""
        resolved = night_time.resolve(night, at, self.zone)
        if resolved.moved:
            then = night_time.of_night(resolved.instant, night, self.zone)
            self.findings.notice(
                night,
                path,
                f"there is no {night_time.brief(at)} on the wall in {self.zone.key}:"
                f" it becomes {night_time.brief(then)}",
            )
        return night_time.millis(resolved.instant)

    def _passes(self, pattern: Pattern, night: date, path: str) -> Iterator[Window]:
        first = self._starts(pattern.starts, pattern.surface, night, f"{path}.starts")
        length = self.index.works_length(pattern.works, pattern.surface)
        if first is None or length is None:
            return
        for n in range(pattern.passes):
            starts = first + n * (pattern.every or 0)
            yield self._window(
                pattern,
                night,
                path,
                name=f"{pattern.id}.{n + 1}",
                starts=starts,
                ends=starts + length,
                sequence=f"pattern:{pattern.id}",
                title=pattern.title,
            )

    def _slot(self, slot: Slot, path: str) -> Iterator[Window]:
        starts = self._starts(slot.starts, slot.surface, slot.night, f"{path}.starts")
        length = slot.duration
        if length is None:
            length = self.index.works_length(slot.works, slot.surface)
        if starts is None or not length:
            return
        sequence = self.index.sequences.get(slot.sequence or "")
        yield self._window(
            slot,
            slot.night,
            path,
            name=slot.id,
            starts=starts,
            ends=starts + length,
            sequence=slot.sequence or f"slot:{slot.id}",
            title=slot.title or (sequence.title if sequence else {}),
        )

    def _window(
        self,
        made_by: Pattern | Slot,
        night: date,
        path: str,
        *,
        name: str,
        starts: Millis,
        ends: Millis,
        sequence: str,
        title: dict[str, str],
    ) -> Window:
        driven = self.index.by_surface(self._driven(made_by))
        own = {k: v for k, v in driven.items() if k not in made_by.shares}
        return Window(
            path=path,
            id=name,
            night=night,
            surface=made_by.surface,
            programme=made_by.programme,
            start=made_by.start,
            meets=made_by.meets,
            starts=starts,
            ends=ends,
            latest_start=self._latest_start(made_by, night, path, starts),
            sequence=sequence,
            title=title,
            drives=tuple(output for outputs in own.values() for output in outputs),
            takes=tuple(dict.fromkeys((made_by.surface, *own))),
        )

    def _latest_start(
        self, made_by: Pattern | Slot, night: date, path: str, starts: Millis
    ) -> Millis | None:
        """A slot's, resolved; one before its start is told."""
        at = made_by.latest_start if isinstance(made_by, Slot) else None
        if at is None:
            return None
        latest = self.wall(at, night, f"{path}.latest_start")
        if latest < starts:
            first = night_time.of_night(night_time.from_millis(starts), night, self.zone)
            message = f"{night_time.brief(at)} is before it starts, {night_time.brief(first)}"
            self.findings.fault(
                night, f"{path}.latest_start", message, "write its start or a later time"
            )
        return latest

    def _driven(self, made_by: Pattern | Slot) -> tuple[str, ...]:
        if isinstance(made_by, Slot) and made_by.sequence:
            sequence = self.index.sequences.get(made_by.sequence)
            return self.index.driven(sequence.cues) if sequence else ()
        return self.index.outputs_on(made_by.surface)

    def _starts(self, starts: Starts, surface: str, night: date, path: str) -> Millis | None:
        """Resolved, or None where there is no such instant, which is told."""
        if starts.at is not None:
            return self.wall(starts.at, night, f"{path}.at")
        position = self._position(surface)
        if starts.sun is None or position is None:
            return None  # told with the file
        try:
            instant = starting.resolve(starts, night, self.zone, position).instant
        except Wrong as wrong:
            self.findings.fault(night, path, wrong.message, wrong.right)
            return None
        return night_time.millis(instant)

    def fixed(self, starts: Starts, surface: str, night: date) -> Starts:
        """The night time that a start means on one night."""
        instant = self._starts(starts, surface, night, "starts")
        if starts.at is not None or instant is None:
            return starts
        at = night_time.of_night(night_time.from_millis(instant), night, self.zone)
        return Starts(at=at)

    def _position(self, surface: str) -> sun.Position | None:
        on = self.index.surfaces.get(surface)
        venue = self.index.venues.get(on.venue) if on else None
        if venue is None or venue.latitude is None or venue.longitude is None:
            return None
        return sun.Position(venue.latitude, venue.longitude)
