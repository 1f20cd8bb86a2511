"""Watching whether tonight will end in time: an alarm while it will not."""

from __future__ import annotations

from typing import Any

from show_control.engine.state import State
from show_control.model import Millis, Night
from show_control.player import Player
from show_control.sentences import Sentence, said
from show_control.timing import night_time
from show_control.views.predicting import Overrun, Predicted, Prediction, predict

LOOK_EVERY: Millis = 10_000
SOON: Millis = 1000
"""How long after a change it looks again, at the earliest."""
TOLD_FROM: Millis = 60_000
"""A shorter overrun is on the board, and is no alarm: a GO comes a little late every night."""
ROOM: Millis = 50
"""How long before the next cue it does not look any more, but puts it off."""
POSTPONED: Millis = 100


class Overruns:
    """A door of the player that nobody comes in by. It looks ahead after each change, again when time
    alone may have brought an overrun, and every few seconds while there is one."""

    def __init__(self) -> None:
        self._seen: State | None = None
        self._looked: Millis = -SOON
        self._next: Millis | None = None
        self._raised: dict[str, str] = {}

    def next_at(self) -> Millis | None:
        """When it looks again; never while nothing is on or to come that could be late."""
        return self._next

    def turn(self, player: Player) -> None:
        """Look, where something has changed or it is time, and no cue is near."""
        now = player.clock.now()
        changed = player.state is not self._seen and now >= self._looked + SOON
        if not changed and (self._next is None or now < self._next):
            return
        due = player.next_instant()
        if due is not None and due - now < ROOM:
            self._next = now + POSTPONED
            return
        self._seen, self._looked = player.state, now
        soonest = self._tell(player, now)
        if self._raised:
            self._next = now + LOOK_EVERY
        else:
            self._next = now + soonest if soonest is not None else None

    def _tell(self, player: Player, now: Millis) -> Millis | None:
        """Raise and clear alarms; in how long, by time alone, one might rise."""
        state = player.state
        nights = state.file.nights if state.file else ()
        night = next((n for n in nights if n.starts <= now < n.ends), None)
        predicted = predict(state, night, now) if night is not None else Predicted()
        late = {
            f"overrun: {one.surface}": (one, one.worst)
            for one in predicted.surfaces
            if one.worst is not None and one.worst.over >= TOLD_FROM
        }
        for code in [c for c in self._raised if c not in late]:
            del self._raised[code]
            player.alarm(code, None)
        for code, (one, worst) in late.items():
            if self._raised.get(code) != worst.slot:  # another slot is in the way now: say so
                player.alarm(code, None)
                player.alarm(code, words(state, night, one, worst), touched(state, one.surface))
                self._raised[code] = worst.slot
        waits = [one.worst.over for one in predicted.surfaces if one.worst is not None]
        waits += [-predicted.room] if predicted.room is not None else []
        return TOLD_FROM - max(waits) if waits else None

    def sockets_to_read(self) -> list[Any]:
        """None."""
        return []

    def sockets_to_write(self) -> list[Any]:
        """None."""
        return []

    def has_more(self, player: Player) -> bool:
        """Never."""
        del player
        return False

    def ready(self, player: Player, readable: list[Any], writable: list[Any]) -> None:
        """Never."""


def touched(state: State, surface: str) -> list[str]:
    """The outputs of a surface."""
    return [o.id for o in state.file.outputs.values() if o.surface == surface] if state.file else []


def words(state: State, night: Night | None, of: Prediction, worst: Overrun) -> Sentence:
    """What will go past what, and when."""
    zone = state.file.time_zone if state.file else "UTC"
    date = night.date if night else None
    at, limit = (night_time(t, date, zone, millis=False) for t in (worst.at, worst.limit))
    if worst.latest:
        return said(
            "alarm.overrun_latest", surface=of.surface, slot=worst.slot, starts=at, limit=limit
        )
    return said("alarm.overrun", surface=of.surface, slot=worst.slot, ends=at, limit=limit)
