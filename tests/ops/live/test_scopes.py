"""Who may see only some surfaces is shown those, and learns of no others."""

from __future__ import annotations

import msgspec

from ops.access.rights import Grant, SignedIn
from ops.live.beats import Heartbeat
from ops.live.live_feed import LiveFeed
from ops.live.scopes import EVERYTHING, project, seen_by
from show_control.documents import CutView, PredictionView
from tests.ops.live.boards import ALL, BOARD, DOME, RIVER, TORCHES, lit, night_under_way, of_one

ONE = seen_by(of_one("river-and-dome", TORCHES))
ELSEWHERE = seen_by(of_one("another"))


def feed() -> LiveFeed:
    return LiveFeed(iter("abcdefgh").__next__, BOARD, lambda: 0)


def test_who_may_see_everything_shares_one_scope() -> None:
    curator = SignedIn(name="Cho", grants=(Grant(("see", "edit")), Grant(("see",), "lights")))
    assert seen_by(ALL) == seen_by(curator) == EVERYTHING
    assert project(BOARD, EVERYTHING) is BOARD
    assert project(BOARD, seen_by(of_one("river-and-dome"))) is BOARD


def test_a_surface_has_its_slots_runs_outputs_servers_lines_and_alarms() -> None:
    seen = project(BOARD, ONE)
    for part in (seen.surfaces, seen.slots, seen.runs, seen.outputs):
        assert {p.surface for p in part} == {TORCHES}
    assert {s.server for s in seen.servers} == {o.server for o in seen.outputs}
    assert {line.surface for line in seen.lines} <= {TORCHES, None}
    assert {alarm.code for alarm in seen.alarms} == {f"{TORCHES}-alarm", "record-alarm"}
    told = msgspec.json.encode(seen)
    assert RIVER.encode() not in told
    assert DOME.encode() not in told
    assert seen.festival == "river-and-dome"


def test_a_prediction_is_that_of_the_surface_and_names_no_slot_of_another() -> None:
    cuts = tuple(
        CutView(slots=(name,), saves=1, texts={"en": name})
        for name in ("torches-first", "dome-hours.1")
    )
    views = tuple(
        PredictionView(surface=s, ends=2, curfew=1, over=1, cuts=cuts) for s in (TORCHES, DOME)
    )
    board = msgspec.structs.replace(BOARD, predictions=views)
    (seen,) = project(board, ONE).predictions
    shown = {s.slot for s in project(board, ONE).slots}
    assert seen.surface == TORCHES
    assert {s for c in seen.cuts for s in c.slots} == {"torches-first", "dome-hours.1"} & shown
    assert DOME.encode() not in msgspec.json.encode(project(board, ONE))


def test_a_run_that_plays_on_a_surface_is_seen_there_whatever_its_own() -> None:
    board = night_under_way(1)
    on_both = {r.run for r in board.runs if r.surface == DOME and "quay" in r.outputs}
    assert on_both
    seen = project(board, seen_by(of_one("river-and-dome", RIVER)))
    assert on_both <= {run.run for run in seen.runs}
    assert on_both <= {slot.run for slot in seen.slots}
    assert {output.surface for output in seen.outputs} == {RIVER}


def test_of_another_festival_nothing_is_told_but_that_there_is_a_player() -> None:
    board = msgspec.structs.replace(BOARD, player="p", term=2)
    seen = project(board, ELSEWHERE)
    assert (seen.player, seen.term, seen.festival) == ("p", 2, None)
    assert {alarm.code for alarm in seen.alarms} == {"record-alarm"}
    told = msgspec.json.encode(seen)
    for word in (RIVER, DOME, TORCHES, "River and Dome", "river-and-dome"):
        assert word.encode() not in told


def test_a_scope_has_one_feed_for_all_who_share_it_for_as_long_as_it_is_used() -> None:
    feeds = feed()
    first = feeds.open(ONE)
    assert feeds.open(ONE) is first
    assert first is not feeds
    feeds.close(ONE)
    assert feeds.scopes == {ONE}
    feeds.close(ONE)
    assert feeds.scopes == frozenset()
    assert feeds.open(ONE).id not in (first.id, feeds.id)


def test_what_changes_elsewhere_moves_no_number() -> None:
    feeds = feed()
    mine = feeds.open(ONE)
    feeds.publish(lit(feeds.board, DOME))
    assert (feeds.number, mine.number) == (1, 0)
    feeds.publish(lit(feeds.board, TORCHES))
    assert (feeds.number, mine.number) == (2, 1)
    assert mine.since(0) is mine.since(0)
    assert DOME not in mine.since(0) + mine.snapshot()


def test_a_frame_of_changes_is_ascii_and_says_the_same() -> None:
    feeds = feed()
    feeds.publish(msgspec.structs.replace(BOARD, title={"ko": "빛의 밤 🌃", "de": "Nächte"}))
    frame = feeds.since(0)
    assert frame.isascii()
    assert msgspec.json.decode(frame)["changes"]["title"] == {"ko": "빛의 밤 🌃", "de": "Nächte"}


def test_everybody_is_told_of_the_players_heartbeat() -> None:
    feeds = feed()
    mine = feeds.open(ONE)
    before = mine.snapshot()
    feeds.relay(Heartbeat(player_at=7, term=2, seq=1))
    assert '"player_at":null' in before
    assert '"player_at":7' in mine.snapshot()


def test_a_scope_that_nobody_looks_at_has_its_document_all_the_same() -> None:
    feeds = feed()
    document = msgspec.json.decode(feeds.document(ONE))
    assert {o["surface"] for o in document["outputs"]} == {TORCHES}
    assert feeds.scopes == frozenset()
    assert feeds.document(EVERYTHING) == feeds.snapshot()
