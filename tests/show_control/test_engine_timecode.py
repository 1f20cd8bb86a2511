"""Cues at a timecode: on crossing, once for each; jumps, stops, loss and the way back."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schedules.compile_timecode import places
from show_control.board import Fold, view
from show_control.commands import Record
from show_control.engine.on_timecode import WOBBLE
from show_control.events import Restarted, Tick
from show_control.events import Timecode as Told
from show_control.frames import Rate, position, read
from show_control.model import Action, Cue, NightFile, Sequence, Timecode
from show_control.night_file_rules import faults
from tests.show_control.house import LASER, WALL, cue, level, night_file, play, sequence, slot
from tests.show_control.playbook import Desk, call


def at_timecode(show: Sequence, rate: Rate = "25", **slotted: Any) -> NightFile:
    """The sequence as it is compiled, in a slot that starts by itself at 20:00."""
    where = places(show.cues, rate)  # type: ignore[arg-type]
    cues = tuple(msgspec.structs.replace(c, at=at) for c, at in zip(show.cues, where, strict=True))
    show = msgspec.structs.replace(show, cues=cues, timecode="main")
    file = night_file((show,), (slot("gala", "20:00", "22:00", "show", **slotted),))
    main = Timecode(id="main", kind="artnet", listen="udp://127.0.0.1:6454", rate=rate)
    return msgspec.structs.replace(file, timecodes={"main": main})


def show(*cues: Cue, rate: Rate = "25", **slotted: Any) -> NightFile:
    return at_timecode(sequence("show", *(cues or CUES)), rate, **slotted)


CUES = (
    cue("1", play(1), timecode="10:00:00:00", length=5000),
    cue("2", play(2), timecode="10:00:30:00", length=5000),
    cue("3", play(3), timecode="10:01:00:12"),
    cue("3.5", level(0.5), then="with", pre=2000),
    cue("4", play(4), timecode="10:10:00:00"),
)


class Clock:
    """Says what a timecode's sender would: where it is at an instant of the desk."""

    def __init__(self, desk: Desk, rate: Rate = "25") -> None:
        self.desk, self.rate, self.zero = desk, rate, 0

    def runs(self, label: str, when: str, status: Any = "running") -> list[str]:
        """It is at a label at an instant, and runs."""
        now = self.desk.at(when)
        self.zero = now - round(position(read(label), self.rate) / 1e6)
        return self.tell(when, status)

    def tell(self, when: str, status: Any = "running", why: Any = None) -> list[str]:
        """As it was, at an instant."""
        now = self.desk.at(when)
        runs = status in ("running", "freewheeling")
        told = Told(
            timecode="main",
            status=status,
            why=why,
            zero=self.zero if runs else None,
            position=(now - self.zero) % 86_400_000,
            told=self.rate,
            sender="10.0.0.9:6454",
        )
        return self.desk.lines(told, when)

    def lost(self, when: str) -> list[str]:
        return self.tell(when, "lost", "unheard")


def started(file: NightFile | None = None) -> tuple[Desk, Clock]:
    desk = Desk(file or show())
    desk.until("20:00")
    return desk, Clock(desk)


def test_a_run_that_starts_by_itself_waits_for_its_timecode_and_its_cues_go_on_crossing() -> None:
    desk, clock = started()
    assert [r.phase for r in desk.state.runs.values()] == ["running"]
    assert desk.until("20:00:10") == []
    assert clock.runs("09:59:58:00", "20:00:10") == [
        "20:00:10 timecode gala: timecode main runs, 09:59:58:00"
    ]
    assert desk.until("20:02") == [
        "20:00:12 cue_went gala 1 timecode",
        "20:00:12 play 1 -> left, right",
        "20:00:42 cue_went gala 2 timecode",
        "20:00:42 play 2 -> left, right",
        "20:01:12.480 cue_went gala 3 timecode",
        "20:01:12.480 play 3 -> left, right",
        "20:01:14.480 cue_went gala 3.5 with",
        "20:01:14.480 level 0.5 -> left, right",
    ]
    assert (
        desk.until("20:30")[-1] == "20:10:12 idle: stop -> left, right"
    )  # the last has ended, and the run


def test_a_cue_that_lies_on_the_instant_of_the_start_goes() -> None:
    desk = Desk(show())
    clock = Clock(desk)
    clock.runs("09:59:00:00", "19:59:00")
    assert desk.until("20:00") == [
        "20:00:00 cue_went gala 1 timecode",
        "20:00:00 play 1 -> left, right",
    ]


