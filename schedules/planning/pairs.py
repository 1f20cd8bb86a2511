"""What stands in the way of windows together: on a surface, at a machine, by one person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, timedelta

from schedules.nights import night_time
from schedules.planning.conflict_model import Code, Conflict, Placed, Severity, Thing
from schedules.planning.conflict_words import reason
from schedules.planning.lanes import Lane, Lanes
from schedules.planning.limits import LimitBook, Span
from schedules.planning.places import Places
from schedules.planning.telling import Telling, conflict, length, paper
from show_control.model import Millis

_MOST_TOLD = 8
"""Windows that one is told to meet: who has more has no use for a longer list."""


class Pairs:
    """Judges one lane at a time."""

    def __init__(self, limits: LimitBook, lanes: Lanes) -> None:
        self.limits = limits
        self.lanes = lanes
        self.places = Places(limits, lanes)
        self.telling = Telling(limits.zone)

    def of(self, lane: Lane) -> Iterator[Conflict]:
        """All conflicts between the windows of a lane, and with what reaches over from the
        night before."""
        if lane.kind == "surface":
            apart = self.limits.on(lane.name, lane.night).changeover
            yield from self._swept(lane, apart, self._on_surface)
            yield from self._minutes(lane)
        elif lane.kind == "person":
            yield from self._swept(lane, 0, self._by_person)
        else:
            yield from self._swept(lane, 0, self._at_machine)

    def _swept(
        self,
        lane: Lane,
        apart: Millis,
        judge: Callable[[Lane, Placed, Placed], Conflict | None],
    ) -> Iterator[Conflict]:
        """Each window with those before it that have not ended, or not long enough ago."""
        active: list[Placed] = []
        for placed in self._in_order(lane, apart):
            starts = placed.window.starts
            active = [p for p in active if p.window.ends + apart > starts]
            for before in active[-_MOST_TOLD:]:
                if lane.night in (before.window.night, placed.window.night):
                    found = judge(lane, before, placed)
                    if found is not None:
                        yield found
            active.append(placed)

    def _in_order(self, lane: Lane, apart: Millis) -> list[Placed]:
        own = self.lanes.within(lane)
        if not own:
            return []
        first = own[0].window.starts
        over = [p for p in self.lanes.within(lane.on(-1)) if p.window.ends + apart > first]
        return sorted((*over, *own), key=lambda p: p.window.starts) if over else list(own)

    def _on_surface(self, lane: Lane, before: Placed, placed: Placed) -> Conflict | None:
        one, other = before.window, placed.window
        if one.overlaps(other):
            first = next(s for s in one.takes if s in other.takes)
            if one.programme != other.programme or first != lane.name:
                return None
            said = {"programme": other.programme}
            return self._met("overlap", "error", lane, before, placed, **said)
        if not self.lanes.stays(before) or not self.lanes.stays(placed):
            return None
        return self._met(
            "changeover",
            "warning",
            lane,
            before,
            placed,
            gap=length(other.starts - one.ends),
            needed=length(self.limits.on(lane.name, lane.night).changeover),
        )

    def _by_person(self, lane: Lane, before: Placed, placed: Placed) -> Conflict | None:
        if not self.lanes.stays(before) or not self.lanes.stays(placed):
            return None
        if not before.window.overlaps(placed.window):
            return None
        return self._met("needed_twice", "warning", lane, before, placed, person=lane.name)

    def _at_machine(self, lane: Lane, before: Placed, placed: Placed) -> Conflict | None:
        """On one surface it is an overlap, or displaced; here is what two surfaces want at once."""
        if not self.lanes.stays(before) or not self.lanes.stays(placed):
            return None
        one, other = before.window, placed.window
        if not one.overlaps(other) or not set(one.takes).isdisjoint(other.takes):
            return None
        return self._met(
            "claimed_twice",
            "error",
            lane,
            before,
            placed,
            claim=lane.name,
            other_surface=one.surface,
        )

    def _met(
        self,
        code: Code,
        severity: Severity,
        lane: Lane,
        before: Placed,
        placed: Placed,
        **values: object,
    ) -> Conflict:
        window, night = placed.window, placed.window.night
        surface = lane.name if lane.kind == "surface" else window.surface
        said = reason(
            code,
            slot=window.id,
            span=self.telling.span(placed, night),
            starts=self.telling.at(window.starts, night),
            other=before.window.id,
            other_span=self.telling.span(before, night),
            surface=surface,
            **values,
        )
        kind = "slot" if lane.kind == "surface" else lane.kind
        other = Thing(kind=kind, id=before.window.id if kind == "slot" else lane.name)
        way_out = self.places.elsewhere(placed)
        return conflict(code, severity, placed, surface, other, said, way_out, beside=before)

    def _minutes(self, lane: Lane) -> Iterator[Conflict]:
        """Windows that bring an hour by the clock over what is permitted; they are not counted on."""
        permits = self.limits.on(lane.name, lane.night).permits
        if permits.minutes_an_hour is None:
            return
        most = permits.minutes_an_hour * night_time.MINUTE
        used: dict[Millis, Millis] = {}
        for placed in self.lanes.within(lane):
            if not self.lanes.stays(placed):
                continue
            wanted = self._by_hour(placed)
            over = next((h for h, took in wanted.items() if used.get(h, 0) + took > most), None)
            if over is None:
                used |= {h: used.get(h, 0) + took for h, took in wanted.items()}
                continue
            night = lane.night
            said = reason(
                "picture_minutes",
                slot=placed.window.id,
                span=self.telling.span(placed, night),
                surface=lane.name,
                limit=permits.minutes_an_hour,
                hour=self.telling.at(over, night),
                paper=paper(permits),
            )
            other, way_out = (
                Thing(kind="permit", id=permits.paper or lane.name),
                self.places.drop(placed),
            )
            yield conflict("picture_minutes", "error", placed, lane.name, other, said, way_out)

    def _by_hour(self, placed: Placed) -> dict[Millis, Millis]:
        """How much of a window lies in each hour that the wall shows."""
        starts = night_time.from_millis(placed.window.starts).astimezone(self.limits.zone)
        into = timedelta(
            minutes=starts.minute, seconds=starts.second, microseconds=starts.microsecond
        )
        hour = night_time.millis(starts.astimezone(UTC) - into)
        found = {}
        while hour < placed.window.ends:
            span = Span(hour, hour + night_time.HOUR)
            begins = max(span.starts, placed.window.starts)
            found[hour] = min(span.ends, placed.window.ends) - begins
            hour = span.ends
        return found
