"""What the player does about its folder: room on the disk, and nights that are old enough to go.

A file is removed between cues, one at a time, once the service has said that all of it is stored and
what this start of the player wrote, whole state and all, is on disk.
"""

from __future__ import annotations

from show_control.journal import Aged, Cursor, Journal, stored_terms
from show_control.model import Millis
from show_control.player import Player
from show_control.sentences import said

LOOK_EVERY: Millis = 60_000
"""The first look, too, is so long after the start: the service has said by then what it has."""
LOW = 256 * 2**20
"""Bytes of room below which a person is told; the journal of a long night is a hundredth of it."""
ROOM = 2.0
"""Seconds that must be left before the next cue: removing a file is the disk's business, and may take."""
MEGA = 1_000_000


class Tidying:
    """One journal's. `stored` is where the record ends, as the service said last; nobody keeps it."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._stored: Cursor | None = None
        self._look_at: Millis | None = None
        self._since: Cursor = journal.newest

    def stored(self, player: str, cursor: Cursor) -> None:
        """The service said so; of another player's journal it means nothing here."""
        if player == self._journal.player:
            self._stored = cursor

    def turn(self, player: Player, now: Millis) -> None:
        """Look around now and then, where there is time."""
        if self._look_at is None:
            self._look_at, self._since = now + LOOK_EVERY, self._journal.newest
        if now < self._look_at or player.left() < ROOM:
            return
        self._look_at = now + LOOK_EVERY
        self._look_at_room(player)
        aged = self._journal.aged(now)
        may_go = stored_terms(aged, self._stored)
        self._tell_kept(player, aged[len(may_go) :])
        if may_go and self._journal.flushed >= self._since:
            self._trim(player, may_go[0], now)

    def _look_at_room(self, player: Player) -> None:
        try:
            free = self._journal.free()
        except OSError:
            return  # what is wrong with the disk, the journal itself will tell
        if free < LOW:
            player.alarm("disk_low", said("alarm.disk_low", free=free // MEGA))
        elif free > LOW + LOW // 4:
            player.alarm("disk_low", None)

    def _tell_kept(self, player: Player, kept: list[Aged]) -> None:
        """Nights that should have gone and are not stored: the record is behind by as much."""
        size = sum(a.size for a in kept) / MEGA
        why = said("alarm.journal_kept", files=len(kept), size=size) if kept else None
        player.alarm("journal_kept", why)

    def _trim(self, player: Player, aged: Aged, now: Millis) -> None:
        try:
            self._journal.trim(aged)
        except OSError:
            return  # it stays, and is looked at again
        data = {"term": aged.term, "bytes": aged.size}
        player.journal.append([{"kind": "trimmed", "at": now, "data": data}])
