"""Following the player: its entries folded into the board, its heartbeat handed on.

In memory alone, from the player's anchor: nothing here knows whether there is a database.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import msgspec

from ops.live.alarms import Alarms
from ops.live.beats import Heartbeat
from ops.live.live_feed import LiveFeed
from show_control import board
from show_control.documents import Board
from show_control.link.client import Heard, LinkClient, LinkLost
from show_control.link.frames import Beat, Key, Welcome
from show_control.model import Millis
from show_control.sentences import said

SILENT_AFTER: Millis = 3000
"""As long as what a server confirmed counts without being heard again."""
PLAYER_SILENT = "player_silent"


class Following:
    """`heard` is the link client's; `round` follows one connection from its beginning.

    `now` is used until the player has told its own time: what is shown is shown as of then.
    """

    def __init__(self, feed: LiveFeed, alarms: Alarms, now: Callable[[], Millis]) -> None:
        self._feed = feed
        self._alarms = alarms
        self._now = now
        self._fold = board.EMPTY
        self._player: str | None = None
        self._term: int | None = None
        self._more = asyncio.Event()
        self._beat_at = now()
        self.silent = False
        """Whether the player has said nothing for a while: it is dead, or stands still."""

    def heard(self, what: Heard) -> None:
        self._more.set()
        if isinstance(what, Beat):
            self._beat_at, self.silent = self._now(), False
            self._alarms.clear(PLAYER_SILENT)
            self._feed.relay(Heartbeat(player_at=what.now, term=what.term, seq=what.seq))
            self.publish()

    def publish(self) -> None:
        """View the board afresh: evidence ages, cues end, alarms rise."""
        seen = board.unheard(self._fold) if self.silent else self._fold
        shown = board.view(seen, self._present())
        self._feed.publish(
            msgspec.structs.replace(
                shown,
                # The entries from an anchor on need not have the one in which a player tells these.
                player=shown.player or self._player,
                term=shown.term or self._term,
                alarms=shown.alarms + self._alarms.risen,
            )
        )

    async def watch(self) -> None:
        """Notice that the player is silent: what it knew of servers is shown no longer."""
        if not self.silent and self._now() - self._beat_at > SILENT_AFTER:
            self.silent = True
            self._alarms.rise(PLAYER_SILENT, said("alarm.player_silent"), outputs=None)
            self.publish()

    async def round(self, player: LinkClient) -> None:
        """Until the connection is lost; what was shown stays until the new one has caught up."""
        welcome = await player.connected()
        fold, after = board.EMPTY, None
        try:
            while player.welcome is welcome:
                self._more.clear()
                fold, after = await self._catch_up(player, fold, after)
                if _tells_enough(fold, welcome):
                    self._fold = fold
                    self._player, self._term = welcome.player, welcome.term
                    self.publish()
                await self._more.wait()
        except LinkLost:
            return

    async def _catch_up(
        self, player: LinkClient, fold: board.Fold, after: Key | None
    ) -> tuple[board.Fold, Key | None]:
        while True:
            page = await player.entries(after)
            for entry in page.entries:
                fold, after = board.fold(fold, entry), entry.key
            if not page.more:
                return fold, after

    def _present(self) -> Millis:
        at = self._feed.heartbeats.at
        return self._now() if at is None else at


def _tells_enough(fold: board.Fold, welcome: Welcome) -> bool:
    """Whether the entries that have left the player already show what it said that it holds: just
    after a start they are still on their way to its disk, and an empty board would be shown."""
    return welcome.file is None or fold.state.loaded is not None


def empty_board(now: Millis) -> Board:
    """What is shown before a player was heard."""
    return board.view(board.EMPTY, now)
