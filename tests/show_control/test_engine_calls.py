"""What an operator may ask, and every reason for which it is refused (design.md, section 4)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from show_control import engine
from show_control.commands import Answer, Send
from show_control.engine.calls import CALLS, VALIDITY
from show_control.engine.state import MINIMUM_SPAN
from show_control.events import Call, Called, Restarted, Settled
from tests.show_control.house import FILE, LASER, displaced, night_file, slot, with_night
from tests.show_control.house import GALA as GALA_CUES
from tests.show_control.playbook import Desk, call

GALA = "small.2025-09-02.gala"


def desk_at(when: str) -> Desk:
    desk = Desk()
    desk.until(when)
    return desk


def ready() -> Desk:
    """Cue 1 of the gala went at 20:11, by Kim; 2 stands by, count 2."""
    desk = Desk()
    assert desk.call("go gala 1", "20:11").accepted
    return desk


# --- GO ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "run", "reason"),
    [
        ("19:00", "gala", "gala stands by at 20:10:00"),
        ("19:00", GALA, "gala stands by at 20:10:00"),
        ("19:00", "loop.1", "loop.1 starts by itself at 20:00:00"),
        ("19:00", "encore", "there is no run encore tonight"),
        ("20:11", "loop.1", "loop.1 is over: its last cue ended"),
        ("20:31", "gala", "gala is over: never started"),
        ("29:00", "loop.2", "loop.2 is over: its last cue ended"),
    ],
)
def test_a_go_out_of_its_time_is_refused_with_the_time(when: str, run: str, reason: str) -> None:
    assert Desk().call(f"go {run}", when).reason == reason


def test_after_midnight_times_are_told_as_of_the_night() -> None:
    file = night_file((GALA_CUES,), (slot("gala", "26:10", "26:30", "gala", start="manual"),))
    assert Desk(file).call("go gala", "25:00").reason == "gala stands by at 26:10:00"


def test_a_displaced_slot_is_refused_by_what_displaces_it() -> None:
    desk = Desk(with_night(FILE, displaced=(displaced("loop.9", "20:10", "20:20", "gala"),)))
    assert desk.call("go loop.9", "20:15").reason == "loop.9 is displaced by gala"


def test_yesterdays_slot_of_the_same_name_does_not_answer_for_tonights() -> None:
    """Patterns make the same slot ids each night, and runs that are over are kept for a while."""
    first, day = FILE.nights[0], 24 * 3_600_000
    tomorrow = replace(
        first,
        date="2025-09-03",
        starts=first.ends,
        ends=first.ends + day,
        slots=tuple(
            replace(s, night="2025-09-03", starts=s.starts + day, ends=s.ends + day)
            for s in first.slots
        ),
    )
    desk = Desk(replace(FILE, nights=(first, tomorrow)))
    assert desk.call("go gala", "43:00").reason == "gala stands by at 20:10:00"
    assert desk.call("go gala", "44:15").run == "small.2025-09-03.gala"


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("empty", ["run", "output", "surface", "server"])
def test_an_empty_name_is_as_one_that_is_left_out(name: str, empty: str) -> None:
    given, left = (ready().call(name, "20:12", **words) for words in ({empty: ""}, {}))
    assert given == left


@pytest.mark.parametrize("name", ["go", "standby", "back", "skip"])
def test_an_empty_number_is_not_that_of_the_cue_that_stands_by(name: str) -> None:
    answer = ready().call(name, "20:12", standby="")
    assert not answer.accepted
    assert '""' in (answer.reason or "")


def test_a_go_for_another_cue_than_stands_by_is_refused() -> None:
    assert ready().call("go gala 3", "20:12").reason == "2 stands by, not 3"


def test_a_stale_count_is_refused_with_what_went_and_by_whom() -> None:
    desk = ready()
    told = desk.call("go gala 1", "20:11:00.400", standby_count=1, by="Lee")
    assert (told.accepted, told.reason) == (False, "1 went 0.4 s ago, by Kim")
    assert (told.by, told.by_at) == ("Kim", desk.at("20:11"))
    assert (told.standby, told.standby_count) == ("2", 2)


def test_a_count_made_stale_by_standby_is_refused_with_who_changed_it() -> None:
    desk = ready()
    desk.call("standby gala 5", "20:12")
    told = desk.call("go gala", "20:12:02", standby_count=2, by="Lee")
    assert (told.reason, told.by) == ("the standby was changed 2.0 s ago, by Kim", "Kim")


def test_a_minimum_span_holds_between_two_gos() -> None:
    desk = ready()
    told = desk.call("go gala 2", "20:11:00.299", standby_count=2, by="Lee")
    assert told.reason == "too quick: 1 went 0.3 s ago, by Kim"
    assert MINIMUM_SPAN == 300
    assert desk.call("go gala 2", "20:11:00.300", standby_count=2).accepted


def test_the_minimum_span_is_a_setting_and_is_entered() -> None:
    desk = ready()
    assert desk.lines(Settled(minimum_span=1000), "20:11:00.100") == ["20:11:00.100 settings"]
    assert desk.lines(Settled(minimum_span=1000)) == []
    assert not desk.call("go gala 2", "20:11:00.999").accepted
    assert desk.call("go gala 2", "20:11:01").accepted
    desk.do(Restarted())
    assert desk.state.minimum_span == 1000


def test_where_no_cue_stands_by_there_is_nothing_to_fire() -> None:
    desk = ready()
    desk.call("standby gala 5", "20:12")
    assert desk.call("go gala 5", "20:12").accepted
    assert desk.call("go gala", "20:12:00.500").reason == "no cue stands by"


def test_a_held_run_refuses_a_go() -> None:
    desk = ready()
    desk.call("hold gala", "20:11:30")
    told = desk.call("go gala 2", "20:12")
    assert (told.reason, told.by) == ("the run is held: resume it first", "Kim")


# --- requests and validity --------------------------------------------------------------------------------------


def test_the_same_request_twice_is_one_go_with_one_answer() -> None:
    desk = Desk()
    first = desk.call("go gala", "20:11", request="r1", standby_count=1)
    commands = desk.do(call("go gala", request="r1", standby_count=1), "20:11:05")
    assert [c for c in commands if not isinstance(c, Answer)] == []
    assert commands == [first]
    assert next(iter(desk.state.runs[GALA].past)) == (0, desk.at("20:11"))


def test_a_refused_request_is_refused_again_though_it_would_now_be_right() -> None:
    desk = Desk()
    assert not desk.call("go gala", "20:09", request="r1").accepted
    assert not desk.call("go gala", "20:11", request="r1").accepted


def test_a_retried_fade_out_does_not_escalate() -> None:
    desk = ready()
    desk.call("fade_out", "20:12", request="f")
    faded = desk.look("left")
    assert desk.call("fade_out", "20:12:01", request="f").accepted
    assert desk.look("left") == faded


def test_anothers_request_of_the_same_id_is_no_repeat() -> None:
    """Two programs that count their requests from 1 do not hear each other's answers."""
    desk = ready()
    assert desk.call("hold gala", "20:12", request="1").accepted
    refused = desk.call("hold gala", by="Lee", request="1")
    assert (refused.accepted, refused.by) == (False, "Kim")


