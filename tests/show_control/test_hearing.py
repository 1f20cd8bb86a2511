"""Asking servers what they show, and what their answers come to."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from show_control import osc
from show_control.evidence import SILENT_AFTER, Which
from show_control.hearing import ASK_AFTER_SEND, ASK_EVERY, LOST_AGAIN, Hearing
from show_control.looks import Look
from show_control.model import Argument, Message, Millis
from show_control.simulator import Simulated, simulated
from show_control.transport import Heard
from tests.show_control.house import FILE, LASER

SEVEN = Look(clip=7, since=0)
LOOKS = {"left": SEVEN, "right": SEVEN}
ONE: tuple[tuple[str, Which], ...] = (("one", "main"), ("one", "backup"))


class Room:
    """A hearing, its servers, and every question that was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Millis, str, Which, Message]] = []
        self.now: Millis = 0
        self.servers = {(s.server.id, s.which): s for s in simulated(FILE)}
        self.refusing: str | None = None
        self.hearing = Hearing(self.ask)
        self.opened = self.hearing.open(FILE, 0)
        self.answers: list[Heard] = []

    def ask(self, server: str, which: Which, datagram: bytes) -> str | None:
        (message,) = osc.decode(datagram)
        self.asked.append((self.now, server, which, message))
        if self.refusing:
            return self.refusing
        self.answers += [
            Heard(server, which, a) for a in self.servers[server, which].hear(datagram)
        ]
        return None

    def round(self, now: Millis) -> tuple[list[dict[str, Any]], list[Any]]:
        """Ask who is due, hear the answers a little later, and judge."""
        self.now = now
        self.hearing.ask_due(LOOKS, now)
        answers, self.answers = self.answers, []
        for answer in answers:
            self.hearing.hear(answer, now + 5)
        return self.hearing.judge(LOOKS, now + 5)

    def shows(self, clip: int, *sides: Which) -> None:
        for side in sides or ("main", "backup"):
            for layer in (1, 2):
                address = f"/composition/layers/{layer}/clips/{clip}/connect"
                self.server(side).hear(osc.encode(address, (Argument(tag="i", value=1),)))

    def server(self, which: Which) -> Simulated:
        return self.servers["one", which]

    def agreement(self, which: Which = "main", output: str = "left") -> str:
        return self.hearing.known.servers["one", which].outputs[output].agreement


def test_a_server_that_cannot_be_asked_is_entered_so_and_never_asked() -> None:
    room = Room()
    assert [
        (e["kind"], e.get("output"), e["data"].get("agreement") or e["data"]["life"])
        for e in room.opened
    ] == [
        ("life", None, "not asked"),
        ("evidence", LASER, "cannot be asked"),
    ]
    for now in range(0, 3000, 500):
        room.round(now)
    assert {server for _, server, _, _ in room.asked} == {"one"}


def test_each_address_is_asked_once_a_second_not_all_at_one_instant() -> None:
    room = Room()
    for now in range(0, 5000, 10):
        room.round(now)
    clips = "/composition/layers/1/clips/7/connected"
    for _, which in ONE:
        instants = [at for at, _, w, m in room.asked if w == which and m.address == clips]
        assert [b - a for a, b in pairwise(instants)] == [ASK_EVERY] * 4
    assert len({at % ASK_EVERY for at, *_ in room.asked}) == 2


def test_no_question_is_asked_twice_in_one_round() -> None:
    room = Room()
    for now in (0, 400):
        room.round(now)
    first = [m.address for at, _, w, m in room.asked if w == "main" and at == 0]
    assert len(first) == len(set(first))


def test_it_is_confirmed_where_the_answers_agree() -> None:
    room = Room()
    room.shows(7)
    entries, _ = room.round(0)
    told = [e for e in entries if e["kind"] == "evidence"]
    assert {(e["output"], e["data"]["which"], e["data"]["agreement"]) for e in told} == {
        ("left", "main", "confirmed"),
        ("right", "main", "confirmed"),
    }
    assert told[0]["data"]["reported_at"] == 0
    assert told[0]["data"]["reported"]["clip"] == 7


def test_soon_after_a_send_its_server_is_asked_and_nothing_older_confirms() -> None:
    room = Room()
    room.shows(7)
    room.round(0)
    room.hearing.sent("one", "main", "left", 100, ramp=False)
    room.round(110)
    assert (room.agreement(), room.agreement(output="right")) == ("no reply", "confirmed")
    room.round(100 + ASK_AFTER_SEND)
    assert room.agreement() == "confirmed"


def test_another_address_confirms_nothing() -> None:
    room = Room()
    room.shows(7, "backup")
    for now in range(0, 3000, 100):
        room.round(now)
    assert (room.agreement("main"), room.agreement("backup")) == ("differs", "confirmed")


