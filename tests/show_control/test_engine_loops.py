"""Loops, and the safe ways out: GO at once, `leave` when the pass is over, or so many times."""

from __future__ import annotations

import msgspec
import pytest

from show_control.events import Restarted, Tick
from show_control.model import Continue, Late, NightFile
from tests.show_control.house import at, cue, night_file, play, sequence, slot, stop, with_night
from tests.show_control.playbook import Desk, call, playbook

RUN = "small.2025-09-02.attract"


def attract(
    then: Continue = "none",
    times: int | None = None,
    late: Late = "fire",
    start: str = "auto",
    ends: str = "22:00",
) -> NightFile:
    """1 and 2 again and again: a pass takes 10 s, half a second of it the last post-wait."""
    show = sequence(
        "show",
        cue("1", play(1), length=4000, post_wait=1000),
        cue("2", play(2), then="follow", length=4500, post_wait=500, loop="1", times=times),
        cue("3", stop(), then=then, length=2000),
        cue("4", play(4), length=1000),
        late=late,
    )
    slots = (slot("attract", "20:00", ends, "show", start=start),)
    return night_file((show,), slots, curfew=None)


def left(desk: Desk) -> None:
    assert desk.call("leave attract").accepted


def test_a_pass_begins_when_the_one_before_has_ended_and_waited() -> None:
    playbook(attract(), [
        ("20:00:04.999", None, "20:00:00 cue_went attract 1 auto", "20:00:00 play 1 -> left, right"),
        ("20:00:05", None, "20:00:05 cue_went attract 2 follow", "20:00:05 play 2 -> left, right"),
        ("20:00:10", None, "20:00:10 cue_went attract 1 loop", "20:00:10 play 1 -> left, right"),
        ("20:00:20", None, "20:00:15 cue_went attract 2 follow", "20:00:15 play 2 -> left, right",
         "20:00:20 cue_went attract 1 loop", "20:00:20 play 1 -> left, right"),
        ("20:00:21", call("go attract 3"),
         "20:00:21 cue_dropped attract 2: GO 3", "20:00:21 yes 4 #2",
         "20:00:21 cue_went attract 3 GO", "20:00:21 stop -> left, right"),
        ("20:10", None),
    ])  # fmt: skip


def test_while_it_loops_the_cue_after_it_stands_by_and_its_count_stays() -> None:
    """A GO pressed as a pass turns is not stale."""
    desk = Desk(attract("follow"))
    desk.until("20:05:03")
    run = desk.state.runs[RUN]
    assert (run.standby, run.count, run.loop.turn if run.loop else 0) == (2, 1, 31)
    assert desk.call("go attract", standby_count=1).accepted


def test_a_loop_does_not_drift() -> None:
    desk = Desk(attract(ends="29:00"))
    desk.until("26:00:00")
    run = desk.state.runs[RUN]
    assert run.called_at == desk.at("26:00:00")


@pytest.mark.parametrize(
    ("then", "comes"),
    [
        ("none", []),
        ("follow", ["20:00:30 cue_went attract 3 follow", "20:00:30 stop -> left, right"]),
    ],
)
def test_left_the_pass_finishes_and_what_comes_after_goes_as_it_says(
    then: Continue, comes: list[str]
) -> None:
    desk = Desk(attract(then))
    desk.until("20:00:22")
    left(desk)
    assert desk.until("20:00:25") == [
        "20:00:25 cue_went attract 2 follow",
        "20:00:25 play 2 -> left, right",
    ]
    assert desk.until("20:01") == comes
    standby = desk.state.runs[RUN].standby
    assert standby == (2 if then == "none" else 3)


def test_who_left_it_once_need_not_again_and_a_run_without_a_loop_cannot_be_left() -> None:
    desk = Desk(attract())
    desk.until("20:00:22")
    left(desk)
    for when in ("20:00:23", "20:01"):
        assert desk.call("leave attract", when).reason == "attract is in no loop that turns again"


