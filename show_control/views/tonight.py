"""Which night the board shows."""

from __future__ import annotations

from show_control.model import Millis, Night, NightFile


def tonight(file: NightFile | None, now: Millis) -> Night | None:
    """The night that is on, else the next one, else the last."""
    if file is None or not file.nights:
        return None
    nights = sorted(file.nights, key=lambda n: n.starts)
    return next((n for n in nights if now < n.ends), nights[-1])
