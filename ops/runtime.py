"""What the service is made of, and in which order its parts are opened and closed."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from uuid import uuid4

from litestar import Litestar

from ops.access.audit.entering import Entering
from ops.access.audit.writing import Audit
from ops.access.directory import Directory
from ops.access.following_changes import FollowingChanges
from ops.access.keeping_sessions import KeepingSessions
from ops.access.limiting import Limiting
from ops.access.locking import Locking
from ops.access.lookups import Lookups
from ops.access.present import Present
from ops.access.rights import SignedIn
from ops.access.sessions import SessionStore
from ops.access.signing_in import SigningIn
from ops.errors import Unreachable
from ops.keeping import keep, wait
from ops.live.alarms import Alarms
from ops.live.fan_out import FanOut
from ops.live.following import Following, empty_board
from ops.live.live_feed import LiveFeed
from ops.services.caller import Caller
from ops.services.calling import Calling
from ops.services.keeping_as_run import KeepingAsRun
from ops.services.loading import Loading
from ops.services.public_feeds import PublicFeeds
from ops.settings import Settings
from ops.storage import Database, dsn_of
from show_control.clock import SystemClock
from show_control.link.client import Heard, LinkClient
from show_control.process import player_folder
from show_control.sentences import said

DATABASE_DOWN = "database_down"
AUDIT_FULL = "audit_full"
AT_ONCE = 0.05
GLANCE = 0.5
"""Seconds between two looks at whether the player is silent."""
PATIENCE = 2.0
"""Seconds that the start waits to know who is signed in."""


class Runtime:
    """The parts, not yet opened: making them touches neither files nor sockets."""

    def __init__(self, settings: Settings) -> None:
        clock = SystemClock()
        now = clock.wall
        self.stopwatch = clock.boottime
        self.feed = LiveFeed(partial(secrets.token_hex, 8), empty_board(now()), clock.boottime)
        self.fan_out = FanOut(self.feed.moved)
        self.alarms = Alarms(now, self._alarms_changed)
        self.following = Following(self.feed, self.alarms, now)
        self.database = Database(partial(dsn_of, settings), self._database_changed)
        self.player = LinkClient(
            player_folder(settings.data_dir),
            clock,
            name="service",
            ceiling="load",
            heard=self._heard,
        )
        self.directory = Directory(now)
        self.sessions = SessionStore(now)
        self.keeping_sessions = KeepingSessions(self.sessions, self.database, now)
        self.access_changes = FollowingChanges(self.directory, self.sessions, self.database, now)
        self.lookups = Lookups(self.directory, self.sessions, self.database, now)
        self.present = Present(self.directory, self.sessions, self.lookups, now)
        limiting = Limiting(now)
        self.signing_in = SigningIn(self.directory, self.database, limiting)
        self.locking = Locking(self.directory, self.sessions, limiting)
        self.audit = Audit(self.database, now, uuid4, self._audit_lost)
        self.entering = Entering(self.audit)
        self.keeping_as_run = KeepingAsRun(self.player, self.database, self.alarms)
        self.loading = Loading(self.player, self.database, self.alarms)
        self.calling = Calling(self.player, clock.boottime)
        self.public_feeds = PublicFeeds(self.database)

    def caller(self, person: SignedIn, address: str) -> Caller:
        """Who calls, and from where."""
        return Caller(person, address, self.calling, self.entering, lambda: self.feed.board)

    @asynccontextmanager
    async def opened(self, _app: Litestar) -> AsyncIterator[None]:
        """All of it, side by side: none waits for another to be there."""
        parts = (
            keep("database", self.database.keep),
            keep("sessions", self.keeping_sessions.round, AT_ONCE),
            keep("access", self.access_changes.round, AT_ONCE),
            keep("present", self.present.watch, GLANCE),
            keep("audit", self.audit.round, AT_ONCE),
            keep("link", self.player.run),
            keep("board", partial(self.following.round, self.player), AT_ONCE),
            keep("fan-out", self.fan_out.run),
            keep("silence", self.following.watch, GLANCE),
            keep("as-run", self.keeping_as_run.round),
            keep("loading", self.loading.round, AT_ONCE),
        )
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(part) for part in parts]
            await self._know_people()
            try:
                yield
            finally:
                await self._store_the_rest()
                for task in tasks:
                    task.cancel()

    async def _know_people(self) -> None:
        """So that no page is told to sign in again because the service was restarted."""
        await wait(self.database.tried, PATIENCE)
        if self.database.is_up:
            await wait(self.access_changes.read, PATIENCE)

    async def _store_the_rest(self) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await self.keeping_sessions.save()
                await self.audit.save()
        except (Unreachable, TimeoutError):
            pass  # they sign in again; the log has told of the database, and holds each call

    def _heard(self, what: Heard) -> None:
        self.following.heard(what)
        self.keeping_as_run.heard(what)

    def _alarms_changed(self) -> None:
        self.following.publish()

    def _audit_lost(self, lost: int) -> None:
        if lost == 0:
            self.alarms.clear(AUDIT_FULL)
        else:
            self.alarms.rise(AUDIT_FULL, said("alarm.audit_full"))

    def _database_changed(self, why_down: str | None) -> None:
        if why_down is None:
            self.alarms.clear(DATABASE_DOWN)
        else:
            self.alarms.rise(DATABASE_DOWN, said("alarm.database_down"))