def test_left_between_its_last_cue_and_the_next_pass() -> None:
    desk = Desk(attract("follow"))
    desk.until("20:00:29.800")
    left(desk)
    assert desk.until("20:01")[0] == "20:00:30 cue_went attract 3 follow"


def test_left_it_leaves_alone_what_a_person_put_in_standby() -> None:
    desk = Desk(attract("follow"))
    desk.call("standby attract 4", "20:00:22")
    left(desk)
    assert desk.until("20:05") == [
        "20:00:25 cue_went attract 2 follow",
        "20:00:25 play 2 -> left, right",
    ]
    assert desk.call("go attract 4").accepted


def test_so_many_times_and_then_on() -> None:
    desk = Desk(attract("follow", times=2))
    told = desk.until("20:01")
    assert [t for t in told if "cue_went" in t] == [
        "20:00:00 cue_went attract 1 auto",
        "20:00:05 cue_went attract 2 follow",
        "20:00:10 cue_went attract 1 loop",
        "20:00:15 cue_went attract 2 follow",
        "20:00:20 cue_went attract 3 follow",
    ]


def test_the_last_cue_of_a_run_may_loop_and_its_post_wait_does_not_keep_the_run() -> None:
    show = sequence("show", cue("1", play(1), length=4000, post_wait=1000, loop="1", times=3))
    desk = Desk(night_file((show,), (slot("attract", "20:00", "22:00", "show"),)))
    assert desk.until("20:01")[-2:] == [
        "20:00:14 ended attract: its last cue ended",
        "20:00:14 idle: stop -> left, right",
    ]


def test_held_it_turns_no_more_and_resumes_from_now() -> None:
    desk = Desk(attract())
    desk.until("20:00:06")
    desk.call("hold attract", "20:00:07")
    assert desk.until("20:03") == []
    assert desk.lines(call("resume attract"), "20:03:03") == [
        "20:03:03 yes 3 #1",
        "20:03:03 cue_went attract 1 loop",
        "20:03:03 play 1 -> left, right",
    ]
    assert desk.until("20:03:08")[0] == "20:03:08 cue_went attract 2 follow"


def test_held_with_skip_it_stays_on_its_instants() -> None:
    desk = Desk(attract(late="skip"))
    desk.until("20:00:06")
    desk.call("hold attract", "20:00:07")
    assert desk.lines(call("resume attract"), "20:03:07") == [
        "20:03:07 yes 3 #1",
        "20:03:07 loop_passed attract 1",
        "20:03:07 cue_skipped attract 1 late 7000: late",
        "20:03:07 cue_skipped attract 2 late 2000: late",
    ]
    assert desk.until("20:03:10")[0] == "20:03:10 cue_went attract 1 loop"


def test_held_with_hold_its_first_cue_stands_by() -> None:
    desk = Desk(attract(late="hold"))
    desk.until("20:00:06")
    desk.call("hold attract", "20:00:07")
    assert desk.lines(call("resume attract"), "20:00:11") == [
        "20:00:11 cue_held attract 1 late 1000: late",
        "20:00:11 yes 1 #2",
    ]
    assert desk.until("20:10") == []
    assert desk.call("go attract 1").accepted
    assert desk.until("20:10:10")[-2] == "20:10:10 cue_went attract 1 loop"


def test_a_player_long_away_does_not_go_through_every_pass() -> None:
    desk = Desk(attract(ends="29:00"))
    desk.until("20:00:06")
    assert desk.stalled("24:00:07", Restarted()) == [
        "24:00:07 loop_passed attract 1",
        "24:00:07 cue_passed attract 1 late 7000: its time went by before it could go",
        "24:00:07 cue_went attract 2 follow late 2000",
        "24:00:07 late: cue: shows 2 at 1 -> left, right",
    ]
    assert desk.until("24:00:10")[0] == "24:00:10 cue_went attract 1 loop"


