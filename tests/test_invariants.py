"""The invariants of design.md, section 12, a test each, named after it.

Number 13 (`in_force` never overlaps) is the database's: tests/ops/database and tests/schedules/planning.
Killed processes are in tests/adversity.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from show_control import engine, evidence
from show_control.clock import Pair
from show_control.commands import Answer, Record, Send
from show_control.events import Call, Called, Tick
from show_control.journal import FolderLock, Journal, read
from show_control.looks import Look
from show_control.model import Cue
from show_control.rehearsal import rehearse
from show_control.serving import look_at_wall
from tests.show_control import playing as at_play
from tests.show_control.any_night import (
    ANY,
    WAITS,
    Played,
    Watched,
    called_nights,
    made_nights,
    plays,
)
from tests.show_control.house import (
    FILE,
    LASER,
    night_file,
    play,
    sequence,
    slot,
)
from tests.show_control.journals import fact, flush, opened
from tests.show_control.playbook import Desk, call, loaded
from tests.show_control.playing import Playing

ROOT = Path(__file__).parents[1]
CORE = ROOT / "show_control"
QUICK = settings(max_examples=40, deadline=None)


# --- 1 ------------------------------------------------------------------------------------------------------------


def test_01_only_the_players_one_loop_calls_step() -> None:
    callers = {
        path.relative_to(ROOT).as_posix()
        for folder in ("ops", "schedules", "show_control")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("engine.step", "step.step")
    }
    assert callers == {"show_control/player.py"}


@QUICK
@given(ANY)
def test_01_the_same_entries_give_the_same_state(played: Played) -> None:
    """Every step is folded from its patch as well (`Watched.judge`), and nothing ever raises."""
    steps = played.steps
    first, second = Watched(steps), Watched(steps)
    assert first.told == second.told
    assert first.state == second.state


@QUICK
@given(ANY)
def test_01_a_restart_from_the_whole_state_goes_on_the_same(
    played: Played,
) -> None:
    steps = played.steps
    watched = Watched(steps, stalled=True)
    whole = msgspec.msgpack.decode(
        msgspec.msgpack.encode(engine.patch(engine.EMPTY, watched.state))
    )
    again = engine.apply(engine.EMPTY, whole, watched.files)
    now = steps[-1][0] + 1_200_000
    assert engine.step(again, Tick(), now) == engine.step(watched.state, Tick(), now)


@QUICK
@given(ANY)
def test_01_a_stalled_engine_breaks_no_rule(played: Played) -> None:
    Watched(played.steps, stalled=True)


# --- 2 ------------------------------------------------------------------------------------------------------------


def test_02_no_packet_without_an_intent_and_every_intent_ends() -> None:
    playing = Playing(FILE, asking=False)
    left: list[tuple[int, int]] = []
    playing.player.sending._on_sent = lambda packet, _: left.append(packet.intent)
    playing.call("go loop.1", "20:01")
    playing.call("fade_out", "20:02")
    playing.call("restore", "20:03", output="left")
    playing.call("end loop.1", "20:04")
    playing.until("23:30")
    entries = playing.all_entries()
    intents = {(e.term, e.seq) for e in entries if e.kind == "intent"}
    ends = [tuple(e.data["of"]) for e in entries if e.kind == "result"]
    assert left
    assert set(left) <= intents
    assert sorted(ends) == sorted(intents)
    said = {e.data[side].partition(":")[0] for e in entries if e.kind == "result" for side in ("main", "backup") if side in e.data}  # fmt: skip
    assert said <= {"sent", "not sent", "unknowable"}


@QUICK
@given(plays(made_nights()) | called_nights())
def test_02_of_any_night_every_packet_has_its_intent_and_every_intent_one_end(
    played: Played,
) -> None:
    """Timelines, loops, sequences that start others, raw OSC, whatever is called meanwhile."""
    calls = [(at, e.call) for at, e in played.steps if isinstance(e, Called)]
    rehearsed = rehearse(played.file, calls)
    intents = {(e.term, e.seq): e.at for e in rehearsed.entries if e.kind == "intent"}
    ends = [tuple(e.data["of"]) for e in rehearsed.entries if e.kind == "result"]
    assert sorted(ends) == sorted(intents)
    assert all(s.packet.intent in intents for s in rehearsed.sent)
    assert all(s.at >= intents[s.packet.intent] for s in rehearsed.sent)


def test_02_a_crash_between_intent_and_result_ends_as_unknowable() -> None:
    playing = Playing(FILE)
    playing.until("20:01")
    results = [e for e in playing.shelf.entries if e.kind == "result"]
    playing.shelf.entries.remove(results[-1])
    playing.come_back()
    entries = playing.all_entries()
    intents = {(e.term, e.seq) for e in entries if e.kind == "intent"}
    assert sorted(tuple(e.data["of"]) for e in entries if e.kind == "result") == sorted(intents)
    assert [e.data["main"] for e in entries if e.kind == "result"].count("unknowable") == 1


# --- 3 ------------------------------------------------------------------------------------------------------------


def test_03_a_key_is_never_used_again(tmp_path: Path) -> None:
    for _ in range(3):
        journal = opened(tmp_path)
        journal.append([fact(n) for n in range(5)])
        journal.close()
    keys = [e.key for e in read(tmp_path)]
    assert len(keys) == len(set(keys)) == 18
    assert keys == sorted(keys)


def test_03_only_flushed_entries_leave(tmp_path: Path) -> None:
    journal: Journal = opened(tmp_path)
    flush(journal)
    before = journal.leaves
    journal.append([fact(1)])
    assert journal.leaves == before
    assert journal.entries_after(before, 10).entries == []
    flush(journal)
    assert [e.data["number"] for e in journal.entries_after(before, 10).entries] == [1]
    journal.close()


# --- 4 ------------------------------------------------------------------------------------------------------------


@QUICK
@given(st.lists(st.tuples(st.sampled_from([0, 1, 100, 299, 300, 2000]), st.sampled_from([None, "a", "b"]), st.sampled_from(["Kim", "Lee"])), min_size=2, max_size=12))  # fmt: skip
def test_04_one_standby_count_fires_at_most_once(
    presses: list[tuple[int, str | None, str]],
) -> None:
    """However many hands press GO for what they saw, however often they ask again."""
    desk = Desk(FILE)
    desk.until("20:11")
    fired = 0
    for wait, request, by in presses:
        when = desk.now + wait
        told = desk.do(call("go gala", standby_count=1, request=request, by=by), when)
        fired += sum(isinstance(c, Record) and c.kind == "call" for c in told)
    assert fired == 1
    (gala,) = [r for r in desk.state.runs.values() if r.slot == "gala"]
    assert gala.count == 2
    assert [index for index, _ in gala.past] == [0]


@QUICK
@given(ANY)
def test_04_no_cue_goes_twice_without_another_call(played: Played) -> None:
    went: dict[tuple[str | None, str | None], int] = {}
    called = 0
    for command in Watched(played.steps).commands():
        if isinstance(command, Record) and (turned(command) or command.kind in ("call", "started")):
            called += 1
        if isinstance(command, Record) and command.kind == "cue_went":
            key = (command.run, command.cue)
            assert went.get(key, -1) < called, key
            went[key] = called


class Fired(Watched):
    """Which standby counts of which runs a GO fired."""

    def __init__(self, steps: list[Any]) -> None:
        self.counts: list[tuple[str, int]] = []
        super().__init__(steps)

    def judge(self, before: engine.State, told: list[Any], now: int) -> None:
        super().judge(before, told, now)
        went = [c for c in told if isinstance(c, Record) and c.kind == "call" and c.run]
        for call_ in went:
            if call_.data["call"] == "go" and call_.run is not None:
                self.counts.append((call_.run, self.state.runs[call_.run].count))


@QUICK
@given(ANY)
def test_04_of_any_night_no_standby_count_is_fired_twice(played: Played) -> None:
    """A GO puts another cue in standby, under a new count: no two leave a run at the same one."""
    counts = Fired(played.steps).counts
    assert len(counts) == len(set(counts))


def turned(record: Record) -> bool:
    """Whether a loop's pass begins: its first cue goes, or its time has gone by."""
    return record.kind in ("cue_skipped", "loop_passed") or record.data.get("how") == "loop"


