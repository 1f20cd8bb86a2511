"""Frames put together to a board, and how old it is."""

from __future__ import annotations

import json

import msgspec
import pytest

from ops.live.beats import Heartbeat
from ops.live.live_feed import LiveFeed
from ops.watch.address import NotAnAddress, feed_address, resuming
from ops.watch.watched import Watched
from show_control.clock import MILLI
from tests.ops.live.boards import BOARD, DOME, lit


def test_a_document_and_its_changes_are_the_board() -> None:
    feed, watched = LiveFeed(iter("ab").__next__, BOARD, lambda: 0), Watched()
    watched.take(feed.snapshot(), 0)
    assert watched.board == BOARD
    assert watched.resume == ("a", 0)
    feed.publish(lit(BOARD, DOME))
    watched.take(feed.since(0), 0)
    assert watched.board == feed.board
    assert watched.resume == ("a", 1)


def test_its_age_is_the_heartbeats() -> None:
    feed, watched = LiveFeed(iter("ab").__next__, BOARD, lambda: 0), Watched()
    watched.take(feed.snapshot(), 0)
    assert (watched.age(9), watched.stale(9), watched.player_now(9)) == (None, True, None)
    feed.relay(Heartbeat(player_at=5000, term=1, seq=1))
    watched.take(feed.heartbeats.frame, 100 * MILLI)
    assert watched.age(1100 * MILLI) == 1000
    assert watched.player_now(1100 * MILLI) == 6000
    assert not watched.stale(2100 * MILLI)
    assert watched.stale(2101 * MILLI)


def test_frames_that_are_not_for_it_change_nothing() -> None:
    watched = Watched()
    for frame in ('{"clock":1,"player_at":2}', '{"you":{}}'):
        watched.take(frame, 0)
    assert watched.board is None


def test_another_versions_document_is_told_as_such() -> None:
    with pytest.raises(msgspec.ValidationError):
        Watched().take(json.dumps({"feed": "a", "number": 0, "player_at": None}), 0)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("http://127.0.0.1:8100", "ws://127.0.0.1:8100/api/v1/live"),
        ("127.0.0.1:8100", "ws://127.0.0.1:8100/api/v1/live"),
        ("https://lights.example/night?x=1", "wss://lights.example/api/v1/live"),
        ("ws://[::1]:8100/api/v1/live", "ws://[::1]:8100/api/v1/live"),
    ],
)
def test_the_pages_address_will_do(typed: str, address: str) -> None:
    assert feed_address(typed) == address


@pytest.mark.parametrize("typed", ["ftp://x", "http://", "http://x:port", ""])
def test_what_is_no_address_says_what_would_be(typed: str) -> None:
    with pytest.raises(NotAnAddress, match="http://HOST"):
        feed_address(typed)


def test_it_goes_on_after_what_it_has() -> None:
    assert resuming("ws://x", None) == "ws://x"
    assert resuming("ws://x", ("a b", 7)) == "ws://x?feed=a+b&number=7"
