"""How tonight will end if nobody does anything about it, and what to drop so that it ends in time."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from show_control import engine
from show_control.documents import PredictionView
from show_control.events import Call, Tick
from show_control.model import Action, Cue, NightFile, Slot
from show_control.rehearsal import rehearse
from show_control.views.coming import on_and_to_come
from show_control.views.cuts import Mending
from show_control.views.predictions import STEP, prediction_views
from tests.show_control.any_night import ANY, Played, Watched
from tests.show_control.house import LOOP, at, cue, night_file, play, sequence, slot
from tests.show_control.playbook import Desk, call

MINUTE = 60_000
TALK = sequence("talk", cue("1", play(7), length=20 * MINUTE))
ACT = sequence("act", cue("1", play(8), length=10 * MINUTE))
OPEN = sequence("open", cue("1", play(9), length=None))


def by_hand(name: str, starts: str, ends: str, runs: str = "act", **rest: object) -> Slot:
    return slot(name, starts, ends, runs, start="manual", **rest)


def evening(*slots: Slot, curfew: str | None = "23:00") -> NightFile:
    return night_file((LOOP, TALK, ACT, OPEN), slots, curfew=curfew)


def seen(desk: Desk, surface: str = "wall") -> PredictionView:
    views = prediction_views(desk.state, desk.state.file.nights[0], desk.now)  # type: ignore[union-attr]
    return next(v for v in views if v.surface == surface)


def told(desk: Desk) -> tuple[str, float, list[tuple[tuple[str, ...], float]]]:
    """When the wall ends, by how many minutes it is over, and each cut with what it saves."""
    one = seen(desk)
    ends = (one.ends - desk.at("00:00")) // 1000
    cuts = [(c.slots, c.saves / MINUTE) for c in one.cuts]
    return f"{ends // 3600}:{ends // 60 % 60:02}", one.over / MINUTE, cuts


ACTS = evening(
    by_hand("gala", "22:00", "22:20", "talk", programme="special"),
    by_hand("a", "22:20", "22:30"),
    by_hand("b", "22:30", "22:40"),
    by_hand("c", "22:40", "22:50"),
    by_hand("finale", "22:50", "23:00", programme="special"),
)


def test_on_time_it_ends_as_planned() -> None:
    desk = Desk(ACTS)
    assert told(desk) == ("23:00", 0, [])
    desk.call("go gala 1", "22:00")
    assert told(desk) == ("23:00", 0, [])


def test_a_hand_that_is_late_delays_what_is_called_after_it_and_the_latest_pass_mends_it() -> None:
    desk = Desk(ACTS)
    desk.call("go gala 1", "22:08")
    assert told(desk) == ("23:08", 8, [(("c",), 8)])
    assert seen(desk).cuts[0].texts == {"en": "drop c: saves 8:00", "ko": "c 빼기: 8:00 단축"}


def test_it_grows_while_nobody_gives_the_go() -> None:
    desk = Desk(ACTS)
    for when, over in (("22:01", 1), ("22:05", 5), ("22:09", 9)):
        desk.until(when)
        assert told(desk)[1] == over


def test_what_would_lapse_before_its_go_is_lost_and_not_counted() -> None:
    """12 minutes late, `a` would lapse before anybody may call it: that mends it of itself."""
    desk = Desk(ACTS)
    desk.call("go gala 1", "22:12")
    assert told(desk) == ("23:02", 2, [(("c",), 2)])


def test_a_special_is_named_only_where_no_pass_is_left_and_it_is_said() -> None:
    desk = Desk(
        evening(
            by_hand("gala", "22:00", "22:20", "talk", programme="special"),
            by_hand("one", "22:20", "22:40", "talk", programme="special"),
            by_hand("two", "22:40", "23:00", "talk", programme="special"),
        )
    )
    desk.call("go gala 1", "22:05")
    ends, over, cuts = told(desk)
    assert (ends, over, cuts) == ("23:05", 5, [(("two",), 5)])
    assert "special" in seen(desk).cuts[0].texts["en"]
    assert "특별" in seen(desk).cuts[0].texts["ko"]


def test_where_no_cut_mends_it_none_is_named() -> None:
    desk = Desk(evening(by_hand("gala", "22:00", "22:20", "talk")))
    desk.call("go gala 1", "22:19")
    assert told(desk)[1:] == (0, [])
    desk.call("standby gala 1", "22:50")
    desk.call("go gala 1", "22:50")
    assert told(desk) == ("23:10", 10, [])


def test_the_latest_start_of_a_slot_is_watched() -> None:
    latest = at("22:53")
    desk = Desk(
        evening(
            by_hand("gala", "22:00", "22:20", "talk"),
            by_hand("a", "22:20", "22:30"),
            by_hand("b", "22:30", "22:50", "talk"),
            slot("finale", "22:50", "22:55", "loop", latest_start=latest, programme="special"),
        )
    )
    desk.call("go gala 1", "22:04")
    assert told(desk)[1:] == (1, [(("b",), 1)])


def test_auto_slots_in_a_hands_way_wait_or_are_skipped_and_the_night_ends_with_the_last_that_runs() -> (
    None
):
    loops = [slot(f"loop.{n}", f"21:{n:02}", f"21:{n + 10:02}", "loop") for n in (0, 20, 40)]
    desk = Desk(evening(by_hand("gala", "20:30", "21:00", "open"), *loops))
    assert told(desk)[0] == "21:50"
    desk.call("go gala 1", "20:59")
    desk.until("21:30")
    assert told(desk)[0] == "21:50"
    desk.until("21:52")
    assert told(desk)[0] == "22:02"


def test_a_slot_that_takes_over_ends_the_hand_and_so_the_overrun() -> None:
    desk = Desk(
        evening(
            by_hand("gala", "22:00", "22:40", "talk"),
            slot("last", "22:45", "22:55", "loop", meets="take over"),
        )
    )
    desk.call("go gala 1", "22:39")
    assert told(desk) == ("22:55", 0, [])


def test_a_hold_delays_it_by_as_long_as_it_lasts() -> None:
    desk = Desk(ACTS)
    desk.call("go gala 1", "22:00")
    desk.call("hold gala", "22:10")
    desk.until("22:17")
    assert told(desk)[1] == 7


def test_what_a_cue_started_ends_with_its_run_and_counts_beside_it_only_in_hand() -> None:
    start = Action(kind="start", outputs=(), sequence="open")
    host = sequence("host", cue("1", start, length=10 * MINUTE))
    acts = (by_hand("gala", "22:00", "22:30", "host"), by_hand("a", "22:30", "22:40"))
    desk = Desk(night_file((LOOP, host, ACT, OPEN), acts, curfew="22:20"))
    desk.call("go gala 1", "22:05")
    items = on_and_to_come(desk.state, desk.state.file.nights[0], desk.now)  # type: ignore[union-attr]  # it is loaded
    assert [(i.slot, i.starts + i.length) for i in items if i.begun] == [("gala", at("22:15"))]
    desk.call("hold gala:open", "22:06")
    items = on_and_to_come(desk.state, desk.state.file.nights[0], desk.now)  # type: ignore[union-attr]  # it is loaded
    assert [(i.slot, i.starts + i.length) for i in items if i.begun] == [
        ("gala", at("22:15")),
        ("gala", at("22:30")),
    ]


def test_a_surface_on_which_nothing_comes_any_more_has_no_prediction() -> None:
    desk = Desk(evening(by_hand("gala", "20:00", "20:20", "talk")))
    views = prediction_views(desk.state, desk.state.file.nights[0], desk.now)  # type: ignore[union-attr]
    assert [v.surface for v in views] == ["wall"]
    desk.until("21:00")
    assert not prediction_views(desk.state, desk.state.file.nights[0], desk.now)  # type: ignore[union-attr]


def test_automation_off_leaves_the_auto_slots_out() -> None:
    desk = Desk(
        evening(by_hand("gala", "20:00", "20:20", "talk"), slot("l", "22:00", "22:10", "loop"))
    )
    assert told(desk)[0] == "22:10"
    desk.call("automation_off", "19:00")
    assert told(desk)[0] == "20:20"


def test_cues_that_take_longer_than_their_slot_are_counted() -> None:
    show = sequence(
        "show", *(Cue(number=str(n), do=(play(n),), length=10 * MINUTE) for n in (1, 2, 3))
    )
    file = night_file((show,), (by_hand("show", "22:35", "22:50", "show"),))
    assert told(Desk(file)) == ("23:05", 5, [(("show",), 5)])


# --- in a rehearsal -------------------------------------------------------------------------------------------


def alarms(file: NightFile, *calls: tuple[str, str, str, str]) -> list[tuple[str, str]]:
    made = [
        (at(when), Call(call=name, run=run, standby=cue, by="Kim"))  # type: ignore[arg-type]
        for when, name, run, cue in calls
    ]
    desk = Desk(file)
    return [
        (f"{(e.at - desk.at('00:00')) // 60_000 // 60}:{(e.at - desk.at('00:00')) // 60_000 % 60:02}",
         "cleared" if e.data.get("cleared") else e.reason or "")
        for e in rehearse(file, made).entries
        if e.kind == "alarm" and e.data["code"].startswith("overrun")
    ]  # fmt: skip


def test_a_line_comes_when_the_prediction_crosses_the_curfew_and_the_alarm_goes_when_it_is_mended() -> (
    None
):
    told = alarms(
        ACTS,
        ("22:05", "go", "gala", "1"),
        ("22:25", "go", "a", "1"),
        ("22:35", "go", "b", "1"),
        ("22:50", "go", "finale", "1"),
    )
    assert told[0] == (
        "22:01",
        "wall: as things stand finale goes on until 23:01:00, past the curfew, 23:00:00",
    )
    assert told[-1][1] == "cleared"


def test_a_night_on_time_raises_none() -> None:
    assert alarms(ACTS, ("22:00", "go", "gala", "1"), ("22:20", "go", "a", "1"), ("22:30", "go", "b", "1"), ("22:40", "go", "c", "1"), ("22:50", "go", "finale", "1")) == []  # fmt: skip


# --- the fewest -----------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([5, 10, 15, 20]), min_size=2, max_size=6),
    st.integers(1, 30),
    st.lists(st.booleans(), min_size=6, max_size=6),
)
def test_no_smaller_set_would_mend_it(lengths: list[int], late: int, special: list[bool]) -> None:
    start, slots = 22 * 60, []
    for n, length in enumerate(lengths):
        begins, ends = start, start + length
        programme = "special" if special[n] else "base"
        slots.append(by_hand(f"s{n}", f"{begins // 60}:{begins % 60:02}", f"{ends // 60}:{ends % 60:02}", programme=programme))  # fmt: skip
        start = ends
    desk = Desk(evening(*slots, curfew=f"{start // 60}:{start % 60:02}"))
    desk.until(f"22:{min(late, lengths[0] - 1):02}")
    night = desk.state.file.nights[0]  # type: ignore[union-attr]
    mending = Mending(tuple(on_and_to_come(desk.state, night, desk.now)), night.curfews, "wall")
    cuts = mending.cuts()
    names = [s for c in cuts for s in c.slots]
    if not names:
        return
    assert mending.over(frozenset(names)) == 0
    assert sum(c.saves for c in cuts) == mending.over()
    base = [s.id for s in slots if s.programme == "base"]
    if any(c.special for c in cuts):
        assert mending.over(frozenset(base)) > 0
    else:
        for chosen in combinations(base, len(names) - 1):
            assert mending.over(frozenset(chosen)) > 0


@pytest.mark.parametrize("count", [2_000, 10_000])
def test_ten_thousand_slots_are_gone_through_once_and_not_with_each_beat(count: int) -> None:
    """What each beat looks at does not grow with the plan: counted, not timed."""
    zero = at("20:00")
    many = [
        Slot(id=f"s{n}", night="2025-09-02", surface="wall", sequence="loop", outputs=("left", "right"),
             starts=zero + n * 1000, ends=zero + n * 1000 + 1000)
        for n in range(count)
    ]  # fmt: skip
    desk = Desk(evening(*many, curfew=None), start="19:00")
    night = desk.state.file.nights[0]  # type: ignore[union-attr]
    assert on_and_to_come(desk.state, night, desk.now) == []
    assert seen(desk).ends == many[-1].ends


# --- against what really comes ---------------------------------------------------------------------------------


def called_as_soon_as_possible(desk: Desk) -> int:
    """A caller who gives each GO the moment that it can be: when the last run of the night has ended."""
    while (due := engine.deadline(desk.state)) is not None and due < desk.at("29:00"):
        desk.step(Tick(), due)
        waits = [r for r in desk.state.runs.values() if r.phase == "standing by"]
        in_hand = any(r.in_hand and r.live for r in desk.state.runs.values())
        if waits and not in_hand:
            desk.do(call(f"go {waits[0].slot}"), desk.now)
    return max(r.ended_at or 0 for r in desk.state.runs.values() if r.phase == "ended")


@pytest.mark.parametrize("late", range(16))
def test_the_prediction_comes_true_where_each_go_is_given_as_soon_as_it_can_be(late: int) -> None:
    desk = Desk(ACTS)
    desk.until(f"22:{late:02}")
    desk.call("go gala 1")
    predicted = seen(desk).ends
    assert called_as_soon_as_possible(desk) == predicted


@settings(max_examples=60, deadline=None)
@given(ANY)
def test_on_any_night_a_prediction_can_be_made_and_lies_ahead(played: Played) -> None:
    """Whatever was called, stalled or loaded: and what it says to drop is of tonight."""
    watched = Watched(played.steps, stalled=True)
    now = played.steps[-1][0]
    for night in played.file.nights:
        known = {s.id for s in night.slots}
        for view in prediction_views(watched.state, night, now):
            assert view.ends >= now - STEP
            assert view.over >= 0
            assert bool(view.cuts) <= (view.over > 0)
            assert {s for c in view.cuts for s in c.slots} <= known


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from([0, 5, 30]), st.sampled_from([5, 10])), min_size=1, max_size=6
    )
)
def test_a_night_that_goes_by_itself_ends_as_predicted(gaps: list[tuple[int, int]]) -> None:
    start, slots = 20 * 60, []
    for n, (gap, length) in enumerate(gaps):
        start += gap
        ends = start + length
        slots.append(slot(f"s{n}", f"{start // 60}:{start % 60:02}", f"{ends // 60}:{ends % 60:02}", "loop"))  # fmt: skip
        start = ends
    desk = Desk(evening(*slots))
    predicted = seen(desk).ends
    assert called_as_soon_as_possible(desk) == predicted


def test_the_board_does_not_change_with_each_beat_while_a_go_is_waited_for() -> None:
    desk = Desk(ACTS)
    desk.until("22:01")
    views = [
        prediction_views(desk.state, desk.state.file.nights[0], desk.now + n * 500)
        for n in range(10)
    ]  # type: ignore[union-attr]
    assert len({v[0].ends for v in views}) == 1
