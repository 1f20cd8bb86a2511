"""Entering what a request came to: done, or refused and why."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.exceptions import HTTPException

from ops.access.audit.writing import Audit, Outcome
from ops.access.rights import SignedIn
from ops.errors import Unreachable


class Entry:
    """One thing that is asked; who asks may come out while it is judged."""

    def __init__(self, what: str, about: str | None, who: str, kind: str, address: str) -> None:
        self.what, self.about = what, about
        self.who, self.kind, self.address = who, kind, address


class Entering:
    """Enters each, however it ends."""

    def __init__(self, audit: Audit) -> None:
        self._audit = audit

    def by(
        self, request: Request[SignedIn, Any, Any], what: str, about: str | None = None
    ) -> AbstractContextManager[Entry]:
        """Of somebody who is signed in."""
        person = request.user
        return self.entered(Entry(what, about, person.name, person.kind, address_of(request)))

    def by_a_stranger(
        self, request: Request[Any, Any, Any], what: str, who: str = ""
    ) -> AbstractContextManager[Entry]:
        """Of somebody who would be let in."""
        return self.entered(Entry(what, None, who, "stranger", address_of(request)))

    @contextmanager
    def entered(self, entry: Entry) -> Iterator[Entry]:
        outcome: Outcome = "done"
        reason: str | None = None
        try:
            yield entry
        except HTTPException as fault:
            outcome = "not answered" if isinstance(fault, Unreachable) else "refused"
            reason = fault.detail
            raise
        except asyncio.CancelledError:
            outcome = "not answered"  # its socket went meanwhile: whether it was done is open
            raise
        finally:
            self._audit.note(
                entry.what,
                outcome,
                who=entry.who,
                kind=entry.kind,
                about=entry.about,
                reason=reason,
                address=entry.address,
            )


def address_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """Where it came from: the proxies that are trusted have been looked through already."""
    return connection.client.host if connection.client else ""
