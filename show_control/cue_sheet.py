"""The cue sheet as it ran: one line for each entry that a caller would want to read back.

Rehearsal, `lamplighter journal show`, console and page print the same lines. Each is said in every
language; an entry's reason is said by its code, or as it was entered where it has none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from show_control.documents import LineView
from show_control.entries import NEEDLESS, Entry
from show_control.model import Millis, words
from show_control.sentences import (
    LANGUAGES,
    TABLE,
    Language,
    Sentence,
    call_word,
    said,
    say,
    texts_of,
)
from show_control.timing import night_time

Told = Callable[[Entry, Language], str | None]


def line(entry: Entry, time_zone: str) -> LineView | None:
    """An entry's line; None for what the sheet does not tell (packets, evidence, state)."""
    tell = TOLD.get(entry.kind)
    told = tell(entry, "en") if tell is not None else None
    if tell is None or told is None:
        return None
    return LineView(
        at=entry.at,
        night_time=night_time(entry.at, entry.night, time_zone),
        kind=entry.kind,
        surface=entry.surface,
        slot=entry.slot,
        run=entry.run,
        cue=entry.cue,
        text=f"{told}{off_the_wire(entry, 'en')}",
        texts={
            language: f"{tell(entry, language) or told}{off_the_wire(entry, language)}"
            for language in LANGUAGES
        },
        by=entry.by,
    )


def text(view: LineView) -> str:
    """A line as it is printed: `20:05:00.000  facade  opening-ceremony  2  Water loop  GO  clip 1 -> ...`."""
    # A run that another one started is told by its sequence too: both have a cue 1.
    started = "".join((view.run or "").partition(":")[1:]) if view.slot else ""
    where = f"{view.slot}{started}" if view.slot else view.run
    columns = (view.night_time, view.surface, where, view.cue, view.text)
    return "  ".join(c for c in columns if c)


def off_the_wire(entry: Entry, language: Language = "en") -> str:
    """What of it did not happen on the wire: `  (record only: facade-west)`."""
    off = entry.data.get("routing")
    if off is None and (entry.server or "").startswith("simulator:"):
        off = "simulator"
    if isinstance(off, str):
        return f"  ({say(Sentence(f'routing.{off}'), language)})"
    by_routing: dict[str, list[str]] = {}
    for output, routing in (off or {}).items():
        by_routing.setdefault(routing, []).append(output)
    parts = (
        say(said("sheet.routed", routing=Sentence(f"routing.{to}"), outputs=outputs), language)
        for to, outputs in by_routing.items()
    )
    return f"  ({'; '.join(parts)})" if by_routing else ""


def does(actions: list[dict[str, Any]], language: Language = "en") -> str:
    """A cue's actions in words: `clip 1 -> facade-west, facade-east; stop over 2s -> laser`."""
    told = ((_deed(a, language), ", ".join(a["outputs"])) for a in actions)
    return "; ".join(f"{deed} -> {outputs}" if outputs else deed for deed, outputs in told)


def _deed(action: dict[str, Any], language: Language) -> str:
    code = f"do.{action['kind']}"
    if code not in TABLE:
        return str(action["kind"])
    values = {
        "clip": action.get("clip"),
        "name": action.get("clip_name"),
        "value": action.get("value"),
        "to": lasting(action.get("to") or 0, language),
        "address": action.get("address"),
        "args": " ".join(_argument(a) for a in action.get("args", ())) or None,
        "sequence": action.get("sequence"),
        "server": action.get("server"),
        "which": {"code": action["which"]} if action.get("which") else None,
    }
    deed = Sentence(code, {k: v for k, v in values.items() if v is not None})
    fade = action.get("fade", 0)
    return say(said("do.over", deed=deed, span=lasting(fade, language)) if fade else deed, language)


def _argument(argument: dict[str, Any]) -> str:
    value = argument.get("value")
    return argument["tag"] if value is None else str(value)


