"""What the console asks back before it does what cannot be undone by the next key. Pure."""

from __future__ import annotations

from typing import Literal

import msgspec

from show_control.console.scene import Scene
from show_control.documents import OutputView
from show_control.model import Millis

Kind = Literal["stop", "restart", "end", "enable", "disable"]
YES, NO = "y", "n"
FOR: Millis = 10_000
STOP_FOR: Millis = 3000


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """A question that waits for a key until an instant. `choices` is not empty while one is to be
    chosen by its digit; `what` is the run or the output meant."""

    kind: Kind
    until: Millis
    what: str = ""
    choices: tuple[str, ...] = ()


Answer = Literal["yes", "reason"] | Asking


def answered(asking: Asking, key: str, now: Millis) -> Answer | None:
    """What a key says to a question; None drops the question."""
    if now >= asking.until:
        return None
    if asking.choices:
        index = int(key) - 1 if key.isdecimal() else -1
        if not 0 <= index < len(asking.choices):
            return None
        return msgspec.structs.replace(asking, what=asking.choices[index], choices=())
    if asking.kind == "stop":
        return {"X": "yes", "r": "reason"}.get(key)  # type: ignore[return-value]  # both are of the Literal
    return "yes" if key == YES else None


def hazard(kind: Literal["enable", "disable"], scene: Scene, until: Millis) -> Asking | None:
    """Which output is meant: asked where there are several, None where there is none."""
    wanted = [o for o in scene.board.outputs if _meant(o, kind)]
    if not wanted:
        return None
    choices = tuple(o.output for o in wanted)
    if len(choices) == 1:
        return Asking(kind=kind, until=until, what=choices[0])
    return Asking(kind=kind, until=until, choices=choices[:9])


def _meant(output: OutputView, kind: Literal["enable", "disable"]) -> bool:
    return output.hazard is not None and (output.enabled_by is None) == (kind == "enable")


def question(asking: Asking, scene: Scene) -> str:
    """The question in words."""
    words = scene.words
    if asking.choices:
        choices = "  ".join(f"{n} {c}" for n, c in enumerate(asking.choices, 1))
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
        case "disable":
            return words.ask_disable.format(what=_hazard_name(asking, scene))


def _hazard_name(asking: Asking, scene: Scene) -> str:
    for output in scene.board.outputs:
        if output.output == asking.what and output.hazard is not None:
            return f"{scene.words.hazards[output.hazard]} {output.output}"
    return asking.what
