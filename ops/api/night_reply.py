"""A night as the API tells it: each slot as planned, with the runs that it came to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Literal

import msgspec

from ops.instants import as_millis, as_text
from ops.services.retelling import NightHead, NightTold
from schedules.as_run.model import RanRun, RanStatus
from show_control.model import Displaced, Millis, Night, Slot, Text


class NightSummary(msgspec.Struct, frozen=True):
    """A night, and which version plans it; `recorded` where something of it is."""

    night: str
    festival: str | None
    title: Text
    time_zone: str | None
    version: int | None
    recorded: bool


class CueThatWent(msgspec.Struct, frozen=True):
    """A cue that went, how and by whom; `late` in milliseconds. `routing`: those of its outputs where it
    was rehearsed and not played, and where they were routed."""

    cue: str
    name: Text
    at: str
    how: str
    late: int
    by: str | None
    routing: dict[str, str]


class RunThatNight(msgspec.Struct, frozen=True):
    """One performance, as the record tells it; `callers` called it, in their order; `texts` say
    what gave it its status. `routing`: its outputs that were off the wire."""

    run: str
    status: RanStatus
    stood_by_at: str | None
    started_at: str | None
    ended_at: str | None
    callers: tuple[str, ...]
    reason: str | None
    texts: Text
    cues: tuple[CueThatWent, ...]
    routing: dict[str, str]


class SlotThatNight(msgspec.Struct, frozen=True, kw_only=True):
    """A slot as planned, and its runs. `planned` is false for one that ran by another version."""

    slot: str
    surface: str | None
    title: Text
    programme: Literal["base", "special"] | None
    start: Literal["auto", "manual"] | None
    starts: str | None
    ends: str | None
    planned: bool
    displaced_by: str | None
    runs: tuple[RunThatNight, ...]


class SurfaceThatNight(msgspec.Struct, frozen=True):
    """A surface, with its curfew that night."""

    surface: str
    title: Text
    kind: str
    curfew: str | None


class NightReply(msgspec.Struct, frozen=True):
    """A night as planned by the version of its time, and as it ran."""

    night: str
    festival: str | None
    title: Text
    time_zone: str
    version: int | None
    starts: str | None
    ends: str | None
    surfaces: tuple[SurfaceThatNight, ...]
    slots: tuple[SlotThatNight, ...]


def summary(head: NightHead) -> NightSummary:
    return NightSummary(
        night=head.night.isoformat(),
        festival=head.festival,
        title=head.title,
        time_zone=head.time_zone,
        version=head.version,
        recorded=head.recorded,
    )


def night_reply(told: NightTold, seen: Collection[str] | None) -> NightReply:
    """The night; of the surfaces `seen` alone, where not all may be."""
    file, planned = told.file, told.planned
    slots = [s for s in _slots(told) if seen is None or s.surface in seen]
    return NightReply(
        night=told.night.isoformat(),
        festival=file.festival if file else None,
        title=file.title if file else {},
        time_zone=file.time_zone if file else "UTC",
        version=file.version if file else None,
        starts=as_text(planned.starts) if planned else None,
        ends=as_text(planned.ends) if planned else None,
        surfaces=tuple(s for s in _surfaces(told) if seen is None or s.surface in seen),
        slots=tuple(sorted(slots, key=lambda s: (s.starts or "", s.slot))),
    )


def _surfaces(told: NightTold) -> list[SurfaceThatNight]:
    if told.file is None:
        return []
    curfews = told.planned.curfews if told.planned else {}
    return [
        SurfaceThatNight(one.id, one.title, one.kind, _text(curfews.get(one.id)))
        for one in told.file.surfaces.values()
    ]


def _slots(told: NightTold) -> list[SlotThatNight]:
    planned = told.planned or Night(date=told.night.isoformat(), starts=0, ends=0)
    runs: dict[str, tuple[RunThatNight, ...]] = {}
    for run in told.runs:
        if run.status != "displaced":
            runs[run.slot] = (*runs.get(run.slot, ()), _run(run, told.texts[run.run]))
    found = [_planned(slot, runs.pop(slot.id, ())) for slot in planned.slots]
    found += [_displaced(slot, runs.pop(slot.id, ())) for slot in planned.displaced]
    of = {run.run: run for run in told.runs}
    return found + [_unplanned(ran, [of[one.run] for one in ran]) for ran in runs.values()]


def _planned(slot: Slot, runs: tuple[RunThatNight, ...]) -> SlotThatNight:
    return SlotThatNight(
        slot=slot.id,
        surface=slot.surface,
        title=slot.title,
        programme=slot.programme,
        start=slot.start,
        starts=as_text(slot.starts),
        ends=as_text(slot.ends),
        planned=True,
        displaced_by=None,
        runs=runs,
    )


def _displaced(slot: Displaced, runs: tuple[RunThatNight, ...]) -> SlotThatNight:
    """It has no run, but where a version before let it begin."""
    return SlotThatNight(
        slot=slot.id,
        surface=slot.surface,
        title=slot.title,
        programme="base",
        start=None,
        starts=as_text(slot.starts),
        ends=as_text(slot.ends),
        planned=True,
        displaced_by=slot.by,
        runs=runs,
    )


def _unplanned(runs: tuple[RunThatNight, ...], ran: list[RanRun]) -> SlotThatNight:
    first = ran[0]
    starts, ends = first.starts or first.started_at, first.ends or ran[-1].ended_at
    return SlotThatNight(
        slot=first.slot,
        surface=first.surface,
        title={},
        programme=None,
        start=None,
        starts=_instant(starts),
        ends=_instant(ends),
        planned=False,
        displaced_by=None,
        runs=runs,
    )


def _run(run: RanRun, texts: Text) -> RunThatNight:
    return RunThatNight(
        run=run.run,
        status=run.status,
        stood_by_at=_instant(run.stood_by_at),
        started_at=_instant(run.started_at),
        ended_at=_instant(run.ended_at),
        callers=run.callers,
        reason=run.reason,
        texts=texts,
        cues=tuple(
            CueThatWent(c.cue, c.name, as_text(as_millis(c.at)), c.how, c.late, c.by, c.routing)
            for c in run.cues
        ),
        routing=run.routing,
    )


def _instant(at: datetime | None) -> str | None:
    return None if at is None else as_text(as_millis(at))


def _text(at: Millis | None) -> str | None:
    return None if at is None else as_text(at)
