"""GO and what comes of it: waits, `with`, `follow`, dropped cues, memos, the end of a run."""

from __future__ import annotations

import pytest

from schedules.compile import compile_nights
from schedules.festival_file import decode
from show_control.model import Cue, NightFile
from tests.schedules.examples import SEOUL
from tests.show_control.house import (
    FILE,
    LASER,
    cue,
    level,
    night_file,
    play,
    sequence,
    slot,
    stop,
)
from tests.show_control.playbook import Desk, call, playbook


def gala(*cues: Cue) -> NightFile:
    """One slot called by hand."""
    show = sequence("show", *cues)
    return night_file((show,), (slot("gala", "20:00", "22:00", "show", start="manual"),))


def test_go_fires_the_cue_that_stands_by_and_the_next_stands_by() -> None:
    playbook(
        FILE,
        [
            ("20:09", None, *LOOPED),
            ("20:10", None, "20:10:00 ended loop.1: its last cue ended", "20:10:00 stands_by gala"),
            ("20:12", call("go gala 1"), "20:12:00 yes 2 #2", "20:12:00 cue_went gala 1 GO",
             "20:12:00 play 7 -> left, right"),
            ("20:13", call("go gala 2"), "20:13:00 yes 3 #3", "20:13:00 cue_went gala 2 GO",
             "20:13:00 level 0.5 1000 -> left, right"),
        ],
    )  # fmt: skip


LOOPED = (
    "20:00:00 cue_went loop.1 1 auto",
    "20:00:00 play 1 -> left, right",
    "20:05:00 cue_went loop.1 2 follow",
    "20:05:00 play 2 -> left, right",
)


def test_the_ceremony_of_seoul_goes_at_the_instants_of_its_file() -> None:
    desk = Desk(compile_nights(decode(SEOUL)).night_file)
    desk.call("enable", output="bridge-laser")
    for number, when in (("1", "20:05"), ("2", "20:06"), ("3", "20:10"), ("3.5", "20:14")):
        assert desk.call(f"go opening-ceremony {number}", when).accepted
    went = [line for line in [*desk.lines(call("go opening-ceremony 4"), "20:15"), *desk.until("20:29")]
            if "cue_went" in line]  # fmt: skip
    assert went == [
        "20:15:00 cue_went opening-ceremony 4 GO",
        "20:15:00 cue_went opening-ceremony 5 with",
        "20:15:10 cue_went opening-ceremony 6 follow",
        "20:15:12.500 cue_went opening-ceremony 6.5 with",
        "20:18:10 cue_went opening-ceremony 7 follow",
        "20:18:10 cue_went opening-ceremony 7.5 with",
    ]


def test_with_goes_together_and_follow_when_all_of_the_group_have_ended() -> None:
    file = gala(
        cue("1", play(1), length=10_000),
        cue("2", level(0.5), then="with", pre=2500, length=20_000),
        cue("3", play(3), then="follow", pre=1000, length=5000),
        cue("4", stop()),
    )
    playbook(
        file,
        [
            ("20:00", None, "20:00:00 stands_by gala"),
            ("20:01", call("go gala"), "20:01:00 yes 4 #2", "20:01:00 cue_went gala 1 GO",
             "20:01:00 play 1 -> left, right"),
            ("20:02", None, "20:01:02.500 cue_went gala 2 with", "20:01:02.500 level 0.5 -> left, right",
             "20:01:23.500 cue_went gala 3 follow", "20:01:23.500 play 3 -> left, right"),
        ],
    )  # fmt: skip


def test_a_cue_with_a_wait_goes_so_much_after_its_go() -> None:
    file = gala(cue("1", play(1), pre=3000, length=1000), cue("2"))
    playbook(
        file,
        [
            ("20:01", call("go gala"), "20:00:00 stands_by gala", "20:01:00 yes 2 #2"),
            ("20:02", None, "20:01:03 cue_went gala 1 GO", "20:01:03 play 1 -> left, right"),
        ],
    )


