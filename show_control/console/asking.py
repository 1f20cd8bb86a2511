"""What the console asks back before it does what cannot be undone by the next key. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, get_args

import msgspec

from show_control.console.rows import minute
from show_control.console.scene import Scene
from show_control.documents import OutputView, Routing
from show_control.model import Millis

Kind = Literal[
    "stop", "restart", "end", "enable", "disable", "route", "automation_on", "start", "on_air"
]
YES, NO = "y", "n"
FOR: Millis = 10_000
STOP_FOR: Millis = 3000


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """A question that waits for a key until an instant. `choices` is not empty while one is to be
    chosen by its digit; `what` is the run, output, surface or slot meant, and `to`, where `more` is to
    be chosen from after it, how. `again`: one yes is not enough."""

    kind: Kind
    until: Millis
    what: str = ""
    to: str = ""
    choices: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    again: bool = False


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
    if key == YES and asking.again:
        return msgspec.structs.replace(asking, again=False, until=now + FOR)
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


def on_air(scene: Scene, until: Millis) -> Asking | None:
    """Which server, proposed ones first; None where nothing can be put on the picture."""
    able = [s for s in scene.board.servers if s.on_air is not None]
    able.sort(key=lambda s: s.on_air is None or not s.on_air.offered)
    return _of("on_air", tuple(s.server for s in able), until) if able else None


def aimed(asking: Asking, scene: Scene) -> Asking:
    """A take-over goes to the other side as it was seen; with a run under way on it, it is asked twice."""
    server = next((s for s in scene.board.servers if s.server == asking.what), None)
    if asking.kind != "on_air" or asking.to or server is None or server.on_air is None:
        return asking
    to = "backup" if server.on_air.which == "main" else "main"
    return msgspec.structs.replace(asking, to=to, again=bool(_under_way(scene, asking.what)))


def _under_way(scene: Scene, server: str) -> list[str]:
    """The titles of the runs that a take-over would move the picture of."""
    outputs = {o.output for o in scene.board.outputs if o.server == server}
    runs = (r for r in scene.board.runs if r.status in ("running", "holding"))
    return [scene.text(r.title) or r.slot for r in runs if outputs & set(r.outputs)]


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
    return ASKED[asking.kind](asking, scene)


def _take_over(asking: Asking, scene: Scene) -> str:
    words = scene.words
    asked = words.ask_on_air.format(server=asking.what, which=words.which[asking.to])
    runs = ", ".join(_under_way(scene, asking.what))
    more = words.ask_on_air_again.format(runs=runs) if runs and not asking.again else ""
    return f"{more}{asked}"


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


def _end_of(asking: Asking, scene: Scene) -> str:
    slots = {r.run: r.slot for r in scene.board.runs}
    return scene.words.ask_end.format(slot=slots.get(asking.what, asking.what))


ASKED: Mapping[Kind, Callable[[Asking, Scene], str]] = {
    "stop": lambda _, scene: scene.words.ask_stop,
    "restart": lambda _, scene: scene.words.ask_restart.format(by=scene.by),
    "end": _end_of,
    "enable": lambda asking, scene: scene.words.ask_enable.format(
        what=_hazard_name(asking, scene), by=scene.by
    ),
    "disable": lambda asking, scene: scene.words.ask_disable.format(
        what=_hazard_name(asking, scene)
    ),
    "route": lambda asking, scene: scene.words.ask_route.format(
        what=asking.what, to=scene.words.routings[asking.to]
    ),
    "automation_on": lambda _, scene: scene.words.ask_automation_on.format(by=scene.by),
    "start": lambda asking, scene: scene.words.ask_start.format(what=_slot_name(asking, scene)),
    "on_air": _take_over,
}
"""Each question in words."""
