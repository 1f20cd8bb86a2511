"""The player's door to timecode: it listens, follows, and tells the engine what changed.

A frame that comes where it is awaited changes nothing. The engine is told when a timecode begins to
run, stops, jumps, or is found to lie two milliseconds from where it was thought to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from show_control import engine
from show_control.clock import MILLI
from show_control.events import Timecode as Told
from show_control.frames import at_position, written
from show_control.model import Millis, Timecode
from show_control.player import Player
from show_control.sentences import Sentence, said
from show_control.timecode import chasing
from show_control.timecode.chasing import Chase
from show_control.timecode.receiving import Receivers

MOVED: Final = 2 * MILLI
"""From here on a mapping is told anew, ..."""
MOVED_AGAIN: Final = 250 * MILLI
"""... but not more often than this."""
TRY_AGAIN: Final[Millis] = 5000
"""How long a port that could not be had is left alone."""
TOLD_EVERY: Final[Millis] = 10_000


class Known(NamedTuple):
    """What the engine was told last, and when."""

    chase: Chase
    at: int


class TimecodeDoor:
    """Follows the timecodes of the night files that the player holds."""

    def __init__(
        self, log: Callable[[str], None] | None = None, *, try_again: Millis = TRY_AGAIN
    ) -> None:
        self.receivers = Receivers()
        self._log = log
        self._try_again = try_again
        self._chases: dict[str, Chase] = {}
        self._timecodes: dict[str, Timecode] = {}
        self._told: dict[str, Known] = {}
        self._files: object = None
        self._try_at: Millis | None = None
        self._strange: Counter[str] = Counter()
        self._strange_at: Millis = 0

    def next_at(self) -> Millis | None:
        """When a timecode that is not heard becomes something else."""
        dues = [chasing.next_at(chase) for chase in self._chases.values()]
        instants = [-(-due // MILLI) for due in dues if due is not None]
        return min([*instants, *([self._try_at] if self._try_at is not None else [])], default=None)

    def sockets_to_read(self) -> list[Any]:
        """Where timecode comes."""
        return list(self.receivers.sockets)

    def sockets_to_write(self) -> list[Any]:
        """None: what little is said goes at once, or is lost."""
        return []

    def has_more(self, player: Player) -> bool:
        """Never: what is left in a socket wakes the loop again."""
        del player
        return False

    def ready(self, player: Player, readable: list[Any], writable: list[Any]) -> None:
        """Read a few packets of each, none near a deadline."""
        del writable
        for sock in readable:
            for heard in self.receivers.read(sock, player.clock.now_ns):
                chase = self._chases[heard.timecode]
                chase = chasing.follow(chase, heard.seen, heard.at, heard.sender)
                self._chases[heard.timecode] = chase
                if player.busy():
                    return
        self._tell(player)

    def turn(self, player: Player) -> None:
        """Listen to what the files name; let time pass; tell."""
        now = player.clock.now()
        if player.state.files is not self._files or (
            self._try_at is not None and now >= self._try_at
        ):
            self._open(player, now)
        for each, chase in self._chases.items():
            self._chases[each] = chasing.wait(chase, player.clock.now_ns())
        self._tell(player)
        self._tell_strange(now)

    def close(self) -> None:
        """Stop listening."""
        self.receivers.close()

    # ------------------------------------------------------------ parts

    def _open(self, player: Player, now: Millis) -> None:
        """What runs still follow stays, though the newest file names it no more."""
        state, self._files = player.state, player.state.files
        newest = state.file.timecodes if state.file else {}
        older = [f.timecodes for f in state.files.values()]
        wanted = {id_: t for timecodes in older for id_, t in timecodes.items()} | newest
        unheard = {u.timecode: u for u in self.receivers.open(wanted)}
        self._try_at = now + self._try_again if unheard else None
        for each in self._timecodes.keys() | wanted.keys():
            fault = unheard.get(each)
            why = fault and said(
                "alarm.timecode_listen", timecode=each, listen=fault.listen, fault=fault.fault
            )
            player.alarm(f"timecode_listen: {each}", why)
            if self._timecodes.get(each) != wanted.get(each):
                self._forget(player, each)
        self._timecodes = wanted
        self._chases = {id_: self._chases.get(id_, Chase(t.rate)) for id_, t in wanted.items()}

    def _forget(self, player: Player, timecode: str) -> None:
        self._chases.pop(timecode, None)
        if self._told.pop(timecode, None) is not None:
            take(player, Told(timecode=timecode, status="silent", position=0))

    def _tell(self, player: Player) -> None:
        now = player.clock.now_ns()
        for each, chase in self._chases.items():
            known = self._told.get(each)
            if is_news(known, chase, now):
                self._told[each] = Known(chase, now)
                take(player, as_event(each, chase, now))
            self._alarm(player, each, chase)

    def _alarm(self, player: Player, timecode: str, chase: Chase) -> None:
        """What a person must know of it: that what follows it waits, that it cannot be followed."""
        unheard = chase.status in ("silent", "lost")
        outputs = engine.waiting(player.state, timecode) if unheard else ()
        lost = lost_alarm(timecode, chase) if outputs else None
        player.alarm(f"timecode_lost: {timecode}", lost, outputs)
        rate = rate_alarm(timecode, chase) if chase.why == "rate" else None
        player.alarm(f"timecode_rate: {timecode}", rate)
        second = second_alarm(timecode, chase, chase.second[0]) if chase.second else None
        player.alarm(f"timecode_senders: {timecode}", second)

    def _tell_strange(self, now: Millis) -> None:
        new = Counter(self.receivers.malformed) - self._strange
        if not new or now < self._strange_at or self._log is None:
            return
        self._strange, self._strange_at = Counter(self.receivers.malformed), now + TOLD_EVERY
        self._log(", ".join(f"{n} malformed packets of timecode {t}" for t, n in new.items()))


def take(player: Player, told: Told) -> None:
    """Tell the engine. A fault of ours in that is an alarm and stops no night."""
    try:
        player.take(told)
    except Exception as fault:  # noqa: BLE001 - whatever it is, the loop goes on
        why = said("alarm.fault", call=told.timecode, fault=repr(fault))
        player.alarm(f"fault: timecode {told.timecode}", why, outputs=None)


def is_news(known: Known | None, chase: Chase, now: int) -> bool:
    """Whether the engine must hear of it."""
    if known is None:
        return chase.status != "silent"
    before = known.chase
    if (before.status, before.why, before.sender) != (chase.status, chase.why, chase.sender):
        return True
    if before.zero is None or chase.zero is None:
        return before.position != chase.position and chase.status == "stopped"
    moved = abs(chasing.apart(chase.zero, before.zero, chase.rate))
    return moved > chasing.LOCK_WITHIN or (moved >= MOVED and now - known.at >= MOVED_AGAIN)


def as_event(timecode: str, chase: Chase, now: int) -> Told:
    """What the engine is told, in milliseconds."""
    return Told(
        timecode=timecode,
        status=chase.status,
        zero=None if chase.zero is None else round(chase.zero / MILLI),
        position=(chase.at(now) or 0) // MILLI,
        why=chase.why,
        told=chase.told,
        sender=chase.sender,
    )


def lost_alarm(timecode: str, chase: Chase) -> Sentence:
    """Cues wait for it."""
    where = written(at_position(chase.position or 0, chase.rate), chase.rate)
    return said("alarm.timecode_lost", timecode=timecode, where=where)


def rate_alarm(timecode: str, chase: Chase) -> Sentence:
    """It is of another rate than the file says."""
    told = chase.told or "-"
    return said("alarm.timecode_rate", timecode=timecode, told=told, rate=chase.rate)


def second_alarm(timecode: str, chase: Chase, other: str) -> Sentence:
    """Somebody else sends it too."""
    sender = chase.sender or "-"
    return said("alarm.timecode_senders", timecode=timecode, sender=sender, other=other)
