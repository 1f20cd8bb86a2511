"""Presses of a key told from the repeats of one that is held: a terminal tells of no key-up.

A held key looks like a press, a pause of 0.2 to 1.1 s, then presses every 30 to 90 ms. So a press
that may be the first repeat is in doubt, and is meant only if none follows on its heels. Another
key ends the repeats of the one before.
"""

from __future__ import annotations

from typing import Literal

from show_control.model import Millis

SPAN: Millis = 300
"""A press this soon after the one before is ignored."""
REPEAT_BEGINS: Millis = 1100
"""By then a held key has begun to repeat, on every system as it is delivered."""
DOUBT: Millis = 200
"""How long to wait for a repeat, before a press in doubt is believed."""

Press = Literal["act", "doubt", "ignore"]


class Presses:
    """When each key was last heard; `now` is of a clock that only rises, in milliseconds."""

    def __init__(self) -> None:
        self._last: dict[str, Millis] = {}
        self._newest = ""

    def press(self, key: str, now: Millis) -> Press:
        """What to do: act at once; ask `meant` after DOUBT; nothing."""
        before = self._last.get(key) if key == self._newest else None
        self._last[key], self._newest = now, key
        if before is None or now - before > REPEAT_BEGINS:
            return "act"
        return "ignore" if now - before < SPAN else "doubt"

    def meant(self, key: str, at: Millis) -> bool:
        """Whether the press in doubt at that instant was the last: nothing followed it."""
        return self._last.get(key) == at