def test_what_the_timecode_was_past_when_it_was_first_heard_does_not_go() -> None:
    _, clock = started()
    assert clock.runs("10:00:30:20", "20:00:05") == [
        "20:00:05 timecode gala: timecode main runs, 10:00:30:20",
        "20:00:05 cue_passed gala 1: timecode main was past it, 10:00:30:20",
        "20:00:05 cue_went gala 2 timecode late 800",
        "20:00:05 play 2 -> left, right",
    ]


def test_a_mapping_that_is_found_to_be_a_little_off_moves_what_is_to_come() -> None:
    desk, clock = started()
    clock.runs("10:00:00:00", "20:00:01")
    clock.zero -= 3
    assert clock.tell("20:00:10") == []
    assert desk.until("20:01") == [
        "20:00:30.997 cue_went gala 2 timecode",
        "20:00:30.997 play 2 -> left, right",
    ]


def test_nine_tenths_of_a_second_unheard_change_nothing() -> None:
    desk, clock = started()
    clock.runs("10:00:29:00", "20:01:00")
    assert clock.tell("20:01:00.150", "freewheeling") == []
    assert desk.until("20:01:02") == [
        "20:01:01 cue_went gala 2 timecode",
        "20:01:01 play 2 -> left, right",
    ]
    assert clock.tell("20:01:02") == []


def test_after_a_second_it_is_lost_and_cues_wait_and_go_is_by_hand() -> None:
    desk, clock = started()
    clock.runs("10:00:20:00", "20:01:00")
    assert clock.lost("20:01:05") == [
        "20:01:05 timecode gala: timecode main is lost, last at 10:00:25:00"
    ]
    assert desk.until("20:01:12") == []
    assert desk.lines(call("go gala"), "20:01:12") == [
        "20:01:12 yes 3 #5",
        "20:01:12 cue_went gala 2 GO",
        "20:01:12 play 2 -> left, right",
    ]
    assert clock.tell("20:01:20")[0] == "20:01:20 timecode gala: timecode main runs, 10:00:40:00"
    assert desk.until("20:01:41") == [
        "20:01:40.480 cue_went gala 3 timecode",
        "20:01:40.480 play 3 -> left, right",
    ]


def test_coming_back_where_it_would_have_been_what_fell_due_follows_the_late_rule() -> None:
    _, clock = started()
    clock.runs("10:00:28:00", "20:01:00")
    clock.lost("20:01:01")
    assert clock.tell("20:01:05") == [
        "20:01:05 timecode gala: timecode main runs, 10:00:33:00",
        "20:01:05 cue_went gala 2 timecode late 3000",
        "20:01:05 play 2 -> left, right",
    ]


def test_of_all_that_fell_due_an_output_gets_one_look() -> None:
    desk, clock = started()
    clock.runs("10:00:28:00", "20:01:00")
    clock.lost("20:01:01")
    assert clock.tell("20:01:45")[1:] == [
        "20:01:45 cue_passed gala 2 late 43000: its time went by before it could go",
        "20:01:45 cue_went gala 3 timecode late 12520",
        "20:01:45 late: cue: shows 3 at 1 -> left, right",
    ]
    assert desk.until("20:01:50") == [
        "20:01:47 cue_went gala 3.5 with",
        "20:01:47 level 0.5 -> left, right",
    ]


def test_a_laser_is_not_lit_late_when_the_timecode_comes_back() -> None:
    laser = Action(kind="play", clip=9, outputs=(LASER,))
    cues = (CUES[0], cue("2", laser, play(2), timecode="10:00:30:00", length=5000), *CUES[2:])
    desk, clock = started(show(*cues, outputs=(*WALL, LASER)))
    assert desk.call("enable", output=LASER).accepted
    clock.runs("10:00:28:00", "20:01:00")
    clock.lost("20:01:01")
    assert clock.tell("20:01:05")[1:] == [
        "20:01:05 cue_went gala 2 timecode late 3000",
        "20:01:05 not_sent gala 2 beam: a laser is never lit late",
        "20:01:05 play 2 -> left, right",
    ]


@pytest.mark.parametrize(
    ("late", "said"),
    [
        ("skip", "20:01:05 cue_skipped gala 2 late 3000: late"),
        ("hold", "20:01:05 cue_held gala 2 late 3000: late"),
    ],
)
def test_the_late_rule_is_the_sequences(late: Any, said: str) -> None:
    desk, clock = started(at_timecode(sequence("show", *CUES, late=late)))
    clock.runs("10:00:28:00", "20:01:00")
    clock.lost("20:01:01")
    assert clock.tell("20:01:05")[1:] == [said]
    if late == "hold":
        assert desk.call("resume gala", "20:01:06").accepted
    assert desk.until("20:02")[:1] == ["20:01:32.480 cue_went gala 3 timecode"]