def test_no_request_of_another_call_swallows_a_fade_out() -> None:
    desk = ready()
    desk.call("hold gala", "20:12", request="1")
    before = desk.look("left")
    assert desk.call("fade_out", request="1").accepted
    assert desk.look("left") != before


def test_only_so_many_answers_are_kept() -> None:
    desk = ready()
    for n in range(300):
        desk.call("hold gala", request=f"r{n}")
    assert len(desk.state.answered) == 256
    assert any(asked.endswith("r299") for asked in desk.state.answered)


def test_a_call_older_than_its_validity_is_refused_and_never_carried_out() -> None:
    desk = desk_at("20:11")
    old = desk.now - VALIDITY - 1
    assert (
        desk.call("go gala", made_at=old).reason
        == "this call came 1.5 s late and was not carried out"
    )
    assert desk.call("go gala", made_at=desk.now - VALIDITY).accepted


def test_a_fade_out_is_never_too_late() -> None:
    desk = ready()
    assert desk.call("fade_out", "20:12", made_at=0).accepted


# --- standby, skip, end -----------------------------------------------------------------------------------------


def test_any_cue_may_stand_by_and_the_count_rises() -> None:
    desk = ready()
    told = desk.call("standby gala 5", "20:12")
    assert (told.standby, told.standby_count) == ("5", 3)
    assert desk.call("standby gala 1", "20:12").standby == "1"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("standby gala 77", "there is no cue 77 in gala"),
        ("standby gala", "say which cue is to stand by"),
    ],
)
def test_a_standby_that_cannot_be_is_refused(said: str, reason: str) -> None:
    assert ready().call(said, "20:12").reason == reason


