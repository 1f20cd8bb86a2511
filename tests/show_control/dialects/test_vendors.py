"""The vendors' messages down to their bytes, each by the page that its module names."""

from __future__ import annotations

import json
from typing import Any

import pytest

from schedules.catalogue.speaking import SPEAKS
from show_control import json_rpc, osc, packets
from show_control.commands import Send
from show_control.dialects import DIALECTS, Inexpressible, Timed, dialect_of
from show_control.dialects.pixera import request_id
from show_control.evidence import Report
from show_control.looks import NOTHING, Look, after
from show_control.model import Action, ActionKind, Argument, Message, Output, Params, Server

AT = 1_000_000


def server(name: str, main: str = "udp://127.0.0.1:9", **params: str) -> Server:
    return Server(id="s", dialect=name, main=main, params=dict(params))


def output(**params: Any) -> Output:
    return Output(id="o", server="s", surface="facade", params=dict(params))


def showing(clip: int | str, **rest: Any) -> Look:
    return Look(clip=clip, since=AT - 60_000, **rest)


def told(
    there: Server, before: Look, kind: ActionKind, params: Params | None = None, **rest: Any
) -> list[Timed]:
    action = Action(kind=kind, outputs=("o",), **rest)
    send = Send(
        output="o", before=before, after=after(before, action, AT), at=AT, why="", action=action
    )
    return dialect_of(there).express(there, output(**(params or {})), send, AT)


def on_the_wire(there: Server, timed: list[Timed]) -> list[bytes]:
    return [packets.encode(there, t.address, t.args) for t in timed]


def short(timed: list[Timed]) -> list[tuple[int, str, Any]]:
    return [(t.at - AT, t.address, t.args[-1].value if t.args else None) for t in timed]


# ---------------------------------------------------------------- disguise

DISGUISE = server("disguise")


def test_disguise_plays_a_track_with_a_float_that_is_exactly_one() -> None:
    name, play, _ = on_the_wire(DISGUISE, told(DISGUISE, NOTHING, "play", clip="Eternal"))
    assert name == b"/d3/showcontrol/trackname\0\0\0,s\0\0Eternal\0"
    assert play == bytes.fromhex(
        "2f64332f73686f77636f6e74726f6c2f706c617900000000 2c660000 3f800000"
    )


def test_a_stop_of_disguise_leaves_no_picture() -> None:
    stopped = told(DISGUISE, showing("Eternal"), "stop")
    assert short(stopped) == [
        (0, "/d3/showcontrol/brightness", 0.0),
        (0, "/d3/showcontrol/stop", 1.0),
    ]
    again = told(DISGUISE, NOTHING, "play", clip="Eternal")
    assert short(again)[-1] == (0, "/d3/showcontrol/brightness", 1.0)


@pytest.mark.parametrize(
    ("packet", "expected"),
    [
        (b"/d3/showcontrol/trackname\0\0\0,s\0\0Eternal\0", ("shows", True, "Eternal")),
        (b"/d3/showcontrol/playmode\0\0\0\0,s\0\0LoopSection\0", ("playing", True, None)),
        (b"d3/showcontrol/playmode\0,s\0\0Stop\0\0\0\0", ("playing", False, None)),
        (b"/d3/showcontrol/trackposition\0\0\0,s\0\x0000:09:20.50\0", ("position", 560.5, None)),
        (b"/d3/showcontrol/heartbeat\0\0\0,f\0\0\x3e\x80\0\0", None),
    ],
)
def test_what_disguise_tells_is_read(packet: bytes, expected: tuple[Any, Any, Any] | None) -> None:
    [message] = packets.decode(DISGUISE, packet)
    found = DIALECTS["disguise"].read(DISGUISE, [output()], message)
    if expected is None:
        assert found == []
    else:
        what, value, clip = expected
        assert found == [Report(output="o", what=what, value=value, clip=clip)]


def test_an_address_without_its_slash_is_malformed_elsewhere() -> None:
    with pytest.raises(osc.Malformed):
        packets.decode(server("qlab"), b"d3/showcontrol/playmode\0,s\0\0Stop\0\0\0\0")


# ---------------------------------------------------------------- QLab

QLAB = server("qlab", "tcp://127.0.0.1:53000")


