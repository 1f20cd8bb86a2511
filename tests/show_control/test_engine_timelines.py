"""Timelines: cues with a place of their own, entered in the middle, held, resumed, left behind."""

from __future__ import annotations

import msgspec
import pytest

from show_control import board
from show_control.events import Restarted, Tick
from show_control.model import Late, NightFile
from tests.show_control.house import LASER, blackout, cue, level, night_file, play, sequence, slot
from tests.show_control.playbook import Desk, call, playbook, went_by

CUES = (
    cue("1", play(1), at=0, length=10_000),
    cue("2", level(0.5), at=10_000, length=2000),
    cue("2.5", level(0.8), then="follow", length=1000),
    cue("3", play(3), at=20_000, length=5000),
    cue("4", blackout()),
    cue("5", play(5), at=40_000, length=5000),
)


def timed(late: Late = "fire", start: str = "manual", resume: str = "rejoin") -> NightFile:
    show = sequence("show", *CUES, late=late, resume=resume)
    return night_file((show,), (slot("gala", "20:00", "22:00", "show", start=start),))


def test_its_cues_go_at_the_sequences_start_and_their_at() -> None:
    playbook(timed(start="auto"), [
        ("20:00:15", None,
         "20:00:00 cue_went gala 1 auto", "20:00:00 play 1 -> left, right",
         "20:00:10 cue_went gala 2 timeline", "20:00:10 level 0.5 -> left, right",
         "20:00:12 cue_went gala 2.5 follow", "20:00:12 level 0.8 -> left, right"),
        ("20:00:20", None,
         "20:00:20 cue_went gala 3 timeline", "20:00:20 play 3 -> left, right"),
    ])  # fmt: skip


def test_a_cue_without_a_place_stands_by_and_its_go_does_not_stop_the_timeline() -> None:
    playbook(timed(), [
        ("20:00", None, "20:00:00 stands_by gala"),
        ("20:01", call("go gala"),
         "20:01:00 yes 4 #2", "20:01:00 cue_went gala 1 GO", "20:01:00 play 1 -> left, right"),
        ("20:01:05", call("go gala 4"),
         "20:01:05 yes - #3", "20:01:05 cue_went gala 4 GO", "20:01:05 blackout -> left, right"),
        ("20:01:12", None,
         "20:01:10 cue_went gala 2 timeline", "20:01:10 level 0.5 -> left, right",
         "20:01:12 cue_went gala 2.5 follow", "20:01:12 level 0.8 -> left, right"),
        ("20:02", None,
         "20:01:20 cue_went gala 3 timeline", "20:01:20 play 3 -> left, right",
         "20:01:40 cue_went gala 5 timeline", "20:01:40 play 5 -> left, right",
         "20:01:45 ended gala: its last cue ended"),
    ])  # fmt: skip


def test_go_in_the_middle_enters_the_timeline_there_and_drops_what_lies_before() -> None:
    playbook(timed(), [
        ("20:00", None, "20:00:00 stands_by gala"),
        ("20:01", call("go gala"),
         "20:01:00 yes 4 #2", "20:01:00 cue_went gala 1 GO", "20:01:00 play 1 -> left, right"),
        ("20:01:02", call("standby gala 3"), "20:01:02 yes 3 #3"),
        ("20:01:03", call("go gala 3"),
         "20:01:03 cue_dropped gala 2: GO 3", "20:01:03 cue_dropped gala 2.5: GO 3",
         "20:01:03 yes 4 #4", "20:01:03 cue_went gala 3 GO", "20:01:03 play 3 -> left, right"),
        ("20:02", None, "20:01:23 cue_went gala 5 timeline", "20:01:23 play 5 -> left, right"),
    ])  # fmt: skip


@pytest.mark.parametrize("start", ["auto", "manual"])
def test_a_first_cue_that_is_passed_over_moves_no_other_from_its_instant(start: str) -> None:
    show = sequence(
        "show",
        cue("1", play(1), at=0, skip=True),
        cue("2", play(2), at=2000),
        cue("3", play(3), at=5000),
    )
    desk = Desk(night_file((show,), (slot("gala", "20:00", "22:00", "show", start=start),)))
    desk.until("20:00")
    if start == "manual":
        desk.lines(call("go gala"), "20:00")
    assert [line for line in desk.until("20:01") if " cue_went " in line] == [
        f"20:00:02 cue_went gala 2 {'GO' if start == 'manual' else 'auto'}",
        "20:00:05 cue_went gala 3 timeline",
    ]


