"""What the screen says of a night, from a rehearsal of the opening ceremony."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from schedules.compile import compile_nights
from schedules.festival_file import decode
from show_control import board
from show_control.console import night, standby, top
from show_control.console.korean import LANGUAGES
from show_control.console.last_resort import SafeLook
from show_control.console.outcome import Came, Outcome, cue_outputs
from show_control.console.rows import Row, text_of
from show_control.console.scene import Scene, chosen, neighbour, next_run
from show_control.documents import AlarmView, EvidenceView, Which
from show_control.entries import Entry
from show_control.events import Call
from show_control.model import Millis, NightFile
from show_control.rehearsal import rehearse
from tests.show_control.house import at as at_house

FILE = Path(__file__).parents[3] / "festivals" / "seoullight-2025-fall.toml"
DATE = "2025-08-28"
SLOT = "opening-ceremony"


def at(text: str) -> Millis:
    return at_house(text, DATE)


def go(text: str, cue: str) -> tuple[Millis, Call]:
    return at(text), Call(call="go", by="Kim", run=SLOT, standby=cue)


CALLS = [
    go("20:01", "1"),
    go("20:02", "2"),
    (at("20:02:30"), Call(call="go", by="Lee", run=SLOT, standby="2")),
    go("20:03", "3"),
    go("20:08", "3.5"),
    (at("20:09"), Call(call="enable", by="Kim", output="bridge-laser")),
    go("20:10", "4"),
    (at("20:12"), Call(call="hold", by="Kim", run=SLOT)),
    (at("20:12:30"), Call(call="show_stop", by="Park", reason="rain")),
]


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    file: NightFile = compile_nights(
        decode(FILE.read_text("utf-8")), nights=[date.fromisoformat(DATE)]
    ).night_file
    return rehearse(file, CALLS).entries


def folded(entries: list[Entry], now: Millis) -> board.Fold:
    fold = board.EMPTY
    for entry in entries:
        if entry.at <= now:
            fold = board.fold(fold, entry)
    return fold


def seen(entries: list[Entry], when: str, language: Any = "en", **changed: Any) -> Scene:
    now = at(when)
    shown = changed.pop("shown", None) or board.view(folded(entries, now), now)
    given: dict[str, Any] = {
        "board": shown,
        "now": now,
        "words": LANGUAGES[language],
        "by": "Kim",
        "run": chosen(shown.runs, None),
        "connected": True,
        "stale": False,
        "silent": 100,
    }
    return Scene(**given | changed)


def told(rows: list[Row]) -> str:
    return "\n".join(text_of(row) for row in rows)


def test_the_top_has_clock_night_and_curfew(entries: list[Entry]) -> None:
    row = text_of(top.top(seen(entries, "20:02:10"), 80))
    assert row.startswith(f"20:02:10  night {DATE}")
    assert row.endswith("curfew bridge in 2:27:50")
    assert len(row) == 80


def test_the_cue_that_stands_by_says_all_of_itself(entries: list[Entry]) -> None:
    scene = seen(entries, "20:02:10")
    assert scene.cue is not None
    assert scene.cue.number == "3"
    assert text_of(standby.name(scene)) == "Low look under the address"
    assert told(standby.details(scene)).splitlines() == [
        "wait for: Host: 'please welcome'",
        "say: to sound: Lectern microphone",
        "does: facade: level 25 %, fade 2 s",
    ]


def test_what_go_brings_and_drops_is_named_before_it(entries: list[Entry]) -> None:
    before = told(standby.details(seen(entries, "20:09:30")))
    assert "then, by itself: 5 Full level, 6 The Valley and the Light, 6.5 Laser in" in before
    after = told(standby.details(seen(entries, "20:10:05")))
    assert "GO 8 drops 6, 6.5, 7, 7.5" in after


def test_a_memo_says_that_nothing_is_sent(entries: list[Entry]) -> None:
    assert "does: a memo: nothing is sent" in told(standby.details(seen(entries, "20:05")))


def test_what_runs_has_its_time_left(entries: list[Entry]) -> None:
    rows = told(standby.running(seen(entries, "20:10:04")))
    assert "0:06 left  4 Countdown" in rows
    assert "goes in 0:06  6 The Valley and the Light" in rows
    assert "goes in 0:09  6.5 Laser in" in rows


def test_what_is_held_does_not_say_that_it_goes(entries: list[Entry]) -> None:
    rows = told(standby.running(seen(entries, "20:12:10")))
    assert "held, due in 1:00  7 Timo Helgert" in rows
    assert "goes in" not in rows


def test_the_cues_around_keep_two_that_went_in_sight(entries: list[Entry]) -> None:
    rows = told(night.cues(seen(entries, "20:08:30"), 40, 5)).splitlines()
    assert [row.split()[0] for row in rows] == ["3", "3.5", "▶", "5", "6"]
    assert rows[2].startswith("▶ 4    Countdown")
    assert rows[2].endswith("standing by")


def test_every_slot_has_its_status_and_reason(entries: list[Entry]) -> None:
    rows = told(night.slots(seen(entries, "20:02"), 60, 10)).splitlines()
    assert "20:00 facade-loop.1  displaced by opening-ceremony" in rows
    assert any(r.startswith("20:00 Opening night") and r.endswith("running") for r in rows)
    assert any(r.startswith("20:30") and r.endswith("by itself") for r in rows)


def test_lines_are_those_of_the_cue_sheet(entries: list[Entry]) -> None:
    rows = told(night.lines(seen(entries, "20:03:01"), 120, 3)).splitlines()
    assert len(rows) == 3
    assert rows[-1].startswith("20:03:00 3  Low look under the address  GO  level 0.25 over 2s")
    assert "go refused, Lee: Kim has control" in rows[-2]


def test_lines_reasons_and_alarms_are_in_the_screens_language(entries: list[Entry]) -> None:
    rows = told(night.lines(seen(entries, "20:03:01", "ko"), 120, 3)).splitlines()
    assert "GO 거부됨 (Lee): Kim 님이 제어권을 갖고 있습니다" in rows[-2]
    assert "밝기 0.25" in rows[-1]
    assert "opening-ceremony 순서로 대체됨" in told(
        night.slots(seen(entries, "20:03", "ko"), 120, 9)
    )
    refused = came(phase="refused", reason="no cue stands by", reasons={"ko": "대기 큐 없음"})
    assert "거부됨: 대기 큐 없음" in text_of(
        top.answer(seen(entries, "20:10", "ko"), refused, None)
    )
    alarm = AlarmView(code="x", at=0, text="fire", texts={"en": "fire", "ko": "불"}, outputs=None)
    scene = seen(entries, "20:03", "ko")
    burning = replace(scene, board=replace(scene.board, alarms=(alarm,)))
    assert told(top.bands(burning)) == "경보 불"


def test_hazards_say_who_enabled_them(entries: list[Entry]) -> None:
    assert "LASER not enabled" in told(night.hazards(seen(entries, "20:08"), 60))
    assert "LASER enabled by Kim" in told(night.hazards(seen(entries, "20:09:10"), 60))
    assert "레이저 Kim 허용" in told(night.hazards(seen(entries, "20:09:10", "ko"), 60))


def test_a_show_stop_lies_across_the_screen(entries: list[Entry]) -> None:
    assert top.bands(seen(entries, "20:12")) == []
    stopped = told(top.bands(seen(entries, "20:13")))
    assert stopped == "SHOW STOP by Park, 20:12:30: rain. R: restart"


def test_without_a_word_from_the_player_it_says_so(entries: list[Entry]) -> None:
    scene = seen(entries, "20:05", stale=True, silent=7400)
    assert "No word from the player for 7 s" in told(top.bands(scene))
    scene = seen(entries, "20:05", stale=True, silent=None, connected=False)
    assert "No player answers. S: send the safe look" in told(top.bands(scene))


SIDES: tuple[tuple[Which, int], ...] = (("main", 0), ("backup", 1))


def with_evidence(entries: list[Entry], main: Any, backup: Any, when: str) -> board.Fold:
    fold = folded(entries, at(when))
    evidence = {
        (f"facade-{side}", which): EvidenceView(
            which=which, agreement=(main, backup)[n], reported_at=at(when), reported={}
        )
        for side in ("west", "centre", "east")
        for which, n in SIDES
    }
    return board.replace(fold, evidence=evidence)


@pytest.mark.parametrize(
    ("main", "backup", "says", "tones"),
    [
        ("confirmed", "confirmed", "both confirmed", ["good"]),
        ("confirmed", "no reply", "confirmed · no reply", ["good", "strong"]),
        ("differs", "cannot be asked", "differs · cannot be asked", ["bad", "quiet"]),
    ],
)
def test_outputs_say_what_main_and_backup_confirm(
    entries: list[Entry], main: Any, backup: Any, says: str, tones: list[str]
) -> None:
    fold = with_evidence(entries, main, backup, "20:05")
    rows = night.outputs(seen(entries, "20:05", shown=board.view(fold, at("20:05"))), 50, 9)
    assert text_of(rows[0]) == f"facade-west   {says}".ljust(len(text_of(rows[0])))
    assert [b.tone for b in rows[0][1:] if b.text.strip(" ·")] == tones


def test_a_send_that_nobody_can_have_answered_yet_is_sent(entries: list[Entry]) -> None:
    rows = told(night.outputs(seen(entries, "20:02:01"), 50, 9))
    assert "both sent" in rows
    rows = told(night.outputs(seen(entries, "20:02:20"), 50, 9))
    assert "both no reply" in rows
    assert "confirmed" not in rows


def test_of_too_many_outputs_those_in_doubt_come_first(entries: list[Entry]) -> None:
    fold = with_evidence(entries, "confirmed", "confirmed", "20:05")
    evidence = fold.evidence | {
        ("facade-east", "main"): EvidenceView(
            which="main", agreement="differs", reported_at=at("20:05"), reported={}
        )
    }
    shown = board.view(board.replace(fold, evidence=evidence), at("20:05"))
    rows = told(night.outputs(seen(entries, "20:05", shown=shown), 50, 3)).splitlines()
    assert rows[0].startswith("facade-east")
    assert rows[-1] == "2 more"


def came(**outcome: Any) -> Came:
    given: dict[str, Any] = {"phase": "done", "at": at("20:10")} | outcome
    outputs = ("facade-west", "facade-centre", "facade-east")
    return Came(
        call="go", request="r", what="4", at=at("20:10"), outputs=outputs, outcome=Outcome(**given)
    )


@pytest.mark.parametrize(
    ("outcome", "says"),
    [
        ({"recorded": "on disk"}, "GO 4: went 20:10:00 · on disk · confirmed 0/3"),
        ({"recorded": "not recorded"}, "GO 4: went 20:10:00 · NOT RECORDED · confirmed 0/3"),
        (
            {"phase": "refused", "reason": "the run is held", "by": "Lee", "by_at": 1},
            "GO 4 REFUSED: the run is held (Lee, ",
        ),
        (
            {"phase": "refused", "reason": "4 went 0.4 s ago, by Lee", "by": "Lee", "by_at": 1},
            "GO 4 REFUSED: 4 went 0.4 s ago, by Lee",
        ),
        ({"phase": "unknown"}, "GO 4: NO ANSWER. Look whether it was done."),
        ({"phase": "not sent"}, "GO 4: NOT SENT. No player answers."),
    ],
)
def test_every_answer_is_told(entries: list[Entry], outcome: dict[str, Any], says: str) -> None:
    row = text_of(top.answer(seen(entries, "20:10:05"), came(**outcome), None))
    assert row.startswith(says)


def test_a_go_is_confirmed_by_what_was_sent_since(entries: list[Entry]) -> None:
    fold = with_evidence(entries, "confirmed", "confirmed", "20:10:01")
    scene = seen(entries, "20:10:01", shown=board.view(fold, at("20:10:01")))
    row = top.answer(scene, came(recorded="on disk"), None)
    assert text_of(row).endswith("confirmed 3/3")
    assert row[-1].tone == "good"


def test_the_outputs_of_a_go_are_those_of_what_goes_with_it(entries: list[Entry]) -> None:
    run = seen(entries, "20:09:30").run
    assert run is not None
    assert cue_outputs(run) == ("facade-west", "facade-centre", "facade-east")


@pytest.mark.parametrize(
    ("looked", "says"),
    [
        (SafeLook(ready=7, left=7), "Safe look: 7 of 7 datagrams left"),
        (SafeLook(ready=7, left=6, faults=("udp://x:1: no",)), "6 of 7 datagrams left: udp://x:1"),
        (SafeLook(held=True, holder=4), "a player holds the folder, process 4"),
        (SafeLook(), "No safe look lies ready"),
    ],
)
def test_what_became_of_the_safe_look(entries: list[Entry], looked: SafeLook, says: str) -> None:
    assert says in text_of(top.answer(seen(entries, "20:10"), None, looked))


def with_control(scene: Scene, **control: Any) -> Scene:
    assert scene.run is not None
    assert scene.run.control is not None
    run = replace(scene.run, control=replace(scene.run.control, **control))
    return replace(scene, run=run, board=replace(scene.board, runs=(run,)))


@pytest.mark.parametrize(
    ("language", "by", "says"),
    [
        ("en", "Kim", "you have control since 20:01:00"),
        ("en", "Lee", "Kim has control since 20:01:00. t: take over"),
        ("ko", "Kim", "제어권 나, 20:01:00부터"),
        ("ko", "Lee", "제어권 Kim, 20:01:00부터. t: 넘겨받기"),
    ],
)
def test_who_has_control_is_told(entries: list[Entry], language: str, by: str, says: str) -> None:
    assert told(standby.control(seen(entries, "20:02:10", language, by=by))) == says


def test_nobody_has_control_before_the_first_call(entries: list[Entry]) -> None:
    assert "nobody has control" in told(standby.control(seen(entries, "20:00:30")))


def test_that_control_is_asked_for_is_told_to_who_has_it(entries: list[Entry]) -> None:
    asked = {"asked_by": "Park", "asked_at": at("20:02")}
    mine = with_control(seen(entries, "20:02:10"), **asked)
    assert told(top.bands(mine)) == "Park asks for control, 20:02:00. b: hand it over"
    assert top.bands(with_control(seen(entries, "20:02:10", by="Lee"), **asked)) == []


def test_that_control_was_taken_is_told_for_a_minute_to_whom_it_was_taken_from(
    entries: list[Entry],
) -> None:
    taken = {"by": "Lee", "since": at("20:02"), "before": "Kim"}
    mine = with_control(seen(entries, "20:02:59"), **taken)
    assert told(top.bands(mine)) == "Lee took control from you, 20:02:00. t: take over"
    assert top.bands(with_control(seen(entries, "20:03"), **taken)) == []
    assert top.bands(with_control(seen(entries, "20:02:59", by="Park"), **taken)) == []


def test_a_refusal_for_want_of_control_says_which_key_helps(entries: list[Entry]) -> None:
    refused = came(phase="refused", reason="Kim has control", by="Kim", by_at=at("20:01"))
    row = text_of(top.answer(seen(entries, "20:02:10", by="Lee"), refused, None))
    assert row == "GO 4 REFUSED: Kim has control. t: take over"
    assert text_of(top.answer(seen(entries, "20:02:10"), refused, None)).endswith("has control")


def test_the_run_in_front_is_the_one_picked_then_the_one_in_hand(entries: list[Entry]) -> None:
    scene = seen(entries, "20:10:05")
    assert scene.run is not None
    assert scene.run.slot == SLOT
    assert next_run(scene.board.runs, scene.run) == scene.run.run
    assert neighbour(scene.run, "4", 1) == "5"
    assert neighbour(scene.run, "9", 1) == "9"
    assert neighbour(scene.run, "1", -1) == "1"


def test_an_empty_board_says_what_is_missing() -> None:
    scene = seen([], "20:00")
    assert "no night is loaded" in text_of(top.top(scene, 80))
    assert text_of(standby.name(scene)) == "Nothing stands by"
    assert told(night.slots(scene, 40, 5)) == "no slots tonight"
    assert night.cues(scene, 40, 5) == []


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("width", [20, 38, 90])
def test_no_row_is_wider_than_its_place(entries: list[Entry], language: str, width: int) -> None:
    scene = seen(entries, "20:10:04", language)
    rows = night.cues(scene, width, 20) + night.slots(scene, width, 9) + [top.top(scene, width)]
    rows += night.outputs(scene, width, 9) + night.hazards(scene, width)
    rows += night.lines(scene, width, 20)
    assert max(cell_len(text_of(row)) for row in rows) <= width