def test_a_go_drops_the_follows_still_to_come_each_by_name() -> None:
    file = gala(
        cue("1", play(1), length=10_000),
        cue("2", play(2), then="follow", length=10_000),
        cue("2.5", level(0.5), then="with", pre=4000),
        cue("3", play(3), length=1000),
    )
    desk = playbook(
        file,
        [
            ("20:01", call("go gala"), "20:00:00 stands_by gala", "20:01:00 yes 3 #2",
             "20:01:00 cue_went gala 1 GO", "20:01:00 play 1 -> left, right"),
            ("20:01:11", None, "20:01:10 cue_went gala 2 follow", "20:01:10 play 2 -> left, right"),
            ("20:01:12", call("go gala 3"), "20:01:12 cue_dropped gala 2.5: GO 3", "20:01:12 yes - #3",
             "20:01:12 cue_went gala 3 GO", "20:01:12 play 3 -> left, right"),
            ("20:01:30", None, "20:01:13 ended gala: its last cue ended"),
        ],
    )  # fmt: skip
    assert desk.look("left").clip == 3  # a manual run leaves its picture


def test_a_memo_is_called_and_recorded_and_ends_at_once() -> None:
    file = gala(cue("1"), cue("2", play(2), then="follow", length=None))
    playbook(
        file,
        [
            ("20:01", call("go gala"), "20:00:00 stands_by gala", "20:01:00 yes - #2",
             "20:01:00 cue_went gala 1 GO", "20:01:00 cue_went gala 2 follow",
             "20:01:00 play 2 -> left, right"),
            ("21:59", None),
        ],
    )  # fmt: skip


def test_a_run_whose_last_cue_has_no_known_end_ends_at_end() -> None:
    desk = Desk(gala(cue("1", play(1), length=None)))
    desk.call("go gala", "20:01")
    assert desk.until("21:30") == []
    assert desk.lines(call("end gala"), "21:30") == [
        "21:30:00 ended gala: ended",
        "21:30:00 yes - #2",
    ]


def test_an_action_drives_outputs_in_the_order_of_the_file() -> None:
    file = gala(cue("1", level(0.2, "right"), play(4, "left", "right")))
    desk = Desk(file)
    desk.until("20:00")
    assert desk.lines(call("go gala"), "20:01")[2:4] == [
        "20:01:00 level 0.2 -> right",
        "20:01:00 play 4 -> left, right",
    ]
    assert (desk.look("right").clip, desk.look("right").level) == (4, 0.2)


def test_a_cue_may_be_fired_again_by_standby() -> None:
    desk = Desk(gala(cue("1", play(1), length=None), cue("2", play(2), length=None)))
    for second, said in enumerate(("go gala 1", "go gala 2", "standby gala 2", "go gala 2")):
        assert desk.call(said, f"20:01:{second:02}").accepted
    (run,) = desk.state.runs.values()
    assert [index for index, _ in run.past] == [0, 1]
    assert run.count == 5
    assert desk.look("left").since == desk.now


@pytest.mark.parametrize("which", ["gala", "small.2025-09-02.gala"])
def test_a_run_may_be_named_by_its_slot_alone(which: str) -> None:
    assert Desk().call(f"go {which}", "20:15").run == "small.2025-09-02.gala"


def test_where_one_run_alone_can_be_meant_it_need_not_be_named() -> None:
    desk = Desk(gala(cue("1", play(1)), cue("2")))
    assert desk.call("go", "20:01").run == "small.2025-09-02.gala"


def test_where_two_can_be_meant_it_must_be_named() -> None:
    show = sequence("show", cue("1", play(1)), cue("2"))
    other = sequence("other", cue("1", play("x", LASER)), cue("2"))
    file = night_file(
        (show, other),
        (
            slot("a", "20:00", "21:00", "show", start="manual"),
            slot(
                "b", "20:00", "21:00", "other", start="manual", surface="bridge", outputs=(LASER,)
            ),
        ),
    )
    assert Desk(file).call("go", "20:01").reason == "say which run: a, b"
    assert Desk(file).call("hold", "20:01").reason == "there is no run that this could mean"
