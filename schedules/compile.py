"""A festival to the night file that the player holds (pure).

What is left open in the file is settled here: outputs by name, clips by surface, lengths
of cues, night times as instants. Nothing is guessed: planning has told all faults before.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import msgspec

from schedules.catalogue.index import Index
from schedules.catalogue.model import Festival
from schedules.catalogue.notices import notices
from schedules.compile_parts import Compiler
from schedules.faults import Fault, FestivalFaults
from schedules.planning.findings import Findings
from schedules.planning.model import Displacement, PlannedNight, Window
from schedules.planning.plan import plan
from show_control import model as night_model


class Compiled(msgspec.Struct, frozen=True, kw_only=True):
    """A night file, and what the check says about it."""

    night_file: night_model.NightFile
    notices: tuple[Fault, ...] = ()


def compile_nights(
    festival: Festival,
    *,
    version: int | None = None,
    nights: Collection[date] | None = None,
) -> Compiled:
    """Plan a decoded festival and compile its nights, all of them or those named.

    Every night is planned, whichever are named: raises FestivalFaults with all that
    planning finds.
    """
    index, findings = Index(festival), Findings()
    planned = plan(index, findings)
    faults = [*findings.told("fault"), *_not_there(planned, nights)]
    if faults:
        raise FestivalFaults(faults)
    wanted = [n for n in planned if nights is None or n.night in nights]
    return Compiled(
        night_file=_night_file(index, wanted, version),
        notices=(*notices(index), *findings.told("notice")),
    )


def _not_there(planned: tuple[PlannedNight, ...], nights: Collection[date] | None) -> list[Fault]:
    known = {n.night for n in planned}
    span = f"its nights are {min(known)} to {max(known)}" if known else "it has no nights"
    return [
        Fault("festival.nights", f"{night} is not a night of the festival", span)
        for night in sorted(set(nights or ()) - known)
    ]


def _night_file(
    index: Index, nights: list[PlannedNight], version: int | None
) -> night_model.NightFile:
    compiler = Compiler(index)
    head = index.festival.festival
    keys = dict.fromkeys(w.sequence for n in nights for w in n.windows)
    for key in [k for k in keys if k in index.sequences]:
        keys |= dict.fromkeys(s.id for s in index.named(index.sequences[key].cues))
    return night_model.NightFile(
        festival=head.id,
        time_zone=head.time_zone,
        title=head.title,
        version=version,
        servers={s.id: compiler.server(s) for s in index.festival.servers},
        outputs={o.id: compiler.output(o) for o in index.festival.outputs},
        timecodes={t.id: compiler.timecode(t) for t in index.festival.timecodes},
        surfaces={s.id: compiler.surface(s) for s in index.festival.surfaces},
        sequences={key: compiler.sequence(key) for key in keys},
        works={w.id: w.title for w in index.festival.works},
        nights=tuple(map(_night, nights)),
    )


def _night(planned: PlannedNight) -> night_model.Night:
    return night_model.Night(
        date=planned.night.isoformat(),
        starts=planned.starts,
        ends=planned.ends,
        curfews=planned.curfews,
        slots=tuple(map(_slot, planned.windows)),
        displaced=tuple(map(_displaced, planned.displaced)),
    )


def _slot(window: Window) -> night_model.Slot:
    return night_model.Slot(
        id=window.id,
        night=window.night.isoformat(),
        surface=window.surface,
        sequence=window.sequence,
        starts=window.starts,
        ends=window.ends,
        title=window.title,
        programme=window.programme,
        start=window.start,
        meets=window.meets,
        latest_start=window.latest_start,
        outputs=window.drives,
    )


def _displaced(displacement: Displacement) -> night_model.Displaced:
    window = displacement.window
    return night_model.Displaced(
        id=window.id,
        night=window.night.isoformat(),
        surface=window.surface,
        starts=window.starts,
        ends=window.ends,
        by=displacement.by.id,
        title=window.title,
    )
