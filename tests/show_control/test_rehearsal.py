"""Whole nights in virtual time: Seoul's, and those of two festivals of another shape."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schedules.compile import compile_nights
from schedules.festival_file import decode
from show_control.cue_sheet import line, text
from show_control.events import Call
from show_control.model import NightFile
from show_control.night_file import content_hash, pack_night_file
from show_control.rehearsal import Rehearsed, rehearse
from tests.schedules.examples import GALLERY, RIVER, SEOUL
from tests.show_control.house import FILE, LOOP, at, night_file, slot


def night(festival: str, of: str, *calls: str) -> tuple[NightFile, Rehearsed]:
    file = compile_nights(decode(festival), nights=[date.fromisoformat(of)]).night_file
    made = [asked(c, file) for c in calls]
    return file, rehearse(file, made)


def asked(said: str, file: NightFile) -> tuple[int, Call]:
    when, name, *words = said.split()
    named = "output" if name in ("enable", "disable") else "run"
    given = dict(zip((named, "standby"), words, strict=False))
    return at(when, file.nights[0].date, file.time_zone), Call(call=name, by="caller", **given)


def sheet(festival: str, of: str, *calls: str) -> list[str]:
    """The lines as printed, without what the cues do."""
    file, played = night(festival, of, *calls)
    views = [line(e, file.time_zone) for e in played.entries]
    return [
        text(v).partition(" -> ")[0].rpartition("  ")[0] if " -> " in v.text else text(v)
        for v in views
        if v
    ]


def briefly(lines: list[str]) -> list[str]:
    """`20:05:00.000 opening-ceremony 2 GO`, without surfaces and names."""
    kept = []
    for each in lines:
        when, _surface, *words = each.split("  ")
        kept.append(
            " ".join((when, words[0], words[1], words[-1]) if len(words) > 2 else (when, *words))
        )
    return kept


# --- Seoul ------------------------------------------------------------------------------------------------------

CEREMONY = (
    "19:50 enable bridge-laser", "20:05 go opening-ceremony 1", "20:06 go opening-ceremony 2",
    "20:10 go opening-ceremony 3", "20:14:30 go opening-ceremony 3.5", "20:15 go opening-ceremony 4",
    "20:22 go opening-ceremony 8", "20:23 go opening-ceremony 9",
)  # fmt: skip
WORKS = (("1", 0), ("2", 310), ("3", 620), ("4", 1230), ("5", 1420))
"""A pass of the loop: each work's first second, a changeover of ten seconds between."""


def clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.000"


def passes(*starts: tuple[str, str]) -> Iterator[str]:
    for name, begins in starts:
        hours, minutes = map(int, begins.split(":"))
        first = hours * 3600 + minutes * 60
        for cue, after in WORKS:
            how = "auto" if cue == "1" else "follow"
            yield f"{clock(first + after)} {name} {cue} {how}"
        yield f"{clock(first + 1600)} {name} ends: its last cue ended"


def test_the_opening_night_of_seoul() -> None:
    assert briefly(sheet(SEOUL, "2025-08-28", *CEREMONY)) == [
        "19:50:00.000 enable bridge-laser by caller",
        "20:00:00.000 facade-loop.1 displaced by opening-ceremony",
        "20:00:00.000 opening-ceremony stands by",
        "20:05:00.000 opening-ceremony 1 GO",
        "20:06:00.000 opening-ceremony 2 GO",
        "20:10:00.000 opening-ceremony 3 GO",
        "20:14:30.000 opening-ceremony 3.5 GO",
        "20:15:00.000 opening-ceremony 4 GO",
        "20:15:00.000 opening-ceremony 5 with",
        "20:15:10.000 opening-ceremony 6 follow",
        "20:15:12.500 opening-ceremony 6.5 with",
        "20:18:10.000 opening-ceremony 7 follow",
        "20:18:10.000 opening-ceremony 7.5 with",
        "20:22:00.000 opening-ceremony 8 GO",
        "20:23:00.000 opening-ceremony 9 GO",
        "20:23:02.000 opening-ceremony ends: its last cue ended",
        "20:30:00.000 opening-ceremony bridge-laser dark: slot end",
        *passes(("facade-loop.2", "20:30"), ("facade-loop.3", "21:00"), ("facade-loop.4", "21:30")),
        "22:30:00.000 curfew",
        "22:30:00.000 curfew",
    ]