# --- 5 ------------------------------------------------------------------------------------------------------------


@QUICK
@given(ANY, WAITS, st.booleans())
def test_05_a_fade_out_is_never_refused_by_the_engine(
    played: Played, wait: int, named: bool
) -> None:
    """The right is the service's; no holder, count, span or validity is asked for. It makes dark."""
    file, steps = played.file, played.steps
    watched = Watched(steps, stalled=True)
    now = steps[-1][0] + wait
    run = file.nights[0].slots[0].id if named else None
    made = Called(call=Call(call="fade_out", run=run, standby_count=99, made_at=0))
    state, told = engine.step(watched.state, made, now)
    (answer,) = [c for c in told if isinstance(c, Answer)]
    assert answer.accepted
    if not named:
        safe = {
            o
            for s in file.surfaces.values()
            for a in s.safe
            if a.kind == "blackout"
            for o in a.outputs
        }
        assert not [o for o in safe if state.looks.get(o, Look()).lit(now + 10_000)]


@QUICK
@given(st.integers(0, 299), st.integers(1, 4))
def test_05_a_retry_never_escalates(apart: int, times: int) -> None:
    desk = Desk(FILE)
    desk.until("20:01")
    desk.call("fade_out", "20:02")
    faded = desk.look("left")
    assert faded.ramp is not None
    for _ in range(times):
        desk.call("fade_out", request=None)
        desk.now += apart // times
        assert desk.look("left") == faded


