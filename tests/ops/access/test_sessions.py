"""Sessions in memory: what the database has not got yet is never lost, and never undone by it."""

from __future__ import annotations

import msgspec
import pytest

from ops.access.sessions import LASTS, Session, SessionStore, digest
from show_control.model import Millis

KEY, ACCOUNT = "a" * 64, "account-1"
DATA = msgspec.json.encode({"account": ACCOUNT})
HOUR: Millis = 3_600_000
LONG = LASTS // LASTS.resolution // 1000


class Clock:
    """The instant, moved by the test."""

    def __init__(self) -> None:
        self.now: Millis = 0

    def __call__(self) -> Millis:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(clock: Clock) -> SessionStore:
    return SessionStore(clock)


def stored(store: SessionStore) -> dict[str, set[str]]:
    """Take what is to be stored, as one whose database takes it."""
    taken = {key: set(one.changes) for key, one in store.take_unsaved().items()}
    store.saved()
    return taken


async def test_a_session_is_stored_when_it_is_made_and_then_each_hour(
    store: SessionStore, clock: Clock
) -> None:
    await store.set(KEY, DATA)
    assert stored(store) == {digest(KEY): {"made"}}
    clock.now = HOUR - 1
    await store.set(KEY, DATA)
    assert not store.to_store.is_set()
    clock.now = HOUR
    await store.set(KEY, DATA)
    assert stored(store) == {digest(KEY): {"renewed"}}
    assert await store.get(KEY) == DATA
    assert await store.get("b" * 64) is None


async def test_a_session_expires_and_is_then_ended(store: SessionStore, clock: Clock) -> None:
    told: list[str] = []
    store.changed = told.append
    await store.set(KEY, DATA, 60)
    stored(store)
    clock.now = 60_000
    assert not await store.exists(KEY)
    assert stored(store) == {digest(KEY): {"ended"}}
    assert told == [ACCOUNT, ACCOUNT]


async def test_what_could_not_be_stored_is_put_back_under_what_came_since(
    store: SessionStore,
) -> None:
    await store.set(KEY, DATA)
    store.take_unsaved()
    await store.lock(digest(KEY), "a hash")
    store.put_back()
    (one,) = store.take_unsaved().values()
    assert one.changes == {"made", "locked"}
    assert one.session.pin_hash == "a hash"
    await store.delete(KEY)
    store.put_back()
    assert stored(store) == {digest(KEY): {"made", "locked", "ended"}}


async def test_what_was_changed_here_is_newer_than_what_the_database_has(
    store: SessionStore,
) -> None:
    await store.set(KEY, DATA)
    before = store.find(digest(KEY))
    assert before is not None
    await store.lock(digest(KEY), "a hash")
    store.adopt(before)
    found = store.find(digest(KEY))
    assert found is not None
    assert found.pin_hash == "a hash"
    # Nor is it gone for not being there yet, while it is on its way.
    for _ in range(2):
        store.forget(digest(KEY))
        assert store.holds(KEY)
        store.take_unsaved()
    store.saved()
    store.forget(digest(KEY))
    assert not store.holds(KEY)


async def test_what_ended_here_is_not_brought_back(store: SessionStore) -> None:
    session = Session(digest(KEY), ACCOUNT, LONG)
    store.adopt(session)
    await store.delete(KEY)
    store.adopt(session)
    assert not store.holds(KEY)


async def test_another_process_s_lock_is_taken_over_and_told(store: SessionStore) -> None:
    told: list[str] = []
    store.changed = told.append
    session = Session(digest(KEY), ACCOUNT, LONG)
    store.adopt(session)
    store.adopt(msgspec.structs.replace(session, pin_hash="a hash"))
    store.adopt(msgspec.structs.replace(session, pin_hash="a hash"))
    assert told == [ACCOUNT, ACCOUNT]