def test_standby_on_a_run_that_is_over_makes_a_second_performance() -> None:
    desk = ready()
    desk.call("end gala", "20:12")
    told = desk.call("standby gala 3", "20:14")
    assert (told.run, told.standby, told.standby_count) == (f"{GALA}.2", "3", 1)
    assert desk.call("go gala", "20:15").run == f"{GALA}.2"
    assert desk.state.runs[GALA].phase == "ended"
    desk.call("end gala", "20:16")
    assert desk.call("standby gala 1", "20:17").run == f"{GALA}.3"


def test_a_second_performance_after_its_slots_end_is_not_cut_by_it() -> None:
    desk = ready()
    desk.call("end gala", "20:12")
    desk.call("standby gala 1", "20:40")
    assert desk.until("20:50") == []
    assert desk.call("go gala 1", "20:50").accepted


def test_a_second_performance_never_started_lapses_at_its_slots_end() -> None:
    desk = ready()
    desk.call("end gala", "20:12")
    desk.call("standby gala 1", "20:20")
    assert "20:30:00 lapsed gala: never started" in desk.until("20:31")


def test_skip_passes_over_the_cue_that_stands_by() -> None:
    desk = ready()
    assert desk.call("skip gala 3", "20:12").reason == "2 stands by, not 3"
    assert desk.lines(call("skip gala 2"), "20:12") == [
        "20:12:00 cue_skipped gala 2: skipped",
        "20:12:00 yes 3 #3",
    ]
    assert desk.call("go gala 3", "20:13").accepted


def test_skipping_the_last_cue_ends_the_run_then_and_not_before() -> None:
    desk = ready()
    desk.call("standby gala 5", "20:12")
    assert desk.lines(call("skip gala"), "20:20") == [
        "20:20:00 cue_skipped gala 5: skipped",
        "20:20:00 yes - #4",
        "20:20:00 ended gala: its last cue ended",
    ]


def test_skipping_every_cue_before_any_went_ends_the_run() -> None:
    desk = desk_at("20:11")
    told = [line for _ in range(5) for line in desk.lines(call("skip gala"))]
    assert told[-2:] == ["20:11:00 ended gala: every cue was skipped", "20:11:00 yes - #6"]


def test_end_ends_a_run_and_enters_what_was_to_come() -> None:
    desk = ready()
    desk.call("standby gala 3", "20:12")
    desk.call("go gala", "20:12")
    assert desk.lines(call("end gala"), "20:12:05") == [
        "20:12:05 cue_dropped gala 4: ended",
        "20:12:05 ended gala: ended",
        "20:12:05 yes - #4",
    ]
    assert desk.call("end gala").reason == "gala is over: ended"


# --- what refusals leave behind -----------------------------------------------------------------------------------


def test_a_refusal_is_entered_and_changes_nothing_else() -> None:
    desk = ready()
    before = desk.state
    (record, told) = desk.do(call("go gala 3"), "20:12")
    assert isinstance(told, Answer)
    assert (record.kind, record.run, record.cue, record.by, record.reason) == (
        "refused", GALA, "3", "Kim", "2 stands by, not 3")  # fmt: skip
    assert record.data["said"] == {"code": "other_cue", "values": {"cue": "2", "asked": "3"}}
    assert desk.state == before


def test_a_refusal_with_no_run_names_what_was_asked_for() -> None:
    *_, record, _ = Desk().do(call("go encore"), "20:12")
    assert (record.kind, record.run, record.night) == ("refused", "encore", "2025-09-02")


def test_every_call_is_answered_even_before_a_file_is_loaded() -> None:
    for name in CALLS:
        made = Called(call=Call(call=name, by="Kim", run="x", standby="1", output="y"))
        state, commands = engine.step(engine.EMPTY, made, 1000)
        assert isinstance(commands[-1], Answer)
        assert not [c for c in commands if isinstance(c, Send)]
        assert engine.deadline(state) is None


def test_an_output_that_is_not_there_is_refused() -> None:
    assert Desk().call("enable", output="moon").reason == "there is no output moon"
    assert Desk().call("enable").reason == "say which output"
    assert (
        Desk().call("enable", output="left").reason
        == "left is no hazard output: it needs no enable"
    )
    assert Desk().call("enable", output=LASER, by="").reason == "a hazard output is enabled by name"


def test_outside_every_night_nothing_is_enabled() -> None:
    file = night_file((), ())
    assert Desk(file, "05:00").call("enable", output=LASER).reason == "no night is on"
