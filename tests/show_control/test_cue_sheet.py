"""The cue sheet as it ran: a line for each entry that a caller wants to read back."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from show_control.cue_sheet import does, lasting, line, text
from show_control.entries import Entry
from show_control.events import Call
from show_control.rehearsal import rehearse
from tests.show_control.house import FILE, at

HERE: dict[str, Any] = {
    "night": "2025-09-02",
    "surface": "wall",
    "slot": "gala",
    "run": "small.2025-09-02.gala",
}
PLAY = {"kind": "play", "outputs": ["left", "right"], "clip": 1}


def printed(kind: str, **columns: Any) -> str | None:
    entry = Entry(player="p", term=1, seq=1, kind=kind, **{"at": at("20:05"), **HERE, **columns})
    view = line(entry, "Asia/Seoul")
    return text(view) if view else None


@pytest.mark.parametrize(
    ("kind", "columns", "wanted"),
    [
        ("cue_went", {"cue": "2", "data": {"name": {"en": "Water loop", "ko": "물"}, "how": "GO", "do": [PLAY]}},
         "20:05:00.000  wall  gala  2  Water loop  GO  clip 1 -> left, right"),
        ("cue_went", {"cue": "2", "data": {"how": "follow", "late": 61_000}},
         "20:05:00.000  wall  gala  2  follow  late 1m1s"),
        ("displaced", {"slot": "loop.1", "reason": "displaced by gala"}, "20:05:00.000  wall  loop.1  displaced by gala"),
        ("lapsed", {"reason": "never started"}, "20:05:00.000  wall  gala  lapsed: never started"),
        ("waiting", {"reason": "x is in hand, by Kim"}, "20:05:00.000  wall  gala  waits: x is in hand, by Kim"),
        ("skipped", {"reason": "show stopped"}, "20:05:00.000  wall  gala  skipped: show stopped"),
        ("stands_by", {}, "20:05:00.000  wall  gala  stands by"),
        ("ended", {"reason": "its last cue ended"}, "20:05:00.000  wall  gala  ends: its last cue ended"),
        ("cue_dropped", {"cue": "7", "reason": "GO 8"}, "20:05:00.000  wall  gala  7  dropped: GO 8"),
        ("call", {"by": "Kim", "reason": "smoke", "data": {"call": "show_stop"}},
         "20:05:00.000  wall  gala  show stop by Kim: smoke"),
        ("call", {"slot": None, "run": None, "by": "Kim", "output": "beam", "data": {"call": "enable"}},
         "20:05:00.000  wall  enable beam by Kim"),
        ("call", {"by": "Park", "data": {"call": "ask", "holder": "Kim"}},
         "20:05:00.000  wall  gala  Park asks Kim for control"),
        ("call", {"by": "Park", "data": {"call": "ask", "holder": None}},
         "20:05:00.000  wall  gala  Park takes control"),
        ("call", {"by": "Lee", "data": {"call": "take_over", "holder": "Kim"}},
         "20:05:00.000  wall  gala  Lee takes over control from Kim"),
        ("call", {"by": "Lee", "data": {"call": "hand_back", "to": "Kim"}},
         "20:05:00.000  wall  gala  Lee hands control to Kim"),
        ("call", {"by": "Lee", "data": {"call": "hand_back", "to": None}},
         "20:05:00.000  wall  gala  Lee lets go of control"),
        ("note", {"by": "Lee", "cue": "2", "reason": "late\nby a bar", "data": {"request": None}},
         "20:05:00.000  wall  gala  2  note by Lee: late by a bar"),
        ("refused", {"by": "Lee", "reason": "2 stands by, not 3", "data": {"call": "go"}},
         "20:05:00.000  wall  gala  go refused, Lee: 2 stands by, not 3"),
        ("refused", {"slot": None, "surface": None, "run": "encore", "reason": "there is no run encore tonight", "data": {"call": "go"}},
         "20:05:00.000  encore  go refused: there is no run encore tonight"),
        ("not_sent", {"cue": "6.5", "output": "beam", "reason": "laser not enabled tonight", "data": {"action": PLAY}},
         "20:05:00.000  wall  gala  6.5  not sent: laser not enabled tonight: clip 1 -> beam"),
        ("curfew", {"slot": None, "run": None}, "20:05:00.000  wall  curfew"),
        ("hazard_end", {"reason": "slot end", "data": {"outputs": ["beam"]}}, "20:05:00.000  wall  gala  beam dark: slot end"),
        ("alarm", {"slot": None, "run": None, "surface": None, "night": None, "reason": "no disk", "data": {"code": "x"}},
         "20:05:00.000  alarm: no disk"),
        ("curfew", {"at": at("25:30:00.250"), "slot": None, "run": None}, "25:30:00.250  wall  curfew"),
    ],
)  # fmt: skip
def test_a_line(kind: str, columns: dict[str, Any], wanted: str) -> None:
    assert printed(kind, **columns) == wanted


@pytest.mark.parametrize(
    "kind", ["state", "intent", "result", "life", "evidence", "file", "term", "standby", "started"]
)
def test_what_the_sheet_does_not_tell(kind: str) -> None:
    assert printed(kind, data={"count": 1}) is None


@pytest.mark.parametrize(
    ("sides", "told"),
    [
        ({"main": "not sent: no route", "backup": "not sent: no route"}, "left not sent: no route"),
        ({"main": "not sent: no route", "backup": "sent"}, None),
        ({"main": "sent"}, None),
        ({"main": "not sent: a newer one came", "backup": "not sent: a newer one came"}, None),
        ({"main": "not sent: nothing to change"}, None),
        ({"main": "unknowable", "backup": "unknowable"}, None),
    ],
)
def test_a_send_is_told_where_it_reached_nobody(sides: dict[str, str], told: str | None) -> None:
    line_told = printed("result", output="left", data={"of": [1, 1], **sides})
    assert line_told == (told and f"20:05:00.000  wall  gala  {told}")


def test_a_go_is_told_by_its_cues_own_line() -> None:
    assert printed("call", data={"call": "go"}) is None


def test_actions_in_words() -> None:
    done = [
        PLAY | {"clip_name": "SOLAR"},
        {"kind": "level", "outputs": ["left"], "value": 0.25, "fade": 2000},
        {"kind": "stop", "outputs": ["beam"], "fade": 1500},
        {"kind": "blackout", "outputs": ["beam"]},
    ]
    assert does(done) == (
        "clip 1 SOLAR -> left, right; level 0.25 over 2s -> left; stop over 1500ms -> beam; blackout -> beam"
    )


@pytest.mark.parametrize(
    ("millis", "written"),
    [
        (0, "0s"),
        (2500, "2500ms"),
        (90_000, "1m30s"),
        (5_400_000, "1h30m"),
        (3_600_000, "1h"),
        (2000, "2s"),
    ],
)
def test_lengths_of_time(millis: int, written: str) -> None:
    assert lasting(millis) == written


@pytest.mark.parametrize(
    ("kind", "columns", "wanted"),
    [
        ("cue_went", {"data": {"name": {"en": "Water loop", "ko": "물"}, "how": "GO", "do": [PLAY]}}, "물  GO  클립 1 -> left, right"),
        ("cue_went", {"data": {"how": "follow", "late": 61_000}}, "이어서  1분1초 늦음"),
        ("ended", {"reason": "ended", "data": {"said": {"code": "ended"}}}, "끝남: 사람이 끝냄"),
        ("ended", {"reason": "of an older engine"}, "끝남: of an older engine"),
        ("call", {"by": "Kim", "reason": "smoke", "data": {"call": "show_stop"}}, "공연 중지 (Kim): smoke"),
        ("call", {"by": "Lee", "data": {"call": "take_over", "holder": "Kim"}}, "Lee 님이 Kim 님의 제어권을 넘겨받음"),
        ("refused", {"by": "Lee", "reason": "Kim has control", "data": {"call": "go", "said": {"code": "control", "values": {"by": "Kim"}}}},
         "GO 거부됨 (Lee): Kim 님이 제어권을 갖고 있습니다"),
        ("not_sent", {"output": "beam", "reason": "laser not enabled tonight", "data": {"action": PLAY | {"fade": 2000},
         "said": {"code": "not_enabled", "values": {"hazard": {"code": "hazard.laser"}}}}},
         "보내지 않음: 오늘 밤 레이저 허용 안 됨: 2초 동안 클립 1 -> beam"),
        ("note", {"by": "Lee", "reason": "비가 옴"}, "메모 (Lee): 비가 옴"),
        ("result", {"output": "left", "data": {"main": "not sent: no route"}}, "left 보내지 못함: no route"),
        ("alarm", {"reason": "x", "data": {"code": "disk_slow", "said": {"code": "alarm.disk_slow"}}},
         "경보: 디스크가 기록을 받지 못합니다. 콜이 기록되지 않습니다"),
    ],
)  # fmt: skip
def test_a_line_in_korean(kind: str, columns: dict[str, Any], wanted: str) -> None:
    entry = Entry(player="p", term=1, seq=1, kind=kind, **{"at": at("20:05"), **HERE, **columns})
    view = line(entry, "Asia/Seoul")
    assert view is not None
    assert view.texts["ko"] == wanted
    assert view.texts["en"] == view.text


def test_a_restart_after_a_show_stop_says_how_it_leaves_automation() -> None:
    calls = [("19:00", "automation_off", "Lee"), ("19:10", "show_stop", "Kim"), ("19:20", "restore", "Kim"),
             ("19:30", "automation_on", "Kim"), ("19:40", "show_stop", "Kim"), ("19:50", "restore", "Kim")]  # fmt: skip
    made = [(at(when), msgspec.convert({"call": name, "by": by}, Call)) for when, name, by in calls]
    told = [line(e, FILE.time_zone) for e in rehearse(FILE, made).entries]
    assert [t.text for t in told if t and "restart" in t.text] == [
        "restart by Kim; automation stays off, by Lee",
        "restart by Kim; automation is on",
    ]