# --- 6 ------------------------------------------------------------------------------------------------------------


def test_06_a_run_ends_on_the_version_it_stood_by_with() -> None:
    """Held for every random night too: `Watched.judge`. A withheld work comes with a later issue."""
    desk = Desk(FILE)
    desk.until("20:11")
    changed = {
        "gala": sequence("gala", Cue(number="1", do=(play(70),)), Cue(number="2", do=(play(80),)))
    }
    desk.do(loaded(msgspec.structs.replace(FILE, sequences=FILE.sequences | changed)), "20:12")
    desk.call("go gala 1", "20:13")
    desk.call("standby gala 3", "20:14")
    desk.call("go gala 3", "20:15")
    assert desk.look("left").clip == 8


# --- 7 ------------------------------------------------------------------------------------------------------------


def test_07_wall_time_never_enters_step() -> None:
    """Nothing that decides what happens can read a clock, or is handed one."""
    core = [
        *(CORE / "engine").glob("*.py"),
        *(CORE / f"{n}.py" for n in ("looks", "timing", "board", "events", "commands")),
    ]
    for path in core:
        names = {
            alias.name if isinstance(node, ast.Import) else node.module or ""
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        }
        assert not names & {"time", "show_control.clock", "random", "os"}, path
        assert ".now(" not in path.read_text("utf-8"), path


@pytest.mark.parametrize(("when", "adopted"), [("19:00", True), ("20:02", False), ("20:15", False)])
def test_07_the_mapping_changes_only_with_no_run_live(when: str, adopted: bool) -> None:
    playing = Playing(FILE, asking=False, start="18:59")
    playing.until(when)
    before = playing.clock.pair
    playing.player.adopt(Pair(wall=before.wall + 40, boottime=before.boottime))
    assert (playing.clock.pair != before) is adopted
    kinds = [e.kind for e in playing.all_entries()]
    assert ("clock_adopted" in kinds) is adopted


