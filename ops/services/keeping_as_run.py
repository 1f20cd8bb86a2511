"""Keeping as-run: the player's entries pulled again, for the database, at the database's pace."""

from __future__ import annotations

import asyncio

from ops.errors import Unreachable
from ops.live.alarms import Alarms
from ops.logs import logger
from ops.services import recording
from ops.services.recording import Stored
from ops.storage import Database
from show_control.link.client import Heard, LinkClient, LinkLost
from show_control.link.frames import Key
from show_control.sentences import said

DIFFERS = "as_run_differs"

log = logger("recording")


class KeepingAsRun:
    """`round` follows one connection to the player, until either side is lost.

    The database's own cursor is read each time, and none is kept here: a database put back from
    last week's copy is filled up again, whether or not its going was noticed.
    """

    def __init__(self, player: LinkClient, database: Database, alarms: Alarms) -> None:
        self._player = player
        self._database = database
        self._alarms = alarms
        self._more = asyncio.Event()
        self._told: Key | None = None

    def heard(self, _what: Heard) -> None:
        """The link client's: a connection, its end, or a heartbeat, which comes with entries."""
        self._more.set()

    async def round(self) -> None:
        welcome = await self._player.connected()
        await self._database.opened.wait()
        self._told = None
        try:
            while self._player.welcome is welcome:
                self._more.clear()
                cursor = await self._cursor(welcome.player)
                await self._tell_player(cursor)
                await self._pull(cursor)
                await self._more.wait()
        except (Unreachable, LinkLost):
            return

    async def _cursor(self, player: str) -> Key:
        async with self._database.connection() as connection:
            return (player, *await recording.cursor(connection, player))

    async def _tell_player(self, stored: Key) -> None:
        """What the database has, the player need not keep for ever."""
        if stored != self._told:
            await self._player.tell_stored(stored)
            self._told = stored

    async def _pull(self, after: Key) -> None:
        more = True
        while more:
            page = await self._player.entries(after)
            more = page.more
            if page.entries:
                async with self._database.connection() as connection:
                    self._tell(await recording.store(connection, page.entries))
                after = page.entries[-1].key

    def _tell(self, stored: Stored) -> None:
        if stored.refused:
            keys = ", ".join(f"{k.player} {k.term} {k.seq}" for k in stored.refused[:3])
            log.error("as-run differs", keys=keys, count=len(stored.refused))
            self._alarms.rise(DIFFERS, said("alarm.as_run_differs", keys=keys))
