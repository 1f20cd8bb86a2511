"""Loading: the player is given the newest published version's night file, before it needs it."""

from __future__ import annotations

import asyncio

import msgspec

from ops.errors import Unreachable
from ops.keeping import wait
from ops.live.alarms import Alarms
from ops.logs import logger
from ops.services.planning import newest_version
from ops.storage import Database
from schedules.planning.queries import PublishedNightFile
from show_control.link.client import LinkClient, LinkLost, RefusedByLink
from show_control.model import Text, words
from show_control.sentences import said, texts

LOOK_EVERY = 2.0
BY = "the service"
UNTOLD = said("no_reason_given")
REFUSED = "load_refused"

log = logger("loading")


class Tried(msgspec.Struct, frozen=True):
    """What was refused: the same again would be refused again."""

    file: str
    replaces: str | None
    term: int


class Refusal(msgspec.Struct, frozen=True):
    """What was refused, and why."""

    tried: Tried
    why: Text


class Loading:
    """`round` compares what is published with what the player holds. `published` hurries it."""

    def __init__(self, player: LinkClient, database: Database, alarms: Alarms) -> None:
        self._player = player
        self._database = database
        self._alarms = alarms
        self._refused: Refusal | None = None
        self.published = asyncio.Event()

    async def round(self) -> None:
        await self._player.connected()
        try:
            async with self._database.connection() as connection:
                newest = await newest_version(connection)
            if newest is not None:
                await self._load(newest)
        except (Unreachable, LinkLost):
            pass  # each is told where it is noticed; the next round tries again
        await wait(self.published, LOOK_EVERY)
        self.published.clear()

    async def _load(self, newest: PublishedNightFile) -> None:
        held, term = self._held()
        tried = Tried(newest.night_file_hash, held, term)
        if newest.night_file_hash == held:
            self._refused = None
            self._alarms.clear(REFUSED)
        elif self._refused is not None and self._refused.tried == tried:
            self._tell_refused(newest, self._refused.why)
        else:
            why = await self._give(newest, held)
            # It is told when it still is so at the next look: another service may have given the
            # player a file since its last heartbeat.
            self._refused = Refusal(tried, why) if why else None

    def _held(self) -> tuple[str | None, int]:
        """The hash of the player's night file, as it said last, and its term."""
        welcome, beat = self._player.welcome, self._player.beat
        if welcome is None:
            raise LinkLost("the player went")
        if beat is None or (beat.player, beat.term) != (welcome.player, welcome.term):
            return welcome.file, welcome.term
        return beat.file, beat.term

    async def _give(self, newest: PublishedNightFile, held: str | None) -> Text | None:
        """Why the player would not have it, if so."""
        festival, version = newest.festival, newest.number
        try:
            reply = await self._player.load(newest.night_file, replaces=held, by=BY)
        except RefusedByLink as fault:
            return {"en": str(fault)}
        answer = reply.answer
        if answer.accepted:
            self._alarms.clear(REFUSED)
            log.info("loaded", festival=festival, version=version)
            return None
        why = answer.reasons or ({"en": answer.reason} if answer.reason else texts(UNTOLD))
        log.warning("not loaded", festival=festival, version=version, reason=words(why))
        return why

    def _tell_refused(self, newest: PublishedNightFile, why: Text) -> None:
        refused = said(
            "alarm.load_refused", festival=newest.festival, version=newest.number, why=why
        )
        self._alarms.rise(REFUSED, refused)
