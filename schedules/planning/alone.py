"""What stands in the way of a window by itself: its night, its surface, its works, its people."""

from __future__ import annotations

from collections.abc import Iterator

from schedules.catalogue.model import Work
from schedules.planning.conflict_model import Conflict, Placed, Severity, Thing
from schedules.planning.conflict_words import reason
from schedules.planning.facts import Facts
from schedules.planning.lanes import Lanes
from schedules.planning.limits import LimitBook
from schedules.planning.on_surface import OnSurface
from schedules.planning.telling import conflict, length
from schedules.planning.verdicts import Verdicts


class Alone:
    """Judges windows one at a time."""

    def __init__(self, limits: LimitBook, lanes: Lanes) -> None:
        self.limits = limits
        self.lanes = lanes
        self.say = Verdicts(limits, lanes)
        self.on_surface = OnSurface(self.say)

    def of(self, placed: Placed) -> Iterator[Conflict]:
        """All conflicts of one window; of a displaced one, only that it is."""
        by = self.lanes.displaced.get(placed.key)
        if by is not None:
            yield self._displaced(placed, by)
            return
        facts = self.lanes.facts.of(placed.window.path)
        works = tuple(w for w in facts.works if w.id not in placed.left_out)
        yield from self._night(placed)
        for surface in placed.window.takes:
            shown = tuple(w for w in works if (w.id, surface) in facts.played)
            yield from self.on_surface.of(placed, surface, shown)
        for work in works:
            yield from self._rights(placed, work, [s for w, s in facts.played if w == work.id])
        yield from self._people(placed, facts)
        yield from self._contents(placed, facts, works)
        yield from self._latest_start(placed)

    def _displaced(self, placed: Placed, by: Placed) -> Conflict:
        night = placed.window.night
        surface = next(s for s in placed.window.takes if s in by.window.takes)
        said = reason(
            "displaced",
            slot=placed.window.id,
            span=self.say.span(placed),
            other=by.window.id,
            other_span=self.say.telling.span(by, night),
        )
        way_out, other = self.say.places.elsewhere(placed), Thing(kind="slot", id=by.window.id)
        return conflict("displaced", "notice", placed, surface, other, said, way_out, beside=by)

    def _night(self, placed: Placed) -> Iterator[Conflict]:
        window = placed.window
        night = self.limits.night(window.night)
        if not night.holds(window.starts, window.ends):
            limit = self.say.telling.span(night, window.night)
            other = Thing(kind="night", id=str(window.night))
            yield self.say.told("outside_night", placed, window.surface, other, limit=limit)

    def _rights(self, placed: Placed, work: Work, surfaces: list[str]) -> Iterator[Conflict]:
        """What is not known is no conflict."""
        if work.rights is None:
            return
        window, span, other = placed.window, work.rights.window, Thing(kind="work", id=work.id)
        way_out = self.say.places.without(placed, work.id)
        if span is not None and not span.first <= window.night <= span.last:
            yield self.say.told(
                "rights_window",
                placed,
                window.surface,
                other,
                way_out=way_out,
                work=work.id,
                first=span.first,
                last=span.last,
                night=window.night,
            )
        allowed = work.rights.surfaces
        for surface in surfaces:
            if allowed and surface not in allowed:
                yield self.say.told(
                    "rights_surface",
                    placed,
                    surface,
                    other,
                    way_out=way_out,
                    work=work.id,
                    surfaces=", ".join(allowed),
                )

    def _people(self, placed: Placed, facts: Facts) -> Iterator[Conflict]:
        window = placed.window
        for person in facts.needs:
            there = self.limits.there(person, window.night)
            if there is not None and not any(s.holds(window.starts, window.ends) for s in there):
                other = Thing(kind="person", id=person)
                yield self.say.told("away", placed, window.surface, other, person=person)

    def _contents(
        self, placed: Placed, facts: Facts, works: tuple[Work, ...]
    ) -> Iterator[Conflict]:
        if facts.missing or facts.idle:
            yield self._of_sequence(placed, facts)
        for work, surface in facts.unfit:
            if any(w.id == work for w in works):
                yield self.say.told(
                    "sequence_unfit",
                    placed,
                    placed.window.surface,
                    Thing(kind="work", id=work),
                    way_out=self.say.places.without(placed, work),
                    work=work,
                    unfit=surface,
                )
        if facts.length is not None and not placed.left_out and facts.length > placed.length:
            yield self._too_long(placed, facts)

    def _of_sequence(self, placed: Placed, facts: Facts) -> Conflict:
        """One that is not there, or that drives other surfaces than its slot's."""
        surface, name = placed.window.surface, facts.sequence or ""
        other, way_out = Thing(kind="sequence", id=name), self.say.places.drop(placed)
        why, slot = "sequence_missing" if facts.missing else "sequence_idle", placed.window.id
        said = reason(why, slot=slot, surface=surface, sequence=name)
        if facts.missing:
            return conflict("sequence_missing", "error", placed, surface, other, said, way_out)
        return conflict("sequence_unfit", "warning", placed, surface, other, said, way_out)

    def _too_long(self, placed: Placed, facts: Facts) -> Conflict:
        """Works are cut by their slot's end; a sequence called by hand is not, and only warned of."""
        window, needed = placed.window, facts.length or 0
        what = facts.sequence or ", ".join(w.id for w in facts.works)
        other = Thing(kind="sequence" if facts.sequence else "work", id=what)
        severity: Severity = "error" if facts.listed or window.start == "auto" else "warning"
        way_out = self.say.places.longer(placed, window.starts + needed)
        return self.say.told(
            "too_long",
            placed,
            window.surface,
            other,
            severity,
            way_out=way_out,
            what=what,
            length=length(needed),
        )

    def _latest_start(self, placed: Placed) -> Iterator[Conflict]:
        window, latest = placed.window, placed.window.latest_start
        if latest is None:
            return
        limit, other = self.say.at(placed, latest), Thing(kind="latest start", id=window.id)
        if latest < window.starts:
            way_out = self.say.places.edit("start_by", placed, window.starts)
            yield self.say.told(
                "latest_start", placed, window.surface, other, way_out=way_out, limit=limit
            )
            return
        for surface in window.takes:
            curfew = self.limits.on(surface, window.night).curfew
            if curfew is not None and window.ends <= curfew < latest + placed.length:
                said = reason(
                    "latest_start_curfew",
                    slot=window.id,
                    limit=limit,
                    surface=surface,
                    curfew=self.say.at(placed, curfew),
                )
                way_out = self.say.places.edit("start_by", placed, curfew - placed.length)
                yield conflict("latest_start", "warning", placed, surface, other, said, way_out)
