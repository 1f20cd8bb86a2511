"""Who a name and a password, or a link, stand for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from ops.access.directory import Account, Directory
from ops.access.limiting import Limiting
from ops.access.names import as_kept
from ops.access.passwords import Passwords
from ops.access.secret_keys import digest_of
from ops.access.stored import account_by_secret, account_named
from ops.errors import Unreachable, WrongLink, WrongPassword
from ops.storage import Database
from schedules.connection import Connection

A_LINK = "a link"
"""What attempts at links are counted under, beside their address."""

Find = Callable[[Connection], Awaitable[Account | None]]


class SigningIn:
    """Verifies accounts, by what the database has of them; without it, by what memory has."""

    def __init__(self, directory: Directory, database: Database, limiting: Limiting) -> None:
        self._directory = directory
        self._database = database
        self._limiting = limiting
        self._passwords = Passwords()

    async def by_password(self, name: str, password: str, address: str) -> Account:
        """The person; raises WrongPassword, TooManyRequestsException or Unreachable."""
        name = as_kept(name)
        found = await self._newest(
            lambda connection: account_named(connection, name), lambda: self._directory.person(name)
        )
        # Not before: that nobody could say who it is is no attempt of theirs.
        self._limiting.count(name, address)
        known = found if found is not None and found.kind == "person" else None
        right = await self._passwords.verify(known.password_hash if known else None, password)
        if known is None or not right:
            raise WrongPassword
        self._limiting.succeeded(name, address)
        return known

    async def by_link(self, secret: str, address: str) -> Account:
        """The link; raises WrongLink, TooManyRequestsException or Unreachable."""
        secret_digest = digest_of(secret) or b""
        found = await self._newest(
            lambda connection: account_by_secret(connection, secret_digest),
            lambda: self._directory.by_secret(secret_digest),
        )
        self._limiting.count(A_LINK, address)
        if found is None or found.kind != "link" or self._directory.get(found.id) is None:
            raise WrongLink
        self._limiting.succeeded(A_LINK, address)
        return found

    async def _newest(self, stored: Find, held: Callable[[], Account | None]) -> Account | None:
        """A password may just have been changed, a person added: the database is asked first."""
        try:
            async with self._database.connection() as connection:
                found = await stored(connection)
        except Unreachable:
            if not self._directory.read:
                raise
            return held()
        if found is not None:
            self._directory.adopt(found)
        return found
