"""A client written from QLab's documentation drives a run, over TCP and over UDP, in the player's own loop."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.show_control.remote.client import Client
from tests.show_control.remote.stage import Stage

Opened = Callable[[Stage], Client]


def by_tcp(stage: Stage) -> Client:
    return stage.tcp()


def by_tcp_single_end(stage: Stage) -> Client:
    return stage.tcp(both=False)


def by_udp(stage: Stage) -> Client:
    udp = stage.udp()
    udp.send("/udpReplyPort", udp.port)
    assert udp.next("/reply/udpReplyPort").json["status"] == "ok"
    return udp


@pytest.fixture(params=[by_tcp, by_tcp_single_end, by_udp])
def client(request: pytest.FixtureRequest, stage: Stage) -> Client:
    client: Client = request.param(stage)
    return client


def test_a_whole_run_is_driven_with_qlabs_words(stage: Stage, client: Client) -> None:
    (workspace,) = client.data("/workspaces")
    ws = f"/workspace/{workspace['uniqueID']}"
    assert client.data("/version").startswith("5.")
    assert client.data(f"{ws}/connect") == "ok:view|control"
    assert client.data(f"{ws}/thump") == "thump"
    client.data("/updates", 1)
    (cue_list,) = client.data(f"{ws}/cueLists")
    cues = {cue["number"]: cue["uniqueID"] for cue in cue_list["cues"]}
    assert list(cues) == ["1", "2", "3", "4", "5"]
    listed = cue_list["uniqueID"]
    assert client.data(f"{ws}/cue_id/{listed}/playheadID") == cues["1"]

    client.data(f"{ws}/go")
    assert stage.went() == ["1"]
    assert [p.datagram for p in stage.sent if b"/clips/7/connect" in p.datagram]
    moved = client.next(f"/update{ws}/cueList/{listed}/playbackPosition")
    assert moved.args == (cues["2"],)
    client.next(f"/update{ws}/cue_id/{cues['1']}")
    told = client.data(f"{ws}/cue_id/{cues['1']}/valuesForKeys", '["isRunning","number","type"]')
    assert told == {"isRunning": True, "number": "1", "type": "Video"}

    stage.wait(400)
    client.data(f"{ws}/playhead/3")
    assert client.next(f"/update{ws}/cueList/{listed}/playbackPosition").args == (cues["3"],)
    client.data(f"{ws}/go")
    assert stage.went() == ["1", "3"]

    stage.wait(400)
    client.data(f"{ws}/pause")
    held = client.ask(f"{ws}/go")
    assert (held["status"], held["data"]) == ("error", "the run is held: resume it first")
    client.data(f"{ws}/resume")
    client.data(f"{ws}/cue/2/start")
    assert stage.went() == ["1", "3", "2"]

    stage.wait(400)
    client.data(f"{ws}/panic")
    assert [e.data["call"] for e in stage.entries("call")][-1] == "fade_out"
    client.data(f"{ws}/disconnect")


def test_it_is_driven_with_our_own_words(stage: Stage, client: Client) -> None:
    assert client.own("/lamplighter/wall/go") == ("done", "", "", "1", 2, "on disk")
    stage.wait(400)
    assert client.own("/lamplighter/wall/standby", "3")[:4] == ("done", "", "", "3")
    assert client.own("/lamplighter/go", "3")[:4] == ("done", "", "", "3")
    stage.wait(400)
    assert client.own("/lamplighter/gala/hold")[0] == "done"
    assert client.own("/lamplighter/gala/hold")[:2] == ("refused", "it is held already")
    assert client.own("/lamplighter/wall/resume")[0] == "done"
    assert client.own("/lamplighter/wall/fade_out")[0] == "done"
    assert client.own("/lamplighter/show_stop", "smoke", "id-7")[:3] == ("done", "", "id-7")
    assert client.own("/lamplighter/restore")[0] == "done"
    assert client.own("/lamplighter/wall/end")[0] == "done"
    assert stage.went() == ["1", "3"]
