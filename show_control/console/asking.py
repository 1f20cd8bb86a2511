"""What the console asks back before it does what cannot be undone by the next key. Pure."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

from show_control.console.rows import minute
from show_control.console.scene import Scene
from show_control.documents import OutputView, Routing
from show_control.model import Millis

Kind = Literal["stop", "restart", "end", "enable", "disable", "route", "automation_on", "start"]
YES, NO = "y", "n"
FOR: Millis = 10_000
STOP_FOR: Millis = 3000


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """A question that waits for a key until an instant. `choices` is not empty while one is to be
    chosen by its digit; `what` is the run, output, surface or slot meant, and `to`, where `more` is to
    be chosen from after it, how."""

    kind: Kind
    until: Millis
    what: str = ""
    to: str = ""
    choices: tuple[str, ...] = ()
    more: tuple[str, ...] = ()


Answer = Literal["yes", "reason"] | Asking


def answered(asking: Asking, key: str, now: Millis) -> Answer | None:
    """What a key says to a question; None drops the question."""
    if now >= asking.until:
        return None
    if asking.choices:
        index = int(key) - 1 if key.isdecimal() else -1
        if not 0 <= index < len(asking.choices):
            return None
        return _chosen(asking, asking.choices[index])
    if asking.kind == "stop":
        return {"X": "yes", "r": "reason"}.get(key)  # type: ignore[return-value]  # both are of the Literal
    return "yes" if key == YES else None


def _chosen(asking: Asking, choice: str) -> Asking:
    if asking.what:
        return msgspec.structs.replace(asking, to=choice, choices=())
    return msgspec.structs.replace(asking, what=choice, choices=asking.more, more=())


def _of(kind: Kind, choices: tuple[str, ...], until: Millis, more: tuple[str, ...] = ()) -> Asking:
    """Asked which one where there are several."""
    if len(choices) == 1:
        return Asking(kind=kind, until=until, what=choices[0], choices=more)
    return Asking(kind=kind, until=until, choices=choices[:9], more=more)


def route(scene: Scene, until: Millis) -> Asking | None:
    """Which surface, and where to; None where there is no output."""
    surfaces = dict.fromkeys(o.surface for o in scene.board.outputs)
    return _of("route", tuple(surfaces), until, get_args(Routing)) if surfaces else None


def start(scene: Scene, until: Millis) -> Asking | None:
    """Which slot: of each surface the next to come. None where none is."""
    coming: dict[str, str] = {}
    for slot in scene.board.slots:
        if slot.status == "planned":
            coming.setdefault(slot.surface, slot.slot)
    return _of("start", tuple(coming.values()), until) if coming else None


def hazard(kind: Literal["enable", "disable"], scene: Scene, until: Millis) -> Asking | None:
    """Which output is meant: asked where there are several, None where there is none."""
    wanted = [o for o in scene.board.outputs if _meant(o, kind)]
    if not wanted:
        return None
    return _of(kind, tuple(o.output for o in wanted), until)


def _meant(output: OutputView, kind: Literal["enable", "disable"]) -> bool:
    return output.hazard is not None and (output.enabled_by is None) == (kind == "enable")


def question(asking: Asking, scene: Scene) -> str:
    """The question in words."""
    words = scene.words
    if asking.choices:
        named = (words.routings.get(c, c) for c in asking.choices)
        choices = "  ".join(f"{n} {c}" for n, c in enumerate(named, 1))
        return words.ask_which.format(choices=choices)
    match asking.kind:
        case "stop":
            return words.ask_stop
        case "restart":
            return words.ask_restart.format(by=scene.by)
        case "end":
            slots = {r.run: r.slot for r in scene.board.runs}
            return words.ask_end.format(slot=slots.get(asking.what, asking.what))
        case "enable":
            return words.ask_enable.format(what=_hazard_name(asking, scene), by=scene.by)
        case "route":
            return words.ask_route.format(what=asking.what, to=words.routings[asking.to])
        case "automation_on":
            return words.ask_automation_on.format(by=scene.by)
        case "start":
            return words.ask_start.format(what=_slot_name(asking, scene))
        case "disable":
            return words.ask_disable.format(what=_hazard_name(asking, scene))


def _slot_name(asking: Asking, scene: Scene) -> str:
    for slot in scene.board.slots:
        if slot.slot == asking.what:
            at = minute(slot.starts, scene.board.time_zone)
            return f"{at} {scene.text(slot.title) or slot.slot} ({slot.surface})"
    return asking.what


def _hazard_name(asking: Asking, scene: Scene) -> str:
    for output in scene.board.outputs:
        if output.output == asking.what and output.hazard is not None:
            return f"{scene.words.hazards[output.hazard]} {output.output}"
    return asking.what
