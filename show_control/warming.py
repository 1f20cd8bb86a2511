"""A GO is gone through now and then and thrown away, so that a real one finds all that it needs at hand.

What was not used for a tenth of a second lies in slow memory: a GO out of the blue takes five times as
long as one that follows another. The engine is pure and packets are values, so that the way of a GO can
be gone up to the kernel, and nobody is told, nothing is entered, nothing leaves.
"""

from __future__ import annotations

from typing import Any

import msgspec

from show_control import engine
from show_control.clock import MILLI
from show_control.commands import Send
from show_control.engine.state import Run
from show_control.entries import Entry
from show_control.events import Call, Called
from show_control.intents import records
from show_control.journal.framing import frame
from show_control.model import Millis
from show_control.outgoing import Packet, packets_of
from show_control.player import EARLY, Player

EVERY: Millis = 8
"""Soon enough that what it takes is still at hand: at 30 ms half of it is not."""
SHARE = 25
"""Of the loop's time no more than a 25th part: what takes long is gone through less often."""
APART: Millis = 10
"""As near to a cue's instant nothing is gone through; the cue itself keeps what it needs at hand."""


class Warming:
    """A door by which nobody comes. It wants a turn while a cue stands by."""

    def __init__(self) -> None:
        self._at: Millis | None = None
        self._took = 0

    def next_at(self) -> Millis | None:
        """When a GO is gone through next."""
        return self._at

    def turn(self, player: Player) -> None:
        """Go through a GO of a run that stands by, if it is time, and far from any cue."""
        run = next(
            (r for r in player.state.runs.values() if r.live and r.standby is not None), None
        )
        if run is None:
            self._at = None
            return
        now = player.clock.now()
        if self._at is not None and now < self._at:
            return
        if self._at is not None and player.left() > (EARLY + 4 * self._took) / 1e9:
            began = player.clock.boottime()
            go_through(player, run, now)
            self._took = player.clock.boottime() - began
        self._at = self._next(player, now)

    def _next(self, player: Player, now: Millis) -> Millis:
        pause = max(EVERY, SHARE * self._took // MILLI)
        cue = player.next_instant()
        near = cue is not None and cue - APART < now + pause
        return pause + (cue if near and cue is not None and cue > now else now)

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


def go_through(player: Player, run: Run, now: Millis) -> bool:
    """What a GO of the cue that stands by would come to, as far as the kernel's door; whether that is
    anything."""
    try:
        return bool(_gone_through(player, run, now))
    except Exception:  # noqa: BLE001 - a real GO will meet the same, and tell it
        return False


def _gone_through(player: Player, run: Run, now: Millis) -> list[Packet]:
    cue = player.state.sequence(run).cues[run.standby or 0].number
    call = Call(
        call="go",
        run=run.id,
        by=run.by or "",
        standby=cue,
        standby_count=run.count,
        request="warming",
        made_at=now,
    )
    before = msgspec.structs.replace(player.state, minimum_span=0)
    state, commands = player.foresee(before, Called(call=call), now)
    engine.patch(before, state)
    columns = [player.columns(c) for c in records(commands)]
    frame([_entry(c, seq) for seq, c in enumerate(columns, 1)])
    sends = [c for c in commands if isinstance(c, Send)]
    packets = [p for s in sends for p in packets_of(state.files[s.file], s, (0, 0), now)]
    player.sending.warm(player.sending.ways(packets))
    return packets


def _entry(columns: Any, seq: int) -> Entry:
    known = columns if isinstance(columns, dict) else msgspec.structs.asdict(columns)
    return Entry(player="", term=0, seq=seq, **known)