@pytest.mark.parametrize("when", ["19:30", "20:01", "20:12"])
@pytest.mark.parametrize("step", [-50, 3_600_000, -86_400_000])
def test_07_a_stepped_wall_clock_changes_nothing_on_the_wire(step: int, when: str) -> None:
    """With a run live or none, the player looking at the wall clock as it does behind its door.

    Compared is the show's time, and what the machine has counted since its start: with a run live a
    step moves neither. Between runs a small one is followed, so that the next slot is at its time.
    """
    still, stepped = (Playing(FILE, "19:29", asking=False) for _ in range(2))
    for playing in (still, stepped):
        playing.until(when)
        if playing is stepped:
            playing.clock.step_wall(step)
        for minute in range(13 * 60):
            playing.until(playing.at(when) + minute * 5_000)
            look_at_wall(playing.player)
    assert [(s.at, s.datagram) for s in stepped.transport.sent] == [
        (s.at, s.datagram) for s in still.transport.sent
    ]
    assert stepped.transport.sent
    followed = step == -50 and when == "19:30"
    assert (stepped.clock.pair != still.clock.pair) is (step == -50)
    assert ("clock_stepped" in alarms(stepped)) is (step != -50)
    adopted = [e.at for e in stepped.all_entries() if e.kind == "clock_adopted"]
    assert len(adopted) == (step == -50)
    if adopted and not followed:
        # By then, it is 50 ms earlier.
        assert adopted[0] >= stepped.at("20:30") + step, "not before no run is live"


def test_07_an_alarm_tells_of_the_step_until_it_is_undone() -> None:
    playing = Playing(FILE, asking=False)
    for step in (3_600_000, -3_600_000):
        playing.clock.step_wall(step)
        look_at_wall(playing.player)
        look_at_wall(playing.player)
    told = [e for e in playing.all_entries() if e.kind == "alarm"]
    assert [(e.data["code"], e.data.get("cleared", False)) for e in told] == [
        ("clock_stepped", False),
        ("clock_stepped", True),
    ]
    assert told[0].reason == "the machine's clock is +3600.0 s from the show's"


def alarms(playing: Playing) -> set[str]:
    return {e.data["code"] for e in playing.all_entries() if e.kind == "alarm"}


# --- 8 ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("when", ["20:00:30", "20:04:59", "20:07", "20:20"])
def test_08_a_restart_sends_nothing_to_an_output_whose_look_is_right(when: str) -> None:
    playing = Playing(FILE)
    playing.until(when)
    playing.transport.sent.clear()
    playing.come_back()
    playing.until(playing.clock.now() + 900)
    assert at_play.told(playing.transport.sent) == []


# --- 9 ------------------------------------------------------------------------------------------------------------


@QUICK
@given(ANY)
def test_09_a_look_has_one_owner_and_a_hazard_tonights_enable(
    played: Played,
) -> None:
    """The owner and the enable are judged after every step; here is every packet's cause."""
    file, steps = played.file, played.steps
    watched = Watched(steps)
    for now, told in watched.told:
        for sent in told:
            if not isinstance(sent, Send) or not file.outputs[sent.output].hazard:
                continue
            if sent.after.lit(now) and not sent.before.lit(now):
                assert sent.why in ("cue", "restore"), sent.why


@QUICK
@given(plays(made_nights()))
def test_09_a_hazard_is_dark_past_its_slots_and_past_curfew(
    played: Played,
) -> None:
    file, steps = played.file, played.steps
    night = file.nights[0]
    watched = Watched(steps)
    end = max(s.ends for s in night.slots)
    last = watched.told[-1][0]
    if last >= end:
        assert not watched.state.looks.get(LASER, Look()).lit(last + 10_000)


def test_09_a_hazard_slot_by_slot() -> None:
    show = sequence("show", Cue(number="1", do=(play("x", LASER),), length=None))
    desk = Desk(
        night_file(
            (show,), (slot("a", "20:00", "20:10", "show", outputs=(LASER,), surface="bridge"),)
        )
    )
    desk.call("enable", output=LASER)
    desk.until("20:09:59.999")
    assert desk.lit(LASER) == [True]
    desk.until("20:10")
    assert desk.lit(LASER) == [False]


# --- 10 -----------------------------------------------------------------------------------------------------------


def test_10_nothing_is_confirmed_by_a_report_older_than_its_send() -> None:
    playing = Playing(FILE)
    playing.until("20:00:05")
    assert playing.output("left").agreement == "confirmed"
    playing.call("standby loop.1 2", "20:00:06")
    playing.call("go loop.1 2", "20:00:06.500")
    seen = playing.output("left")
    assert (seen.agreement, seen.lit) == ("no reply", False)
    playing.until("20:00:08")
    for side in playing.output("left").evidence:
        assert side.agreement == "confirmed"
        assert side.reported_at is not None
        assert side.reported_at > playing.at("20:00:06.500")


