"""The public feeds: built once for each version, and kept for everybody who asks after."""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from typing import Literal

import msgspec

from ops.storage import Database
from schedules.exports.calendar import as_calendar
from schedules.exports.feed import as_feed
from schedules.exports.linked_data import as_linked_data
from schedules.exports.model import Programme, PublishedVersion
from schedules.exports.programme import programme_of
from schedules.exports.queries import (
    PackedVersion,
    fetch_document_of,
    fetch_newest_number,
    fetch_packed_versions,
)
from show_control.night_file import open_night_file

Form = Literal["ics", "json", "jsonld"]
Language = Literal["en", "ko"]
WRITE: dict[Form, Callable[[Programme, Language], bytes]] = {
    "ics": as_calendar,
    "json": lambda programme, _: as_feed(programme),
    "jsonld": as_linked_data,
}
MOST = 48
"""Feeds that are kept: those of eight festivals in every form and language."""


class PublicFeed(msgspec.Struct, frozen=True):
    """A feed's bytes; `tag` is another for other bytes."""

    content: bytes
    tag: str
    published_at: datetime


class PublicFeeds:
    """Feeds of published versions. A version never changes, so what is built of one stands until
    the next is there."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._built: OrderedDict[tuple[str, int, Form, Language], PublicFeed] = OrderedDict()
        self._building = asyncio.Lock()

    async def feed(self, festival: str, form: Form, language: Language) -> PublicFeed | None:
        """None for a festival that was never published; raises Unreachable."""
        async with self._database.connection() as connection:
            number = await fetch_newest_number(connection, festival)
        if number is None:
            return None
        key = (festival, number, form, language)
        if key not in self._built:
            # One at a time, off the loop: a crowd that asks for what is new waits for one building.
            async with self._building:
                if key not in self._built:
                    self._keep(key, await self._build(festival, number, form, language))
        self._built.move_to_end(key)
        return self._built[key]

    def _keep(self, key: tuple[str, int, Form, Language], feed: PublicFeed) -> None:
        self._built[key] = feed
        while len(self._built) > MOST:
            self._built.popitem(last=False)

    async def _build(
        self, festival: str, number: int, form: Form, language: Language
    ) -> PublicFeed:
        async with self._database.connection() as connection:
            packed = await fetch_packed_versions(connection, festival)
            document = await fetch_document_of(connection, festival, number)
        until = [version for version in packed if version.number <= number]
        return await asyncio.to_thread(_written, until, document, form, language)


def _written(
    packed: list[PackedVersion], document: str, form: Form, language: Language
) -> PublicFeed:
    versions = [
        PublishedVersion(
            number=each.number,
            published_at=each.published_at,
            night_file=open_night_file(each.night_file),
        )
        for each in packed
    ]
    content = WRITE[form](programme_of(versions, document), language)
    return PublicFeed(content, hashlib.sha256(content).hexdigest()[:32], packed[-1].published_at)
