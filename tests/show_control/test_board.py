"""Entries folded into the board: what runs, stands by and shows; what servers confirm, and when not."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from show_control import board
from show_control.documents import Board, CueView, OutputView, RunView
from show_control.entries import Entry
from show_control.events import Call
from show_control.intents import alarm_entry
from show_control.model import NightFile
from show_control.rehearsal import rehearse
from show_control.sentences import Sentence, said
from tests.show_control.house import (
    FILE,
    LASER,
    at,
    cue,
    displaced,
    level,
    night_file,
    play,
    sequence,
    slot,
    with_night,
)
from tests.show_control.playing import Playing

CHAIN = sequence(
    "chain",
    cue("1", play(1), length=10_000),
    cue("2", play(2), then="follow", length=10_000),
    cue("2.5", level(0.5), then="with", pre=4000),
    cue("3", play(3), length=None),
    cue("4"),
)
CHAINED = night_file((CHAIN,), (slot("gala", "20:00", "21:00", "chain", start="manual"),))


def seen(file: NightFile, when: str, *calls: tuple[str, str]) -> Board:
    """The board at an instant of a rehearsed night."""
    made = [
        (at(t), Call(call=name, by="Kim", **rest))
        for t, said in calls
        for name, rest in [asked(said)]
    ]
    folded = board.EMPTY
    for entry in rehearse(file, made).entries:
        if entry.at <= at(when):
            folded = board.fold(folded, entry)
    return board.view(folded, at(when))


def asked(said: str) -> tuple[Any, dict[str, str]]:
    name, *words = said.split()
    if name in ("enable", "disable"):
        return name, {"output": words[0]}
    return name, dict(zip(("run", "standby"), words, strict=False))


def run_of(view: Board, slot_id: str = "gala") -> RunView:
    return next(r for r in view.runs if r.slot == slot_id)


def statuses(cues: tuple[CueView, ...]) -> dict[str, str]:
    return {c.number: c.status for c in cues}


# --- what runs and stands by ------------------------------------------------------------------------------------


def test_before_anything_there_is_an_empty_board() -> None:
    view = board.view(board.EMPTY, 0)
    assert (view.festival, view.night, view.runs, view.outputs, view.stopped) == (
        None,
        None,
        (),
        (),
        None,
    )


def test_slots_are_told_from_planned_to_over() -> None:
    file = with_night(FILE, displaced=(displaced("loop.9", "20:15", "20:25", "gala"),))
    whens = {"19:00": "planned", "20:05": "running", "20:12": "ended"}
    assert {w: seen(file, w).slots[0].status for w in whens} == whens
    by_id = {s.slot: s for s in seen(file, "20:31").slots}
    assert (by_id["gala"].status, by_id["gala"].reason) == ("lapsed", "never started")
    assert by_id["gala"].reasons == {"en": "never started", "ko": "시작하지 않음"}
    assert (by_id["loop.9"].status, by_id["loop.9"].reason) == ("displaced", "displaced by gala")
    assert by_id["loop.9"].reasons["ko"] == "gala 순서로 대체됨"
    assert by_id["loop.2"].reasons == {}
    assert [s.slot for s in seen(file, "20:31").slots] == ["loop.1", "gala", "loop.9", "loop.2"]


def test_a_run_tells_what_a_go_would_bring_and_drop() -> None:
    view = run_of(seen(CHAINED, "20:00:30"))
    assert (view.standby, view.standby_count, view.brings, view.drops) == ("1", 1, ("2", "2.5"), ())
    view = run_of(seen(CHAINED, "20:01:11", ("20:01", "go gala")))
    assert (view.standby, view.standby_count, view.drops, view.in_hand, view.by) == (
        "3",
        2,
        ("2.5",),
        True,
        "Kim",
    )


def test_a_run_tells_who_has_control_when_it_began_and_how_long_it_still_takes() -> None:
    view = run_of(seen(FILE, "20:10:30"))
    # 1 for a minute, 2 and 5 at once, 3 and what follows it for half a minute.
    assert (view.control, view.started_at, view.rest) == (None, None, 91_000)
    view = run_of(seen(FILE, "20:12", ("20:11", "go gala")))
    assert view.control is not None
    assert (view.control.by, view.control.since) == ("Kim", at("20:11"))
    assert (view.started_at, view.ended_at, view.rest) == (at("20:11"), None, 31_000)
    calls = (("20:11", "standby gala 5"), ("20:12", "go gala"))
    assert run_of(seen(FILE, "20:12:00.500", *calls)).rest == 0
    view = run_of(seen(FILE, "20:13", *calls))
    assert (view.control, view.ended_at, view.rest) == (None, at("20:12:01"), 0)


def test_how_long_it_takes_is_not_known_where_a_cues_length_is_not() -> None:
    assert run_of(seen(CHAINED, "20:00:30")).rest is None
    assert run_of(seen(CHAINED, "20:02", ("20:01", "standby gala 4"))).rest == 0


def test_each_cue_tells_what_has_come_of_it() -> None:
    view = run_of(seen(CHAINED, "20:01:11", ("20:01", "go gala")))
    assert statuses(view.cues) == {
        "1": "ended",
        "2": "running",
        "2.5": "pending",
        "3": "standing by",
        "4": "to come",
    }
    by_number = {c.number: c for c in view.cues}
    assert by_number["2"].went == at("20:01:10")
    assert by_number["2.5"].due == at("20:01:14")


def test_of_a_long_list_only_what_something_has_come_of_is_viewed_again() -> None:
    long = sequence("long", *(cue(str(n), play(n), length=1000) for n in range(1, 801)))
    file = night_file((long,), (slot("gala", "20:00", "21:00", "long", start="manual"),))
    folded = board.EMPTY
    for entry in rehearse(file, [(at("20:00:01"), Call(call="go", by="Kim", run="gala"))]).entries:
        if entry.at <= at("20:00:02"):
            folded = board.fold(folded, entry)
    first, then = (run_of(board.view(folded, at(when))).cues for when in ("20:00:02", "20:00:03"))
    assert statuses(then) == {"1": "ended", "2": "standing by"} | {
        str(n): "to come" for n in range(3, 801)
    }
    assert [a.number for a, b in zip(first, then, strict=True) if a is not b] == ["1", "2"]


def test_a_dropped_and_a_skipped_cue_say_so_until_they_go_after_all() -> None:
    calls = [("20:01", "go gala"), ("20:01:11", "go gala 3"), ("20:02", "skip gala")]
    view = run_of(seen(CHAINED, "20:02:30", *calls))
    assert (statuses(view.cues)["2.5"], statuses(view.cues)["4"]) == ("dropped", "skipped")
    calls += [
        ("20:03", "standby gala 2.5"),
        ("20:03:01", "go gala"),
        ("20:03:02", "standby gala 4"),
        ("20:03:03", "go gala"),
    ]
    view = run_of(seen(CHAINED, "20:03:06", *calls))
    assert (statuses(view.cues)["2.5"], statuses(view.cues)["4"]) != ("dropped", "skipped")


def test_the_latest_performance_is_the_slots() -> None:
    calls = [("20:01", "go gala"), ("20:02", "end gala"), ("20:03", "standby gala 1")]
    view = seen(CHAINED, "20:04", *calls)
    assert (view.slots[0].run, view.slots[0].status) == ("small.2025-09-02.gala.2", "standing by")
    # At its end the first performance is closed after the second was made: the second is still the slot's.
    assert seen(CHAINED, "21:01", *calls).slots[0].status == "lapsed"


def test_a_show_stop_and_the_enables_are_told() -> None:
    view = seen(FILE, "20:06", ("20:01", f"enable {LASER}"), ("20:05", "show_stop"))
    assert view.stopped is not None
    assert (view.stopped.by, view.stopped.at, view.automation) == ("Kim", at("20:05"), False)
    assert next(o for o in view.outputs if o.output == LASER).enabled_by == "Kim"


def test_a_surface_is_as_long_as_its_outputs_reach() -> None:
    view = seen(FILE, "19:00")
    assert {s.surface: s.length for s in view.surfaces} == {"wall": 10.0, "bridge": None}
    assert {s.surface: s.curfew for s in view.surfaces} == {
        "wall": at("23:00"),
        "bridge": at("23:00"),
    }


@pytest.mark.parametrize(
    ("when", "night"), [("05:00", "2025-09-02"), ("29:59", "2025-09-02"), ("31:00", "2025-09-02")]
)
def test_the_night_that_is_on_else_the_next_else_the_last(when: str, night: str) -> None:
    folded = board.fold(
        board.EMPTY,
        Entry(
            player="p",
            term=1,
            seq=1,
            at=0,
            kind="file",
            data={"hash": "h", "file": msgspec.to_builtins(FILE)},
        ),
    )
    folded = board.fold(
        folded,
        Entry(
            player="p",
            term=1,
            seq=2,
            at=0,
            kind="state",
            data={"patch": {"loaded": "h", "files": ["h"]}},
        ),
    )
    assert board.view(folded, at(when)).night == night


# --- what servers confirm ---------------------------------------------------------------------------------------


def entry(kind: str, when: int, **rest: Any) -> Entry:
    return Entry(player="p", term=1, seq=when, at=when, kind=kind, **rest)


def told(which: str, agreement: str, when: int, reported_at: int | None = None) -> Entry:
    data: dict[str, Any] = {"which": which, "agreement": agreement}
    if reported_at is not None:
        data |= {"reported_at": reported_at, "reported": {"clip": 7}}
    return entry("evidence", when, output="left", server="one", data=data)


def sent(when: int, **sides: str) -> Entry:
    return entry("result", when, output="left", data={"of": [1, 1], **sides})


def lit_wall() -> board.Fold:
    """Cue 1 of the gala has put clip 7 on the wall; nothing was heard of servers."""
    folded = board.EMPTY
    for each in rehearse(FILE, [(at("20:11"), Call(call="go", run="gala", by="Kim"))]).entries:
        if each.at <= at("20:11") and each.kind not in ("result", "evidence", "life"):
            folded = board.fold(folded, each)
    return folded


def left(folded: board.Fold, *entries: Entry) -> OutputView:
    for each in entries:
        folded = board.fold(folded, each)
    return next(o for o in board.view(folded, at("20:12")).outputs if o.output == "left")


T = at("20:11")
SENT = sent(T, main="sent", backup="sent")


def test_nothing_heard_is_no_reply() -> None:
    view = left(lit_wall(), SENT)
    assert (view.wants_light, view.agreement, view.lit) == (True, "no reply", False)


def test_it_is_lit_where_its_main_confirms() -> None:
    view = left(lit_wall(), SENT, told("main", "confirmed", T + 200, T + 120))
    assert view.lit
    assert [e.agreement for e in view.evidence] == ["confirmed", "no reply"]
    assert view.agreement == "no reply"  # of main and backup the worse


def test_a_backup_alone_lights_nothing() -> None:
    assert not left(lit_wall(), SENT, told("backup", "confirmed", T + 200, T + 120)).lit


def test_nothing_is_confirmed_by_a_report_older_than_its_send() -> None:
    view = left(
        lit_wall(), SENT, told("main", "confirmed", T + 200, T + 120), sent(T + 500, main="sent")
    )
    assert (view.evidence[0].agreement, view.lit) == ("no reply", False)


def test_a_send_to_the_backup_leaves_main_confirmed() -> None:
    view = left(
        lit_wall(), SENT, told("main", "confirmed", T + 200, T + 120), sent(T + 500, backup="sent")
    )
    assert view.lit
    assert view.sent_at == T + 500


def test_what_was_not_sent_undoes_nothing() -> None:
    confirmed = told("main", "confirmed", T + 200, T + 120)
    assert left(
        lit_wall(), SENT, confirmed, sent(T + 500, main="not sent: no route", backup="unknowable")
    ).lit


@pytest.mark.parametrize("agreement", ["differs", "no reply", "cannot be asked"])
def test_it_is_not_lit_where_main_does_not_confirm(agreement: str) -> None:
    view = left(
        lit_wall(),
        SENT,
        told("main", agreement, T + 200, T + 120),
        told("backup", "confirmed", T + 200, T + 120),
    )
    assert (view.lit, view.agreement) == (False, agreement)


def test_what_an_earlier_term_heard_says_nothing_of_now() -> None:
    folded = board.fold(lit_wall(), told("main", "confirmed", T + 200, T + 120))
    view = left(folded, Entry(player="p", term=2, seq=1, at=T + 900, kind="term"))
    assert not view.lit


def test_a_dark_look_that_is_confirmed_is_not_lit() -> None:
    playing = Playing(FILE)
    playing.until("20:00:02")
    assert playing.output("left").lit
    playing.call("fade_out")
    playing.until("20:00:06")
    view = playing.output("left")
    assert (view.agreement, view.wants_light, view.lit, view.dark) == (
        "confirmed",
        False,
        False,
        True,
    )


def test_servers_are_told_with_the_life_of_each_address() -> None:
    playing = Playing(FILE)
    playing.until("20:00:02")
    playing.give("one/backup", "silent")
    playing.until("20:00:08")
    lives = {(s.server, a.which): a.life for s in playing.board().servers for a in s.addresses}
    assert lives == {
        ("one", "main"): "alive",
        ("one", "backup"): "silent",
        ("any", "main"): "not asked",
    }


def test_alarms_stand_until_they_are_cleared() -> None:
    raised = entry("alarm", 5, reason="the clock was stepped", data={"code": "clock"})
    folded = board.fold(board.fold(board.EMPTY, raised), raised)
    (alarm,) = board.view(folded, 9).alarms
    assert (alarm.text, alarm.texts) == ("the clock was stepped", {"en": "the clock was stepped"})
    assert alarm.outputs is None
    folded = board.fold(folded, entry("alarm", 7, data={"code": "clock", "cleared": True}))
    assert board.view(folded, 9).alarms == ()
    assert len(folded.lines) == 2


def test_a_journal_of_before_lines_had_texts_is_folded_with_what_it_has() -> None:
    kept = {"at": 1, "night_time": "20:00", "kind": "curfew", "text": "curfew"}
    kept |= dict.fromkeys(("surface", "slot", "run", "cue", "by"))
    whole = {"whole": True, "files": {}, "patch": {}, "lines": [kept]}
    (line,) = board.fold(board.EMPTY, entry("state", 5, data=whole)).lines
    assert (line.text, line.texts) == ("curfew", {"en": "curfew"})


def test_an_alarm_is_told_in_each_language_with_the_outputs_that_it_touches() -> None:
    why = said("alarm.address", server="one", which=Sentence("backup"), url="udp://x", fault="no")
    raised = Entry(player="p", term=1, seq=1, **alarm_entry("server", 5, why, ["left"]))
    (alarm,) = board.view(board.fold(board.EMPTY, raised), 9).alarms
    assert alarm.texts == {
        "en": "one backup, udp://x: no",
        "ko": "one 백업, udp://x 주소를 쓸 수 없습니다: no",
    }
    assert alarm.outputs == ("left",)


def test_only_the_newest_lines_are_kept() -> None:
    folded = board.EMPTY
    for n in range(100):
        folded = board.fold(folded, entry("curfew", n, surface="wall"))
    assert len(folded.lines) == board.KEPT_LINES
    assert folded.lines[-1].at == 99


def test_a_kind_of_entry_that_is_not_known_changes_nothing() -> None:
    assert board.fold(board.EMPTY, entry("of a later version", 5)) == board.EMPTY
