"""Invariants of design.md, section 12, of the player as a whole: any calls, kills and faults, in virtual time.

Those that the engine alone decides are in test_invariants.py, under any night.
"""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from show_control.evidence import CONFIRMED_FOR
from show_control.hearing import ASK_EVERY
from tests.show_control.any_play import AtPlay, Step, steps

SOME = settings(max_examples=40)
FEW = settings(max_examples=12)
"""With servers that are asked and answer, which takes long."""
FAULTS = ("one=silent", "one/backup=silent", "one=restart", "one=ok", "one/backup=ok")


@SOME
@given(steps("kill", "upgrade"))
def test_02_every_intent_ends_once_whatever_is_called_and_whenever_it_dies(
    played: list[Step],
) -> None:
    """That no packet is without one, `AtPlay` judges as each leaves."""
    playing = AtPlay()
    for step in played:
        playing.do(step)
    playing.until(playing.clock.now() + 5_000)
    playing.come_back()
    playing.until(playing.clock.now() + 5_000)
    ends = Counter(tuple(e.data["of"]) for e in playing.results())
    assert set(ends) == playing.intents()
    assert set(ends.values()) <= {1}
    said = {str(e.data[s]).partition(":")[0] for e in playing.results() for s in ("main", "backup") if s in e.data}  # fmt: skip
    assert said <= {"sent", "not sent", "unknowable"}


@SOME
@given(steps("kill"))
def test_02_what_is_entered_as_sent_has_left(played: list[Step]) -> None:
    playing = AtPlay()
    for step in played:
        playing.do(step)
    left = {(p.intent, p.side) for p, _ in playing.left}
    entered = {
        (tuple(e.data["of"]), side)
        for e in playing.results()
        for side in ("main", "backup")
        if e.data.get(side) == "sent"
    }
    assert entered == left


@SOME
@given(steps("kill"), st.integers(0, 3))
def test_04_no_standby_count_fires_twice_through_restarts(played: list[Step], again: int) -> None:
    """The same request asked again, also of the player that came back, is the one GO that it was."""
    playing = AtPlay("20:10:05")
    for n, step in enumerate(played):
        playing.do(step)
        if n % 4 == again:
            run = next(r for r in playing.player.state.runs.values() if r.slot == "gala")
            request = f"r{run.count}"
            first = playing.call("go gala", request=request, standby_count=run.count)
            playing.come_back()
            second = playing.call("go gala", request=request, standby_count=run.count)
            assert (second.accepted, second.went, second.reason) == (
                first.accepted,
                first.went,
                first.reason,
            )
    gone = Counter(
        e.data["request"]
        for e in playing.all_entries()
        if e.kind == "call" and e.data["call"] == "go" and e.data.get("request")
    )
    assert set(gone.values()) <= {1}


@SOME
@given(steps("kill"))
def test_05_a_fade_out_is_always_accepted_and_makes_dark(played: list[Step]) -> None:
    playing = AtPlay()
    for step in played:
        playing.do(step)
    assert playing.call("fade_out", run=None).accepted
    playing.until(playing.clock.now() + 3_000)
    state, now = playing.player.state, playing.clock.now()
    safe = {o for s in state.file.surfaces.values() for a in s.safe for o in a.outputs} if state.file else set()  # fmt: skip
    assert not [o for o in safe if o in state.looks and state.looks[o].lit(now)]


@SOME
@given(steps("adopt", "adopt", "kill"))
def test_07_the_mapping_changes_with_no_run_live_alone(played: list[Step]) -> None:
    playing = AtPlay()
    for step in played:
        before, live = playing.clock.pair, False
        if step.what == "adopt":
            playing.do(Step(step.wait, "one=ok"))
            before, live = playing.clock.pair, playing.live()
            playing.do(Step(0, "adopt"))
        else:
            playing.do(step)
        changed = playing.clock.pair != before
        assert changed is (step.what == "adopt" and not live)


@FEW
@given(steps(*FAULTS, most=6))
def test_08_a_restart_sends_nothing_to_an_output_whose_look_was_confirmed(
    played: list[Step],
) -> None:
    """But what is due by then anyway; what it asserts is another's."""
    playing = AtPlay(asking=True)
    for step in played:
        playing.do(step._replace(wait=min(step.wait, 2_000)))
    playing.until(playing.clock.now() + 2_500)
    right = {(o.output, e.which) for o, e in playing.confirmed()}
    ramps = {o for o, look in playing.player.state.looks.items() if look.ramp is not None}
    before = len(playing.left)
    playing.come_back()
    playing.until(playing.clock.now() + 900)
    intents = {(e.term, e.seq): e for e in playing.all_entries() if e.kind == "intent"}
    asserted = {
        (p.output, p.side)
        for p, _ in playing.left[before:]
        if intents[p.intent].data["why"] == "player restarted" and p.output not in ramps
    }
    assert not asserted & right


@FEW
@given(steps(*FAULTS, "kill", most=6))
def test_10_and_14_nothing_is_confirmed_or_lit_by_what_was_said_before_its_send(
    played: list[Step],
) -> None:
    playing = AtPlay(asking=True)
    for step in played:
        playing.do(step._replace(wait=min(step.wait, 2_000)))
        for output, seen in playing.confirmed():
            sent = playing.newest.get((output.output, seen.which))
            assert seen.reported_at is not None
            assert sent is None or seen.reported_at > sent
        for output in playing.board().outputs:
            assert not output.lit or output.evidence[0].agreement == "confirmed"
    for server in playing.servers:
        server.give("silent")
    playing.until(playing.clock.now() + CONFIRMED_FOR + 2 * ASK_EVERY)
    assert playing.confirmed() == [], "and agreement expires"


@SOME
@given(steps("lose the folder", "have it", "kill"))
def test_12_who_may_not_send_sends_nothing_not_even_a_question(played: list[Step]) -> None:
    playing = AtPlay()
    for step in played:
        playing.do(step)
        if not playing.may_send:
            sent, entries = len(playing.transport.sent), len(playing.all_entries())
            playing.until(playing.clock.now() + 70_000)
            assert len(playing.transport.sent) == sent
            results = [e for e in playing.all_entries()[entries:] if e.kind == "result"]
            assert "sent" not in {e.data.get(s) for e in results for s in ("main", "backup")}