def test_a_stop_holds_what_is_to_come_and_from_there_it_goes_on() -> None:
    desk, clock = started()
    clock.runs("10:00:20:00", "20:01:00")
    assert clock.tell("20:01:05", "stopped", "still") == [
        "20:01:05 timecode gala: timecode main stands at 10:00:25:00"
    ]
    assert desk.until("20:05") == []
    assert clock.runs("10:00:25:03", "20:05:00.120") == [
        "20:05:00.120 timecode gala: timecode main runs, 10:00:25:03"
    ]
    assert desk.until("20:06")[0] == "20:05:05 cue_went gala 2 timecode"


def test_a_jump_forward_fires_nothing_that_it_went_over_and_says_so() -> None:
    desk, clock = started()
    clock.runs("10:00:10:00", "20:01:00")
    assert clock.runs("10:05:00:00", "20:01:10") == [
        "20:01:10 timecode gala: timecode main jumped from 10:00:20:00 to 10:05:00:00",
        "20:01:10 cue_passed gala 2: timecode main jumped from 10:00:20:00 to 10:05:00:00",
        "20:01:10 cue_passed gala 3: timecode main jumped from 10:00:20:00 to 10:05:00:00",
        "20:01:10 cue_passed gala 3.5: timecode main jumped from 10:00:20:00 to 10:05:00:00",
    ]
    assert desk.until("20:07")[0] == "20:06:10 cue_went gala 4 timecode"


def test_a_gap_of_a_second_is_crossed() -> None:
    _, clock = started()
    clock.runs("10:00:20:00", "20:01:00")
    assert clock.runs("10:00:30:10", "20:01:09.400") == [
        "20:01:09.400 cue_went gala 2 timecode",
        "20:01:09.400 play 2 -> left, right",
    ]


def test_a_jump_back_brings_cues_again() -> None:
    desk, clock = started()
    clock.runs("10:00:25:00", "20:01:00")
    desk.until("20:01:10")
    assert clock.runs("10:00:20:00", "20:01:10") == [
        "20:01:10 timecode gala: timecode main jumped from 10:00:35:00 to 10:00:20:00"
    ]
    assert desk.until("20:01:25") == [
        "20:01:20 cue_went gala 2 timecode_again",
        "20:01:20 play 2 -> left, right",
    ]


def test_going_back_by_less_than_a_fifth_of_a_second_brings_nothing_again() -> None:
    desk, clock = started()
    clock.runs("10:00:25:00", "20:01:00")
    desk.until("20:01:05.050")
    assert clock.runs("10:00:29:23", "20:01:05.100") == []
    assert desk.until("20:01:20") == []


def test_a_cue_called_by_hand_does_not_go_again_at_its_timecode() -> None:
    desk, clock = started()
    clock.runs("10:00:25:00", "20:01:00")
    assert desk.call("standby gala 2", "20:01:01").accepted
    assert desk.lines(call("go gala"), "20:01:02")[1] == "20:01:02 cue_went gala 2 GO"
    assert desk.until("20:01:20") == []
    clock.runs("10:00:29:00", "20:01:20")
    assert desk.until("20:01:22")[:1] == ["20:01:21 cue_went gala 2 timecode_again"]


def test_a_cue_called_while_it_is_lost_leaves_those_before_it() -> None:
    desk, clock = started()
    clock.runs("10:00:10:00", "20:01:00")
    clock.lost("20:01:01")
    assert desk.call("standby gala 3", "20:01:02").accepted
    assert desk.lines(call("go gala"), "20:01:30")[:3:2] == [
        "20:01:30 cue_dropped gala 2: GO 3",
        "20:01:30 cue_went gala 3 GO",
    ]
    assert desk.until("20:01:33") == [
        "20:01:32 cue_went gala 3.5 with",
        "20:01:32 level 0.5 -> left, right",
    ]
    assert clock.tell("20:01:40") == ["20:01:40 timecode gala: timecode main runs, 10:00:50:00"]
    assert desk.until("20:09") == []


def test_a_cue_that_is_skipped_does_not_go() -> None:
    desk, clock = started()
    clock.runs("10:00:10:00", "20:01:00")
    clock.lost("20:01:01")
    assert desk.call("skip gala", "20:01:02").standby == "3"
    clock.tell("20:01:03")
    assert desk.until("20:01:50")[:1] == []