def lasting(millis: Millis, language: Language = "en") -> str:
    """A length of time as the festival file writes it: `90s`, `1h30m`, `2500ms`."""
    if millis % 1000:
        return say(said("span.ms", count=millis), language)
    hours, rest = divmod(millis // 1000, 3600)
    minutes, seconds = divmod(rest, 60)
    parts = [
        say(Sentence(f"span.{unit}", {"count": n}), language)
        for n, unit in ((hours, "h"), (minutes, "m"), (seconds, "s"))
        if n
    ]
    return "".join(parts) or say(said("span.s", count=0), language)


def _why(entry: Entry, language: Language) -> str | None:
    """An entry's reason; what a person gave is told as it is."""
    return texts_of(entry.reason, entry.data.get("said")).get(language, entry.reason)


def _went(entry: Entry, language: Language) -> str:
    late = entry.data.get("late")
    how = f"how.{entry.data['how']}"
    parts = (
        words(entry.data.get("name", {}), language),
        say(Sentence(how), language) if how in TABLE else str(entry.data["how"]),
        say(said("sheet.late", span=lasting(late, language)), language) if late else "",
        does(entry.data.get("do", []), language),
    )
    return "  ".join(p for p in parts if p)


def _plain(entry: Entry, language: Language) -> str:
    """What its kind says, with its reason."""
    code = f"sheet.{entry.kind}"
    why = _why(entry, language)
    return say(Sentence(code, {"why": why} if why else {}), language)


def _loop_passed(entry: Entry, language: Language) -> str:
    return say(said("sheet.loop_passed", passes=entry.data["passes"]), language)


def _called(entry: Entry, language: Language) -> str | None:
    call = entry.data["call"]
    if call == "go":
        return None  # the cue's own line says it
    if call in CONTROL:
        return say(CONTROL[call](entry), language)
    if "automation" in entry.data:
        return say(_restarted(entry), language)
    sentence = said(
        "sheet.call",
        call=call_word(call),
        output=entry.output,
        by=entry.by,
        why=_why(entry, language),
    )
    return say(sentence, language)


def _asked(entry: Entry) -> Sentence:
    holder = entry.data["holder"]
    return said("sheet.asks", by=entry.by, holder=holder) if holder else _took(entry)


def _restarted(entry: Entry) -> Sentence:
    """A restart after a show stop says how it leaves automation."""
    if entry.data["automation"]:
        return said("sheet.restarts", by=entry.by, why=entry.reason)
    return said("sheet.restarts_off", by=entry.by, why=entry.reason, off=entry.data.get("off_by"))


def _took(entry: Entry) -> Sentence:
    return said("sheet.takes", by=entry.by)


def _took_over(entry: Entry) -> Sentence:
    holder = entry.data["holder"]
    return said("sheet.takes_over", by=entry.by, holder=holder) if holder else _took(entry)


def _handed_back(entry: Entry) -> Sentence:
    to = entry.data["to"]
    return said("sheet.hands", by=entry.by, to=to) if to else said("sheet.lets_go", by=entry.by)


def _routed(entry: Entry) -> Sentence:
    to = Sentence(f"routing.{entry.data['to']}")
    return said("sheet.routes", outputs=entry.data["outputs"], routing=to, by=entry.by)


def _put_on_air(entry: Entry) -> Sentence:
    which = Sentence(entry.data["which"])
    return said("sheet.on_air", server=entry.data["server"], which=which, by=entry.by)


CONTROL: dict[str, Callable[[Entry], Sentence]] = {
    "route": _routed,
    "on_air": _put_on_air,
    "ask": _asked,
    "take_over": _took_over,
    "hand_back": _handed_back,
}


def _note(entry: Entry, language: Language) -> str:
    noted = " ".join((entry.reason or "").split())
    return say(said("sheet.note", by=entry.by, words=noted), language)


def _refused(entry: Entry, language: Language) -> str:
    call = call_word(entry.data["call"])
    why = _why(entry, language) or "-"
    return say(said("sheet.refused", call=call, by=entry.by, why=why), language)


def _not_sent(entry: Entry, language: Language) -> str:
    outputs = [entry.output] if entry.output else []
    done = does([entry.data["action"] | {"outputs": outputs}], language)
    return say(said("sheet.not_sent", why=_why(entry, language) or "-", does=done), language)


def _result(entry: Entry, language: Language) -> str | None:
    """What could not be sent at all; what a newer send or an answer made needless is not told."""
    sides = {str(entry.data.get(side, "")) for side in ("main", "backup")} - {""}
    if not sides or not all(s.startswith(NOT_SENT) for s in sides) or sides & NEEDLESS:
        return None
    faults = (said("not_sent", fault=s.removeprefix(NOT_SENT)) for s in sorted(sides))
    told = "; ".join(say(fault, language) for fault in faults)
    return say(said("sheet.reached_nobody", output=entry.output, sides=told), language)


NOT_SENT = "not sent: "


def _hazard_end(entry: Entry, language: Language) -> str:
    why = _why(entry, language) or "-"
    return say(said("sheet.hazard_end", outputs=entry.data["outputs"], why=why), language)


def _alarm(entry: Entry, language: Language) -> str | None:
    if entry.data.get("cleared"):
        return None
    told = _why(entry, language) or entry.data["code"]
    return say(said("sheet.alarm", text=told), language)


TOLD: dict[str, Told] = {
    "displaced": _why,
    "stands_by": _plain,
    "ended": _plain,
    "lapsed": _plain,
    "skipped": _plain,
    "waiting": _plain,
    "held": _plain,
    "call": _called,
    "refused": _refused,
    "note": _note,
    "cue_went": _went,
    "cue_passed": _plain,
    "loop_passed": _loop_passed,
    "cue_dropped": _plain,
    "cue_skipped": _plain,
    "cue_held": _plain,
    "not_sent": _not_sent,
    "result": _result,
    "curfew": _plain,
    "hazard_end": _hazard_end,
    "timecode": _why,
    "alarm": _alarm,
}
"""What each kind of entry says; a kind that is not here has no line."""
