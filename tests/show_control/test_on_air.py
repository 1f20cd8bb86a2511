"""Main and backup on the picture: put there by a person, confirmed by its own switch, never by itself."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
import pytest

from show_control import routes
from show_control.documents import OnAirView, ServerView
from show_control.entries import Entry
from show_control.events import SimulatorsFound
from show_control.evidence import ANSWERS_WITHIN, switching
from show_control.model import (
    Action,
    Argument,
    Cue,
    Late,
    Message,
    NightFile,
    Server,
    Simulator,
    Switch,
    SwitchSays,
)
from show_control.night_file_rules import faults
from show_control.simulator import simulated
from show_control.testing import Sent
from show_control.wire_log import wire_log
from tests.show_control.house import SERVERS, WALL, cue, night_file, play, sequence, slot
from tests.show_control.playbook import Desk, call, playbook, went_by
from tests.show_control.playing import Playing, told


def take(source: int) -> Message:
    return Message(address="/matrix/1/take", args=(Argument(tag="i", value=source),))


ASK = Message(address="/matrix/1/source")
SAYS = SwitchSays(address="/matrix/1/source", main=1, backup=2, ask=ASK)
UNASKED = msgspec.structs.replace(SAYS, ask=None)
SHOW = night_file(
    (sequence("show", cue("1", play(7), length=None), cue("2", play(8))),),
    (slot("gala", "20:00", "22:00", "show", start="manual"),),
)
SIMULATORS = {
    "one": Simulator(main="udp://127.0.0.1:1", backup="udp://127.0.0.1:2"),
    "matrix": Simulator(main="udp://127.0.0.1:3"),
}


def house(says: SwitchSays | None = SAYS, *, switched: bool = True) -> NightFile:
    switch = Switch(via="matrix", main=take(1), backup=take(2), says=says)
    one = msgspec.structs.replace(SERVERS["one"], on_air=switch if switched else None)
    matrix = Server(id="matrix", dialect="generic", main="udp://10.0.0.9:8000")
    return msgspec.structs.replace(SHOW, servers=SERVERS | {"one": one, "matrix": matrix})


def running(says: SwitchSays | None = SAYS) -> Playing:
    playing = Playing(house(says), "19:59")
    playing.call("go gala", "20:00")
    pass_by(playing, "20:00:03")
    return playing


def pass_by(playing: Playing, when: str) -> list[Sent]:
    """Time passes, and the matrix says what it says unasked, ten times a second."""
    before = len(playing.transport.sent)
    while playing.clock.now() < playing.at(when):
        playing.transport.tell()
        playing.until(min(playing.clock.now() + 100, playing.at(when)))
    return told(playing.transport.sent[before:])


def on_air(playing: Playing) -> OnAirView:
    (view,) = (s.on_air for s in servers(playing) if s.server == "one")
    assert view is not None
    return view


def servers(playing: Playing) -> tuple[ServerView, ...]:
    return playing.board().servers


def takes(sent: list[Sent]) -> list[Any]:
    return [m.args[0].value for s in sent for m in s.messages if m.address == "/matrix/1/take"]


def of_kind(playing: Playing, kind: str) -> list[Entry]:
    return [e for e in playing.all_entries() if e.kind == kind]


@pytest.mark.parametrize("says", [SAYS, UNASKED], ids=["asked", "tells"])
def test_a_take_over_is_entered_sent_once_and_confirmed_by_the_switch(says: SwitchSays) -> None:
    playing = running(says)
    view = on_air(playing)
    assert (view.which, view.agreement, view.reported, view.by) == (
        "main",
        "confirmed",
        "main",
        None,
    )
    answer = playing.call("on_air", server="one", which="backup")
    assert answer.accepted
    assert on_air(playing).agreement == "no reply"  # what it said before says nothing of now
    assert takes(pass_by(playing, "20:00:05")) == []
    assert takes(playing.transport.sent) == [2]
    view = on_air(playing)
    assert (view.which, view.agreement, view.reported, view.by) == (
        "backup", "confirmed", "backup", "Kim",
    )  # fmt: skip
    assert view.since == playing.at("20:00:03")
    assert (view.reported_at or 0) > playing.at("20:00:03")
    (intent,) = [e for e in of_kind(playing, "intent") if "on_air" in e.data]
    assert (intent.server, intent.output, intent.data["via"]) == ("one", None, "matrix")
    (result,) = [e for e in of_kind(playing, "result") if e.data["of"] == [intent.term, intent.seq]]
    assert (result.server, result.data["main"], "backup" in result.data) == ("one", "sent", False)
    assert [line.text for line in playing.board().lines][-1] == "one backup on air by Kim"
    assert [p.address for p in wire_log(playing.all_entries())][-1] == "/matrix/1/take"


def test_an_output_is_lit_by_the_side_that_is_on_the_picture() -> None:
    playing = running()
    assert [playing.output(o).lit for o in WALL] == [True, True]
    playing.give("one", "silent")
    pass_by(playing, "20:00:10")
    assert not any(playing.output(o).lit for o in WALL)
    playing.call("on_air", server="one", which="backup")
    pass_by(playing, "20:00:12")
    assert all(playing.output(o).lit for o in WALL)
    playing.give("matrix", "silent")  # which is on is known no longer, and one of the two is gone
    pass_by(playing, "20:00:20")
    assert on_air(playing).agreement == "no reply"
    assert not any(playing.output(o).lit for o in WALL)


def test_without_an_answer_what_was_put_there_counts() -> None:
    playing = running(None)
    assert on_air(playing).agreement == "cannot be asked"
    playing.give("one/backup", "silent")
    pass_by(playing, "20:00:10")
    assert all(playing.output(o).lit for o in WALL)
    playing.call("on_air", server="one", which="backup")
    assert not any(playing.output(o).lit for o in WALL)


def test_it_differs_where_the_switch_says_otherwise_and_is_not_told_again() -> None:
    playing = running()
    matrix = next(s for s in playing.servers if s.name == "matrix")
    matrix.core.on[0] = "backup"
    sent = pass_by(playing, "20:00:20")
    assert takes(sent) == []
    view = on_air(playing)
    assert (view.which, view.agreement, view.reported) == ("main", "differs", "backup")


def test_what_it_said_long_ago_is_known_no_longer() -> None:
    playing = running()
    playing.give("matrix", "silent")
    pass_by(playing, "20:00:07.500")
    assert on_air(playing).agreement == "no reply"


def test_an_answer_counts_from_its_question_and_what_nobody_asked_for_not_at_all() -> None:
    one = switching.opened({}, house().servers)["one"]
    answer = Message(address="/matrix/1/source", args=(Argument(tag="i", value=1),))
    assert switching.heard(one, answer, 500) == one
    late = switching.heard(switching.asked(one, 1000), answer, 1000 + ANSWERS_WITHIN)
    assert late.said is None
    told_of_before = switching.heard(switching.sent(switching.asked(one, 1000), 1100), answer, 1200)
    assert switching.judge("one", told_of_before, "main", 1200)[0].agreement == "no reply"
    good = switching.heard(switching.asked(switching.sent(one, 900), 1000), answer, 1200)
    judged, change = switching.judge("one", good, "main", 1200)
    assert (judged.agreement, change and change.as_of) == ("confirmed", 1000)
    other = Message(address="/matrix/2/source", args=answer.args)
    assert switching.heard(switching.asked(one, 1000), other, 1200).said is None
    assert switching.heard(switching.asked(one, 1000), ASK, 1200).said is None


def test_after_a_restart_it_is_asked_and_not_sent_again() -> None:
    playing = running()
    playing.call("on_air", server="one", which="backup")
    playing.come_back()
    before = len(playing.transport.sent)
    assert on_air(playing).agreement == "no reply"
    playing.until("20:00:05")
    assert takes(playing.transport.sent[before:]) == []
    assert (on_air(playing).agreement, on_air(playing).by) == ("confirmed", "Kim")


def test_a_take_over_is_proposed_and_done_by_nobody() -> None:
    playing = running()
    playing.give("one", "silent")
    sent = pass_by(playing, "20:00:10")
    (alarm,) = [a for a in playing.board().alarms if a.code.startswith("take_over")]
    assert alarm.text == (
        "one main is on air and has gone; its backup lives and shows what it should: "
        "on_air backup takes over"
    )
    assert alarm.outputs == WALL
    assert on_air(playing).offered
    assert takes(sent) == []
    playing.call("on_air", server="one", which="backup")
    pass_by(playing, "20:00:12")
    assert not on_air(playing).offered
    assert playing.board().alarms == ()


def test_none_is_proposed_to_a_side_that_shows_something_else() -> None:
    playing = running()
    backup = next(s for s in playing.servers if s.name == "one/backup")
    backup.core.connected[1] = 8  # somebody's hand
    playing.give("one", "silent")
    pass_by(playing, "20:00:10")
    assert playing.output("left").evidence[1].agreement == "differs"
    assert not on_air(playing).offered


def test_who_says_which_and_where_it_can_be_said() -> None:
    desk = Desk(house(), "19:59")
    given = {
        "say which server": {},
        "there is no server two": {"server": "two"},
        "any has no on_air: nothing puts its backup on the picture": {
            "server": "any",
            "which": "main",
        },
        "say which is to be on air: main or backup": {"server": "one"},
        "what is on air is changed by name": {"server": "one", "which": "main", "by": ""},
    }
    assert [desk.call("on_air", **rest).reason for rest in given.values()] == list(given)


def test_without_a_switch_nothing_is_offered_and_main_counts() -> None:
    playing = Playing(house(switched=False), "19:59")
    playing.call("go gala", "20:00")
    playing.give("one", "silent")
    playing.until("20:00:10")
    assert all(s.on_air is None for s in servers(playing))
    assert playing.board().alarms == ()
    assert not playing.output("left").lit


# --- rehearsed ----------------------------------------------------------------------------------------------------


def test_where_a_server_is_off_the_wire_its_switch_is_not_told() -> None:
    playing = Playing(house(), "19:50", more=simulated(routes.simulated(house(), SIMULATORS)))
    playing.player.take(SimulatorsFound(simulators=SIMULATORS))
    playing.call("route", surface="wall", to="simulator")
    playing.call("on_air", server="one", which="backup")
    playing.until("19:50:03")
    took = [s.server for s in playing.transport.sent if takes([s])]
    assert took == ["simulator:matrix"]
    assert (on_air(playing).which, on_air(playing).agreement) == ("backup", "confirmed")
    playing.call("route", surface="wall", to="record only")
    playing.call("on_air", server="one", which="backup")
    assert [e.data["main"] for e in of_kind(playing, "result")][-1] == "record only"
    assert on_air(playing).agreement == "record only"
    playing.call("route", surface="wall", to="wire")
    playing.until("19:50:06")
    assert [s.server for s in playing.transport.sent if takes([s])] == took
    assert (on_air(playing).which, on_air(playing).agreement) == ("main", "confirmed")


# --- by a cue -----------------------------------------------------------------------------------------------------


def air(which: Literal["main", "backup"]) -> Action:
    return Action(kind="on_air", outputs=(), server="one", which=which)


def cued(*cues: Cue, late: Late = "fire") -> NightFile:
    made = night_file(
        (sequence("show", *cues, late=late),),
        (slot("gala", "20:00", "22:00", "show", start="manual"),),
    )
    return msgspec.structs.replace(house(), sequences=made.sequences, nights=made.nights)


def test_a_cue_puts_it_on_the_picture_too() -> None:
    playing = Playing(cued(cue("1", play(7), air("backup"), length=60_000)), "19:59")
    playing.call("go gala", "20:00")
    playing.until("20:00:03")
    view = on_air(playing)
    assert (view.which, view.agreement, view.by) == ("backup", "confirmed", None)
    (intent,) = [e for e in of_kind(playing, "intent") if "on_air" in e.data]
    assert (intent.run, intent.cue) == ("small.2025-09-02.gala", "1")
    assert any("one backup on air" in line.text for line in playing.board().lines)


def test_of_late_cues_only_the_last_puts_one_on() -> None:
    file = cued(
        cue("1", play(7), length=1000),
        cue("2", air("backup"), then="follow", length=1000),
        cue("3", air("main"), then="follow", length=60_000),
    )
    playbook(
        file,
        [
            ("20:00", call("go gala 1"),
             "20:00:00 stands_by gala", "20:00:00 yes - #2",
             "20:00:00 cue_went gala 1 GO", "20:00:00 play 7 -> left, right"),
            ("20:00:10", went_by(),
             "20:00:10 cue_passed gala 2 late 9000: its time went by before it could go",
             "20:00:01 not_sent gala 2: a later cue came before it was sent",
             "20:00:10 cue_went gala 3 follow late 8000", "20:00:10 one main on air"),
        ],
        "19:59",
    )  # fmt: skip


def test_a_night_file_says_on_the_picture_what_can_be_put_there() -> None:
    found = faults(cued(cue("1", msgspec.structs.replace(air("main"), server="any"))))
    assert found == ["sequence show, cue 1: nothing puts any main on the picture"]
