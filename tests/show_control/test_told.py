"""Servers that tell unasked: what they say counts, a little late; their silence is known; where they are."""

from __future__ import annotations

from typing import Any

from show_control import evidence
from show_control.evidence import SILENT_AFTER, TOLD_WITHIN, AgreementChanged, Evidence, Report
from show_control.looks import NOTHING, Look
from show_control.model import Millis, Output, Server

SERVER = Server(id="west", dialect="disguise", main="udp://h:1")
OUTPUT = Output(id="w", server="west", surface="facade")
AT: Millis = 1_000_000
ETERNAL = Look(clip="Eternal", clip_name="ETERNAL_v3", since=AT)


class Desk:
    """One output of one such server."""

    def __init__(self, look: Look = ETERNAL) -> None:
        self.look = look
        self.now = AT
        self.changes: list[AgreementChanged] = []
        self.state: Evidence = evidence.opened(Evidence(), {"west": SERVER}, [OUTPUT], {"west"})
        self.state = evidence.expects(self.state, "west", "main", AT)

    def tell(self, *reports: tuple[Any, Any, Any], after: Millis = 0) -> str:
        self.now += after
        said = [Report(output="w", what=w, value=v, clip=c) for w, v, c in reports]
        self.state = evidence.told(self.state, "west", "main", said, self.now)
        return self.agreement()

    def agreement(self) -> str:
        self.state, changes = evidence.judge(self.state, {"w": self.look}, self.now)
        self.changes += [c for c in changes if isinstance(c, AgreementChanged)]
        return self.one.agreement

    @property
    def one(self) -> evidence.state.OutputEvidence:
        return self.state.servers["west", "main"].outputs["w"]

    @property
    def life(self) -> str:
        return self.state.servers["west", "main"].life


PLAYS = (("shows", True, "Eternal"), ("playing", True, None), ("brightness", 1.0, None))


def test_what_was_told_just_after_a_send_may_be_older_than_it() -> None:
    desk = Desk()
    desk.state = evidence.sent(desk.state, "west", "main", "w", AT)
    assert desk.tell(*PLAYS, after=TOLD_WITHIN) == "no reply"
    assert desk.tell(*PLAYS, after=1) == "confirmed"


def test_another_track_or_a_stopped_one_differs() -> None:
    assert Desk().tell(*PLAYS, ("shows", True, "Prologue"), after=200) == "differs"
    desk = Desk()
    desk.tell(("shows", True, "Prologue"), ("playing", True, None), after=200)
    assert desk.agreement() == "differs"
    assert desk.one.reported["clip"] == "Prologue"
    assert desk.tell(*PLAYS, after=200) == "confirmed"
    assert desk.tell(("playing", False, None), after=200) == "differs"
    assert desk.one.reported == {"clip": None, "brightness": 1.0}


def test_nothing_is_agreed_where_nothing_should_show() -> None:
    desk = Desk(NOTHING)
    assert desk.tell(("shows", False, None), after=200) == "confirmed"
    assert desk.tell(("shows", True, "Eternal"), after=200) == "differs"


def test_its_silence_is_known() -> None:
    desk = Desk()
    assert desk.tell(*PLAYS, after=200) == "confirmed"
    desk.state = evidence.expects(desk.state, "west", "main", desk.now)
    desk.now += SILENT_AFTER
    assert desk.agreement() == "no reply"
    assert desk.life == "silent"
    assert desk.tell(*PLAYS) == "confirmed"
    assert desk.life == "alive"


def test_who_never_spoke_is_silent() -> None:
    desk = Desk()
    desk.now += SILENT_AFTER
    assert desk.agreement() == "no reply"
    assert desk.life == "silent"


def test_a_name_that_is_not_the_files_differs_with_both_names() -> None:
    desk = Desk()
    assert desk.tell(*PLAYS, ("clip_name", "ETERNAL_v2", None), after=200) == "differs"
    assert desk.one.reported["clip_name"] == "ETERNAL_v2"
    assert desk.look.clip_name == "ETERNAL_v3"
    assert desk.tell(*PLAYS, ("clip_name", "ETERNAL_v3", None), after=200) == "confirmed"


def test_where_the_server_is_in_the_clip_is_reported_with_it() -> None:
    desk = Desk()
    desk.tell(*PLAYS, ("position", 12.5, None), ("duration", 60.0, None), after=200)
    assert desk.one.reported["position"] == 12_500
    assert desk.one.reported["duration"] == 60_000
    assert desk.one.as_of == desk.now - TOLD_WITHIN


def test_a_position_that_goes_on_by_itself_is_one_entry_and_a_jump_another() -> None:
    desk = Desk()
    for second in range(10):
        desk.tell(*PLAYS, ("position", 12.5 + second, None), after=1000)
    assert len(desk.changes) == 1
    desk.tell(*PLAYS, ("position", 2.0, None), after=1000)
    assert [c.reported["position"] for c in desk.changes] == [12_500, 2_000]


def test_a_paused_server_is_told_of_not_too_often() -> None:
    desk = Desk()
    for _ in range(20):
        desk.tell(*PLAYS, ("position", 12.5, None), after=1000)
    assert len(desk.changes) == 4


def test_a_position_that_comes_after_the_picture_is_entered_at_once() -> None:
    desk = Desk()
    desk.tell(*PLAYS, after=200)
    desk.tell(("position", 1.0, None), after=20)
    assert ["position" in c.reported for c in desk.changes] == [False, True]


def test_a_part_is_a_position_where_the_duration_is_known() -> None:
    desk = Desk()
    desk.tell(*PLAYS, ("part", 0.5, "Eternal"), after=200)
    assert "position" not in desk.one.reported
    desk.tell(*PLAYS, ("duration", 60.0, "Eternal"), ("part", 0.5, "Eternal"), after=20)
    assert desk.one.reported["position"] == 30_000


def test_a_position_of_before_a_send_is_not_reported() -> None:
    desk = Desk()
    desk.tell(*PLAYS, ("position", 12.5, None), after=200)
    desk.state = evidence.sent(desk.state, "west", "main", "w", desk.now)
    assert desk.tell(*PLAYS, after=200) == "confirmed"
    assert "position" not in desk.one.reported
