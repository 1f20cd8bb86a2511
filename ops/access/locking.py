"""The lock of a session: everything is shown, nothing is called, until its PIN is given.

It is the session's, held by the service: in all its pages, through restarts, without the database.
"""

from __future__ import annotations

import msgspec
from litestar.exceptions import ClientException

from ops.access.directory import Directory
from ops.access.limiting import Limiting
from ops.access.passwords import Passwords
from ops.access.rights import SignedIn
from ops.access.sessions import SessionStore
from ops.errors import Locked, WrongPin


class NoSession(ClientException):
    """A token has nothing that could be locked."""

    status_code = 409

    def __init__(self) -> None:
        super().__init__(detail="A token has no session, and so no lock.")


class Locking:
    """Locks and unlocks; PINs are argon2's business, as passwords are."""

    def __init__(self, directory: Directory, sessions: SessionStore, limiting: Limiting) -> None:
        self._directory = directory
        self._sessions = sessions
        self._limiting = limiting
        self._passwords = Passwords()

    async def lock(self, person: SignedIn, pin: str) -> SignedIn:
        """Raises Locked where it is already, or whoever comes by could choose another PIN."""
        if person.session is None:
            raise NoSession
        if person.locked:
            raise Locked
        await self._sessions.lock(person.session, await self._passwords.hash(pin))
        return msgspec.structs.replace(person, locked=True)

    async def unlock(
        self, person: SignedIn, address: str, *, pin: str | None, password: str | None
    ) -> SignedIn:
        """By the PIN, or by the person's own password; raises WrongPin, TooManyRequestsException."""
        if person.session is None:
            raise NoSession
        session = self._sessions.find(person.session)
        if session is None or session.pin_hash is None:
            return msgspec.structs.replace(person, locked=False)
        self._limiting.count(person.session, address)
        account = self._directory.get(person.account)
        by_password = account.password_hash if account is not None else None
        stored = session.pin_hash if pin is not None else by_password
        if not await self._passwords.verify(stored, pin if pin is not None else password or ""):
            raise WrongPin
        self._limiting.succeeded(person.session, address)
        await self._sessions.lock(person.session, None)
        return msgspec.structs.replace(person, locked=False)
