"""Importing festivals: a file becomes the draft, and published versions stay as they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

import msgspec

from schedules import festival_file
from schedules.catalogue.machines import Dialect
from schedules.catalogue.queries import save_draft
from schedules.connection import Connection


class Imported(msgspec.Struct, frozen=True):
    """`changed` is False where the draft was this very file already; `revision` is then None."""

    festival: str
    changed: bool
    revision: int | None


async def import_festival(
    connection: Connection, text: str, now: datetime, dialects: Iterable[Dialect] = ()
) -> Imported:
    """Make this festival file the draft; raises FestivalFaults for what is wrong in it."""
    head = festival_file.decode(text, dialects).festival
    revision = await save_draft(
        connection,
        festival=head.id,
        kind=head.kind,
        title=head.title,
        time_zone=head.time_zone,
        draft=text,
        draft_hash=hashlib.sha256(text.encode()).hexdigest(),
        now=now,
    )
    return Imported(festival=head.id, changed=revision is not None, revision=revision)