def test_a_cue_that_is_passed_over_goes_at_once_where_a_person_calls_it() -> None:
    show = sequence(
        "show",
        cue("1", play(1), at=0, skip=True),
        cue("2", play(2), at=2000, skip=True),
        cue("3", play(3), at=5000),
    )
    desk = Desk(night_file((show,), (slot("gala", "20:00", "22:00", "show", start="manual"),)))
    desk.until("20:00")
    desk.lines(call("standby gala 2"), "20:00:30")
    desk.lines(call("go gala"), "20:01")
    assert [line for line in desk.until("20:02") if " cue_went " in line] == [
        "20:01:03 cue_went gala 3 timeline",
    ]


def test_the_first_cue_begins_the_timeline_and_waits_for_its_place() -> None:
    show = sequence("show", cue("1", play(1), at=3000, length=1000), cue("2", play(2), at=5000))
    desk = Desk(night_file((show,), (slot("gala", "20:00", "22:00", "show", start="manual"),)))
    desk.until("20:00")
    assert desk.lines(call("go gala"), "20:01") == ["20:01:00 yes - #2"]
    assert desk.until("20:02") == [
        "20:01:03 cue_went gala 1 GO",
        "20:01:03 play 1 -> left, right",
        "20:01:05 cue_went gala 2 timeline",
        "20:01:05 play 2 -> left, right",
        "20:01:05 ended gala: its last cue ended",
    ]


@pytest.mark.parametrize(
    ("late", "then"),
    [
        (
            "fire",
            [
                # one look for what fell due, and no backlog
                "20:01:25 cue_passed gala 2 late 15000: its time went by before it could go",
                "20:01:25 cue_went gala 3 timeline late 5000",
                "20:01:25 yes 4 #2",
                "20:01:25 late: cue: shows 3 at 0.5 -> left, right",
                "20:01:27 cue_went gala 2.5 follow",
                "20:01:27 level 0.8 -> left, right",
            ],
        ),
        (
            "skip",
            [
                "20:01:25 cue_skipped gala 2 late 15000: late",
                "20:01:25 cue_skipped gala 2.5 late 13000: late",
                "20:01:25 cue_skipped gala 3 late 5000: late",
                "20:01:25 yes 4 #2",
            ],
        ),
        ("hold", ["20:01:25 cue_held gala 2 late 15000: late", "20:01:25 yes 2 #3"]),
    ],
)
def test_held_the_timeline_runs_on_and_what_fell_due_follows_late(
    late: Late, then: list[str]
) -> None:
    desk = Desk(timed(late))
    desk.until("20:00")
    desk.call("go gala", "20:01")
    desk.call("hold gala", "20:01:05")
    assert desk.until("20:01:24") == []
    told = desk.lines(call("resume gala"), "20:01:25") + desk.until("20:01:39")
    assert told == then
    later = desk.until("20:01:41")
    stays = ["20:01:40 cue_went gala 5 timeline", "20:01:40 play 5 -> left, right"]
    assert later == ([] if late == "hold" else stays)


def test_after_a_late_cue_was_held_its_go_enters_the_timeline_there() -> None:
    desk = Desk(timed("hold"))
    desk.until("20:00")
    desk.call("go gala", "20:01")
    desk.call("hold gala", "20:01:05")
    desk.call("resume gala", "20:01:25")
    assert desk.call("go gala 2", "20:01:30").accepted
    desk.until("20:01:39")
    assert desk.until("20:02:00") == [
        "20:01:40 cue_went gala 3 timeline",
        "20:01:40 play 3 -> left, right",
        "20:02:00 cue_went gala 5 timeline",
        "20:02:00 play 5 -> left, right",
    ]


def test_a_restart_rejoins_the_timeline_on_the_clock() -> None:
    playbook(timed(start="auto"), [
        ("20:00:05", None, "20:00:00 cue_went gala 1 auto", "20:00:00 play 1 -> left, right"),
        ("20:00:25", went_by(Restarted()),
         "20:00:25 cue_passed gala 2 late 15000: its time went by before it could go",
         "20:00:25 cue_passed gala 2.5 late 13000: its time went by before it could go",
         "20:00:25 cue_went gala 3 timeline late 5000",
         "20:00:25 late: cue: shows 3 at 0.8 -> left, right"),
        ("20:00:40", None,
         "20:00:40 cue_went gala 5 timeline", "20:00:40 play 5 -> left, right"),
    ])  # fmt: skip


def test_a_restart_that_holds_keeps_the_timelines_place() -> None:
    desk = Desk(timed("skip", start="auto", resume="hold"))
    desk.until("20:00:05")
    assert desk.stalled("20:00:25", Restarted()) == ["20:00:25 held gala: the player restarted"]
    desk.lines(call("resume gala"), "20:00:30")
    assert desk.until("20:00:41") == [
        "20:00:40 cue_went gala 5 timeline",
        "20:00:40 play 5 -> left, right",
    ]


