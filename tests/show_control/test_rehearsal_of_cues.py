"""Timelines, loops, started sequences and what is told once, through whole nights in which clocks change."""

from __future__ import annotations

from pathlib import Path

from schedules.festival_file import read
from show_control.cue_sheet import line, text
from tests.show_control.test_rehearsal import night

FESTIVALS = Path(__file__).parents[1] / "festivals"
BANKS = (FESTIVALS / "two-banks.toml").read_text("utf-8")
PARADE = (FESTIVALS / "spring-parade.toml").read_text("utf-8")


def sheet(festival: str, of: str, *calls: str, language: str = "en") -> list[str]:
    file, played = night(festival, of, *calls)
    views = [v for e in played.entries if (v := line(e, file.time_zone))]
    told = (text(v).replace(v.text, v.texts[language]) if v.text else text(v) for v in views)
    return ["  ".join(t.split("  ")) for t in told]


def test_the_files_have_no_fault() -> None:
    for festival in (BANKS, PARADE):
        assert read(festival)[1] == ()


def test_paris_a_timeline_lies_across_the_hour_that_comes_twice() -> None:
    """03:00 becomes 02:00 again. From 01:45 an hour and a half is 02:15, the second one."""
    told = sheet(BANKS, "2026-10-24", "26:16:30 go hour 4")
    assert [t for t in told if "  hour  " in t] == [
        "25:45:00.000  mill  hour  1  Fall  auto  clip 10 -> wheel; load clip 20 -> roof;"
        " start lanterns",
        "26:15:00.000  mill  hour  2  Roof  timeline  clip 20 over 1s -> roof; go to 1m30s -> wheel",
        "26:16:10.000  mill  hour  3  Bells  follow  OSC /bells 12 -> wheel, roof",
        "26:16:30.000  mill  hour  4  Mayor  GO  level 0.5 -> wheel",
        "26:25:00.000  mill  hour  5  skipped: set to be passed over",
        "26:15:00.000  mill  hour  6  Dark  timeline  end lanterns; stop -> wheel, roof",
        "26:15:00.000  mill  hour  ends: its last cue ended",
    ]
    assert [t for t in told if "  hour:lanterns  " in t][-2:] == [
        "26:05:00.000  quay  hour:lanterns  2  Sink  follow  level 0.2 over 2s -> row",
        "26:15:00.000  quay  hour:lanterns  ends: hour ended it",
    ]


def test_paris_the_loop_on_the_other_bank_keeps_its_instants() -> None:
    _, played = night(BANKS, "2026-10-24")
    went = [
        e for e in played.entries if e.kind == "cue_went" and e.run and e.run.endswith(":lanterns")
    ]
    begun = played.entries[0].at
    first = went[0].at
    assert begun <= first
    assert [(e.cue, (e.at - first) // 60_000, e.data["how"]) for e in went] == [
        ("1", 0, "auto"), ("2", 20, "follow"), ("1", 30, "loop"), ("2", 50, "follow"),
        ("1", 60, "loop"), ("2", 80, "follow"),
    ]  # fmt: skip
    assert all((e.at - first) % 600_000 == 0 for e in went)


def test_paris_what_is_told_once_is_sent_to_main_and_backup() -> None:
    _, played = night(BANKS, "2026-10-24")
    told = [(s.packet.side, s.packet.address) for s in played.sent]
    for address in ("/cue/20/load", "/cue/10/loadActionAt", "/bells"):
        assert [side for side, a in told if a == address] == ["main", "backup"], address


def test_paris_in_korean() -> None:
    told = sheet(BANKS, "2026-10-24", language="ko")
    assert any("lanterns 시작" in t for t in told)
    assert any("건너뜀: 건너뛰도록 지정됨" in t for t in told)


def test_new_york_a_loop_is_left_and_the_parade_follows() -> None:
    """There is no 02:30 that night; a loop that began at 01:31 turns at 01:41, 01:51, and 03:01."""
    told = sheet(
        PARADE, "2027-03-13",
        "25:31 go parade 1", "25:55 enable mast", "27:03 leave parade", "27:15 go parade 4",
    )  # fmt: skip
    went = [(t.split("  ")[0], t.split("  ")[3:6]) for t in told if "  parade  " in t]
    assert went.pop(8)[1][-1] == "leave the loop by caller"
    assert [(when, *rest[:1], rest[-1]) for when, rest in went if rest[0].isdigit()] == [
        ("25:31:00.000", "1", "GO"),
        ("25:35:30.000", "2", "follow"),
        ("25:41:00.000", "1", "loop"),
        ("25:45:30.000", "2", "follow"),
        ("25:51:00.000", "1", "loop"),
        ("25:55:30.000", "2", "follow"),
        ("27:01:00.000", "1", "loop"),
        ("27:05:30.000", "2", "follow"),
        ("27:11:00.000", "3", "follow"),
        ("27:15:00.000", "4", "GO"),
        ("27:16:00.000", "5", "follow"),
    ]


def test_new_york_raw_osc_to_a_laser_waits_for_its_enable() -> None:
    calls = ("25:31 go parade 1", "25:32 go parade 3")
    _, barred = night(PARADE, "2027-03-13", *calls)
    _, enabled = night(PARADE, "2027-03-13", "25:30 enable mast", *calls)
    scenes = [
        [s for s in played.sent if s.packet.address == "/beam/scene"]
        for played in (barred, enabled)
    ]
    assert [len(s) for s in scenes] == [0, 1]
    assert [e.reason for e in barred.entries if e.kind == "not_sent"] == [
        "laser not enabled tonight"
    ]


def test_new_york_standby_by_a_heading_puts_its_first_cue() -> None:
    _, played = night(PARADE, "2027-03-13", "25:31 standby parade Parade")
    assert [e.cue for e in played.entries if e.kind == "standby"][-1] == "3"


def test_rehearsed_twice_it_is_the_same() -> None:
    for festival, of in ((BANKS, "2026-10-24"), (PARADE, "2027-03-13")):
        (_, first), (_, second) = night(festival, of, "25:46 hold hour"), night(festival, of, "25:46 hold hour")  # fmt: skip
        assert [s.packet.datagram for s in first.sent] == [s.packet.datagram for s in second.sent]
        assert first.entries == second.entries
