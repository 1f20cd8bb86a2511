"""QLab's words: what each comes to, what is said of cues, and what is refused and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.show_control.house import GALA, LASER, LOOP, cue, night_file, play, sequence, slot
from tests.show_control.remote.client import Tcp
from tests.show_control.remote.stage import Stage

KEYS = (
    '["number","uniqueID","listName","type","isPaused","duration","actionElapsed","parent","flagged",'
    '"notes","autoLoad","colorName","isRunning","isLoaded","armed","isBroken","continueMode",'
    '"percentActionElapsed","cartPosition","infiniteLoop","holdLastFrame","postWait","preWait"]'
)
"""What Companion's module for QLab asks of a cue."""


@pytest.fixture
def client(stage: Stage) -> Tcp:
    return stage.tcp()


def ids(client: Tcp) -> dict[str, str]:
    """The unique ids of cues by their numbers, and of their list."""
    (told,) = client.data("/cueLists")
    return {c["number"]: c["uniqueID"] for c in told["cues"]} | {"list": told["uniqueID"]}


def test_ids_are_of_36_signs_as_remotes_for_qlab_count_on(stage: Stage, client: Tcp) -> None:
    (workspace,) = client.data("/workspaces")
    known = [workspace["uniqueID"], *ids(client).values()]
    assert {len(one) for one in known} == {36}
    assert len(set(known)) == len(known)
    again = stage.tcp()
    assert ids(again) == ids(client)


def test_a_workspace_is_named_by_its_id_the_festivals_or_a_surface(client: Tcp) -> None:
    (workspace,) = client.data("/workspaces")
    for name in (workspace["uniqueID"], workspace["uniqueID"].lower(), "small", "wall"):
        assert client.data(f"/workspace/{name}/thump") == "thump"
    assert client.ask("/workspace/another/thump")["status"] == "error"
    assert client.ask("/workspace/bridge/go")["data"] == "there is no run that this could mean"


def test_a_cue_is_told_of_in_qlabs_way(stage: Stage, client: Tcp) -> None:
    known = ids(client)
    client.data("/go")
    stage.wait(15_000)
    told = client.data(f"/cue_id/{known['1']}/valuesForKeys", KEYS)
    assert told["uniqueID"] == known["1"]
    assert told["parent"] == known["list"]
    assert (told["number"], told["type"]) == ("1", "Video")
    assert (told["duration"], told["actionElapsed"]) == (60.0, 15.0)
    assert told["percentActionElapsed"] == 0.25
    assert (told["isRunning"], told["isLoaded"], told["isPaused"]) == (True, False, False)
    assert client.data("/cue/2/isLoaded") is True
    assert client.data("/cue/3/continueMode") == 2
    assert client.data("/cue/wall/type") == "Cue List"
    assert client.data("/cue/2/type") == "Fade"
    assert set(told) == set(json.loads(KEYS))


def test_a_cue_ends_with_its_length_and_with_its_picture(stage: Stage, client: Tcp) -> None:
    client.data("/go")
    stage.wait(400)
    assert [c["number"] for c in client.data("/runningCues")] == ["1"]
    client.data("/cue/3/start")  # plays on the same outputs
    assert [c["number"] for c in client.data("/runningCues")] == ["3"]
    assert client.data("/cue/1/actionElapsed") == 0
    stage.wait(11_000)
    assert [c["number"] for c in client.data("/runningOrPausedCues/shallow")] == ["4"]
    assert client.data("/runningOrPausedCues/uniqueIDs") == [{"uniqueID": ids(client)["4"]}]


def test_what_a_hold_keeps_from_going_is_paused(stage: Stage, client: Tcp) -> None:
    client.data("/cue/3/start")
    stage.wait(400)
    client.data("/pause")
    assert client.data("/cue/4/isPaused") is True
    assert client.data("/cue/wall/isPaused") is True
    assert [c["number"] for c in client.data("/runningOrPausedCues")] == ["3", "4"]
    client.data("/cue/wall/togglePause")
    assert client.data("/cue/4/isPaused") is False


