"""Where a remote is heard is entered and shown; an address that cannot be had is an alarm, and tried again."""

from __future__ import annotations

import socket
from pathlib import Path

from show_control import board
from show_control.documents import Board, RemoteView
from show_control.remote.door import TRY_AGAIN
from tests.show_control.remote.stage import Stage, free_port


def shown(stage: Stage) -> Board:
    stage.went()  # brought to disk
    folded = board.EMPTY
    for entry in stage.journal.entries_after((0, 0), 2000).entries:
        folded = board.fold(folded, entry)
    return board.view(folded, stage.clock.now())


def test_the_board_shows_where_a_remote_is_heard_and_what_it_may(tmp_path: Path) -> None:
    stage = Stage(tmp_path, passcode="7391", rights=["see", "go"], name="Stage left", tcp=None)
    assert stage.settings.udp is not None
    assert shown(stage).remote == RemoteView(
        udp=f"127.0.0.1:{stage.settings.udp[1]}",
        tcp=None,
        allow=("127.0.0.1/32",),
        rights=("see", "go"),
        passcode=True,
        name="Stage left",
    )
    stage.went()
    assert "7391" not in str(stage.entries("remote"))
    assert stage.logged == [f"a remote is heard at 127.0.0.1:{stage.settings.udp[1]}"]
    stage.close()


def test_an_address_that_is_taken_is_an_alarm_and_tried_again(tmp_path: Path) -> None:
    port = free_port(socket.SOCK_STREAM)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        stage = Stage(tmp_path, tcp=f"127.0.0.1:{port}")
        assert shown(stage).remote is None
        (alarm,) = shown(stage).alarms
        assert alarm.text == f"no remote is heard: 127.0.0.1:{port}: Address already in use"
        assert alarm.outputs == (), "it touches no picture"
    stage.wait(TRY_AGAIN)
    assert shown(stage).alarms == ()
    assert shown(stage).remote is not None
    assert stage.tcp().data("/go") is None
    stage.close()