def test_of_a_player_long_away_a_slots_end_cuts_the_loop() -> None:
    desk = Desk(attract(ends="20:00:32"))
    desk.until("20:00:06")
    assert desk.stalled("24:00:07", Restarted())[-3:] == [
        "20:00:32 cue_dropped attract 2: its slot ended",
        "20:00:32 ended attract: its slot ended",
        "24:00:07 late: idle: shows nothing at 1 -> left, right",
    ]


def test_so_many_times_are_over_when_the_player_is_back() -> None:
    desk = Desk(attract("follow", times=5))
    desk.until("20:00:06")
    desk.stalled("20:30", Restarted())
    run = desk.state.runs[RUN]
    assert (run.standby, run.pending) == (3, ())
    assert desk.until("20:40") == []


def test_a_restart_keeps_the_loop_and_who_leaves_it() -> None:
    desk = Desk(attract("follow"))
    desk.until("20:00:22")
    left(desk)
    desk.do(Restarted(), "20:00:23")
    assert desk.until("20:00:30")[-2] == "20:00:30 cue_went attract 3 follow"


def test_fade_out_and_show_stop_stop_it() -> None:
    for stopping in ("fade_out", "show_stop"):
        desk = Desk(attract())
        desk.until("20:00:06")
        assert desk.call(stopping, "20:00:07").accepted
        assert [line for line in desk.until("20:30") if "cue_went" in line] == []


def test_end_and_slot_end_end_it() -> None:
    desk = Desk(attract(ends="20:00:12"))
    assert desk.until("20:30")[-3:] == [
        "20:00:12 cue_dropped attract 2: its slot ended",
        "20:00:12 ended attract: its slot ended",
        "20:00:12 idle: stop -> left, right",
    ]
    desk = Desk(attract())
    desk.until("20:00:06")
    desk.call("end attract", "20:00:07")
    assert desk.until("20:30") == []


def test_a_cue_set_to_be_passed_over_does_not_loop() -> None:
    show = sequence(
        "show",
        cue("1", play(1), length=4000),
        cue("2", play(2), then="follow", length=4500, loop="1", skip=True),
        cue("3", play(3), then="follow", length=1000),
    )
    playbook(night_file((show,), (slot("attract", "20:00", "22:00", "show"),)), [
        ("20:30", None,
         "20:00:00 cue_went attract 1 auto", "20:00:00 play 1 -> left, right",
         "20:00:04 cue_skipped attract 2: set to be passed over",
         "20:00:04 cue_went attract 3 follow", "20:00:04 play 3 -> left, right",
         "20:00:05 ended attract: its last cue ended", "20:00:05 idle: stop -> left, right"),
    ])  # fmt: skip


def test_a_file_nobody_checked_does_not_turn_for_ever_at_one_instant() -> None:
    show = sequence("show", cue("1", play(1), loop="1"))
    desk = Desk(night_file((show,), (slot("attract", "20:00", "20:00:01", "show"),)))
    assert sum("cue_went" in line for line in desk.until("20:30")) == 10


def test_passing_over_is_of_the_file_and_a_person_may_call_it_all_the_same() -> None:
    show = sequence(
        "show",
        cue("1", play(1), skip=True),
        cue("2", play(2), length=1000),
        cue("3", play(3), skip=True),
        cue("4", play(4), length=1000),
    )
    file = night_file((show,), (slot("gala", "20:00", "22:00", "show", start="manual"),))
    playbook(file, [
        ("20:00", None,
         "20:00:00 stands_by gala", "20:00:00 cue_skipped gala 1: set to be passed over"),
        ("20:01", call("go gala 2"),
         "20:01:00 cue_skipped gala 3: set to be passed over", "20:01:00 yes 4 #2",
         "20:01:00 cue_went gala 2 GO", "20:01:00 play 2 -> left, right"),
        ("20:02", call("standby gala 3"), "20:02:00 yes 3 #3"),
        ("20:03", call("go gala 3"),
         "20:03:00 yes 4 #4", "20:03:00 cue_went gala 3 GO", "20:03:00 play 3 -> left, right"),
    ])  # fmt: skip


