"""Control of a run: who has it, who takes it over, what hears one person and what hears everybody."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from show_control import engine
from show_control.commands import Answer, Record
from show_control.engine.control import TAKES
from show_control.engine.state import Control
from show_control.events import AnyEvent, Call, Called
from show_control.model import Millis
from tests.show_control.any_night import ANY, Played, Watched
from tests.show_control.house import FILE, LASER, cue, night_file, play, sequence, slot
from tests.show_control.house import GALA as GALA_CUES
from tests.show_control.playbook import Desk, call, playbook
from tests.show_control.playing import Playing

GALA = "small.2025-09-02.gala"


def held() -> Desk:
    """Kim has control of the gala since 20:11: cue 1 went, 2 stands by."""
    desk = Desk()
    assert desk.call("go gala 1", "20:11").accepted
    return desk


def control(desk: Desk, run: str = GALA) -> Control | None:
    return desk.state.runs[run].control


def holder(desk: Desk, run: str = GALA) -> str | None:
    found = control(desk, run)
    return found.by if found else None


# --- who has it -------------------------------------------------------------------------------------------------


def test_nobody_has_it_before_a_person_calls() -> None:
    desk = Desk()
    desk.until("20:11")
    assert control(desk) is None


@pytest.mark.parametrize("said", ["go gala", "standby gala 3", "skip gala"])
def test_the_first_accepted_call_takes_it(said: str) -> None:
    desk = Desk()
    desk.call(said, "20:11")
    assert control(desk) == Control(by="Kim", since=desk.at("20:11"))


@pytest.mark.parametrize("said", ["hold loop.1", "restore loop.1"])
def test_so_it_does_on_a_run_that_began_by_itself(said: str) -> None:
    desk = Desk()
    desk.call(said, "20:01")
    assert holder(desk, "small.2025-09-02.loop.1") == "Kim"


def test_a_refused_call_takes_nothing() -> None:
    desk = Desk()
    desk.call("go gala 5", "20:11")
    assert control(desk) is None


def test_a_call_in_nobodys_name_takes_nothing_and_is_refused_where_somebody_has_it() -> None:
    desk = Desk()
    assert desk.call("go gala", "20:11", by="").accepted
    assert control(desk) is None
    desk.call("standby gala 3", "20:12")
    assert desk.call("go gala", "20:13", by="").reason == "Kim has control"


def test_its_holder_calls_on_and_keeps_it_since_when_it_was_taken() -> None:
    desk = held()
    for said in ("hold gala", "resume gala", "skip gala", "standby gala 2", "go gala"):
        assert desk.call(said, "20:12").accepted
    assert control(desk) == Control(by="Kim", since=desk.at("20:11"))


@pytest.mark.parametrize(
    "said",
    ["go gala", "standby gala 3", "hold gala", "skip gala", "end gala", "restore gala", "go"],
)
def test_another_person_is_refused_with_who_has_it_since_when(said: str) -> None:
    desk = held()
    told = desk.call(said, "20:12", by="Lee")
    assert (told.accepted, told.reason) == (False, "Kim has control")
    assert (told.by, told.by_at) == ("Kim", desk.at("20:11"))
    assert (told.run, told.standby, told.standby_count) == (GALA, "2", 2)
    assert told.reasons == {"en": "Kim has control", "ko": "Kim 님이 제어권을 갖고 있습니다"}


def test_so_is_a_resume_and_the_restore_of_an_output_that_the_run_has() -> None:
    desk = held()
    desk.call("hold gala", "20:12")
    assert desk.call("resume gala", "20:13", by="Lee").reason == "Kim has control"
    assert desk.call("restore", output="left", by="Lee").reason == "Kim has control"
    assert desk.call("restore", output="left").accepted
    assert desk.call("restore", output=LASER, by="Lee").accepted, "nobody's run has that"


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("fade_out gala", {}),
        ("fade_out", {}),
        ("show_stop", {}),
        ("enable", {"output": LASER}),
        ("disable", {"output": LASER}),
        ("note gala", {"reason": "the east end flickers"}),
        ("ask gala", {}),
        ("take_over gala", {}),
    ],
)
def test_what_needs_no_control(said: str, rest: dict[str, str]) -> None:
    assert held().call(said, "20:12", by="Lee", **rest).accepted


def test_a_restart_after_a_show_stop_needs_no_control() -> None:
    desk = held()
    desk.call("show_stop", "20:12")
    assert desk.call("restore", "20:13", by="Lee").accepted


def test_a_run_that_is_over_is_held_by_nobody() -> None:
    desk = held()
    desk.call("end gala", "20:12")
    assert control(desk) is None
    assert desk.call("take_over gala", "20:13").reason == "gala is over: ended"
    assert desk.call("standby gala 1", "20:14", by="Lee").accepted
    assert holder(desk, f"{GALA}.2") == "Lee"


def test_each_run_has_its_own() -> None:
    desk = held()
    desk.call("standby loop.1 1", "20:12", by="Lee")
    assert (holder(desk), holder(desk, "small.2025-09-02.loop.1.2")) == ("Kim", "Lee")


# --- asking, taking over, handing back -----------------------------------------------------------------------------


def test_control_is_asked_for_visibly_and_handed_to_who_asked_last() -> None:
    desk = held()
    desk.call("ask gala", "20:12", by="Lee")
    desk.call("ask gala", "20:13", by="Park")
    assert control(desk) == Control(
        by="Kim", since=desk.at("20:11"), asked_by="Park", asked_at=desk.at("20:13")
    )
    assert desk.call("hand_back gala", "20:14").accepted
    assert control(desk) == Control(by="Park", since=desk.at("20:14"))


def test_asking_for_what_nobody_has_takes_it() -> None:
    desk = Desk()
    desk.call("ask gala", "20:11", by="Lee")
    assert control(desk) == Control(by="Lee", since=desk.at("20:11"))


def test_it_is_taken_over_in_one_press_and_handed_back() -> None:
    desk = held()
    assert desk.call("take_over gala", "20:12", by="Lee").accepted
    assert control(desk) == Control(by="Lee", since=desk.at("20:12"), before="Kim")
    assert desk.call("go gala", "20:12:30").reason == "Lee has control"
    assert desk.call("go gala", "20:13", by="Lee").accepted
    assert desk.call("hand_back gala", "20:14", by="Lee").accepted
    assert control(desk) == Control(by="Kim", since=desk.at("20:14"))
    assert desk.call("hand_back gala", "20:15").accepted
    assert control(desk) is None


def test_who_asked_goes_on_waiting_where_another_takes_over() -> None:
    desk = held()
    desk.call("ask gala", "20:12", by="Park")
    desk.call("take_over gala", "20:13", by="Lee")
    assert (holder(desk), control(desk).asked_by) == ("Lee", "Park")  # type: ignore[union-attr]  # it is held
    desk.call("take_over gala", "20:14", by="Park")
    assert control(desk) == Control(by="Park", since=desk.at("20:14"), before="Lee")


@pytest.mark.parametrize(
    ("said", "by", "reason"),
    [
        ("take_over gala", "Kim", "Kim has control already"),
        ("ask gala", "Kim", "Kim has control already"),
        ("hand_back gala", "Lee", "Kim has control"),
        ("take_over gala", "", "a run is controlled by name"),
        ("ask gala", "", "a run is controlled by name"),
        ("take_over encore", "Lee", "there is no run encore tonight"),
        ("take_over loop.1", "Lee", "loop.1 is over: its last cue ended"),
        ("hand_back", "Lee", "there is no run that this could mean"),
    ],
)
def test_control_is_refused_with_the_reason(said: str, by: str, reason: str) -> None:
    assert held().call(said, "20:12", by=by).reason == reason


def test_what_nobody_has_cannot_be_handed_back() -> None:
    assert Desk().call("hand_back gala", "20:11").reason == "nobody has control"


def test_every_change_of_it_is_entered_by_name() -> None:
    desk = held()
    for said, by in (("ask", "Park"), ("take_over", "Lee"), ("hand_back", "Lee")):
        (record, _) = desk.do(call(f"{said} gala", by=by), "20:12")
        assert isinstance(record, Record)
        assert (record.kind, record.run, record.by, record.data["call"]) == ("call", GALA, by, said)


# --- notes ------------------------------------------------------------------------------------------------------


def test_a_note_is_entered_with_the_run_and_the_cue_that_stands_by() -> None:
    desk = held()
    (record, told) = desk.do(call("note gala", by="Lee", reason="late by a bar"), "20:12")
    assert isinstance(record, Record)
    assert isinstance(told, Answer)
    assert (record.kind, record.run, record.cue, record.by, record.reason) == (
        "note", GALA, "2", "Lee", "late by a bar")  # fmt: skip
    assert (told.accepted, told.run) == (True, GALA)
    assert holder(desk) == "Kim"


def test_a_note_of_the_night_names_no_run_and_none_is_too_late() -> None:
    desk = held()
    (record, told) = desk.do(call("note", reason="rain", made_at=0), "20:12")
    assert isinstance(record, Record)
    assert isinstance(told, Answer)
    assert (record.kind, record.night, record.run, told.accepted) == (
        "note", "2025-09-02", None, True)  # fmt: skip


@pytest.mark.parametrize("words", [None, "", "  \n"])
def test_a_note_needs_words(words: str | None) -> None:
    assert held().call("note gala", reason=words).reason == "a note needs words"


# --- together ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("last", [False, True], ids=["mid-sequence", "after the last cue"])
def test_of_twenty_who_press_go_one_goes_and_the_others_read_who_was_first(last: bool) -> None:
    short = sequence("short", cue("1", play(1), length=0), cue("2", play(2), length=0))
    desk = Desk(
        night_file((short,), (slot("gala", "20:10", "20:30", "short", start="manual"),))
        if last
        else FILE
    )
    if last:
        desk.call("standby gala 2", "20:10:30", by="P7")
    desk.until("20:11")
    count = desk.state.runs[GALA].count
    people = [f"P{n}" for n in (7, *range(7), *range(8, 20))]
    answers = [desk.call("go gala", standby_count=count, by=by, request=by) for by in people]
    assert [a.accepted for a in answers] == [True] + 19 * [False]
    number = "2" if last else "1"
    assert {a.reason for a in answers[1:]} == {f"{number} went 0.0 s ago, by P7"}
    assert {(a.by, a.by_at) for a in answers[1:]} == {("P7", desk.at("20:11"))}
    assert len(desk.state.runs[GALA].past) == 1


def test_who_was_first_comes_before_who_has_control() -> None:
    by_hand = slot("gala", "20:10", "20:30", "gala", start="manual")
    playbook(
        night_file((GALA_CUES,), (by_hand,)),
        [
            ("20:10", None, "20:10:00 stands_by gala"),
            ("20:11", call("go gala", standby_count=1), "20:11:00 yes 2 #2",
             "20:11:00 cue_went gala 1 GO", "20:11:00 play 7 -> left, right"),
            ("20:11:00.200", call("go gala", standby_count=2, by="Lee"),
             "20:11:00.200 no: too quick: 1 went 0.2 s ago, by Kim"),
            ("20:11:00.400", call("go gala", standby_count=1, by="Lee"),
             "20:11:00.400 no: 1 went 0.4 s ago, by Kim"),
            ("20:11:00.400", call("go gala", standby_count=2, by="Lee"),
             "20:11:00.400 no: Kim has control"),
        ],
    )  # fmt: skip


def test_long_after_a_runs_end_that_is_what_a_stale_go_is_told() -> None:
    desk = held()
    desk.call("end gala", "20:12")
    assert desk.call("go gala 1", "20:13", standby_count=1).reason == "gala is over: ended"


# --- the restart --------------------------------------------------------------------------------------------------


def test_control_survives_a_restart_of_the_player() -> None:
    playing = Playing(FILE)
    playing.call("go gala", "20:11")
    playing.call("take_over gala", "20:12", by="Lee")
    playing.call("ask gala", "20:12:10", by="Park")
    playing.kill()
    playing.come_back()
    playing.until("20:12:20")
    (run,) = [r for r in playing.board().runs if r.slot == "gala"]
    assert run.control is not None
    assert (run.control.by, run.control.since) == ("Lee", playing.at("20:12"))
    assert (run.control.asked_by, run.control.before) == ("Park", "Kim")
    assert playing.call("go gala", "20:13").reason == "Lee has control"


def test_the_patch_of_an_older_engine_folds_to_a_run_that_nobody_has() -> None:
    desk = held()
    patch = engine.patch(engine.EMPTY, desk.state)
    for name in ("control", "ended_at"):
        patch["runs"][GALA].pop(name, None)
    folded = engine.apply(engine.EMPTY, patch, desk.files)
    assert folded.runs[GALA].control is None
    assert folded.runs[GALA].past == desk.state.runs[GALA].past


# --- whatever happens ---------------------------------------------------------------------------------------------


class Controlled(Watched):
    """Every step's change of control is judged."""

    def step(self, event: AnyEvent, now: Millis) -> None:
        before = self.state
        super().step(event, now)
        made = event.call if isinstance(event, Called) else None
        for run in self.state.runs.values():
            was = before.runs.get(run.id)
            assert run.control is None or (run.live and run.control.by)
            had = [was.control if was else None]
            if was is None and run.parent is not None:  # what a cue starts is its parent's caller's
                parents = (s.runs.get(run.parent) for s in (before, self.state))
                had += [p.control for p in parents if p is not None]
            if run.control not in had and run.live:
                assert made is not None, "control changes by a person's call alone"
                assert made.call in TAKES | {"ask", "take_over", "hand_back"}
        for told in self.told[-1][1]:
            if isinstance(told, Answer) and made is not None:
                self.judge_answer(before, made, told)

    def judge_answer(self, before: engine.State, made: Call, told: Answer) -> None:
        known = bool(made.request) and made.request in before.answered
        if made.call == "fade_out" and not known:
            assert told.accepted
        if not told.accepted or known or made.call not in TAKES or told.run is None:
            return
        was, run = before.runs.get(told.run), self.state.runs[told.run]
        if was is not None and was.control is not None and was.live:
            assert was.control.by == made.by, "who is heard has control"
        if run.live:
            assert (run.control.by if run.control else "") == made.by


@settings(max_examples=150, deadline=None)
@given(ANY)
def test_one_person_has_control_and_nobody_else_is_heard(played: Played) -> None:
    Controlled(played.steps)
    Controlled(played.steps, stalled=True)
