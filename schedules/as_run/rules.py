"""A night's entries to what became of its runs (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from schedules.as_run.model import RanCue, RanRun, RanStatus
from schedules.as_run.queries import AsRunEntry

STATUSES: dict[str, RanStatus] = {
    "waiting": "waiting",
    "stands_by": "standing by",
    "started": "running",
    "held": "holding",
    "cue_held": "holding",
    "ended": "ended",
    "lapsed": "lapsed",
    "skipped": "skipped",
    "displaced": "displaced",
}
"""The kinds that decide what a run is from then on."""
CALLS: dict[str, RanStatus] = {"hold": "holding", "resume": "running"}
KINDS = (*STATUSES, "call", "cue_went")
"""The kinds that `as_it_ran` reads."""
OVER = frozenset({"ended", "lapsed", "skipped"})
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def as_it_ran(entries: Iterable[AsRunEntry]) -> tuple[RanRun, ...]:
    """The runs in the order in which they came to be, from entries in their order.

    A displaced slot has no run: it is told under its slot's name.
    """
    runs: dict[str, RanRun] = {}
    for entry in entries:
        name = entry.run or (entry.slot if entry.kind == "displaced" else None)
        if name is None or entry.kind not in KINDS:
            continue
        before = runs.get(name) or _new(entry, name)
        runs[name] = _after(before, entry)
    return tuple(runs.values())


def _new(entry: AsRunEntry, name: str) -> RanRun:
    return RanRun(
        run=name,
        slot=entry.slot or name,
        surface=entry.surface,
        status=STATUSES.get(entry.kind, "waiting"),
        decided=(entry.player, entry.term, entry.seq),
    )


def _after(run: RanRun, entry: AsRunEntry) -> RanRun:
    if off := _routing(entry):
        run = msgspec.structs.replace(run, routing={**run.routing, **off})
    if entry.kind == "cue_went":
        return msgspec.structs.replace(run, cues=(*run.cues, _cue(entry)))
    if entry.kind == "call":
        run = _called(run, entry)
        status = CALLS.get(str(entry.data.get("call")))
    else:
        status = STATUSES[entry.kind]
    if status is None or (run.status in OVER and entry.kind == "call"):
        return run
    decided = (entry.player, entry.term, entry.seq)
    run = msgspec.structs.replace(run, status=status, reason=entry.reason, decided=decided)
    return _dated(run, entry)


def _called(run: RanRun, entry: AsRunEntry) -> RanRun:
    if entry.by_name is None or entry.by_name in run.callers:
        return run
    return msgspec.structs.replace(run, callers=(*run.callers, entry.by_name))


def _dated(run: RanRun, entry: AsRunEntry) -> RanRun:
    match entry.kind:
        case "stands_by" | "displaced":
            starts, ends = _instant(entry.data, "starts"), _instant(entry.data, "ends")
            run = msgspec.structs.replace(run, starts=starts, ends=ends)
            stood = run.stood_by_at or (entry.at if entry.kind == "stands_by" else None)
            return msgspec.structs.replace(run, stood_by_at=stood)
        case "started":
            return msgspec.structs.replace(run, started_at=run.started_at or entry.at)
        case "ended":
            return msgspec.structs.replace(run, ended_at=entry.at)
        case _:
            return run


def _cue(entry: AsRunEntry) -> RanCue:
    return RanCue(
        cue=entry.cue or "",
        name=entry.data.get("name") or {},
        at=entry.at,
        how=str(entry.data.get("how", "")),
        late=int(entry.data.get("late") or 0),
        by=entry.by_name,
        routing=_routing(entry),
    )


def _routing(entry: AsRunEntry) -> dict[str, str]:
    """The outputs of an entry that were off the wire."""
    found = entry.data.get("routing")
    return {str(o): str(to) for o, to in found.items()} if isinstance(found, dict) else {}


def _instant(data: dict[str, Any], key: str) -> datetime | None:
    found = data.get(key)
    return EPOCH + timedelta(milliseconds=found) if isinstance(found, int) else None
