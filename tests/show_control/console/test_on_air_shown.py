"""The console on who is on the picture, the take-over that is asked twice, and timecodes."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from show_control.console import asking, night, standby, top
from show_control.console.rows import Row, text_of
from show_control.console.scene import Scene
from show_control.documents import CutView, OnAirView, PredictionView, TimecodeView
from show_control.entries import Entry
from tests.show_control.console.test_screen import at, entries, seen

__all__ = ["entries"]  # the rehearsed night, as a fixture

HOUR = 3_600_000


def told(rows: list[Row]) -> str:
    return "\n".join(text_of(row) for row in rows)


def switchable(entries: list[Entry], when: str, language: str = "en", **more: Any) -> Scene:
    """The west server's backup can be put on the picture."""
    air = OnAirView(
        which="main",
        since=at("19:40"),
        by="Lee",
        agreement="confirmed",
        reported="main",
        reported_at=at("20:00"),
        offered=False,
    )
    scene = seen(entries, when, language)
    servers = tuple(
        replace(s, on_air=replace(air, **more)) if s.server == "west" else s
        for s in scene.board.servers
    )
    return replace(scene, board=replace(scene.board, servers=servers))


def test_which_side_is_on_the_picture_is_told_with_what_its_switch_says(
    entries: list[Entry],
) -> None:
    assert night.on_air(seen(entries, "20:10"), 60) == []
    assert told(night.on_air(switchable(entries, "20:10"), 60)) == "west on air: MAIN confirmed"
    differs = switchable(entries, "20:10", "ko", agreement="differs")
    assert told(night.on_air(differs, 60)) == "west 송출: 메인 다름"


def test_a_take_over_is_asked_twice_while_a_run_is_under_way_on_it(entries: list[Entry]) -> None:
    scene = switchable(entries, "20:10:05")
    found = asking.on_air(scene, 10_000)
    assert found is not None
    asked = asking.aimed(found, scene)
    assert asking.question(asked, scene) == "Put west BACKUP on the picture? y"
    again = asking.answered(asked, "y", 0)
    assert isinstance(again, asking.Asking)
    assert asking.question(again, scene).startswith("ONCE MORE, Opening night")
    assert asking.answered(again, "y", 0) == "yes"
    assert asking.answered(again, "x", 0) is None


def test_before_the_run_has_started_it_is_asked_once(entries: list[Entry]) -> None:
    scene = switchable(entries, "19:59:30")
    found = asking.on_air(scene, 10_000)
    assert found is not None
    assert asking.answered(asking.aimed(found, scene), "y", 0) == "yes"
    assert asking.on_air(seen(entries, "20:10"), 10_000) is None


def code(**more: Any) -> TimecodeView:
    texts = {"en": "timecode main is not heard", "ko": "타임코드 main 신호가 없음"}
    known = TimecodeView(
        timecode="main",
        kind="artnet",
        rate="25",
        listen="udp://0.0.0.0:6454",
        sender=None,
        status="running",
        position=10 * HOUR,
        label="10:00:00:00",
        at=at("20:10"),
        since=at("20:10"),
        reason=texts["en"],
        reasons=texts,
    )
    return replace(known, **more)


def test_a_timecode_says_where_it_is_or_how_it_is_with_it(entries: list[Entry]) -> None:
    scene = seen(entries, "20:11:02")
    runs = replace(scene, board=replace(scene.board, timecodes=(code(),)))
    assert told(night.timecodes(runs, 60)) == "timecode main 10:01:02"
    lost = replace(scene, board=replace(scene.board, timecodes=(code(status="lost"),)))
    assert told(night.timecodes(lost, 60)) == "timecode main is not heard"


def test_cues_that_wait_for_a_timecode_say_so_across_the_screen(entries: list[Entry]) -> None:
    scene = seen(entries, "20:09:30")
    assert scene.run is not None
    cues = tuple(
        replace(c, timecode="10:03:00:00") if c.number in ("4", "8") else c for c in scene.run.cues
    )
    run = replace(scene.run, waits={"en": "timecode main is not heard"}, cues=cues)
    waits = replace(scene, run=run, board=replace(scene.board, runs=(run,)))
    assert told(top.bands(waits)) == (
        "Opening night: cues wait, timecode main is not heard. GO calls them by hand"
    )
    assert "10:03:00:00" in told(standby.details(waits))
    assert told(night.cues(waits, 60, 20)).count("10:03:00:00") == 1


def predicted(entries: list[Entry], language: str = "en", **more: Any) -> Scene:
    """The facade ends thirteen minutes past its curfew."""
    texts = {"en": "drop facade-loop.4: saves 26:00", "ko": "facade-loop.4 빼기: 26:00 단축"}
    cut = CutView(slots=("facade-loop.4",), saves=1_560_000, texts=texts)
    one = PredictionView(
        surface="facade", ends=at("22:43"), curfew=at("22:30"), over=780_000, cuts=(cut,)
    )
    scene = seen(entries, "20:10", language)
    return replace(scene, board=replace(scene.board, predictions=(replace(one, **more),)))


def test_a_night_that_goes_over_says_by_how_much_and_what_would_mend_it(
    entries: list[Entry],
) -> None:
    assert told(night.predictions(predicted(entries), 80)) == (
        "facade ends 22:43: 13:00 OVER\nto mend it: drop facade-loop.4: saves 26:00"
    )
    assert "맞추려면: facade-loop.4 빼기" in told(night.predictions(predicted(entries, "ko"), 80))
    assert "no slot to drop" in told(night.predictions(predicted(entries, cuts=()), 80))
    fine = predicted(entries, over=0, cuts=())
    assert told(night.predictions(fine, 80)) == "ends: facade 22:43"


def test_an_auto_slot_says_what_it_does_where_it_meets_a_hand(entries: list[Entry]) -> None:
    scene = seen(entries, "20:02")
    slots = tuple(
        replace(s, meets="take over") if s.slot == "facade-loop.2" else s for s in scene.board.slots
    )
    rows = told(night.slots(replace(scene, board=replace(scene.board, slots=slots)), 80, 9))
    assert "takes over from a hand" in rows
    assert rows.count("by itself") >= 1
