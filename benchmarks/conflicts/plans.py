"""Large plans: some surfaces, some nights, so many passes each."""

from __future__ import annotations

from datetime import date

from schedules.catalogue.machines import Output, Server
from schedules.catalogue.model import (
    Clip,
    DateSpan,
    Festival,
    Head,
    NightSpan,
    Pattern,
    Permits,
    Starts,
    Surface,
    Venue,
    Work,
)
from schedules.nights.night_time import HOUR, MINUTE


def plan_of(count: int, nights: tuple[date, date], passes: int, every: int) -> Festival:
    """Passes of 20 minutes, `every` so many minutes, on surfaces with hours and permits."""
    ids = [f"surface-{n}" for n in range(count)]
    first, last = nights
    return Festival(
        format=1,
        festival=Head(
            id="large",
            kind="festival",
            title={"en": "Large"},
            time_zone="Europe/Berlin",
            night_ends=6 * HOUR,
            nights=DateSpan(first=first, last=last),
        ),
        venues=(Venue(id="hall"),),
        surfaces=tuple(map(_surface, ids)),
        servers=(Server(id="one", dialect="resolume", main="udp://127.0.0.1:7000"),),
        outputs=tuple(
            Output(id=f"output-{n}", server="one", surface=s, params={"layer": n + 1})
            for n, s in enumerate(ids)
        ),
        works=(Work(id="rain", duration=20 * MINUTE, clips={s: Clip(at=1) for s in ids}),),
        patterns=tuple(
            Pattern(
                id=f"loop-{n}",
                surface=s,
                starts=Starts(at=19 * HOUR),
                every=every * MINUTE,
                passes=passes,
                works=("rain",),
            )
            for n, s in enumerate(ids)
        ),
    )


def _surface(name: str) -> Surface:
    permits = Permits(light=NightSpan(first=17 * HOUR, last=26 * HOUR), minutes_an_hour=60)
    return Surface(
        id=name,
        venue="hall",
        opening=18 * HOUR,
        curfew=25 * HOUR,
        changeover=10_000,
        permits=permits,
    )
