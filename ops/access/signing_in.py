"""Who a name and a password stand for."""

from __future__ import annotations

from collections.abc import Callable

from litestar.exceptions import TooManyRequestsException

from ops.access.attempts import Attempts
from ops.access.passwords import Passwords
from ops.access.queries import PersonRow, fetch_person
from ops.access.rights import Grant, SignedIn, in_order
from ops.errors import WrongPassword
from ops.logs import logger
from ops.storage import Database
from show_control.model import Millis

SECOND = 1000

log = logger("access")


class SigningIn:
    """Verifies people, and counts how often it could not."""

    def __init__(self, database: Database, now: Callable[[], Millis]) -> None:
        self._database = database
        self._now = now
        self._attempts = Attempts()
        self._passwords = Passwords()

    async def verify(self, name: str, password: str, address: str) -> SignedIn:
        """The person; raises WrongPassword, TooManyRequestsException or Unreachable."""
        async with self._database.connection() as connection:
            row = await fetch_person(connection, name)
        self._count(name, address)
        known = row if row is not None and row.disabled_at is None else None
        right = await self._passwords.verify(
            None if known is None else known.password_hash, password
        )
        if known is None or not right:
            log.warning("sign-in refused", name=name, address=address, reason="wrong")
            raise WrongPassword
        self._attempts.succeeded(name, address)
        log.info("signed in", name=name, address=address)
        return _signed_in(known)

    def _count(self, name: str, address: str) -> None:
        """As a failure, before it is known: many at once are then not many for free."""
        now = self._now()
        if wait := self._attempts.wait(name, address, now):
            log.warning("sign-in refused", name=name, address=address, reason="too many attempts")
            raise TooManyRequestsException(
                detail="Too many attempts: wait a minute.",
                headers={"Retry-After": str(-(-wait // SECOND))},
            )
        self._attempts.failed(name, address, now)


def _signed_in(row: PersonRow) -> SignedIn:
    return SignedIn(name=row.name, grants=(Grant(in_order(row.rights)),))