def test_the_second_night_of_seoul_has_four_passes_and_the_laser_where_it_was_enabled() -> None:
    file, played = night(SEOUL, "2025-08-29", "19:50 enable bridge-laser")
    lit = [(s.at, s.packet.address) for s in played.sent if s.packet.output == "bridge-laser"]
    assert lit == [
        (instant(file, "20:00"), "/laser/level"),
        (instant(file, "20:00"), "/laser/play"),
        (instant(file, "22:00"), "/laser/stop"),
        (instant(file, "22:30"), "/laser/stop"),
    ]
    told = briefly(sheet(SEOUL, "2025-08-29", "19:50 enable bridge-laser"))
    loops = [t for t in told if "facade-loop" in t]
    assert loops == list(
        passes(
            *(
                (f"facade-loop.{n}", t)
                for n, t in enumerate(("20:00", "20:30", "21:00", "21:30"), 1)
            )
        )
    )


def test_the_laser_stays_dark_where_nobody_enabled_it() -> None:
    _, played = night(SEOUL, "2025-08-29")
    sent = [(s.at, s.packet.address) for s in played.sent if s.packet.output == "bridge-laser"]
    assert {address for _, address in sent} == {"/laser/stop"}
    assert [e.reason for e in played.entries if e.kind == "not_sent"] == [
        "laser not enabled tonight"
    ] * 2


def instant(file: NightFile, when: str) -> int:
    return at(when, file.nights[0].date, file.time_zone)


# --- two festivals of another shape -------------------------------------------------------------------------------


def test_a_night_on_two_banks_over_midnight_and_a_lost_hour() -> None:
    """Berlin leaves out 02:00 to 03:00: the lost hour, of 26:30, is at 27:30, and displaces two loops."""
    told = briefly(sheet(RIVER, "2026-03-28"))
    quay = [f"{clock(18 * 3600 + 23 * 60 + 15 + n * 5400)} quay-night.{n + 1}" for n in range(5)]
    dome = [f"{clock(19 * 3600 + 28 * 60 + 27 + n * 3600)} dome-hours.{n + 1}" for n in range(7)]
    assert [t for t in told if t.endswith(" auto") and "night" in t] == [
        f"{q} 1 auto" for q in quay
    ]
    assert [t for t in told if t.endswith(" auto") and "hours" in t] == [
        *(f"{d} 1 auto" for d in dome), "28:28:27.000 dome-hours.9 1 auto"
    ]  # fmt: skip
    assert [t for t in told if "lost-hour" in t or "curfew" in t] == [
        "24:00:00.000 curfew",
        "25:53:15.000 quay-night.6 displaced by lost-hour",
        "27:28:27.000 dome-hours.8 displaced by lost-hour",
        "27:30:00.000 lost-hour 10 auto",
        "27:30:03.500 lost-hour 20 follow",
        "27:30:03.500 lost-hour 25 with",
        "27:42:03.500 lost-hour 30 follow",
        "27:49:33.500 lost-hour ends: its last cue ended",
        "28:30:00.000 curfew",
        "29:00:00.000 curfew",
    ]


def test_a_night_of_torches_called_by_hand() -> None:
    told = briefly(sheet(
        RIVER, "2026-03-27", "20:50 enable torch-row", "20:59 go torches-first", "21:00:10 go torches-first 1",
        "21:01:10 go torches-first 2",
    ))  # fmt: skip
    assert [t for t in told if "torch" in t] == [
        "20:50:00.000 enable torch-row by caller",
        "20:59:00.000 go refused, caller: torches-first stands by at 21:00:00",
        "21:00:00.000 torches-first stands by",
        "21:00:10.000 torches-first 1 GO",
        "21:01:10.000 torches-first 2 GO",
        "21:11:10.000 torches-first 3 follow",
        "21:11:10.000 torches-first ends: its last cue ended",
        "21:20:00.000 torches-first torch-row dark: slot end",
    ]


TALK = (
    "15:02 go talk 1",
    "15:05 go talk 2",
    "15:20 standby talk 2",
    "15:21 go talk 2",
    "15:46 show_stop",
    "16:10 restore",
)