def test_playhead_and_active_are_answered_under_the_cues_own_numbers(
    stage: Stage, client: Tcp
) -> None:
    assert client.data("/cue/playhead/number", under="/cue/1/number") == "1"
    assert client.data("/cue/selected/uniqueID", under="/cue/1/uniqueID") == ids(client)["1"]
    assert client.ask("/cue/active/number")["status"] == "error"
    client.data("/go")
    assert client.data("/cue/active/number", under="/cue/1/number") == "1"
    client.send("/cue/*/isRunning")
    told = {n: client.next(f"/reply/cue/{n}/isRunning").json["data"] for n in "12345"}
    assert told == {"1": True, "2": False, "3": False, "4": False, "5": False}


@pytest.mark.parametrize(
    ("address", "args", "number"),
    [
        ("/playhead/3", (), "3"),
        ("/playbackPosition/3", (), "3"),
        ("/select/3", (), "3"),
        ("/cue/3/load", (), "3"),
        ("/playhead/next", (), "2"),
        ("/select/next", (), "2"),
        ("/cue/wall/playhead/next", (), "2"),
        ("/cue/wall/playhead", ("5",), "5"),
        ("/playhead/nextSequence", (), "2"),
        ("/playhead", ("4",), "4"),
    ],
)
def test_the_playhead_is_moved(
    stage: Stage, client: Tcp, address: str, args: tuple[Any, ...], number: str
) -> None:
    assert client.data("/playhead") == "1"
    client.data(address, *args)
    assert client.data("/cue/wall/playheadNumber") == number
    assert stage.went() == []


def test_the_playhead_is_moved_by_ids_and_back(stage: Stage, client: Tcp) -> None:
    known = ids(client)
    client.data(f"/playheadID/{known['4']}")
    assert client.data("/playheadID") == known["4"]
    client.data(f"/cue_id/{known['list']}/playheadID", known["5"])
    client.data("/playhead/previous")
    assert client.data("/playhead") == "4"
    client.data("/playhead/previousSequence")
    assert client.data("/playhead") == "3"
    client.data(f"/cue_id/{known['2']}/load")
    assert client.data(f"/cue_id/{known['list']}/playbackPositionID") == known["2"]
    assert client.data("/currentCueListID") == known["list"]


@pytest.mark.parametrize(
    "address", ["/cue/3/start", "/cue/3/go", "/go/3", "/cue/wall/go", "/workspace/wall/go"]
)
def test_a_cue_is_started_with_one_word(stage: Stage, client: Tcp, address: str) -> None:
    client.data(address)
    assert stage.went() == ["3" if "3" in address else "1"]


def test_starting_another_cue_is_all_or_nothing(stage: Stage, client: Tcp) -> None:
    client.data("/go")
    told = client.ask("/cue/5/start")
    assert told["status"] == "error"
    assert told["data"] == "too quick: 1 went 0.0 s ago, by remote"
    assert client.data("/playhead") == "2", "standby has not moved"
    stage.went()
    assert stage.entries("refused")[-1].reason == "too quick: 1 went 0.0 s ago, by remote"
    stage.wait(400)
    client.data("/pause")
    told = client.ask("/cue/5/start")
    assert told["data"] == "the run is held: resume it first"
    assert client.data("/playhead") == "2"


@pytest.mark.parametrize(
    "address",
    [
        "/panic",
        "/panicInTime",
        "/stop",
        "/hardStop",
        "/cue/wall/panic",
        "/cue/1/panic",
        "/cue/wall/stop",
        "/workspace/wall/panic",
        "/workspace/bridge/panic",
    ],
)
def test_panic_and_stop_are_fade_out(stage: Stage, client: Tcp, address: str) -> None:
    client.data("/go")
    client.data(address)
    stage.went()
    assert stage.entries("call")[-1].data["call"] == "fade_out"