def reply(address: str, **told: Any) -> Message:
    text = json.dumps({"workspace_id": "W", "address": address, **told})
    return Message(address=f"/reply{address}", args=(Argument(tag="s", value=text),))


def test_qlab_starts_a_cue_with_its_opacity_set_and_stops_the_one_before() -> None:
    played = told(QLAB, showing("1"), "play", clip="2.5")
    assert [t.address for t in played] == ["/cue/2.5/opacity", "/cue/2.5/start", "/cue/1/stop"]
    assert on_the_wire(QLAB, played) == [
        b"/cue/2.5/opacity\0\0\0\0,f\0\0\x3f\x80\0\0",
        b"/cue/2.5/start\0\0,\0\0\0",
        b"/cue/1/stop\0,\0\0\0",
    ]


def test_a_fade_of_qlab_is_a_ramp_of_the_cue_that_runs() -> None:
    faded = told(QLAB, showing("7"), "stop", fade=80)
    assert short(faded) == [
        (40, "/cue/7/opacity", 0.5),
        (80, "/cue/7/opacity", 0.0),
        (80, "/cue/7/stop", None),
    ]
    assert told(QLAB, NOTHING, "level", value=0.5) == [], "no cue has it"


def test_qlab_is_greeted_with_its_passcode_if_it_has_one() -> None:
    plain = DIALECTS["qlab"].greeting(QLAB)
    assert [m.address for m in plain] == ["/alwaysReply"]
    there = server("qlab", passcode="1234")
    assert [packets.encode(there, m.address, m.args) for m in DIALECTS["qlab"].greeting(there)] == [
        b"/connect\0\0\0\0,s\0\x001234\0\0\0\0",
        b"/alwaysReply\0\0\0\0,i\0\0\0\0\0\x01",
    ]


@pytest.mark.parametrize(
    ("message", "key", "expected"),
    [
        (reply("/cue/2/isRunning", status="ok", data=True), "/cue/2/isRunning", ("clip", True)),
        (reply("/cue/2/isRunning", status="ok", data=1), "/cue/2/isRunning", ("clip", True)),
        (
            reply("/workspace/W/cue/2/opacity", status="ok", data=0.5),
            "/cue/2/opacity",
            ("brightness", 0.5),
        ),
        (reply("/cue/2/name", status="ok", data="Gala"), "/cue/2/name", ("clip_name", "Gala")),
        (reply("/cue/2/actionElapsed", status="ok", data=3.25), None, ("position", 3.25)),
        (reply("/cue/2/isRunning", status="error"), "/cue/2/isRunning", ("clip", False)),
        (reply("/cue/2/isRunning", status="denied"), "/cue/2/isRunning", None),
        (reply("/cue/9/isRunning", status="ok", data=True), "/cue/9/isRunning", None),
        (reply("/thump", status="ok"), "/thump", None),
        (
            Message(address="/reply/cue/2/isRunning", args=(Argument(tag="s", value="{"),)),
            None,
            None,
        ),
        (Message(address="/update/workspace/W"), "/update/workspace/W", None),
    ],
)
def test_replies_of_qlab_are_read(
    message: Message, key: str | None, expected: tuple[Any, Any] | None
) -> None:
    qlab = DIALECTS["qlab"]
    if key is not None:
        assert qlab.answers(message) == key
    found = qlab.read(QLAB, [output()], message, {"o": ("1", 2)})
    if expected is None:
        assert found == []
    else:
        what, value = expected
        assert found == [Report(output="o", what=what, value=value, clip=2)]


def test_a_large_reply_of_qlab_is_read() -> None:
    large = reply("/cue/2/name", status="ok", data="x" * 200_000)
    [found] = DIALECTS["qlab"].read(QLAB, [output()], large, {"o": (2,)})
    assert len(str(found.value)) == 200_000


# ---------------------------------------------------------------- Millumin

MILLUMIN = server("millumin")


