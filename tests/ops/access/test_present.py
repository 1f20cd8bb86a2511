"""Who is present, and who is told when that changes: in virtual time, without a database."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from ops.access.directory import Account, Directory
from ops.access.lookups import IN_A_SECOND, Lookups
from ops.access.present import Present
from ops.access.rights import Grant, SignedIn
from ops.access.secret_keys import digest_of, new_secret
from ops.access.sessions import Session, SessionStore
from ops.storage import Database
from show_control.model import Millis

SEE, ALL = (Grant(("see",)),), (Grant(("see", "control")),)
KIM = Account(id="kim", kind="person", name="Kim", grants=SEE)
SECRET = new_secret()
DESK = Account(
    id="desk", kind="token", name="desk", grants=SEE, secret_digest=digest_of(SECRET), expires_at=50
)
SESSION = Session("s", "kim", 1000)


class Door:
    """Memory alone, and the instant that the test moves."""

    def __init__(self) -> None:
        self.at: Millis = 0
        self.directory = Directory(lambda: self.at)
        self.sessions = SessionStore(lambda: self.at)
        nowhere = Database(lambda: "")
        self.lookups = Lookups(self.directory, self.sessions, nowhere, lambda: self.at)
        self.present = Present(self.directory, self.sessions, self.lookups, lambda: self.at)
        self.told: list[SignedIn | None] = []

    def follow(self, account: str, session: str | None) -> Any:
        person = self.present.now(account, session)
        connection: Any = SimpleNamespace(user=person)
        return self.present.follow(connection, self.told.append)


@pytest.fixture
def door() -> Door:
    door = Door()
    door.directory.adopt_all([KIM, DESK])
    door.sessions.adopt(SESSION)
    return door


def test_rights_are_looked_up_each_time(door: Door) -> None:
    before = door.present.now("kim", "s")
    assert before is not None
    assert not before.may("control")
    door.follow("kim", "s")
    door.directory.adopt(msgspec.structs.replace(KIM, grants=ALL))
    after = door.present.now("kim", "s")
    assert after is not None
    assert after.may("control")
    assert door.told == [after]


async def test_lock_and_end_of_a_session_are_told(door: Door) -> None:
    stop = door.follow("kim", "s")
    await door.sessions.lock("s", "a hash")
    assert [one.locked for one in door.told if one] == [True]
    door.sessions.take_unsaved()
    door.sessions.saved()
    door.sessions.forget("s")
    assert door.told[-1] is None
    stop()
    assert not door.present._followers


def test_a_revoked_account_is_nobody_and_told_once(door: Door) -> None:
    door.follow("kim", "s")
    door.directory.forget("kim")
    door.directory.forget("kim")
    door.directory.adopt(KIM)
    assert door.told == [None]


def test_who_left_is_told_nothing(door: Door) -> None:
    stop = door.follow("kim", "s")
    door.follow("kim", "s")()
    stop()
    stop()
    door.directory.forget("kim")
    assert door.told == []


async def test_what_expires_is_noticed_at_its_instant(door: Door) -> None:
    door.follow("desk", None)
    door.at = 49
    await door.present.watch()
    assert door.told == []
    door.at = 50
    await door.present.watch()
    assert door.told == [None]
    assert await door.present.by_token(f"Bearer {SECRET}") is None


async def test_a_renewed_session_is_followed_to_its_new_end(door: Door) -> None:
    door.follow("kim", "s")
    door.at = 999
    door.sessions.adopt(msgspec.structs.replace(SESSION, expires_at=2000))
    door.at = 1500
    await door.present.watch()
    assert door.told == []
    door.at = 2000
    await door.present.watch()
    assert door.told == [None]


async def test_a_token_is_taken_by_its_scheme_and_form(door: Door) -> None:
    for header in (f"Bearer {SECRET}", f"bearer  {SECRET} "):
        person = await door.present.by_token(header)
        assert person is not None
        assert (person.name, person.kind, person.session) == ("desk", "token", None)
    for header in (SECRET, f"Basic {SECRET}", f"Bearer {SECRET[:-1]}", "Bearer", ""):
        assert await door.present.by_token(header) is None


def test_a_session_is_its_own_account_s(door: Door) -> None:
    assert door.present.now("desk", "s") is None
    assert door.present.now("kim", "other") is None


def test_what_is_looked_for_is_bounded(door: Door) -> None:
    lookups = door.lookups
    lookups._database.why_down = None
    looked = sum(lookups._may_look(f"{n}") for n in range(1000))
    assert looked == IN_A_SECOND
    door.at = 1000
    lookups._in_vain["old"] = None
    assert not lookups._may_look("old")
    assert lookups._may_look("new")