def test_a_day_in_a_gallery_with_a_talk_that_joins_another_room() -> None:
    told = briefly(sheet(GALLERY, "2025-11-01", *TALK))
    loops = {n: f"{clock(36_000 + (n - 1) * 1800)} wall-loop.{n}" for n in range(1, 17)}
    stopped = {
        11: "displaced by talk",
        12: "displaced by talk",
        13: "skipped: show stopped, by caller",
    }
    assert [t for t in told if "wall-loop" in t and "ends" not in t] == [
        f"{loop} {stopped.get(n, '1 auto')}" for n, loop in loops.items()
    ]
    assert [t for t in told if " talk " in t] == [
        "15:00:00.000 talk stands by",
        "15:02:00.000 talk 1 GO",
        "15:05:00.000 talk 2 GO",
        "15:05:01.000 talk 3 with",
        "15:13:00.000 talk 4 follow",
        "15:13:03.000 talk ends: its last cue ended",
        "15:20:00.000 talk stands by",
        "15:20:00.000 talk 2 standby by caller",
        "15:21:00.000 talk 2 GO",
        "15:21:01.000 talk 3 with",
        "15:29:00.000 talk 4 follow",
        "15:29:03.000 talk ends: its last cue ended",
    ]
    assert [
        t for t in told if "room-loop" in t and t[:5] in ("15:05", "15:14", "15:55", "16:05")
    ] == [
        "15:05:00.000 room-loop.11 1 auto",
        "15:14:00.000 room-loop.11 2 follow",
        "15:55:00.000 room-loop.12 ends: its slot ended",
        "16:05:00.000 room-loop.13 skipped: show stopped, by caller",
    ]


def test_the_talk_plays_in_the_room_it_shares_and_leaves_it_to_its_loop() -> None:
    file, played = night(GALLERY, "2025-11-01", *TALK[:2])
    room = [
        (s.at, s.packet.send.slot)
        for s in played.sent
        if s.packet.output == "room" and s.packet.address == "/room/clip"
    ]
    here = [
        slot_id for when, slot_id in room if instant(file, "15:04") < when < instant(file, "15:26")
    ]
    assert here == ["room-loop.11", "talk", "room-loop.11", None]  # at last its idle


def test_a_monday_has_nothing_but_its_curfews() -> None:
    assert sheet(GALLERY, "2025-11-03") == [
        "18:00:00.000  dark-room  curfew",
        "18:00:00.000  long-wall  curfew",
    ]


def test_the_day_that_is_an_hour_longer_opens_at_ten_by_the_wall() -> None:
    file, played = night(GALLERY, "2025-11-02")
    assert file.nights[0].ends - file.nights[0].starts == 25 * 3_600_000
    assert played.sent[0].at == at("15:00", "2025-11-02", "UTC")


# --- the loop ---------------------------------------------------------------------------------------------------


def test_the_same_night_twice_is_the_same() -> None:
    (_, first), (_, second) = (night(SEOUL, "2025-08-28", *CEREMONY) for _ in range(2))
    assert first.entries == second.entries
    assert [(s.at, s.packet.datagram) for s in first.sent] == [
        (s.at, s.packet.datagram) for s in second.sent
    ]


def test_every_intent_of_a_rehearsal_ends() -> None:
    _, played = night(SEOUL, "2025-08-28", *CEREMONY)
    intents = [(e.term, e.seq) for e in played.entries if e.kind == "intent"]
    assert sorted(tuple(e.data["of"]) for e in played.entries if e.kind == "result") == intents
    assert [e.seq for e in played.entries] == list(range(1, len(played.entries) + 1))


def test_what_ends_at_the_nights_very_end_is_told() -> None:
    file = night_file((LOOP,), (slot("loop", "29:55", "30:00", "loop"),))
    told = [e.reason for e in rehearse(file, []).entries if e.kind == "ended"]
    assert told == ["its slot ended"]


def test_a_call_at_a_cues_instant_comes_after_it() -> None:
    played = rehearse(FILE, [(at("20:00"), Call(call="hold", run="loop.1"))])
    kinds = [e.kind for e in played.entries if e.kind in ("cue_went", "call")]
    assert kinds[:2] == ["cue_went", "call"]


def test_calls_are_made_in_the_order_of_their_instants() -> None:
    calls = [
        (at("20:12"), Call(call="go", run="gala", standby="2")),
        (at("20:11"), Call(call="go", run="gala", standby="1")),
    ]
    assert [
        e.cue for e in rehearse(FILE, calls).entries if e.kind == "cue_went" and e.slot == "gala"
    ] == ["1", "2"]


def test_a_night_file_packs_to_the_same_bytes_each_time() -> None:
    file = compile_nights(decode(SEOUL)).night_file
    again = compile_nights(decode(SEOUL)).night_file
    assert content_hash(pack_night_file(file)) == content_hash(pack_night_file(again))