def test_millumin_launches_a_column_and_dims_a_layer() -> None:
    layer: Params = {"layer": "Facade"}
    played = told(MILLUMIN, NOTHING, "play", layer, clip=11)
    assert on_the_wire(MILLUMIN, played) == [
        b"/millumin/action/launchColumn\0\0\0,i\0\0\0\0\0\x0b",
        b"/millumin/layer:Facade/opacity\0\0,f\0\0\x3f\x80\0\0",
    ]
    stopped = told(MILLUMIN, showing(11), "stop", layer)
    assert on_the_wire(MILLUMIN, stopped) == [b"/millumin/action/stopColumn\0,\0\0\0"]
    with pytest.raises(Inexpressible, match=r"params\.layer"):
        told(MILLUMIN, NOTHING, "play", clip=11)
    with pytest.raises(Inexpressible, match="no clip of millumin"):
        told(MILLUMIN, NOTHING, "play", layer, clip="Gala")


@pytest.mark.parametrize(
    ("packet", "expected"),
    [
        (
            b"/millumin/board/launchedColumn\0\0,is\0\0\0\0\x0bGala\0\0\0\0",
            [("shows", True, 11), ("clip_name", "Gala", None)],
        ),
        (b"/millumin/board/stoppedColumn\0\0\0,i\0\0\0\0\0\x0b", [("clip", False, 11)]),
        (
            b"/millumin/layer:Facade/media/time\0\0\0,ff\0\x41\x48\0\0\x42\x70\0\0",
            [("position", 12.5, None), ("duration", 60.0, None)],
        ),
        (b"/millumin/layer:Other/media/time\0\0\0\0,ff\0\x41\x48\0\0\x42\x70\0\0", []),
    ],
)
def test_feedback_of_millumin_is_read(packet: bytes, expected: list[tuple[Any, Any, Any]]) -> None:
    [message] = packets.decode(MILLUMIN, packet)
    found = DIALECTS["millumin"].read(MILLUMIN, [output(layer="Facade")], message)
    assert [(r.what, r.value, r.clip) for r in found] == expected


# ---------------------------------------------------------------- WATCHOUT

WATCHOUT = server("watchout", "tcp://127.0.0.1:8001")


def test_watchout_plays_timelines_and_dims_a_variable() -> None:
    assert on_the_wire(WATCHOUT, told(WATCHOUT, NOTHING, "play", clip=3)) == [
        b"/wo/play/3\0\0,\0\0\0"
    ]
    dimmed = told(WATCHOUT, showing(3), "level", {"level": "/facade/level"}, value=0.25)
    assert on_the_wire(WATCHOUT, dimmed) == [b"/facade/level\0\0\0,f\0\0\x3e\x80\0\0"]


def test_watchout_without_a_variable_has_no_level_and_goes_dark_by_a_stop() -> None:
    with pytest.raises(Inexpressible, match="watchout has no level"):
        told(WATCHOUT, showing(3), "level", value=0.25)
    with pytest.raises(Inexpressible, match="cannot fade a play"):
        told(WATCHOUT, NOTHING, "play", clip=3, fade=1000)
    for kind in ("blackout", "stop"):
        assert short(told(WATCHOUT, showing(3), kind, fade=2000)) == [(0, "/wo/stop/3", None)]


# ---------------------------------------------------------------- Pixera

PIXERA = server("pixera", "tcp://127.0.0.1:1400")


def test_pixera_is_called_by_name_over_its_api() -> None:
    level, play = on_the_wire(PIXERA, told(PIXERA, NOTHING, "play", clip="Timeline 1"))
    asked = json.loads(play)
    assert asked.pop("id") == request_id(
        Message(
            address="Pixera.Compound.setTransportModeOnTimeline",
            args=(
                Argument(tag="s", value="timelineName"),
                Argument(tag="s", value="Timeline 1"),
                Argument(tag="s", value="mode"),
                Argument(tag="i", value=1),
            ),
        )
    )
    assert asked == {
        "jsonrpc": "2.0",
        "method": "Pixera.Compound.setTransportModeOnTimeline",
        "params": {"timelineName": "Timeline 1", "mode": 1},
    }
    assert json.loads(level)["params"] == {"timelineName": "Timeline 1", "opacity": 1.0}