@pytest.mark.parametrize("why", ["still", "reverse", "rate", "unheard", "astray"])
def test_whatever_stops_it_is_said_in_every_language(why: Any) -> None:
    desk, clock = started()
    clock.runs("10:00:10:00", "20:01:00")
    clock.tell("20:01:05", "lost" if why in ("unheard", "astray") else "stopped", why)
    board = view(Fold(state=desk.state), desk.now)
    assert board.timecodes[0].reasons.keys() == {"en", "ko"}
    assert board.runs[0].waits == board.timecodes[0].reasons
    assert board.timecodes[0].position == 36_015_000
    assert board.timecodes[0].label == "10:00:15:00"
    assert board.runs[0].standby == "2"


def test_with_the_timecode_running_no_cue_at_it_stands_by() -> None:
    desk, clock = started()
    assert [r.standby for r in desk.state.runs.values()] == [0]
    clock.runs("10:00:10:00", "20:01:00")
    assert [r.standby for r in desk.state.runs.values()] == [None]
    board = view(Fold(state=desk.state), desk.now)
    assert [(c.number, c.status, c.timecode) for c in board.runs[0].cues[1:3]] == [
        ("2", "pending", "10:00:30:00"),
        ("3", "pending", "10:01:00:12"),
    ]
    assert board.runs[0].waits == {}


def test_a_run_by_hand_follows_from_its_first_go() -> None:
    cues = (cue("0", level(1.0)), *CUES)
    desk, clock = started(show(*cues, start="manual"))
    clock.runs("09:59:50:00", "20:00:01")
    assert desk.until("20:00:05") == []
    assert desk.lines(call("go gala"), "20:00:05") == [
        "20:00:05 yes - #2",
        "20:00:05 cue_went gala 0 GO",
        "20:00:05 level 1 -> left, right",
    ]
    assert desk.until("20:00:12")[0] == "20:00:11 cue_went gala 1 timecode"


def test_over_midnight() -> None:
    cues = (
        cue("1", play(1), timecode="23:59:50:00"),
        cue("2", play(2), timecode="00:00:10:00"),
    )
    desk, clock = started(show(*cues))
    clock.runs("23:59:40:00", "20:01:00")
    assert desk.until("20:01:31") == [
        "20:01:10 cue_went gala 1 timecode",
        "20:01:10 play 1 -> left, right",
        "20:01:30 cue_went gala 2 timecode",
        "20:01:30 play 2 -> left, right",
        "20:01:30 ended gala: its last cue ended",
        "20:01:30 idle: stop -> left, right",
    ]


def test_the_day_of_labels_that_a_sender_counts_from_is_all_the_same() -> None:
    desk, clock = started()
    clock.runs("10:00:10:00", "20:01:00")
    clock.zero += 86_400_000
    assert clock.tell("20:01:01") == []
    clock.zero -= 5 * 86_400_000
    assert clock.tell("20:01:02") == []
    assert desk.until("20:01:21")[0] == "20:01:20 cue_went gala 2 timecode"


@pytest.mark.parametrize("rate", ["24", "25", "29.97", "30"])
def test_the_instant_is_that_of_the_frame_at_its_rate(rate: Rate) -> None:
    cues = (cue("1", play(1), timecode="10:59:59:20"), cue("2", play(2), timecode="11:00:00:00"))
    desk, clock = started(show(*cues, rate=rate))
    clock.rate = rate
    clock.runs("10:59:00:00" if rate != "29.97" else "10:59:00:02", "20:01:00")
    frames = {"24": 1416 + 20, "25": 1475 + 20, "29.97": 1768 + 20, "30": 1770 + 20}[rate]
    each = {"24": 1000 / 24, "25": 40, "29.97": 1001 / 30, "30": 1000 / 30}[rate]
    went = [
        c.at for c in desk.do(Tick(), "20:03") if isinstance(c, Record) and c.kind == "cue_went"
    ]
    assert went[0] - desk.at("20:01:00") == pytest.approx(frames * each, abs=1)


