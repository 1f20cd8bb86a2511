"""Who may see only some surfaces is shown those, and learns of no others."""

from __future__ import annotations

import msgspec

from ops.access.rights import Grant, SignedIn
from ops.live.beats import Heartbeat
from ops.live.live_feed import LiveFeed
from ops.live.scopes import EVERYTHING, project, seen_by
from tests.ops.live.boards import ALL, BOARD, ELSEWHERE, FACADE, lit


def feed() -> LiveFeed:
    return LiveFeed(iter("abcdefgh").__next__, BOARD, lambda: 0)


def test_who_may_see_everything_shares_one_scope() -> None:
    curator = SignedIn(name="Cho", grants=(Grant(("see", "edit")), Grant(("see",), "lights")))
    assert seen_by(ALL) == seen_by(curator) == EVERYTHING
    assert project(BOARD, EVERYTHING) is BOARD
    assert project(BOARD, seen_by(SignedIn(name="x", grants=(Grant(("see",), "lights"),)))) is BOARD


def test_a_surface_has_its_slots_outputs_servers_and_lines() -> None:
    seen = project(BOARD, seen_by(FACADE))
    assert [s.surface for s in seen.surfaces] == ["facade"]
    assert [s.slot for s in seen.slots] == ["facade-slot"]
    assert [o.output for o in seen.outputs] == ["facade-1"]
    assert [s.server for s in seen.servers] == ["facade-server"]
    assert [(line.surface, line.slot) for line in seen.lines] == [("facade", None), (None, None)]
    assert b"dome" not in msgspec.json.encode(seen)
    assert seen.festival == "lights"


def test_of_another_festival_nothing_is_told_but_that_there_is_a_player() -> None:
    seen = project(BOARD, seen_by(ELSEWHERE))
    assert (seen.player, seen.term, seen.festival) == ("p", 2, None)
    told = msgspec.json.encode(seen)
    assert b"facade" not in told
    assert b"Lights" not in told


def test_a_scope_has_one_feed_for_all_who_share_it_for_as_long_as_it_is_used() -> None:
    feeds, scope = feed(), seen_by(FACADE)
    first = feeds.open(scope)
    assert feeds.open(scope) is first
    assert first is not feeds
    feeds.close(scope)
    assert feeds.scopes == {scope}
    feeds.close(scope)
    assert feeds.scopes == frozenset()
    again = feeds.open(scope)
    assert again.id not in (first.id, feeds.id)


def test_what_changes_elsewhere_moves_no_number() -> None:
    feeds = feed()
    facade = feeds.open(seen_by(FACADE))
    feeds.publish(lit(feeds.board, "dome"))
    assert (feeds.number, facade.number) == (1, 0)
    feeds.publish(lit(feeds.board, "facade"))
    assert (feeds.number, facade.number) == (2, 1)
    assert facade.since(0) is facade.since(0)
    assert "dome" not in facade.since(0) + facade.snapshot()


def test_everybody_is_told_of_the_players_heartbeat() -> None:
    feeds = feed()
    facade = feeds.open(seen_by(FACADE))
    before = facade.snapshot()
    feeds.relay(Heartbeat(player_at=7, term=2, seq=1))
    assert '"player_at":null' in before
    assert '"player_at":7' in facade.snapshot()


def test_a_scope_that_nobody_looks_at_has_its_document_all_the_same() -> None:
    feeds = feed()
    document = msgspec.json.decode(feeds.document(seen_by(FACADE)))
    assert [o["output"] for o in document["outputs"]] == ["facade-1"]
    assert feeds.scopes == frozenset()
    assert feeds.document(EVERYTHING) == feeds.snapshot()