def test_a_reply_of_pixera_is_of_the_question_with_its_number() -> None:
    dialect = dialect_of(PIXERA)
    clips = ("Timeline 1", "Timeline 2")
    questions = dialect.questions(PIXERA, output(), NOTHING, clips)
    assert len({dialect.key(q) for q in questions}) == 2
    number = int(dialect.key(questions[1]).strip("/"))
    [message] = json_rpc.decode(json.dumps({"jsonrpc": "2.0", "id": number, "result": 1}).encode())
    assert dialect.answers(message) == dialect.key(questions[1])
    assert dialect.read(PIXERA, [output()], message, {"o": clips}) == [
        Report(output="o", what="clip", value=True, clip="Timeline 2")
    ]
    error = {"jsonrpc": "2.0", "id": number, "error": {"code": -1, "message": "no"}}
    [message] = json_rpc.decode(json.dumps(error).encode())
    assert dialect.read(PIXERA, [output()], message, {"o": clips})[0].value is False


@pytest.mark.parametrize("packet", [b"", b"{}", b"[1]", b'{"id": "x"}', b"\xff", b'{"id": 1'])
def test_what_is_no_reply_is_malformed(packet: bytes) -> None:
    with pytest.raises(osc.Malformed):
        packets.decode(PIXERA, packet)


def test_pixera_over_osc_has_the_timelines_name_in_its_address() -> None:
    there = server("pixera")
    assert on_the_wire(there, told(there, NOTHING, "play", clip="Timeline 1")) == [
        b"/pixera/timeline/Timeline 1/play\0\0\0\0,\0\0\0"
    ]


# ---------------------------------------------------------------- the festival file's side


@pytest.mark.parametrize("name", DIALECTS)
def test_the_festival_file_knows_what_the_dialect_takes(name: str) -> None:
    known, dialect = SPEAKS[name], DIALECTS[name]
    assert (known.udp, known.tcp) == (dialect.udp, dialect.tcp is not None)
    declared = getattr(dialect, "declared", None)
    if declared is not None:
        for ours, theirs in (
            (known.params, declared.params),
            (known.server_params, declared.server_params),
            ({"clip": known.clip}, {"clip": declared.clip}),
        ):
            assert {n: (p.type, p.least, p.needed) for n, p in ours.items()} == {
                n: (p.type, p.least, p.needed) for n, p in theirs.items()
            }
        assert known.level == ("level" in declared.actions)


def test_the_festival_file_knows_every_dialect() -> None:
    assert set(SPEAKS) == set(DIALECTS)


# ---------------------------------------------------------------- load and seek


def test_qlab_loads_a_cue_and_goes_to_a_second_of_it() -> None:
    qlab = server("qlab", "tcp://127.0.0.1:53000")
    assert on_the_wire(qlab, told(qlab, NOTHING, "load", clip="2.5")) == [
        b"/cue/2.5/load\0\0\0,\0\0\0"
    ]
    (seek,) = on_the_wire(qlab, told(qlab, showing("2.5"), "seek", to=90_500))
    assert seek == b"/cue/2.5/loadActionAt\0\0\0,f\0\0" + bytes.fromhex("42b50000")


def test_watchout_plays_from_a_second() -> None:
    watchout = server("watchout")
    (seek,) = on_the_wire(watchout, told(watchout, showing(3), "seek", to=90_500))
    assert seek == b"/wo/play/3\0\0,f\0\0" + bytes.fromhex("42b50000")


def test_millumin_sends_all_its_media_to_a_second() -> None:
    millumin = server("millumin")
    sought = told(millumin, showing(3), "seek", {"layer": "Facade"}, to=90_500)
    assert short(sought) == [(0, "/millumin/action/goToTime", 90.5)]


def test_pixera_sets_the_time_of_a_timeline() -> None:
    pixera = server("pixera", "tcp://127.0.0.1:1400")
    (seek,) = on_the_wire(pixera, told(pixera, showing("Timeline 1"), "seek", to=90_500))
    asked = json.loads(seek)
    assert asked["method"] == "Pixera.Compound.setCurrentTimeOfTimelineInSeconds"
    assert asked["params"] == {"timelineName": "Timeline 1", "time": 90.5}


def test_a_seek_that_comes_late_goes_to_where_the_clip_should_be_by_now() -> None:
    watchout = server("watchout")
    action = Action(kind="seek", outputs=("o",), to=10_000)
    send = Send(output="o", before=showing(3), after=after(showing(3), action, AT), at=AT, why="", action=action)  # fmt: skip
    (late,) = dialect_of(watchout).express(watchout, output(), send, AT + 2000)
    assert late.args[0].value == 12.0