def test_a_restart_waits_until_it_is_heard_and_then_is_where_it_would_be() -> None:
    desk, clock = started()
    clock.runs("10:00:20:00", "20:01:00")
    assert desk.stalled("20:01:12", Restarted()) == [
        "20:01:12 timecode gala: the player restarted and has not heard timecode main yet"
    ]
    assert clock.tell("20:01:12.500") == [
        "20:01:12.500 timecode gala: timecode main runs, 10:00:32:12",
        "20:01:12.500 cue_went gala 2 timecode late 2500",
        "20:01:12.500 play 2 -> left, right",
    ]
    assert desk.until("20:01:41")[0] == "20:01:40.480 cue_went gala 3 timecode"


def test_a_hold_keeps_cues_back_whatever_the_timecode_does() -> None:
    desk, clock = started()
    clock.runs("10:00:20:00", "20:01:00")
    assert desk.call("hold gala", "20:01:05").accepted
    clock.runs("10:00:26:00", "20:01:05.500")
    assert desk.until("20:01:12") == []
    assert desk.lines(call("resume gala"), "20:01:12")[0].startswith(
        "20:01:12 cue_went gala 2 timecode late"
    )


def test_after_a_fade_out_a_go_leaves_what_should_have_gone() -> None:
    desk, clock = started()
    clock.runs("10:00:20:00", "20:01:00")
    assert desk.call("fade_out gala", "20:01:05").accepted
    desk.until("20:01:50")
    assert desk.call("standby gala 3", "20:01:50").accepted
    assert desk.lines(call("go gala"), "20:01:51")[:3:2] == [
        "20:01:51 cue_dropped gala 2: GO 3",
        "20:01:51 cue_went gala 3 GO",
    ]


def test_the_end_of_a_run_drops_what_waited() -> None:
    desk, _ = started()
    told = desk.lines(call("end gala"), "20:01")
    assert [line for line in told if "dropped" in line] == [
        f"20:01:00 cue_dropped gala {n}: ended" for n in ("1", "2", "3", "3.5", "4")
    ]


STEPS = st.lists(
    st.tuples(
        st.integers(1, 40_000),
        st.one_of(
            st.just("lost"),
            st.just("still"),
            st.just("go"),
            st.just("back again"),
            st.integers(35_990_000, 36_700_000),
            st.integers(-1500, 1500),
        ),
    ),
    max_size=25,
)


@given(STEPS)
@settings(max_examples=150)
def test_a_cue_goes_at_most_once_for_each_crossing(steps: list[tuple[int, Any]]) -> None:
    """Whatever the timecode does: between two jumps back no cue goes twice by it, and none before its
    place was reached."""
    desk, clock = started()
    clock.zero = desk.now - 35_990_000
    runs, gone, reached = False, set[str](), 0
    for after, what in steps:
        now = desk.now + after
        gone = count(desk.do(Tick(), now), clock, gone, runs=runs)
        reached = max(reached, now - clock.zero) if runs else reached
        if what == "go":
            desk.do(call("go gala"))
            continue
        if what in ("lost", "still"):
            runs = False
            told = Told(
                timecode="main",
                status="lost" if what == "lost" else "stopped",
                why="unheard" if what == "lost" else "still",
                position=now - clock.zero,
            )
        else:
            if isinstance(what, int):
                clock.zero = now - what if what > 10_000 else clock.zero - what
            if now - clock.zero < reached - WOBBLE:
                gone = set()
                reached = now - clock.zero
            runs = True
            told = Told(
                timecode="main", status="running", zero=clock.zero, position=now - clock.zero
            )
        gone = count(desk.do(told), clock, gone, runs=runs)


def count(commands: list[Any], clock: Clock, gone: set[str], *, runs: bool) -> set[str]:
    places_ = {"1": 36_000_000, "2": 36_030_000, "3": 36_060_480, "4": 36_600_000}
    for command in commands:
        if not isinstance(command, Record) or command.kind not in ("cue_went", "cue_passed"):
            continue
        if command.cue not in places_ or not str(command.data["how"]).startswith("timecode"):
            continue
        assert runs, "what does not run crosses nothing"
        assert command.cue not in gone, f"{command.cue} went twice"
        assert command.at - clock.zero >= places_[command.cue] - 1
        gone = gone | {command.cue}
    return gone


def test_a_night_file_whose_timecodes_do_not_fit_is_illegal() -> None:
    file = show()
    assert faults(file) == []
    without = msgspec.structs.replace(file, timecodes={})
    assert faults(without) == ["sequence show: there is no timecode main"]
    cues = sequence("show", cue("1", play(1), timecode="10:00:00:00"))
    nowhere = night_file((cues,), (slot("gala", "20:00", "22:00", "show"),))
    assert faults(nowhere) == ["sequence show, cue 1: it has no place on a timecode"]
