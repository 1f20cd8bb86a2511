"""Accounts in memory: who there is and what they may do, whatever befalls the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from ops.access.rights import Grant, Kind
from show_control.model import Millis

Told = Callable[[str], None]


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """A person, a token or a link, not revoked. `secret_digest` is of a token's or link's secret."""

    id: str
    kind: Kind
    name: str
    grants: tuple[Grant, ...] = ()
    password_hash: str | None = None
    secret_digest: bytes | None = None
    view: str | None = None
    expires_at: Millis | None = None

    def in_force(self, now: Millis) -> bool:
        return self.expires_at is None or now < self.expires_at


class Directory:
    """`changed` is called with the id of each account that changed, or came, or went."""

    def __init__(self, now: Callable[[], Millis]) -> None:
        self._now = now
        self._accounts: dict[str, Account] = {}
        self._people: dict[str, str] = {}
        self._secrets: dict[bytes, str] = {}
        self.changed: Told = lambda _: None
        self.read = False
        """Whether what the database holds is known here: until then a stranger may be none."""

    def get(self, account: str) -> Account | None:
        """The account, if it is in force."""
        found = self._accounts.get(account)
        return found if found is not None and found.in_force(self._now()) else None

    def person(self, name: str) -> Account | None:
        return self.get(self._people.get(name, ""))

    def by_secret(self, secret_digest: bytes) -> Account | None:
        return self.get(self._secrets.get(secret_digest, ""))

    def adopt_all(self, accounts: Iterable[Account]) -> None:
        """What the database holds, and nothing else."""
        stored = {account.id: account for account in accounts}
        for gone in self._accounts.keys() - stored.keys():
            self.forget(gone)
        for account in stored.values():
            self.adopt(account)
        self.read = True

    def adopt(self, account: Account) -> None:
        known = self._accounts.get(account.id)
        if account == known:
            return
        self._drop(known)
        self._accounts[account.id] = account
        if account.kind == "person":
            self._people[account.name] = account.id
        if account.secret_digest is not None:
            self._secrets[account.secret_digest] = account.id
        self.changed(account.id)

    def forget(self, account: str) -> None:
        """It is revoked."""
        if (known := self._accounts.pop(account, None)) is not None:
            self._drop(known)
            self.changed(account)

    def _drop(self, account: Account | None) -> None:
        if account is not None and self._people.get(account.name) == account.id:
            del self._people[account.name]
        if account is not None and account.secret_digest is not None:
            self._secrets.pop(account.secret_digest, None)