def test_held_passes_nothing() -> None:
    desk = Desk(attract())
    desk.until("20:00:06")
    desk.call("hold attract", "20:00:07")
    desk.do(Tick(), "20:20")
    assert desk.state.runs[RUN].phase == "holding"


# --- what else may happen to a loop --------------------------------------------------------------------------------


def test_back_into_it_and_go_turns_from_there() -> None:
    desk = Desk(attract())
    desk.until("20:00:06")
    assert desk.call("back attract", "20:00:07").standby == "2"
    assert desk.lines(call("go attract"), "20:00:08") == [
        "20:00:08 yes 3 #3",
        "20:00:08 cue_went attract 2 GO",
        "20:00:08 play 2 -> left, right",
    ]
    assert desk.until("20:00:13") == [
        "20:00:13 cue_went attract 1 loop",
        "20:00:13 play 1 -> left, right",
    ]


def test_a_restart_that_holds_turns_no_more_until_it_is_resumed() -> None:
    file = attract()
    held = msgspec.structs.replace(file.sequences["show"], resume="hold")
    desk = Desk(msgspec.structs.replace(file, sequences={"show": held}))
    desk.until("20:00:06")
    assert desk.stalled("20:00:31", Restarted()) == ["20:00:31 held attract: the player restarted"]
    assert desk.until("20:05") == []
    assert desk.lines(call("resume attract"), "20:05:02")[1:] == [
        "20:05:02 cue_went attract 1 loop",
        "20:05:02 play 1 -> left, right",
    ]


def test_another_engine_holds_it_and_go_leaves_it() -> None:
    desk = Desk(attract())
    desk.until("20:00:06")
    desk.stalled("20:00:08", Restarted(same_engine=False))
    assert not desk.call("go attract", "20:00:20").accepted
    desk.call("resume attract", "20:00:30")
    assert desk.call("go attract 3", "20:00:31").accepted
    assert [line for line in desk.until("20:10") if "loop" in line] == []


def test_curfew_ends_it_but_not_out_of_a_hand() -> None:
    for by_hand in (False, True):
        file = with_night(attract(), curfews={"wall": at("20:00:32")})
        desk = Desk(file)
        desk.until("20:00:06")
        if by_hand:
            desk.call("hold attract", "20:00:07")
            desk.call("resume attract", "20:00:08")
        desk.until("20:00:33")
        assert desk.state.runs[RUN].live is by_hand


def test_who_took_control_leaves_it_and_nobody_else() -> None:
    desk = Desk(attract())
    desk.call("take_over attract", "20:00:06", by="Lee")
    assert desk.call("leave attract", "20:00:07").reason == "Lee has control"
    assert desk.call("leave attract", "20:00:08", by="Lee").accepted


def test_after_a_show_stop_it_is_resumed_or_left_by_go() -> None:
    desk = Desk(attract())
    desk.until("20:00:06")
    desk.call("show_stop", "20:00:07")
    assert not desk.call("resume attract", "20:00:20").accepted
    desk.call("restore", "20:00:21")
    assert desk.until("20:00:40") == []
    assert desk.call("go attract 3", "20:00:41").accepted
    assert desk.state.runs[RUN].loop is None


def test_while_it_is_held_it_can_be_left() -> None:
    desk = Desk(attract("follow"))
    desk.until("20:00:06")
    desk.call("hold attract", "20:00:07")
    left(desk)
    assert desk.lines(call("resume attract"), "20:01") == [
        "20:01:00 cue_went attract 3 follow",
        "20:01:00 stop -> left, right",
        "20:01:00 yes 4 #2",
    ]


def test_a_second_performance_loops_anew() -> None:
    desk = Desk(attract(times=2))
    desk.until("20:00:12")
    desk.call("end attract", "20:00:13")
    desk.call("standby attract 1", "20:00:20")
    desk.call("go attract", "20:00:30")
    run = desk.state.runs[f"{RUN}.2"]
    assert run.loop is not None
    assert run.loop.turn == 1
