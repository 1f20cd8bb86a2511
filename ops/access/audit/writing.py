"""The audit on its way into the database: noted at once, written behind the scenes.

Nothing waits for it, a call least of all. What the database cannot take stays in memory up to a
bound; what goes beyond it is counted, told, and entered as lost.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import timedelta
from typing import Literal
from uuid import UUID

from ops.access.audit.queries import AuditRow, insert_audit, list_audit
from ops.errors import Unreachable
from ops.instants import as_datetime
from ops.logs import logger
from ops.storage import Database
from show_control.model import Millis

MOST = 20_000
"""Entries that wait in memory: some 10 MB."""
AT_ONCE = 500
LONGEST = 500
"""Characters of a text that somebody sent us."""

Outcome = Literal["done", "refused", "not answered", "lost"]

log = logger("audit")


class Audit:
    """`lost` is called with how many entries did not fit, and with 0 once that is entered."""

    def __init__(
        self,
        database: Database,
        now: Callable[[], Millis],
        new_id: Callable[[], UUID],
        lost: Callable[[int], None] = lambda _: None,
    ) -> None:
        self._database = database
        self._now = now
        self._new_id = new_id
        self._told = lost
        self._waiting: deque[AuditRow] = deque()
        self._some = asyncio.Event()
        self.lost = 0

    def note(
        self,
        what: str,
        outcome: Outcome,
        *,
        who: str,
        kind: str,
        about: str | None = None,
        reason: str | None = None,
        address: str | None = None,
    ) -> None:
        """Enter what happened just now."""
        if len(self._waiting) >= MOST:
            self._lose()
            return
        row = AuditRow(
            id=self._new_id(),
            at=as_datetime(self._now()),
            who=_short(who) or "",
            kind=kind,
            what=what,
            about=_short(about),
            outcome=outcome,
            reason=_short(reason),
            address=_short(address),
        )
        self._waiting.append(row)
        self._some.set()

    async def round(self) -> None:
        """Over and over: write what waits."""
        await self._some.wait()
        await self._database.opened.wait()
        try:
            await self.save()
        except Unreachable:
            return

    async def save(self) -> None:
        """Write what waits, oldest first; may raise Unreachable, and loses nothing by it."""
        while self._waiting:
            rows = [self._waiting[n] for n in range(min(AT_ONCE, len(self._waiting)))]
            async with self._database.connection() as connection:
                await insert_audit(connection, rows)
            for _ in rows:
                self._waiting.popleft()
            self._enter_losses()
        self._some.clear()

    async def newest(self, within: timedelta, limit: int) -> list[AuditRow]:
        """What was entered within that time, oldest first, what still waits in memory too."""
        since = as_datetime(self._now()) - within
        async with self._database.connection() as connection:
            stored = await list_audit(connection, since, limit)
        known = {row.id for row in stored}
        waiting = [row for row in self._waiting if row.id not in known and row.at >= since]
        return [*stored, *waiting][-limit:]

    def _lose(self) -> None:
        if self.lost == 0:
            log.warning("audit is full", waiting=MOST)
        self.lost += 1
        self._told(self.lost)

    def _enter_losses(self) -> None:
        if self.lost == 0:
            return
        lost, self.lost = self.lost, 0
        log.warning("audit was full", lost=lost)
        self.note(
            "audit", "lost", who="", kind="service", reason=f"{lost} entries did not fit in memory"
        )
        self._told(0)


def _short(text: str | None) -> str | None:
    """As much of it as is kept; PostgreSQL takes no NUL in a text."""
    return None if text is None else text[:LONGEST].replace("\0", "")
