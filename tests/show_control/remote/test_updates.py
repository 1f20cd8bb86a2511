"""What is pushed to who asked for updates, and to nobody else."""

from __future__ import annotations

from show_control.remote.qlab.ids import Ids
from show_control.remote.qlab.updates import Updates
from tests.show_control.playbook import Desk, call
from tests.show_control.remote.stage import Stage


def told(desk: Desk, updates: Updates) -> list[str]:
    """Without the ids."""
    found = updates.changed(desk.state, desk.now)
    return ["/".join(below.split("/")[1:2] + below.split("/")[3:]) for below, _ in found]


def test_the_playhead_comes_first_then_the_cues_that_changed() -> None:
    desk = Desk(start="20:10")
    ids = Ids("player")
    updates = Updates(ids)
    assert told(desk, updates) == [""], "the lists are new"
    assert told(desk, updates) == []
    desk.do(call("go gala"), "20:10:05")
    run = next(r for r in desk.state.runs.values() if r.slot == "gala")
    found = updates.changed(desk.state, desk.now)
    assert found == [
        (f"/cueList/{ids.list_id(run)}/playbackPosition", ids.cue_id(run, 1)),
        (f"/cue_id/{ids.cue_id(run, 0)}", None),
        (f"/cue_id/{ids.list_id(run)}", None),
    ]


def test_a_cue_that_ends_by_itself_is_told_when_it_does() -> None:
    desk = Desk(start="20:10")
    updates = Updates(Ids("player"))
    desk.do(call("go gala"), "20:10:05")
    told(desk, updates)
    assert updates.next_at == desk.at("20:11:05")
    desk.now = desk.at("20:11:05")
    assert told(desk, updates) == ["cue_id", "cue_id"]
    assert updates.next_at is None


def test_what_is_held_and_what_goes_on_are_told() -> None:
    desk = Desk(start="20:10")
    updates = Updates(Ids("player"))
    desk.do(call("standby gala 3"), "20:10:01")
    desk.do(call("go gala"), "20:10:05")
    told(desk, updates)
    desk.do(call("hold gala"), "20:10:06")
    assert told(desk, updates) == ["cue_id", "cue_id"]  # 4, which waits, and the list
    desk.do(call("resume gala"), "20:10:07")
    assert told(desk, updates) == ["cue_id", "cue_id"]
    desk.do(call("end gala"), "20:10:08")
    assert told(desk, updates) == [""]


def test_updates_go_to_who_asked_until_they_do_not_want_them(stage: Stage) -> None:
    listener, other = stage.tcp(), stage.tcp()
    listener.data("/updates", 1)
    other.data("/thump")
    other.data("/go")
    (workspace,) = other.data("/workspaces")
    listed = other.data("/cueLists")[0]["uniqueID"]
    ws = f"/update/workspace/{workspace['uniqueID']}"
    listener.next(f"{ws}/cueList/{listed}/playbackPosition")
    assert not [h for h in other.heard if h.address.startswith("/update")]
    listener.data("/updates", 0)
    stage.wait(400)
    other.data("/go")
    assert not [h for h in listener.heard if h.address.endswith("playbackPosition")]


def test_who_listens_is_told_when_the_player_goes(stage: Stage) -> None:
    listener = stage.tcp()
    listener.data("/updates", 1)
    (workspace,) = listener.data("/workspaces")
    stage.remote.close()
    listener.next(f"/update/workspace/{workspace['uniqueID']}/disconnect")


def test_the_last_cue_leaves_no_playhead(stage: Stage) -> None:
    listener = stage.tcp()
    listener.data("/playhead/5")
    listener.data("/updates", 1)
    stage.turn()
    listener.data("/go")
    (moved,) = [h for h in listener.heard if h.address.endswith("/playbackPosition")]
    assert moved.args == ()
    assert listener.data("/cue/wall/playheadID") == "none"
