"""What stands in the way of a window on a surface: its hours, its closures, its permits."""

from __future__ import annotations

from collections.abc import Iterator

from schedules.catalogue.model import Work
from schedules.planning.conflict_model import Code, Conflict, Placed, Thing
from schedules.planning.limits import Limits
from schedules.planning.telling import paper
from schedules.planning.verdicts import Verdicts


class OnSurface:
    """Judges a window on one of the surfaces that it takes."""

    def __init__(self, say: Verdicts) -> None:
        self.say = say

    def of(self, placed: Placed, surface: str, works: tuple[Work, ...]) -> Iterator[Conflict]:
        """`works` are those that it plays there."""
        on = self.say.limits.on(surface, placed.window.night)
        yield from self._hours(placed, surface, on)
        yield from self._permits(placed, surface, on, works)

    def _hours(self, placed: Placed, surface: str, on: Limits) -> Iterator[Conflict]:
        window = placed.window
        if on.opening is not None and window.starts < on.opening:
            limit, other = self.say.at(placed, on.opening), Thing(kind="opening", id=surface)
            yield self.say.told("opening", placed, surface, other, "warning", limit=limit)
        for span, closure in on.closures:
            if span.meets(window.starts, window.ends):
                limit = self.say.telling.span(span, window.night)
                why = {language: f" ({text})" for language, text in closure.reason.items()}
                other = Thing(kind="closure", id=surface)
                yield self.say.told("closed", placed, surface, other, limit=limit, why=why)
        if on.curfew is not None and window.ends > on.curfew:
            way_out = self.say.places.within(placed, on.curfew)
            limit, other = self.say.at(placed, on.curfew), Thing(kind="curfew", id=surface)
            yield self.say.told("curfew", placed, surface, other, way_out=way_out, limit=limit)

    def _permits(
        self, placed: Placed, surface: str, on: Limits, works: tuple[Work, ...]
    ) -> Iterator[Conflict]:
        window = placed.window
        if on.light is not None and not on.light.holds(window.starts, window.ends):
            early = window.starts < on.light.starts
            yield self.say.told(
                "light_hours",
                placed,
                surface,
                _permit(on, surface),
                way_out=None if early else self.say.places.within(placed, on.light.ends),
                limit=self.say.telling.span(on.light, window.night),
                paper=paper(on.permits),
            )
        loud = next((work.id for work in works if work.sound), None)
        if loud and on.sound is not None and not on.sound.holds(window.starts, window.ends):
            yield self.say.told(
                "sound_hours",
                placed,
                surface,
                _permit(on, surface),
                limit=self.say.telling.span(on.sound, window.night),
                work=loud,
                paper=paper(on.permits),
            )
        for work in works:
            yield from self._picture(placed, surface, on, work)

    def _picture(self, placed: Placed, surface: str, on: Limits, work: Work) -> Iterator[Conflict]:
        limit, value = on.permits.luminance, work.luminance
        if limit is not None and value is not None and value > limit:
            yield self._of_work("luminance", placed, surface, on, work, value=value, limit=limit)
        if on.permits.advertising is False and work.advertising:
            yield self._of_work("advertising", placed, surface, on, work)

    def _of_work(
        self,
        code: Code,
        placed: Placed,
        surface: str,
        on: Limits,
        work: Work,
        *,
        value: float = 0,
        limit: float = 0,
    ) -> Conflict:
        """A work that the permits of its surface do not allow."""
        return self.say.told(
            code,
            placed,
            surface,
            Thing(kind="work", id=work.id),
            way_out=self.say.places.without(placed, work.id),
            work=work.id,
            paper=paper(on.permits),
            value=f"{value:g}",
            limit=f"{limit:g}",
        )


def _permit(on: Limits, surface: str) -> Thing:
    return Thing(kind="permit", id=on.permits.paper or surface)
