"""What Lamplighter's own words mean: whose run, what arguments, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from show_control.events import Call, Called
from show_control.model import Action
from show_control.sentences import said, say
from tests.show_control.house import (
    GALA,
    LASER,
    LOOP,
    cue,
    night_file,
    play,
    sequence,
    slot,
)
from tests.show_control.remote.client import Tcp
from tests.show_control.remote.stage import Stage

BEAM = sequence("beam", cue("1", play(1, LASER), length=1000), cue("9", play(2, LASER)))
TWO = night_file(
    (LOOP, GALA, BEAM),
    (
        slot("gala", "20:10", "20:30", "gala", start="manual"),
        slot("beam", "20:10", "20:30", "beam", start="manual", surface="bridge", outputs=(LASER,)),
    ),
)


@pytest.fixture
def two(tmp_path: Path) -> Stage:
    """Two surfaces, and on each a run that stands by."""
    return Stage(tmp_path, TWO)


def test_a_word_means_its_surfaces_run_and_alone_is_refused_where_several_can_be_meant(
    two: Stage,
) -> None:
    client = two.tcp()
    assert client.own("/lamplighter/go")[:2] == ("refused", "say which run: beam, gala")
    assert client.own("/lamplighter/wall/go")[:5] == ("done", "", "", "1", 2)
    assert client.own("/lamplighter/beam/standby", "9")[:4] == ("done", "", "", "9")
    assert client.own("/lamplighter/bridge/skip", "1")[:2] == ("refused", "9 stands by, not 1")
    assert [e.slot for e in two.entries("call")] == ["gala", "beam"]
    two.close()


def test_a_slots_own_run_is_meant_before_those_that_it_started(tmp_path: Path) -> None:
    start = Action(kind="start", outputs=(), sequence="side")
    show = sequence("show", cue("1", start, length=1000), cue("2"))
    side = sequence("side", cue("1", play(1), length=1000), cue("5"))
    stage = Stage(
        tmp_path,
        night_file((show, side), (slot("gala", "20:10", "20:30", "show", start="manual"),)),
    )
    client = stage.tcp()
    assert client.own("/lamplighter/wall/go")[:4] == ("done", "", "", "1")
    stage.wait(400)
    assert client.own("/lamplighter/wall/hold")[0] == "done"
    assert {r.name: r.phase for r in stage.player.state.runs.values()} == {
        "gala": "holding",
        "gala:side": "running",
    }
    stage.close()


def test_a_run_that_is_over_and_a_surface_with_none_are_told(stage: Stage) -> None:
    client = stage.tcp()
    assert client.own("/lamplighter/wall/go")[0] == "done"
    assert client.own("/lamplighter/wall/end")[0] == "done"
    told = client.own("/lamplighter/wall/go")
    assert told[:2] == ("refused", "gala is over: ended")
    assert client.own("/lamplighter/bridge/go")[:2] == (
        "refused",
        "there is no run that this could mean",
    )
    assert client.own("/lamplighter/nowhere/go")[1] == "there is no run nowhere tonight"


def test_a_go_may_name_its_cue_its_count_and_a_request(stage: Stage) -> None:
    client = stage.tcp()
    assert client.own("/lamplighter/wall/go", "2")[:2] == ("refused", "1 stands by, not 2")
    assert client.own("/lamplighter/wall/go", "", 7)[:2][0] == "refused"
    assert client.own("/lamplighter/wall/go", "1", 1, "a")[:4] == ("done", "", "a", "1")
    stage.wait(400)
    # The same request once more is answered as before, and does nothing.
    assert client.own("/lamplighter/wall/go", "1", 1, "a")[:4] == ("done", "", "a", "1")
    assert stage.went() == ["1"]


def test_the_same_request_id_of_two_addresses_are_two_requests(tmp_path: Path) -> None:
    stage = Stage(tmp_path, allow=["127.0.0.0/8"])
    first, second = stage.udp(), stage.udp("127.0.0.2")
    assert first.own("/lamplighter/wall/go", "1", 1, "1")[0] == "done"
    stage.wait(400)
    assert second.own("/lamplighter/wall/go", "2", 2, "1")[0] == "done"
    assert stage.went() == ["1", "2"]
    stage.close()


def test_a_button_box_presses_with_1_and_lets_go_with_0(stage: Stage) -> None:
    box = stage.udp()
    assert box.own("/lamplighter/wall/go", 1.0)[:4] == ("done", "", "", "1")
    stage.wait(2000)
    let = say(said("remote_let_go"))
    assert box.own("/lamplighter/wall/go", 0.0)[:2] == ("done", let)
    assert box.own("/lamplighter/wall/go", False)[:2] == ("done", let)
    assert box.own("/lamplighter/wall/go", 0.5)[:2] == (
        "refused",
        "a press is 1, and 0.5 is none; a cue is given as text",
    )
    assert stage.went() == ["1"]
    assert box.own("/lamplighter/wall/fade_out", 0.5)[0] == "done"


def test_a_double_press_is_one_go(stage: Stage) -> None:
    box = stage.udp()
    box.send("/lamplighter/wall/go", 1)
    box.send("/lamplighter/wall/go", 1)
    replies = [box.next("/lamplighter/reply").args for _ in range(2)]
    assert [r[1] for r in replies] == ["done", "refused"]
    assert replies[1][2] == "too quick: 1 went 0.0 s ago, by remote"
    assert stage.went() == ["1"]


def test_the_minimum_span_holds_between_a_remote_and_the_link(stage: Stage) -> None:
    box = stage.udp()
    (answer,) = stage.player.take(Called(call=Call(call="go", by="Kim", run="gala")))
    assert answer.accepted
    assert box.own("/lamplighter/wall/go")[:2] == (
        "refused",
        "too quick: 1 went 0.0 s ago, by Kim",
    )
    stage.wait(400)
    assert box.own("/lamplighter/wall/go")[:2] == ("refused", "Kim has control")
    assert box.own("/lamplighter/wall/take_over")[0] == "done"
    assert box.own("/lamplighter/wall/go")[0] == "done"
    (answer,) = stage.player.take(Called(call=Call(call="go", by="Kim", run="gala")))
    assert (answer.reason or "").startswith("too quick: 2 went 0.0 s ago, by remote")
    assert stage.went() == ["1", "2"]


def test_calls_are_entered_with_who_and_from_where(tmp_path: Path) -> None:
    stage = Stage(tmp_path, name="Stage left")
    client, box = stage.tcp(), stage.udp()
    assert client.own("/lamplighter/wall/go")[0] == "done"
    assert box.own("/lamplighter/wall/go")[0] == "refused"
    assert box.own("/lamplighter/wall/note", "the third spot is out")[0] == "done"
    stage.went()
    told = [(e.kind, e.by, e.data["where"]) for e in stage.entries("call", "refused", "note")]
    assert told == [
        ("call", "Stage left", "tcp 127.0.0.1"),
        ("refused", "Stage left", "udp 127.0.0.1"),
        ("note", "Stage left", "udp 127.0.0.1"),
    ]
    stage.close()


def test_a_fade_out_of_a_surface_is_never_refused(stage: Stage) -> None:
    client = stage.tcp()
    for where in ("/wall", "/bridge", "/nowhere", ""):
        assert client.own(f"/lamplighter{where}/fade_out")[0] == "done"
        stage.wait(50)


@pytest.mark.parametrize(
    ("address", "args"),
    [
        ("/lamplighter/wall/explode", ()),
        ("/lamplighter/a/b/go", ()),
        ("/lamplighter/wall/standby", ()),
        ("/lamplighter/wall/standby", ("nine",)),
        ("/lamplighter/wall/go", ("1", 1, "id", "more")),
        ("/lamplighter/wall/go", ("1", "many")),
        ("/lamplighter/enable", ()),
        ("/lamplighter/enable", ("left",)),
        ("/lamplighter/wall/note", ()),
        ("/lamplighter/wall/route", ("nowhere",)),
    ],
)
def test_what_is_not_understood_is_refused_and_why(
    stage: Stage, address: str, args: tuple[object, ...]
) -> None:
    client = stage.tcp()
    what, why, *_ = client.own(address, *args)
    assert what == "refused"
    assert why


def test_a_hazard_output_is_enabled_in_the_remotes_name(stage: Stage) -> None:
    client = stage.tcp()
    assert client.own("/lamplighter/enable", LASER)[0] == "done"
    assert stage.player.state.enabled[LASER].by == "remote"
    assert client.own("/lamplighter/disable", LASER)[0] == "done"
    assert not stage.player.state.enabled


def test_status_tells_what_stands_by(two: Stage) -> None:
    client: Tcp = two.tcp()
    assert client.own("/lamplighter/status")[0] == "done"
    told = {h.args for h in client.heard if h.address == "/lamplighter/status"}
    assert told == {
        ("wall", "gala", "standing by", "1", 1),
        ("bridge", "beam", "standing by", "1", 1),
    }
    two.close()


def test_the_schedule_is_started_and_turned_off_by_name(stage: Stage) -> None:
    client = stage.tcp()
    assert client.own("/lamplighter/wall/end")[0] == "refused"
    assert client.own("/lamplighter/automation_off", "fog")[0] == "done"
    off = stage.player.state.automation_off
    assert off is not None
    assert (off.by, off.reason) == ("remote", "fog")
    assert client.own("/lamplighter/automation_on", 1)[0] == "done"
    assert client.own("/lamplighter/wall/start")[0] == "done"
    assert [run.slot for run in stage.player.state.runs.values() if run.phase == "running"] == [
        "loop.2"
    ]


@pytest.mark.parametrize(
    ("address", "args", "why"),
    [
        ("/lamplighter/wall/route", ("moon",), "wire, simulator or record only"),
        ("/lamplighter/on_air", ("west", "left"), "the server, and main or backup"),
        ("/lamplighter/wall/go", ("1", "two"), "the standby count as a whole number"),
        ("/lamplighter/wall/standby", (3, 4), 'the cue as text, "6.5"'),
    ],
)
def test_an_argument_that_is_not_understood_is_told_what_would_be(
    stage: Stage, address: str, args: tuple[object, ...], why: str
) -> None:
    told = stage.tcp().own(address, *args)
    assert told[0] == "refused"
    assert why in told[1]


def test_an_empty_surface_is_as_none(stage: Stage) -> None:
    assert stage.tcp().own("/lamplighter//go")[:4] == ("done", "", "", "1")
