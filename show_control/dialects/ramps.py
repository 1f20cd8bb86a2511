"""A fade for servers that have a level and no fades of their own: 25 values a second."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from show_control.dialects.dialect import Timed
from show_control.looks import Ramp
from show_control.model import Millis

_STEP: Final[Millis] = 40


def ramped(
    ramp: Ramp, start: Millis, level: Callable[[Millis, float], list[Timed]]
) -> list[list[Timed]]:
    """The newest value at once, then what of the ramp is to come; the last one is exact."""
    steps = range(ramp.start + _STEP, ramp.end, _STEP)
    gone = [ramp.start, *(at for at in steps if at <= start)][-1]
    at_once = ramp.b if start >= ramp.end else round(ramp.value(gone), 4)
    coming = [level(at, round(ramp.value(at), 4)) for at in steps if at > start]
    last = [level(ramp.end, ramp.b)] if start < ramp.end else []
    return [level(start, at_once), *coming, *last]