def test_a_fade_out_stops_the_cues_and_resume_goes_on_in_place() -> None:
    desk = Desk(timed(start="auto"))
    desk.until("20:00:05")
    desk.call("fade_out", "20:00:06")
    assert desk.until("20:00:38") == []
    desk.call("resume gala", "20:00:39")
    assert desk.until("20:00:40") == [
        "20:00:40 cue_went gala 5 timeline",
        "20:00:40 play 5 -> left, right",
    ]


def test_after_a_fade_out_go_takes_the_timeline_on_as_well() -> None:
    """The cue that stood by goes; what the timeline passed meanwhile is late, and joined in one look."""
    desk = Desk(timed(start="auto"))
    desk.until("20:00:05")
    desk.call("fade_out", "20:00:06")
    assert desk.lines(call("go gala 4"), "20:00:25")[-1] == (
        "20:00:25 late: cue: shows 3 at 0 -> left, right"
    )
    assert desk.state.runs["small.2025-09-02.gala"].phase == "running"


def test_slot_end_and_curfew_end_it_and_drop_what_is_to_come() -> None:
    show = sequence("show", *CUES)
    desk = Desk(night_file((show,), (slot("gala", "20:00", "20:00:15", "show"),)))
    desk.until("20:00:14")
    assert desk.until("20:00:15") == [
        "20:00:15 cue_dropped gala 3: its slot ended",
        "20:00:15 cue_dropped gala 5: its slot ended",
        "20:00:15 ended gala: its slot ended",
        "20:00:15 idle: stop -> left, right",
    ]


def test_a_second_performance_has_its_own_timeline() -> None:
    desk = Desk(timed())
    desk.until("20:00")
    desk.call("go gala", "20:01")
    desk.call("end gala", "20:01:02")
    assert desk.call("standby gala 3", "20:03").accepted
    assert desk.call("go gala 3", "20:04").accepted
    assert desk.until("20:04:20") == [
        "20:04:20 cue_went gala 5 timeline",
        "20:04:20 play 5 -> left, right",
    ]


def test_hold_past_midnight_keeps_every_place() -> None:
    """Paused across midnight, peers lose the day; an instant does not."""
    show = sequence("show", *CUES, late="skip")
    file = night_file((show,), (slot("gala", "23:59:50", "25:00", "show"),), curfew=None)
    desk = Desk(file)
    desk.until("23:59:55")
    desk.call("hold gala", "23:59:58")
    desk.call("resume gala", "24:00:05")
    desk.do(Tick(), "24:00:29")
    assert desk.until("24:00:31") == [
        "24:00:30 cue_went gala 5 timeline",
        "24:00:30 play 5 -> left, right",
    ]


def test_at_a_resume_a_timelines_laser_is_late_and_stays_dark() -> None:
    """Of a chain it would not be: that goes on from the resume; a timeline did not wait."""
    beam = cue("2", play("x", LASER), at=10_000, length=5000)
    show = sequence("show", cue("1", play(1), at=0, length=60_000), beam)
    outputs = ("left", "right", LASER)
    file = night_file((show,), (slot("gala", "20:00", "22:00", "show", outputs=outputs),))
    desk = Desk(file)
    desk.call("enable", "19:00", output=LASER)
    desk.until("20:00:05")
    desk.call("hold gala", "20:00:06")
    assert desk.lines(call("resume gala"), "20:00:20")[:2] == [
        "20:00:20 cue_went gala 2 timeline late 10000",
        "20:00:20 not_sent gala 2 beam: a laser is never lit late",
    ]


def test_the_board_warns_before_a_cues_instant_and_names_what_a_go_drops() -> None:
    show = sequence("show", *(msgspec.structs.replace(c, warn=3000) for c in CUES))
    desk = Desk(night_file((show,), (slot("gala", "20:00", "22:00", "show"),)))
    desk.until("20:00:05")
    (view,) = board.view(board.Fold(state=desk.state), desk.now).runs
    assert [c.warn_at for c in view.cues] == [
        None, desk.at("20:00:07"), desk.at("20:00:09"), desk.at("20:00:17"), None, desk.at("20:00:37"),
    ]  # fmt: skip
    assert (view.standby, view.drops, view.brings) == ("4", (), ())
    desk.call("standby gala 3", "20:00:06")
    (view,) = board.view(board.Fold(state=desk.state), desk.now).runs
    assert (view.drops, view.brings) == (("2", "2.5"), ("5",))
