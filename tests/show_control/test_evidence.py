"""What counts as known, and for how long. Invariant 10: nothing older than its send confirms it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from show_control import evidence
from show_control.evidence import (
    AgreementChanged,
    Change,
    Evidence,
    LifeChanged,
    Report,
    What,
    Which,
)
from show_control.looks import NOTHING, Look, after
from show_control.model import Action, Millis, Output, Server

AT: Millis = 1_000_000
CLIP = "/composition/layers/1/clips/{}/connected"
EVERY = CLIP.format("*")
OPACITY = "/composition/layers/1/video/opacity"
SERVERS = {
    "west": Server(id="west", dialect="resolume", main="udp://a:1", backup="udp://b:1"),
    "laser": Server(id="laser", dialect="generic", main="udp://c:1"),
}
OUTPUTS = [
    Output(id="w", server="west", surface="facade"),
    Output(id="laser-1", server="laser", surface="bridge"),
]
LIT = Look(clip=1, since=AT - 60_000)


class Told:
    """Evidence, with the words of a test: what is wanted, asked, answered, at a time that is told."""

    def __init__(self, look: Look = LIT) -> None:
        self.looks = {"w": look}
        self.now = AT
        self.state = evidence.opened(Evidence(), SERVERS, OUTPUTS, {"west"})
        self.judge()

    def at(self, after_start: Millis) -> Told:
        self.now = AT + after_start
        return self

    def ask(self, *addresses: str, which: Which = "main") -> Told:
        for address in addresses:
            self.state = evidence.asked(self.state, "west", which, address, self.now)
        return self

    def hear(
        self, address: str, what: What, value: Any, clip: int | None = None, which: Which = "main"
    ) -> Told:
        report = Report(output="w", what=what, value=value, clip=clip)
        self.state = evidence.heard(self.state, "west", which, address, [report], self.now)
        return self

    def answer(
        self, clip: int = 1, shown: bool = True, level: float = 1.0, which: Which = "main"
    ) -> Told:
        self.hear(CLIP.format(clip), "clip", shown, clip, which)
        return self.hear(OPACITY, "brightness", level, None, which)

    def send(self, *, level_only: bool = False, which: Which = "main") -> Told:
        self.state = evidence.sent(self.state, "west", which, "w", self.now, level_only=level_only)
        return self

    def judge(self) -> list[Change]:
        self.state, changes = evidence.judge(self.state, self.looks, self.now)
        return changes

    def agreement(self, which: Which = "main") -> str:
        self.judge()
        return self.state.servers["west", which].outputs["w"].agreement

    def life(self, which: Which = "main") -> str:
        self.judge()
        return self.state.servers["west", which].life


def asked_both(told: Told, which: Which = "main") -> Told:
    return told.ask(CLIP.format(1), OPACITY, which=which)


def confirmed() -> Told:
    told = asked_both(Told().send().at(10)).at(15).answer()
    assert told.agreement() == "confirmed"
    return told


# ---------------------------------------------------------------- agreement


def test_a_right_answer_to_a_question_asked_after_the_send_confirms() -> None:
    told = asked_both(Told().send().at(10)).at(15).answer()
    changes = told.judge()
    assert LifeChanged(at=AT + 15, server="west", which="main", life="alive") in changes
    assert changes[-1] == AgreementChanged(
        at=AT + 15,
        server="west",
        which="main",
        output="w",
        agreement="confirmed",
        reported={"clip": 1, "brightness": 1.0},
        as_of=AT + 10,
    )
    assert told.judge() == []


def test_a_report_of_a_question_older_than_the_send_confirms_nothing() -> None:
    told = asked_both(Told()).at(5).send().at(15).answer()
    assert told.agreement() == "no reply"
    assert asked_both(told.at(20)).at(25).answer().agreement() == "confirmed"


def test_a_question_of_the_sends_own_millisecond_is_not_after_it() -> None:
    told = asked_both(Told().send()).at(5).answer()
    assert told.agreement() == "no reply"


def test_what_nobody_asked_for_confirms_nothing() -> None:
    told = Told().send().at(10).answer()
    assert told.agreement() == "no reply"
    assert told.life() == "not asked"
    told = confirmed().at(20)
    told.hear(CLIP.format(1), "clip", False, 1)
    assert told.agreement() == "confirmed"


def test_one_address_says_nothing_of_the_other() -> None:
    told = confirmed()
    assert told.agreement("backup") == "no reply"
    asked_both(told.at(20), "backup").at(25).answer(which="backup")
    assert told.agreement("backup") == "confirmed"


def test_a_new_send_ends_what_was_confirmed() -> None:
    told = confirmed().at(100).send()
    [change] = told.judge()
    assert isinstance(change, AgreementChanged)
    assert (change.agreement, change.at) == ("no reply", AT + 100)


def test_confirmed_expires_three_seconds_after_it_was_heard() -> None:
    told = confirmed()
    assert told.state.deadline == AT + 3015
    assert told.at(3014).agreement() == "confirmed"
    assert told.at(3015).agreement() == "no reply"


@pytest.mark.parametrize(("clip", "level"), [(False, 1.0), (True, 0.98), (True, 0.0)])
def test_another_picture_differs(clip: bool, level: float) -> None:
    told = asked_both(Told().send().at(10)).at(15).answer(1, clip, level)
    assert told.agreement() == "differs"


def test_a_level_within_the_tolerance_agrees() -> None:
    told = asked_both(Told().send().at(10)).at(15).answer(1, True, 0.991)
    assert told.agreement() == "confirmed"


def test_half_an_answer_confirms_nothing() -> None:
    told = asked_both(Told().send().at(10)).at(15).hear(CLIP.format(1), "clip", True, 1)
    assert told.agreement() == "no reply"


def test_a_name_that_is_reported_must_be_the_one_expected() -> None:
    name = "/composition/layers/1/clips/1/name"
    told = Told(Look(clip=1, clip_name="WASH", since=AT - 1))
    asked_both(told.send().at(10)).ask(name).at(15).answer()
    assert told.agreement() == "confirmed"
    told.hear(name, "clip_name", "HELGERT", 1)
    assert told.agreement() == "differs"
    told.at(20).ask(name).at(21).hear(name, "clip_name", "WASH", 1)
    assert told.agreement() == "confirmed"


def test_another_picture_that_differs_is_another_change() -> None:
    told = asked_both(Told().send().at(10)).at(15).answer(1, False)
    told.judge()
    told.at(1000).ask(EVERY).at(1005).hear(CLIP.format(7), "clip", True, 7)
    [change] = told.judge()
    assert isinstance(change, AgreementChanged)
    assert change.reported["clip"] == 7


# ---------------------------------------------------------------- ramps


def test_during_a_ramp_the_clip_is_judged_and_the_level_when_it_rests() -> None:
    fade = Action(kind="level", outputs=("w",), value=0.5, fade=1000)
    told = Told(after(LIT, fade, AT))
    asked_both(told.send().at(10)).at(15).answer(level=0.99)
    assert told.agreement() == "confirmed"
    told.at(500).send(level_only=True)
    assert told.agreement() == "confirmed"
    told.at(1000).send(level_only=True)
    assert told.agreement() == "no reply"
    asked_both(told.at(1100)).at(1105).answer(level=0.5)
    assert told.agreement() == "confirmed"


def test_the_end_of_a_ramp_is_an_instant_to_judge_at() -> None:
    told = Told(after(LIT, Action(kind="blackout", outputs=("w",), fade=1000), AT))
    asked_both(told.send().at(10)).at(15).answer(level=0.99)
    told.judge()
    assert told.state.deadline == AT + 1000
    assert told.at(1000).agreement() == "no reply"


# ---------------------------------------------------------------- nothing showing


def every(told: Told, *clips: tuple[int, bool]) -> Told:
    for clip, shown in clips:
        told.hear(CLIP.format(clip), "clip", shown, clip)
    return told


def test_nothing_shows_once_every_clip_has_said_so() -> None:
    told = Told(NOTHING).send().at(10).ask(EVERY).at(15)
    assert every(told, (1, False)).agreement() == "no reply"
    assert every(told, (2, False), (3, False)).agreement() == "no reply"
    assert told.state.deadline == AT + 115
    assert told.at(115).agreement() == "confirmed"


def test_a_clip_that_shows_where_none_should_differs_at_once() -> None:
    told = Told(NOTHING).send().at(10).ask(EVERY).at(15)
    every(told, (1, False), (2, True))
    [*_, change] = told.judge()
    assert isinstance(change, AgreementChanged)
    assert (change.agreement, change.reported) == ("differs", {"clip": 2})


def test_nothing_stays_confirmed_while_the_next_answers_come_in() -> None:
    told = Told(NOTHING).send().at(10).ask(EVERY).at(15)
    assert every(told, (1, False), (2, False)).at(115).agreement() == "confirmed"
    told.at(1010).ask(EVERY).at(1015)
    assert every(told, (1, False)).agreement() == "confirmed"
    assert every(told, (2, True)).agreement() == "differs"


# ---------------------------------------------------------------- order and loss


def test_answers_belong_to_questions_first_in_first_out() -> None:
    """The first answer after the send may be to the question before it."""
    told = asked_both(Told())
    asked_both(told.at(10).send().at(20))
    assert told.at(25).answer().agreement() == "no reply"
    assert told.at(26).answer().agreement() == "confirmed"


def test_after_a_lost_packet_asking_waits_until_answers_are_in_step() -> None:
    told = Told().ask(OPACITY)  # lost
    assert evidence.may_ask(told.state, "west", "main", OPACITY, AT + 1000)
    told.at(1000).ask(OPACITY).at(1005).hear(OPACITY, "brightness", 1.0)  # taken for the first
    assert not evidence.may_ask(told.state, "west", "main", OPACITY, AT + 2000)
    assert evidence.may_ask(told.state, "west", "main", OPACITY, AT + 3000)
    told.at(3000).ask(OPACITY).at(3005).hear(OPACITY, "brightness", 1.0)
    fact = told.state.servers["west", "main"].outputs["w"].brightness
    assert fact is not None
    assert fact.as_of == AT + 3000


def test_an_answer_that_comes_too_late_counts_for_nothing() -> None:
    told = asked_both(Told().send().at(10)).at(10 + evidence.ANSWERS_WITHIN).answer()
    assert told.agreement() == "no reply"


def test_two_questions_are_the_most_that_are_open() -> None:
    told = Told().ask(OPACITY).at(100).ask(OPACITY)
    assert not evidence.may_ask(told.state, "west", "main", OPACITY, AT + 200)
    assert evidence.may_ask(told.state, "west", "main", EVERY, AT + 200)


# ---------------------------------------------------------------- life


def test_a_server_is_silent_when_its_questions_stay_unanswered() -> None:
    told = confirmed()
    told.at(1000).ask(OPACITY).at(2000).ask(OPACITY)
    assert told.at(3000).life() == "alive"
    assert told.at(3500).life() == "silent"
    assert told.agreement() == "no reply"
    assert told.ask(OPACITY).at(3505).hear(OPACITY, "brightness", 1.0).life() == "alive"


def test_a_server_that_never_answered_becomes_silent() -> None:
    told = Told().ask(OPACITY)
    assert told.life() == "not asked"
    assert told.at(2499).life() == "not asked"
    assert told.at(2500).life() == "silent"


def test_a_refused_packet_means_unreachable_until_something_is_answered() -> None:
    told = confirmed()
    told.state = evidence.refused(told.state, "west", "main")
    assert (told.life(), told.agreement()) == ("unreachable", "no reply")
    assert told.life("backup") == "not asked"
    asked_both(told.at(1000).send().at(1010)).at(1015).answer()
    assert (told.life(), told.agreement()) == ("alive", "confirmed")


def test_a_server_that_cannot_be_asked_is_not_judged() -> None:
    told = Told()
    of_laser = told.state.servers["laser", "main"]
    assert (of_laser.life, of_laser.outputs["laser-1"].agreement) == (
        "not asked",
        "cannot be asked",
    )
    told.state = evidence.refused(told.state, "laser", "main")
    [change] = told.judge()
    assert change == LifeChanged(at=AT, server="laser", which="main", life="unreachable")
    told.state = evidence.sent(told.state, "laser", "main", "laser-1", AT)
    [change] = told.judge()
    assert change == LifeChanged(at=AT, server="laser", which="main", life="not asked")


# ---------------------------------------------------------------- the whole


def test_a_load_keeps_what_is_known_of_what_stays() -> None:
    told = confirmed()
    only_west = {"west": SERVERS["west"]}
    told.state = evidence.opened(told.state, only_west, OUTPUTS[:1], {"west"})
    assert told.agreement() == "confirmed"
    assert ("laser", "main") not in told.state.servers
    told.state = evidence.opened(told.state, SERVERS, OUTPUTS, {"west"})
    assert ("laser", "main") in told.state.servers


def test_judging_looks_at_nothing_that_cannot_have_changed() -> None:
    told = confirmed()
    told.judge()
    before = told.state
    assert told.at(100).judge() == []
    assert told.state is before


STEPS = st.lists(
    st.tuples(st.sampled_from(["ask", "answer", "send", "wait", "lose"]), st.integers(0, 700)),
    max_size=40,
)


@given(STEPS)
def test_invariant_10_nothing_is_confirmed_by_a_report_older_than_its_send(
    steps: list[tuple[str, int]],
) -> None:
    """A server that answers in order, late and with losses: what it says was so when it was asked."""
    told = Told()
    newest_send, heard_at = AT, AT
    on_the_way: list[tuple[Millis, str]] = []
    told.send()
    for what, wait in steps:
        told.now += wait
        match what:
            case "ask":
                for address in (CLIP.format(1), OPACITY):
                    told.ask(address)
                    on_the_way.append((told.now, address))
            case "answer" if on_the_way:
                asked_at, address = on_the_way.pop(0)
                if told.now - asked_at < evidence.ANSWERS_WITHIN:
                    heard_at = told.now
                    if address == OPACITY:
                        told.hear(OPACITY, "brightness", 1.0)
                    else:
                        told.hear(address, "clip", True, 1)
                    assert told.state.servers["west", "main"].answered[address] <= asked_at
            case "lose" if on_the_way:
                on_the_way.pop(0)
            case "send":
                told.send()
                newest_send = told.now
            case _:
                pass
        if told.agreement() == "confirmed":
            one = told.state.servers["west", "main"].outputs["w"]
            assert one.as_of is not None
            assert one.as_of > newest_send
            assert told.now < heard_at + evidence.CONFIRMED_FOR