def test_10_agreement_expires() -> None:
    playing = Playing(FILE)
    playing.until("20:00:05")
    for server in playing.servers:
        server.give("silent")
    playing.until(playing.clock.now() + evidence.CONFIRMED_FOR + evidence.SILENT_AFTER)
    assert {o.agreement for o in playing.board().outputs if o.output != LASER} == {"no reply"}


# --- 11 -----------------------------------------------------------------------------------------------------------


def test_11_from_call_to_send_nothing_is_waited_for() -> None:
    """The journal is written, never flushed, before the packet; a failing server holds up no other."""
    playing = Playing(FILE, asking=False)
    playing.until("20:11")
    happened: list[str] = []
    append, send = playing.shelf.append, playing.transport.send
    playing.shelf.append = lambda r: happened.append("entered") or append(r)
    playing.shelf.ask_flush = lambda: happened.append("flush asked")
    playing.transport.send = lambda *a: happened.append("sent") or send(*a)
    playing.transport.failing["one", "main"] = "No buffer space available"
    playing.call("go gala")
    first, last = happened.index("sent"), len(happened) - 1 - happened[::-1].index("sent")
    assert set(happened[:first]) == {"entered"}
    assert set(happened[first : last + 1]) == {"sent"}
    assert "flush asked" in happened[last:]
    assert playing.clock.now() == playing.at("20:11")


def test_11_the_players_modules_reach_neither_database_nor_names() -> None:
    """That no DNS is asked is the transport's: it takes addresses as they are at `open`."""
    modules = ("player.py", "sending.py", "outgoing.py")
    source = "".join((CORE / module).read_text("utf-8") for module in modules)
    assert not [
        word
        for word in ("asyncpg", "getaddrinfo", "fsync", "fdatasync", "sleep(")
        if word in source
    ]


# --- 12 -----------------------------------------------------------------------------------------------------------


def test_12_a_player_that_may_not_send_sends_nothing_and_says_so() -> None:
    playing = Playing(FILE, asking=False)
    allowed = True
    playing.player.sending._may_send = lambda: allowed
    playing.until("20:01")
    sent = len(playing.transport.sent)
    allowed = False
    playing.until("20:06")
    assert len(playing.transport.sent) == sent
    results = [e.data["main"] for e in playing.all_entries() if e.kind == "result"]
    assert results[-1].startswith("not sent: ")


def test_12_the_lock_of_a_folder_is_judged_before_every_packet(tmp_path: Path) -> None:
    with FolderLock(tmp_path) as lock:
        assert lock.may_send()
        for path in tmp_path.iterdir():
            path.unlink()  # somebody swept the folder up; another player may come
        assert not lock.may_send()


# --- 14 -----------------------------------------------------------------------------------------------------------


@QUICK
@given(st.lists(st.tuples(st.sampled_from(["one", "one/backup"]), st.sampled_from(["silent", "restart", "ok"]), st.sampled_from([300, 900, 2600, 5000])), max_size=4))  # fmt: skip
@example([("one", "restart", 300)])
def test_14_what_is_shown_as_lit_a_server_has_confirmed(faults: list[tuple[str, str, int]]) -> None:
    """Its main server, of the clip wanted, by an answer to a question asked after the newest send."""
    playing = Playing(FILE, "19:59:58")
    playing.until("20:00:03")
    for server, fault, wait in faults:
        playing.give(server, fault)
        playing.until(playing.clock.now() + wait)
        for output in playing.board().outputs:
            if output.lit:
                main = output.evidence[0]
                assert main.agreement == "confirmed"
                assert output.wants_light
                assert main.reported_at is not None
                assert main.reported_at > output.since
    playing.give("one", "silent")
    playing.until(playing.clock.now() + evidence.SILENT_AFTER + 1500)
    assert not any(o.lit for o in playing.board().outputs)
