"""The commands about who is let in: people, tokens, links, and the audit of what they did."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import msgspec

from ops.access import accounts
from ops.access.accounts import NewAccount, add_account
from ops.access.audit.queries import AuditRow, list_audit
from ops.access.directory import Account
from ops.access.names import NoGood
from ops.access.passwords import hash_password
from ops.access.queries import AccountRow
from ops.access.rights import ROLES, Grant, Kind, in_order
from ops.access.secret_keys import digest_of, new_secret
from ops.access.stored import every_account
from ops.instants import as_millis, as_text
from ops.services.places import check_places
from ops.settings import Settings
from ops.storing import CannotDo, connection_of, enter, now
from schedules.connection import Connection

MOST = 100_000
"""Lines of audit that are printed at once."""
VIEWS_AT_ROOT = "call"


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What an account shall be allowed, as it was asked for; no place is everywhere."""

    roles: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    festivals: tuple[str, ...] = ()
    surfaces: tuple[str, ...] = ()

    def grants(self) -> tuple[Grant, ...]:
        """Raises CannotDo where nothing is."""
        of_roles = [right for role in self.roles for right in ROLES[role]]
        rights = in_order([*of_roles, *self.rights])
        if not rights:
            raise CannotDo("say what it may do: --right see, or --role technician")
        return tuple(
            Grant(rights, festival, surface)
            for festival in self.festivals or (None,)
            for surface in self.surfaces or (None,)
        )


async def person_added(
    settings: Settings, name: str, password: str, wanted: Wanted, *, again: bool = False
) -> AsyncIterator[str]:
    """Add a person; with `again`, one who is there already gets the new password."""
    grants = wanted.grants()
    password_hash = hash_password(password)
    async with changing(settings) as connection:
        await check_places(connection, grants)
        if again and (known := await _person(connection, name)) is not None:
            await accounts.change_password(connection, known.id, password_hash)
        else:
            new = NewAccount(kind="person", name=name, grants=grants, password_hash=password_hash)
            await add_account(connection, new, now())
        await enter(connection, "add person", f"{name}: {told(grants)}")
    yield f"{name} may {told(grants)}"


async def token_created(
    settings: Settings, name: str, wanted: Wanted, expires: timedelta | None
) -> AsyncIterator[str]:
    """Create a token; its secret is told here and never again."""
    secret = new_secret()
    await _keep(settings, "token", name, wanted.grants(), secret, expires)
    yield secret


async def link_created(
    settings: Settings,
    name: str,
    wanted: Wanted,
    expires: timedelta | None,
    view: str,
    address: str | None,
) -> AsyncIterator[str]:
    """Create a link: an address whose fragment, which is sent to no server, is the secret."""
    secret = new_secret()
    where = (address or settings.address).rstrip("/")
    if urlsplit(where).scheme not in {"http", "https"} or not urlsplit(where).netloc:
        raise CannotDo(f"{where} is no address of a page: say https://lights.example")
    await _keep(settings, "link", name, wanted.grants(), secret, expires, view)
    yield f"{where}/{'' if view == VIEWS_AT_ROOT else view}#link={secret}"


async def listed(settings: Settings, kind: Kind) -> AsyncIterator[str]:
    """What there is of a kind, in a sentence each."""
    async with connection_of(settings) as connection:
        found = [a for a in await every_account(connection) if a.kind == kind]
    moment = as_millis(now())
    for account in found:
        yield sentence(account, expired=not account.in_force(moment))


async def revoked(settings: Settings, kind: Kind, name: str) -> AsyncIterator[str]:
    """From this moment on it is nobody."""
    async with changing(settings) as connection:
        account = await accounts.named(connection, kind, name)
        await accounts.revoke(connection, account.id, now())
        await enter(connection, f"revoke {kind}", account.name)
    yield f"{account.name} is revoked"


async def password_changed(settings: Settings, name: str, password: str) -> AsyncIterator[str]:
    """A new password for a person."""
    password_hash = hash_password(password)
    async with changing(settings) as connection:
        account = await accounts.named(connection, "person", name)
        await accounts.change_password(connection, account.id, password_hash)
        await enter(connection, "change password", account.name)
    yield f"{account.name} has a new password, and is signed out"


async def granted(
    settings: Settings, kind: Kind, name: str, wanted: Wanted, *, only: bool
) -> AsyncIterator[str]:
    """More to do, or with `only` this alone."""
    grants = wanted.grants()
    async with changing(settings) as connection:
        account = await accounts.named(connection, kind, name)
        await check_places(connection, grants)
        may = await accounts.grant(connection, account.id, grants, only=only)
        await enter(connection, f"grant {kind}", f"{account.name}: {told(may)}")
    yield f"{account.name} may {told(may)}"


async def audited(settings: Settings, since: timedelta, *, as_json: bool) -> AsyncIterator[str]:
    """What was entered since then, oldest first."""
    async with connection_of(settings) as connection:
        rows = await list_audit(connection, now() - since, MOST)
    for row in rows:
        yield as_line(row, as_json=as_json)


@asynccontextmanager
async def changing(settings: Settings) -> AsyncIterator[Connection]:
    """One transaction: the change and its audit, or neither."""
    async with connection_of(settings) as connection:
        try:
            async with connection.transaction():
                yield connection
        except NoGood as fault:
            raise CannotDo(str(fault)) from fault


async def _keep(
    settings: Settings,
    kind: Kind,
    name: str,
    grants: tuple[Grant, ...],
    secret: str,
    expires: timedelta | None,
    view: str | None = None,
) -> None:
    async with changing(settings) as connection:
        await check_places(connection, grants)
        ends = None if expires is None else now() + expires
        new = NewAccount(
            kind=kind,
            name=name,
            grants=grants,
            secret_digest=digest_of(secret),
            view=view,
            expires_at=ends,
        )
        await add_account(connection, new, now())
        until = "" if ends is None else f", until {_instant(ends)}"
        await enter(connection, f"create {kind}", f"{name}: {told(grants)}{until}")


async def _person(connection: Connection, name: str) -> AccountRow | None:
    try:
        return await accounts.named(connection, "person", name)
    except NoGood:
        return None


def sentence(account: Account, *, expired: bool) -> str:
    """`Kim may see, control; edit in lights until 2026-11-25T10:00:00.000Z`."""
    view = "" if account.view is None else f" ({account.view})"
    until = "" if account.expires_at is None else f" until {as_text(account.expires_at)}"
    return f"{account.name}{view} may {told(account.grants)}{until}{' (expired)' * expired}"


def told(grants: tuple[Grant, ...]) -> str:
    """What is granted, in words: `see, control on facade in lights`."""
    return "; ".join(", ".join(grant.rights) + _where(grant) for grant in grants) or "nothing"


def _where(grant: Grant) -> str:
    on = "" if grant.surface is None else f" on {grant.surface}"
    return on + ("" if grant.festival is None else f" in {grant.festival}")


def as_line(row: AuditRow, *, as_json: bool) -> str:
    """One entry of the audit, for a reader or for a program."""
    if as_json:
        told = {**msgspec.structs.asdict(row), "at": _instant(row.at)}
        return msgspec.json.encode(told).decode()
    about = f" {row.about}" if row.about else ""
    reason = f": {row.reason}" if row.reason else ""
    where = f" from {row.address}" if row.address else ""
    who = row.who or "nobody"
    return f"{_instant(row.at)} {who} ({row.kind}{where}) {row.what}{about}, {row.outcome}{reason}"


def _instant(at: datetime) -> str:
    return as_text(as_millis(at))