@pytest.mark.parametrize(
    ("address", "args", "status", "why"),
    [
        ("/reset", (), "error", "there is no /reset here"),
        ("/auditionGo", (), "error", "there is no /auditionGo here"),
        ("/save", (), "error", "there is no /save here"),
        ("/cue/77/start", (), "error", "there is no /cue/77/start here"),
        ("/cue/1/opacity", (), "error", "there is no /cue/1/opacity here"),
        ("/cue/1/name", ("Gotcha",), "denied", "nothing is edited from a remote"),
        ("/cue/1/armed", (0,), "denied", "nothing is edited from a remote"),
        ("/showMode", (0,), "denied", "nothing is edited from a remote"),
        ("/cue/1/stop", (), "error", "one cue is not stopped alone: hold its run, or fade it out"),
        ("/cue/*/start", (), "error", "there is no /cue/*/start here"),
        ("/cue/1/valuesForKeys", ("{",), "error", "there is no /cue/1/valuesForKeys here"),
        ("/resume", (), "error", "there is no run that this could mean"),
        ("/playhead/99", (), "error", "there is no /playhead/99 here"),
        ("/cue_id/nonsense/start", (), "error", "there is no /cue_id/nonsense/start here"),
        ("/", (), "error", "there is no / here"),
        ("/udpReplyPort", (0,), "error", "its arguments are not understood: a port is from 1 to 65535"),
    ],
)  # fmt: skip
def test_what_there_is_not_is_refused_and_why(
    stage: Stage, client: Tcp, address: str, args: tuple[Any, ...], status: str, why: str
) -> None:
    told = client.ask(address, *args)
    assert (told["status"], told["data"]) == (status, why)
    assert stage.went() == []


def test_what_remotes_for_qlab_ask_at_first_is_answered(client: Tcp) -> None:
    for word in ("showMode", "auditionWindow", "overrideWindow", "alwaysAudition"):
        assert client.ask(f"/{word}")["status"] == "ok"
    assert client.data("/updates") is False
    client.data("/updates", 1)
    assert client.data("/updates") is True
    assert client.data("/settings/general/minGoTime") == 0.3
    assert client.data("/overrides/networkInputEnabled") is True
    assert client.data("/selectedCues")[0]["number"] == "1"


def test_the_window_of_a_double_go_is_told(stage: Stage, client: Tcp) -> None:
    assert client.data("/doubleGoWindowRemaining") == 0
    client.data("/go")
    stage.wait(100)
    assert client.data("/doubleGoWindowRemaining") == pytest.approx(0.2)


def test_who_wants_no_answers_hears_refusals_alone(stage: Stage, client: Tcp) -> None:
    client.send("/alwaysReply", 0)
    client.send("/go")
    assert client.nothing_comes()
    assert client.ask("/go")["status"] == "error"
    assert stage.went() == ["1"]


def test_several_runs_are_lists_and_none_is_guessed(tmp_path: Path) -> None:
    beam = sequence(
        "beam", cue("1", play(1, LASER), length=1000), cue("9", play(2, LASER), length=60_000)
    )
    file = night_file(
        (LOOP, GALA, beam),
        (
            slot("gala", "20:10", "20:30", "gala", start="manual"),
            slot("beam", "20:10", "20:30", "beam", start="manual", surface="bridge", outputs=(LASER,)),
        ),
    )  # fmt: skip
    stage = Stage(tmp_path, file)
    client = stage.tcp()
    lists = {told["number"]: told["uniqueID"] for told in client.data("/cueLists/shallow")}
    assert set(lists) == {"wall", "bridge"}
    assert client.ask("/go")["data"] == "say which run: beam, gala"
    assert client.ask("/cue/1/start")["data"] == "say which run: beam, gala"
    assert client.ask("/playhead/next")["data"] == "say which run: beam, gala"
    client.data(f"/cue_id/{lists['wall']}/go")
    client.data("/cue/9/load")
    client.data("/workspace/bridge/go")
    client.data("/pause")
    told = stage.player.state.runs.values()
    assert {(run.slot, run.phase, run.last_go) for run in told} == {
        ("gala", "holding", "1"),
        ("beam", "holding", "9"),
    }
    client.data("/resume")
    assert {run.phase for run in stage.player.state.runs.values()} == {"running"}
    stage.close()


def test_lists_too_long_for_a_datagram_are_refused_and_sent_by_tcp(tmp_path: Path) -> None:
    long = sequence("long", *(cue(str(n), play(n), length=1000) for n in range(1, 1001)))
    stage = Stage(
        tmp_path, night_file((LOOP, long), (slot("gala", "20:10", "20:30", "long", start="manual"),))
    )  # fmt: skip
    client, udp = stage.tcp(), stage.udp()
    assert len(client.data("/cueLists")[0]["cues"]) == 1000
    udp.send("/udpReplyPort", udp.port)
    udp.next("/reply/udpReplyPort")
    told = udp.ask("/cueLists")
    assert (told["status"], told["data"]) == (
        "error",
        "this is too long for a datagram: ask by TCP",
    )
    stage.close()