def test_what_nobody_asked_for_confirms_nothing() -> None:
    room = Room()
    said = osc.encode("/composition/layers/1/clips/7/connected", (Argument(tag="i", value=3),))
    room.hearing.hear(Heard("one", "main", said), 10)
    room.hearing.judge(LOOKS, 20)
    assert room.agreement() == "no reply"


def test_what_is_no_osc_or_of_nobody_is_let_by() -> None:
    room = Room()
    room.round(0)
    room.hearing.hear(Heard("one", "main", b"\x00\xff rubbish"), 10)
    room.hearing.hear(Heard("stranger", "main", b"x"), 10)
    assert room.hearing.malformed == {("one", "main"): 1}


def test_before_a_file_is_open_nothing_is_asked_and_nothing_heard() -> None:
    hearing = Hearing(lambda *_: None)
    assert hearing.next_at is None
    hearing.ask_due({}, 0)
    hearing.hear(Heard("one", "main", b"x"), 0)
    assert hearing.judge({}, 0) == ([], [])


def test_a_machine_that_refuses_is_unreachable() -> None:
    room = Room()
    room.shows(7)
    room.round(0)
    room.refusing = "Connection refused"
    entries, _ = room.round(ASK_EVERY)
    lives = [
        (e["server"], e["data"]["which"], e["data"]["life"]) for e in entries if e["kind"] == "life"
    ]
    assert ("one", "main", "unreachable") in lives
    assert room.agreement() == "no reply"


def test_compare_finds_the_outputs_that_differ_once() -> None:
    room = Room()
    room.shows(7)
    room.shows(9, "backup")
    room.hearing.compare("player restarted", now=0)
    assert len(room.hearing.undecided()) == 4
    found = [
        (d.output, d.which, why) for now in range(0, 2000, 50) for why, d in room.round(now)[1]
    ]
    assert sorted(found) == [
        ("left", "backup", "player restarted"),
        ("right", "backup", "player restarted"),
    ]
    assert room.hearing.undecided() == []


def test_nobody_is_decided_while_nobody_answers() -> None:
    room = Room()
    room.server("main").give("silent")
    room.shows(7, "backup")
    room.hearing.compare("player restarted", now=0)
    for now in range(0, 400, 50):
        room.round(now)
    assert {which for _, which in room.hearing.undecided()} == {"main"}


def test_a_server_that_was_gone_and_answers_again_is_compared() -> None:
    room = Room()
    room.shows(7)
    for now in range(0, 1000, 50):
        room.round(now)
    room.server("main").give("silent")
    for now in range(1000, 1000 + SILENT_AFTER + 1000, 50):
        room.round(now)
    room.server("main").give("ok")
    room.server("main").give("restart")
    found = []
    for now in range(4500, 7000, 50):
        for why, differs in room.round(now)[1]:
            found.append((differs.output, differs.which, why))
            room.shows(7, differs.which)
    assert sorted(found) == [
        ("left", "main", "server returned"),
        ("right", "main", "server returned"),
    ]


@pytest.mark.parametrize("lost", [1, 2])
def test_a_lost_answer_alone_is_no_return(lost: int) -> None:
    """It missed one round: nothing is compared, nothing is sent to it."""
    room = Room()
    room.shows(7)
    found = []
    for now in range(0, 8000, 50):
        room.server("main").silent = 2000 <= now < 2000 + lost * 500
        found += room.round(now)[1]
    assert found == []
    assert room.agreement() == "confirmed"


def lost_and_found(room: Room, first: Millis, last: Millis) -> list[tuple[str, Which, str]]:
    return [
        (d.output, d.which, why) for now in range(first, last, 50) for why, d in room.round(now)[1]
    ]


def test_a_server_that_lost_its_state_between_two_questions_gets_it_once() -> None:
    room = Room()
    room.shows(7)
    assert lost_and_found(room, 0, 2000) == []
    room.server("main").give("restart")
    found = lost_and_found(room, 2000, 10_000)
    assert sorted((o, w) for o, w, _ in found) == [("left", "main"), ("right", "main")]
    assert lost_and_found(room, 10_000, 2000 + LOST_AGAIN) == []


def test_an_output_that_shows_something_else_is_in_somebodys_hand() -> None:
    room = Room()
    room.shows(7)
    lost_and_found(room, 0, 2000)
    room.shows(9, "main")
    assert lost_and_found(room, 2000, 20_000) == []
    assert room.agreement() == "differs"


def test_what_is_known_of_a_server_outlives_a_new_file() -> None:
    room = Room()
    room.shows(7)
    room.round(0)
    room.hearing.open(FILE, 100)
    assert room.agreement() == "confirmed"
