"""Rehearsal as a routing of outputs: what leaves the wire, what comes back, and what proves nothing."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from show_control import routes, wire_log
from show_control.clock import VirtualClock
from show_control.cue_sheet import line, text
from show_control.documents import Routing
from show_control.entries import Entry
from show_control.events import Call, Called, SimulatorsFound
from show_control.evidence import Which
from show_control.model import (
    Action,
    Argument,
    Declared,
    Feedback,
    Message,
    NightFile,
    Output,
    Server,
    Simulator,
    Surface,
    Told,
)
from show_control.outgoing import Packet
from show_control.player import Player
from show_control.rehearsal import Kept, Script
from show_control.simulator import simulated
from show_control.testing import RecordingTransport, Sent
from tests.schedules.examples import GALLERY, RIVER
from tests.show_control.any_night import SEOUL_NIGHT, compiled, made_nights
from tests.show_control.any_play import CALLS, WAITS, AtPlay, Step
from tests.show_control.house import FILE, LASER, WALL, cue, night_file, play, sequence, slot
from tests.show_control.playbook import Desk, call, loaded
from tests.show_control.playing import Playing

SIMULATORS = {
    "one": Simulator(main="udp://127.0.0.1:17000", backup="udp://127.0.0.1:17001"),
    "any": Simulator(main="udp://127.0.0.1:19000"),
}
MANUAL = night_file(
    (sequence("show", cue("1", play(7), length=60_000), cue("2", play(8, LASER))),),
    (slot("gala", "20:00", "21:00", "show", start="manual", outputs=(*WALL, LASER)),),
)


def rehearsing(file: NightFile = MANUAL, start: str = "19:30", *, there: bool = True) -> Playing:
    playing = Playing(file, start, more=simulated(routes.simulated(file, SIMULATORS)))
    if there:
        playing.player.take(SimulatorsFound(simulators=SIMULATORS))
    return playing


def route(playing: Playing, to: Routing, *outputs: str, **rest: Any) -> Any:
    given = {"surface": "wall"} if not outputs else {"outputs": outputs}
    return playing.call("route", to=to, **given, **rest)


def to_real(sent: list[Sent]) -> list[str]:
    """What was said to real servers, pings and questions left out."""
    return [m.address for s in sent for m in s.messages if not s.server.startswith("simulator:")]


def results(playing: Playing) -> list[dict[str, Any]]:
    return [e.data for e in playing.all_entries() if e.kind == "result"]


# --- record only --------------------------------------------------------------------------------------------------


def test_what_is_recorded_only_goes_nowhere_and_nothing_is_confirmed_or_lit() -> None:
    playing = rehearsing()
    assert route(playing, "record only").accepted
    assert playing.board().rehearsal
    before = len(playing.transport.sent)
    playing.call("go gala", "20:00")
    playing.until("20:00:05")
    asked = [m.address for s in playing.transport.sent[before:] for m in s.messages]
    assert set(asked) == {"/composition/layers/1/video/opacity"}  # the ping of the server itself
    wall = [playing.output(o) for o in WALL]
    assert [(o.routing, o.agreement, o.lit, o.wants_light, o.evidence) for o in wall] == [
        ("record only", "record only", False, True, ())
    ] * 2
    assert [(r["main"], r["backup"], r["routing"]) for r in results(playing)] == [
        ("record only",) * 3
    ] * 2


def test_as_run_tells_a_rehearsal_from_a_performance() -> None:
    playing = rehearsing()
    route(playing, "record only", "left")
    playing.call("go gala", "20:00")
    playing.until("20:00:01")
    told = {e.kind: e.data.get("routing") for e in playing.all_entries() if e.run}
    assert told["stands_by"] == told["started"] == told["cue_went"] == {"left": "record only"}
    intents = [e for e in playing.all_entries() if e.kind == "intent"]
    assert [(e.output, e.data.get("routing")) for e in intents] == [
        ("left", "record only"),
        ("right", None),
    ]
    left = {p.output for p in wire_log.wire_log(playing.all_entries())}
    assert left == {"right"}
    sheet = [line.text for line in playing.board().lines]
    assert any(t.endswith("(record only: left)") for t in sheet)
    assert any("GO" in t and t.endswith("(record only: left)") for t in sheet)


# --- a simulator --------------------------------------------------------------------------------------------------


def test_at_a_simulator_packets_go_to_it_and_the_evidence_is_its_own() -> None:
    playing = rehearsing()
    assert route(playing, "simulator").accepted
    playing.call("go gala", "20:00")
    sent = playing.until("20:00:03")
    assert to_real(sent) == []
    played = {
        (s.server, s.which) for s in playing.transport.sent if "clips/7/connect" in str(s.messages)
    }
    assert played == {("simulator:one", "main"), ("simulator:one", "backup")}
    for name in WALL:
        output = playing.output(name)
        assert (output.agreement, output.wants_light, output.lit) == ("confirmed", True, False)
        assert output.routing == "simulator"
    heard = {e.server for e in playing.all_entries() if e.kind == "evidence" and e.output in WALL}
    assert "simulator:one" in heard
    assert results(playing)[-1] | {"of": []} == {
        "of": [], "main": "sent", "backup": "sent", "routing": "simulator"
    }  # fmt: skip


def test_without_a_simulator_it_is_refused_with_how_to_start_one() -> None:
    playing = rehearsing(there=False)
    answer = route(playing, "simulator")
    assert answer.reason == (
        "no simulator of one is there: start one with lamplighter simulate FILE --rehearsal"
    )
    assert "lamplighter simulate FILE --rehearsal" in answer.reasons["ko"]


def test_a_simulator_that_is_gone_is_told_and_what_was_meant_for_it_goes_nowhere_else() -> None:
    playing = rehearsing()
    route(playing, "simulator")
    playing.player.take(SimulatorsFound(simulators={}))
    assert [a.code for a in playing.board().alarms] == ["simulator"]
    playing.call("go gala", "20:00")
    assert to_real(playing.until("20:00:03")) == []
    assert {r["main"] for r in results(playing)} == {"not sent: its simulator is not there"}
    assert playing.output("left").agreement == "no reply"
    playing.player.take(SimulatorsFound(simulators=SIMULATORS))
    assert playing.board().alarms == ()


# --- when it may be changed ---------------------------------------------------------------------------------------


def desk(file: NightFile = MANUAL, start: str = "19:30") -> Desk:
    desk = Desk(file, start)
    desk.do(SimulatorsFound(simulators=SIMULATORS), start)
    return desk


def test_who_says_where_and_what_is_named() -> None:
    at = desk()
    refused = {
        "say where to: wire, simulator or record only": {"outputs": WALL},
        "say which outputs, or which surface": {"to": "wire"},
        "there is no output middle": {"to": "wire", "outputs": ("middle",)},
        "there is no surface roof": {"to": "wire", "surface": "roof"},
        "outputs are routed by name": {"to": "wire", "surface": "wall", "by": ""},
    }
    assert [at.call("route", **given).reason for given in refused.values()] == list(refused)


def test_a_run_under_way_keeps_its_outputs_where_they_are() -> None:
    at = desk()
    at.call("go gala 1", "20:00")
    for to in ("record only", "wire"):
        answer = at.call("route", "20:00:10", to=to, outputs=("left",))
        assert answer.accepted == (to == "wire")  # it is on the wire: nothing is changed
    assert answer.accepted
    refused = at.call("route", to="simulator", outputs=("left",))
    assert (refused.reason, refused.by) == ("gala is under way on left: end it first", "Kim")


def test_what_shows_on_the_wire_must_be_dark_before_it_is_left_alone_there() -> None:
    at = desk()
    at.call("go gala 1", "20:00")
    at.call("end gala", "20:01")  # a manual run leaves its picture
    refused = at.call("route", to="record only", surface="wall")
    assert refused.reason == (
        "left shows something, and nothing could darken it there: fade it out first"
    )
    at.call("fade_out")
    assert not at.call("route", "20:01:01", to="record only", surface="wall").accepted
    assert at.call("route", "20:01:02", to="record only", surface="wall").accepted


def test_nothing_that_was_rehearsed_lights_the_wire_when_it_is_back() -> None:
    playing = rehearsing()
    route(playing, "record only")
    playing.call("go gala", "20:00")
    playing.call("end gala", "20:01")
    assert playing.output("left").wants_light
    assert route(playing, "wire").accepted
    assert to_real(playing.until("20:02")) == []
    assert not any(playing.output(o).wants_light for o in WALL)
    assert not playing.board().rehearsal
    assert playing.output("left").agreement == "confirmed"
    assert not playing.call("restore", output="left").accepted or not playing.output("left").lit
    assert to_real(playing.until("20:03")) == []


def test_back_on_the_wire_a_server_is_asked_and_darkened_where_it_shows_something() -> None:
    playing = rehearsing()
    route(playing, "record only")
    real = next(s for s in playing.servers if s.name == "one")
    real.core.connected[1] = 7  # somebody's hand, meanwhile
    route(playing, "wire")
    addresses = to_real(playing.until("19:30:03"))
    assert addresses.count("/composition/layers/1/clear") == 2  # a press and its release
    assert not any("layers/2" in a for a in addresses)
    assert not real.core.connected


def test_the_rest_of_a_fade_is_taken_back() -> None:
    file = night_file(
        (sequence("show", cue("1", play(7), length=1000)),),
        (slot("loop", "20:00", "20:10", "show"),),
    )
    playing = rehearsing(file)
    route(playing, "simulator")
    playing.until("20:00:00.500")
    playing.call("fade_out")
    playing.until("20:00:01.200")  # the run is over, two seconds of fade are not
    playing.call("end loop")
    before = len(playing.transport.sent)
    assert route(playing, "record only").accepted
    playing.until("20:00:10")
    later = [m.address for s in playing.transport.sent[before:] for m in s.messages]
    assert set(later) == {"/composition/layers/1/video/opacity"}


def test_a_hazard_output_follows_the_same_rule_and_needs_its_enable_all_the_same() -> None:
    at = desk()
    assert at.call("route", to="record only", outputs=(LASER,)).accepted
    at.call("go gala 1", "20:00")
    told = at.lines(call("go gala 2"), "20:00:10")
    assert "20:00:10 not_sent gala 2 beam: laser not enabled tonight" in told
    at.call("enable", output=LASER)
    at.call("standby gala 2")
    at.call("go gala 2", "20:00:20")
    assert at.look(LASER).lit(at.now)
    assert at.state.route(LASER) == "record only"


# --- and a restart ------------------------------------------------------------------------------------------------


def test_a_rehearsal_survives_a_restart() -> None:
    playing = rehearsing()
    route(playing, "simulator")
    playing.call("go gala", "20:00")
    playing.until("20:00:10")
    before = len(playing.transport.sent)
    playing.come_back()
    assert to_real(playing.until("20:00:20")) == []
    assert playing.board().rehearsal
    assert playing.output("left").agreement == "confirmed"
    again = [m for s in playing.transport.sent[before:] for m in s.messages]
    assert not any(m.address.endswith("/connect") for m in again)  # the simulator shows it already


def test_of_what_was_recorded_only_everybody_knows_that_it_did_not_leave() -> None:
    playing = rehearsing()
    route(playing, "record only")
    playing.call("go gala", "20:00")
    lost = [e for e in playing.all_entries() if e.kind == "result"][-1]
    playing.shelf.entries.remove(lost)  # the player died just before it
    playing.come_back()
    again = [e for e in playing.all_entries() if e.kind == "result"][-1]
    assert (again.data["main"], again.data["routing"]) == ("record only", "record only")


# --- the invariant ------------------------------------------------------------------------------------------------

LAYERS = {"/composition/layers/1/": "left", "/composition/layers/2/": "right"}


class Judge(RecordingTransport):
    """Fails where a real server is told something for an output that is not on the wire."""

    player: Player
    judged = 0

    def send(self, server: str, which: Which, datagram: bytes) -> str | None:
        fault = super().send(server, which, datagram)
        if not server.startswith("simulator:"):
            for message in self.sent[-1].messages:
                if any(a.value == "?" for a in message.args):
                    continue
                self.judged += 1
                layer = next((o for a, o in LAYERS.items() if message.address.startswith(a)), LASER)
                assert self.player.state.route(layer) == "wire", (server, message)
        return fault


ROUTES = st.builds(
    lambda to, outputs: {"call": "route", "to": to, "outputs": outputs},
    st.sampled_from(["wire", "simulator", "record only"]),
    st.sampled_from([("left",), ("right",), (LASER,), (*WALL, LASER)]),
)
OTHERS = st.builds(
    lambda name, run, output: {"call": name, "run": run, "output": output},
    st.sampled_from(["go", "go", "hold", "resume", "fade_out", "end", "show_stop", "restore", "enable", "standby"]),
    st.sampled_from([None, "s0", "s1"]),
    st.sampled_from([None, *WALL, LASER]),
)  # fmt: skip
HAPPENINGS = st.lists(
    st.tuples(st.sampled_from([0, 1, 300, 1500, 10_000, 45_000]), ROUTES | OTHERS, st.booleans()),
    min_size=1,
    max_size=25,
)


@settings(max_examples=30, deadline=None)
@given(made_nights(), HAPPENINGS)
def test_no_packet_leaves_to_a_real_server_from_an_output_that_is_not_on_the_wire(
    file: NightFile, happenings: list[tuple[int, dict[str, Any], bool]]
) -> None:
    clock = VirtualClock(file.nights[0].slots[0].starts - 60_000)
    servers = [*simulated(file), *simulated(routes.simulated(file, SIMULATORS))]
    judge = Judge(clock, servers)
    judge.player = player = Player(clock=clock, journal=Kept(), transport=judge, door=Script([]))
    player.load(loaded(file))
    for waits, made, there in happenings:
        pass_by(player, judge, clock.now() + waits)
        player.take(SimulatorsFound(simulators=SIMULATORS if there else {}))
        player.take(Called(call=Call(by="Kim", **{k: v for k, v in made.items() if v is not None})))
    pass_by(player, judge, clock.now() + 60_000)


def pass_by(player: Player, judge: Judge, to: int) -> None:
    while True:
        mine = [player.next_instant(), player.next_chore()]
        instants = [i for i in (*mine, judge.next_arrival()) if i is not None]
        if not instants or min(instants) > to:
            break
        if min(instants) in mine:
            player.turn()
        else:
            player.clock.wait_exactly(min(instants))
            player.hear(judge.arrived())
            player.do_chores()
    player.clock.wait_exactly(to)


@pytest.mark.parametrize("to", ["simulator", "record only"])
def test_the_house_as_it_is_plays_nothing_on_the_wire(to: Routing) -> None:
    playing = rehearsing(FILE, "19:59")
    playing.call("route", to=to, outputs=(*WALL, LASER))
    assert to_real(playing.until("20:05:10")) == []
    entries: list[Entry] = [e for e in playing.all_entries() if e.kind == "intent"]
    assert entries
    assert {e.data["routing"] for e in entries} == {to}


# --- a night rehearsed is the night -------------------------------------------------------------------------------

FESTIVALS = {
    "seoul": SEOUL_NIGHT,
    "river": compiled(RIVER, "2026-03-28"),
    "gallery": compiled(GALLERY, "2025-11-01"),
}


def night_of(file: NightFile, to: Routing) -> tuple[list[str], list[Entry], list[Sent]]:
    """A whole night by itself, its sheet without its marks."""
    night = file.nights[0]
    clock = VirtualClock(night.starts)
    transport, kept = RecordingTransport(clock), Kept()
    player = Player(clock=clock, journal=kept, transport=transport, door=Script([]), asks=False)
    player.load(loaded(file))
    route = Call(call="route", by="Kim", outputs=tuple(file.outputs), to=to)
    player.take(Called(call=route))
    while (due := player.next_instant()) is not None and due <= night.ends:
        player.turn()
    lines = (line(e, file.time_zone) for e in kept.entries)
    told = [text(view).partition(f"  ({to}: ")[0] for view in lines if view is not None]
    return (
        [t for t in told if "record only by" not in t and "wire by" not in t],
        kept.entries,
        transport.sent,
    )


@pytest.mark.parametrize("festival", FESTIVALS)
def test_a_night_that_is_rehearsed_is_called_as_the_night_will_be(festival: str) -> None:
    file = FESTIVALS[festival]
    played, _, sent = night_of(file, "wire")
    rehearsed, entries, none = night_of(file, "record only")
    assert sent
    assert none == []
    assert played == rehearsed
    assert len(played) > 10
    ended = [e for e in entries if e.kind == "result"]
    assert {e.data["main"] for e in ended} == {"record only"}
    went = [e for e in entries if e.kind == "cue_went" and e.data["do"]]
    assert all(set(e.data["routing"].values()) == {"record only"} for e in went)


# --- through kills ------------------------------------------------------------------------------------------------


class Watched(AtPlay):
    """Judges of every packet whether its output is on the wire."""

    def sent(self, packet: Packet, at: int) -> None:
        super().sent(packet, at)
        assert self.player.state.route(packet.output) == "wire"


ROUTE_CALLS = st.builds(
    lambda to, outputs: Call(call="route", by="Kim", to=to, outputs=outputs),
    st.sampled_from(["wire", "record only", "record only"]),
    st.sampled_from([("left",), ("right",), (LASER,), (*WALL, LASER)]),
)
KILLED = st.lists(
    st.builds(Step, WAITS, ROUTE_CALLS | CALLS | st.just("kill")), min_size=1, max_size=12
)


@settings(max_examples=40, deadline=None)
@given(KILLED)
def test_nor_after_the_player_was_killed(played: list[Step]) -> None:
    playing = Watched("20:09:30")
    for step in played:
        playing.do(step)
    playing.until(playing.clock.now() + 20_000)
    ends = {tuple(e.data["of"]) for e in playing.results()}
    playing.come_back()
    ends |= {tuple(e.data["of"]) for e in playing.results()}
    assert ends >= playing.intents()


def test_raw_osc_goes_by_the_wire_for_those_that_are_on_it() -> None:
    scene = Action(kind="osc", address="/scene", outputs=WALL)
    file = night_file(
        (sequence("show", cue("1", scene, length=60_000)),),
        (slot("gala", "20:00", "21:00", "show", start="manual"),),
    )
    playing = rehearsing(file)
    route(playing, "record only", "left")
    playing.call("go gala", "20:00")
    playing.until("20:00:01")
    sent = playing.transport.sent
    assert [(s.server, s.which) for s in sent if "/scene" in to_real([s])] == [
        ("one", "main"),
        ("one", "backup"),
    ]
    assert [(r["main"], r.get("routing")) for r in results(playing)] == [
        ("record only", "record only"),
        ("sent", None),
    ]


def test_a_server_that_can_be_asked_of_its_outputs_alone_is_not_asked_and_not_called_alive() -> (
    None
):
    lamps = Declared(
        name="lamps",
        actions={
            "play": Told(
                send=(Message(address="/show", args=(Argument(tag="s", value="{clip}"),)),)
            ),
            "stop": Told(send=(Message(address="/clear"),)),
        },
        ask=(Message(address="/state"),),
        hear=(Feedback(address="/state", says="shows"),),
    )
    one = Server(id="one", dialect="lamps", main="udp://10.0.0.1:7000", declared=lamps)
    left = Output(id="left", server="one", surface="wall")
    made = night_file(
        (sequence("show", cue("1", play("a", "left"))),),
        (slot("gala", "20:00", "21:00", "show", start="manual", outputs=("left",)),),
    )
    file = msgspec.structs.replace(made, servers={"one": one}, outputs={"left": left}, surfaces={
        "wall": Surface(id="wall")})  # fmt: skip
    playing = Playing(file, "19:30")
    playing.until("19:30:03")
    assert life(playing) == "alive"
    route(playing, "record only", "left")
    before = len(playing.transport.sent)
    playing.until("19:31")
    assert (life(playing), len(playing.transport.sent)) == ("not asked", before)
    route(playing, "wire", "left")
    playing.until("19:31:03")
    assert (life(playing), playing.output("left").agreement) == ("alive", "confirmed")


def life(playing: Playing) -> str:
    return playing.board().servers[0].addresses[0].life
