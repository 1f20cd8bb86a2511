"""The cue sheet as it ran: one line for each entry that a caller would want to read back.

Rehearsal, `lamplighter journal show`, console and page print the same lines.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from show_control.documents import LineView
from show_control.entries import NEEDLESS, Entry
from show_control.model import Millis, words
from show_control.timing import night_time


def line(entry: Entry, time_zone: str) -> LineView | None:
    """An entry's line; None for what the sheet does not tell (packets, evidence, state)."""
    tell = TOLD.get(entry.kind)
    told = tell(entry) if tell is not None else None
    if told is None:
        return None
    return LineView(
        at=entry.at,
        night_time=night_time(entry.at, entry.night, time_zone),
        kind=entry.kind,
        surface=entry.surface,
        slot=entry.slot,
        run=entry.run,
        cue=entry.cue,
        text=told,
        texts={"en": told},
        by=entry.by,
    )


def text(view: LineView) -> str:
    """A line as it is printed: `20:05:00.000  facade  opening-ceremony  2  Water loop  GO  clip 1 -> ...`."""
    columns = (view.night_time, view.surface, view.slot or view.run, view.cue, view.text)
    return "  ".join(c for c in columns if c)


def does(actions: list[dict[str, Any]]) -> str:
    """A cue's actions in words: `clip 1 -> facade-west, facade-east; stop over 2s -> laser`."""
    return "; ".join(f"{_deed(a)} -> {', '.join(a['outputs'])}" for a in actions)


def _deed(action: dict[str, Any]) -> str:
    match action["kind"]:
        case "play":
            name = action.get("clip_name")
            deed = f"clip {action['clip']}" + (f" {name}" if name else "")
        case "level":
            deed = f"level {action['value']:g}"
        case kind:
            deed = str(kind)
    fade = action.get("fade", 0)
    return f"{deed} over {lasting(fade)}" if fade else deed


def lasting(millis: Millis) -> str:
    """A length of time as the festival file writes it: `90s`, `1h30m`, `2500ms`."""
    if millis % 1000:
        return f"{millis}ms"
    hours, rest = divmod(millis // 1000, 3600)
    minutes, seconds = divmod(rest, 60)
    parts = [f"{n}{unit}" for n, unit in ((hours, "h"), (minutes, "m"), (seconds, "s")) if n]
    return "".join(parts) or "0s"


def _went(entry: Entry) -> str:
    late = f"late {lasting(entry.data['late'])}" if entry.data.get("late") else ""
    name = words(entry.data.get("name", {}))
    return "  ".join(
        p for p in (name, entry.data["how"], late, does(entry.data.get("do", []))) if p
    )


def _reason(what: str) -> Callable[[Entry], str]:
    def tell(entry: Entry) -> str:
        return f"{what}: {entry.reason}" if entry.reason else what

    return tell


def _called(entry: Entry) -> str | None:
    if entry.data["call"] == "go":
        return None  # the cue's own line says it
    if entry.data["call"] in CONTROL:
        return CONTROL[entry.data["call"]](entry)
    parts = [str(entry.data["call"]).replace("_", " "), entry.output or ""]
    if entry.by:
        parts.append(f"by {entry.by}")
    said = " ".join(p for p in parts if p)
    return f"{said}: {entry.reason}" if entry.reason else said


def _asked(entry: Entry) -> str:
    holder = entry.data["holder"]
    return f"{entry.by} asks {holder} for control" if holder else f"{entry.by} takes control"


def _took_over(entry: Entry) -> str:
    holder = entry.data["holder"]
    return f"{entry.by} takes {f'over control from {holder}' if holder else 'control'}"


def _handed_back(entry: Entry) -> str:
    to = entry.data["to"]
    return f"{entry.by} hands control to {to}" if to else f"{entry.by} lets go of control"


CONTROL: dict[str, Callable[[Entry], str]] = {
    "ask": _asked,
    "take_over": _took_over,
    "hand_back": _handed_back,
}


def _note(entry: Entry) -> str:
    by = f" by {entry.by}" if entry.by else ""
    return f"note{by}: {' '.join((entry.reason or '').split())}"


def _refused(entry: Entry) -> str:
    return f"{str(entry.data['call']).replace('_', ' ')} refused{f', {entry.by}' if entry.by else ''}: {entry.reason}"


def _not_sent(entry: Entry) -> str:
    return f"not sent: {entry.reason}: {does([entry.data['action'] | {'outputs': [entry.output]}])}"


def _result(entry: Entry) -> str | None:
    """What could not be sent at all; what a newer send or an answer made needless is not told."""
    sides = {str(entry.data.get(side, "")) for side in ("main", "backup")} - {""}
    if not sides or not all(s.startswith("not sent") for s in sides) or sides & NEEDLESS:
        return None
    return f"{entry.output} {'; '.join(sorted(sides))}"


TOLD: dict[str, Callable[[Entry], str | None]] = {
    "displaced": lambda e: e.reason,
    "stands_by": lambda _: "stands by",
    "ended": _reason("ends"),
    "lapsed": _reason("lapsed"),
    "skipped": _reason("skipped"),
    "waiting": _reason("waits"),
    "held": _reason("held"),
    "call": _called,
    "refused": _refused,
    "note": _note,
    "cue_went": _went,
    "cue_passed": _reason("passed"),
    "cue_dropped": _reason("dropped"),
    "cue_skipped": _reason("skipped"),
    "cue_held": _reason("held"),
    "not_sent": _not_sent,
    "result": _result,
    "curfew": lambda _: "curfew",
    "hazard_end": lambda e: f"{', '.join(e.data['outputs'])} dark: {e.reason}",
    "alarm": lambda e: None if e.data.get("cleared") else f"alarm: {e.reason}",
}
"""What each kind of entry says; a kind that is not here has no line."""
