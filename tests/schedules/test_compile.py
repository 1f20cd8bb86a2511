from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from schedules.compile import Compiled, compile_nights
from schedules.faults import FestivalFaults
from schedules.festival_file import decode
from show_control import model, night_file
from show_control.model import Action, Cue, Night, NightFile, Slot
from show_control.night_file_rules import faults
from tests.schedules.examples import GALLERY, RIVER, SEOUL, SMALL, bent

OPENING, SECOND = date(2025, 8, 28), date(2025, 8, 29)
FACADE = ("facade-west", "facade-centre", "facade-east")


@pytest.fixture(scope="module")
def seoul() -> Compiled:
    return compile_nights(decode(SEOUL))


def night(file: NightFile, when: date) -> Night:
    return next(n for n in file.nights if n.date == when.isoformat())


def local(at: int, zone: str = "Asia/Seoul") -> str:
    return f"{datetime.fromtimestamp(at / 1000, ZoneInfo(zone)):%H:%M:%S}"


def slots(file: NightFile, when: date) -> list[tuple[str, str, str]]:
    return [(s.id, local(s.starts), local(s.ends)) for s in night(file, when).slots]


def cue(file: NightFile, sequence: str, number: str) -> Cue:
    return next(c for c in file.sequences[sequence].cues if c.number == number)


# -------------------------------------------------------------------------------- Seoul


def test_the_opening_night(seoul: Compiled) -> None:
    assert slots(seoul.night_file, OPENING) == [
        ("opening-ceremony", "20:00:00", "20:30:00"),
        ("facade-loop.2", "20:30:00", "20:56:40"),
        ("facade-loop.3", "21:00:00", "21:26:40"),
        ("facade-loop.4", "21:30:00", "21:56:40"),
    ]
    (gone,) = night(seoul.night_file, OPENING).displaced
    assert (gone.id, gone.by, local(gone.starts)) == (
        "facade-loop.1",
        "opening-ceremony",
        "20:00:00",
    )
    ceremony = night(seoul.night_file, OPENING).slots[0]
    assert datetime.fromtimestamp(ceremony.starts / 1000, UTC) == datetime(
        2025, 8, 28, 11, tzinfo=UTC
    )
    assert ceremony.outputs == (*FACADE, "bridge-laser")
    assert (ceremony.start, ceremony.programme) == ("manual", "special")
    assert seoul.night_file.run_id(ceremony) == "seoullight-2025-fall.2025-08-28.opening-ceremony"


def test_every_other_night_has_four_passes_and_the_laser(seoul: Compiled) -> None:
    for each in seoul.night_file.nights[1:]:
        assert [s.id for s in each.slots] == [
            "facade-loop.1", "laser.1", "facade-loop.2", "facade-loop.3", "facade-loop.4",
        ]  # fmt: skip
        laser = each.slots[1]
        assert (local(laser.starts), local(laser.ends)) == ("20:00:00", "22:00:00")
        assert laser.outputs == ("bridge-laser",)
        assert not each.displaced


def test_nights_are_bounded_and_have_their_curfews(seoul: Compiled) -> None:
    first = seoul.night_file.nights[0]
    assert datetime.fromtimestamp(first.starts / 1000, UTC) == datetime(2025, 8, 27, 21, tzinfo=UTC)
    assert first.ends == seoul.night_file.nights[1].starts
    assert {s: local(at) for s, at in first.curfews.items()} == {
        "facade": "22:30:00",
        "bridge": "22:30:00",
    }
    assert len(seoul.night_file.nights) == 11


def test_the_ceremony_keeps_its_cues(seoul: Compiled) -> None:
    file = seoul.night_file
    numbers = [c.number for c in file.sequences["opening-night"].cues]
    assert numbers == ["1", "2", "3", "3.5", "4", "5", "6", "6.5", "7", "7.5", "8", "9"]
    dark = cue(file, "opening-night", "1")
    assert dark.do == (Action(kind="blackout", outputs=FACADE, fade=3000),)
    assert dark.name == {"und": "Facade dark"}
    assert dark.on == "Plaza lights are out"
    valley = cue(file, "opening-night", "6")
    assert valley.do == (
        Action(
            kind="play",
            outputs=FACADE,
            clip=5,
            clip_name="VALLEY_LIGHT",
            work="the-valley-and-the-light",
        ),
    )
    assert valley.continues == "follow"
    memo = cue(file, "opening-night", "3.5")
    assert memo.do == ()
    assert memo.warn == 30_000
    assert [c.to for c in memo.calls] == ["laser", "lights"]
    assert cue(file, "opening-night", "6.5").pre_wait == 2500


@pytest.mark.parametrize(
    ("number", "length"),
    [
        ("1", 3000),  # its longest fade
        ("2", None),  # a bare clip has no known end
        ("3", 240_000),  # its duration
        ("3.5", 0),  # a memo
        ("5", 0),
        ("6", 180_000),  # its work's
        ("6.5", 60_000),
        ("9", 2000),
    ],
)
def test_lengths_of_cues(seoul: Compiled, number: str, length: int | None) -> None:
    assert cue(seoul.night_file, "opening-night", number).length == length


def test_a_pass_is_a_sequence_of_its_works(seoul: Compiled) -> None:
    file = seoul.night_file
    cues = file.sequences["pattern:facade-loop"].cues
    assert [c.number for c in cues] == ["1", "2", "3", "4", "5"]
    assert cues[0].name == {"en": "Solar Wind", "ko": "솔라 윈드"}
    level, play = cues[0].do
    assert level == Action(kind="level", outputs=FACADE, value=1.0)
    assert (play.kind, play.clip, play.work) == ("play", 2, "solar-wind")
    assert (cues[0].continues, cues[0].pre_wait) == ("none", 0)
    assert all((c.continues, c.pre_wait) == ("follow", 10_000) for c in cues[1:])
    assert [c.length for c in cues] == [300_000, 300_000, 600_000, 180_000, 180_000]
    assert {s.sequence for s in file.nights[3].slots} == {"pattern:facade-loop", "pattern:laser"}


def test_surfaces_have_a_safe_look_and_idle_actions(seoul: Compiled) -> None:
    bridge = seoul.night_file.surfaces["bridge"]
    assert bridge.safe == (Action(kind="blackout", outputs=("bridge-laser",), fade=2000),)
    assert bridge.idle == (Action(kind="stop", outputs=("bridge-laser",)),)


def test_machines_are_carried(seoul: Compiled) -> None:
    file = seoul.night_file
    assert file.servers["west"].backup == "udp://127.0.0.1:7100"
    assert file.servers["laser"].messages["play"] == model.Message(
        address="/laser/play", args=(model.Argument(tag="s", value="{clip}"),)
    )
    assert (file.outputs["facade-east"].x, file.outputs["facade-east"].width) == (148.0, 74.0)
    assert file.outputs["bridge-laser"].hazard == "laser"


def test_the_check_names_what_is_displaced(seoul: Compiled) -> None:
    told = [str(n) for n in seoul.notices if n.path.startswith("slots")]
    assert told == [
        "slots[0]: opening-ceremony displaces facade-loop.1, 20:00 to 20:26:40, on 2025-08-28"
    ]


def test_the_check_warns_where_servers_run_free_on_one_canvas(seoul: Compiled) -> None:
    (said,) = [str(n) for n in seoul.notices if n.path.endswith("canvas")]
    assert said.startswith("surfaces[0].canvas: west, centre, east share it")
    assert "timecode or genlock" in said


# ------------------------------------------------------------------------ other shapes


@pytest.mark.parametrize("text", [SEOUL, RIVER, GALLERY, SMALL])
def test_what_is_compiled_is_legal_and_always_the_same(text: str) -> None:
    packed = night_file.pack_night_file(compile_nights(decode(text)).night_file)
    assert night_file.unpack_night_file(packed) == compile_nights(decode(text)).night_file
    assert night_file.pack_night_file(compile_nights(decode(text)).night_file) == packed


def test_a_night_over_midnight_and_a_lost_hour() -> None:
    compiled = compile_nights(decode(RIVER))
    lost = night(compiled.night_file, date(2026, 3, 28))
    (slot,) = (s for s in lost.slots if s.id == "lost-hour")
    assert local(slot.starts, "Europe/Berlin") == "03:30:00"
    assert {d.id for d in lost.displaced} == {"dome-hours.8", "quay-night.6"}
    assert "it becomes 27:30" in str(compiled.notices[0])


def test_a_work_over_two_surfaces_is_two_actions() -> None:
    file = compile_nights(decode(RIVER)).night_file
    front, wall = cue(file, "lost-hour", "20").do
    assert (front.outputs, front.clip, front.clip_name) == (
        ("dome-left", "dome-right"),
        3,
        "UNDERTOW",
    )
    assert (wall.outputs, wall.clip, wall.clip_name) == (("quay",), "undertow", None)


def test_what_a_slot_shares_its_run_does_not_claim() -> None:
    file = compile_nights(decode(GALLERY)).night_file
    (talk,) = (s for n in file.nights for s in n.slots if s.id == "talk")
    assert talk.outputs == ("wall-a", "wall-b")


def test_a_slot_of_works_lasts_as_long_as_they_do() -> None:
    file = compile_nights(decode(GALLERY)).night_file
    (slot,) = (s for n in file.nights for s in n.slots if s.id == "members-hour")
    assert slot.ends - slot.starts == 20 * 60_000  # eleven, a minute between, eight
    assert slot.sequence == "slot:members-hour"
    assert [c.length for c in file.sequences[slot.sequence].cues] == [660_000, 480_000]


def test_a_surface_may_have_its_own_safe_look_and_idle_actions() -> None:
    idle = compile_nights(decode(GALLERY)).night_file.surfaces["long-wall"].idle
    assert [(a.kind, a.outputs) for a in idle] == [
        ("play", ("wall-a", "wall-b")),
        ("level", ("wall-a", "wall-b")),
    ]
    safe = compile_nights(decode(RIVER)).night_file.surfaces["dome-front"].safe
    assert [(a.kind, a.value, a.fade) for a in safe] == [("level", 0.1, 3000)]


def test_outputs_named_twice_are_told_once() -> None:
    text = bent(SMALL, '"surface:wall", "below"', '"right", "surface:wall", "below", "left"')
    file = compile_nights(decode(text)).night_file
    wall, floor = cue(file, "show", "2").do
    assert wall.outputs == ("right", "left")
    assert floor.outputs == ("below",)


# ----------------------------------------------------------------------------- choosing


def test_only_the_nights_that_are_named() -> None:
    compiled = compile_nights(decode(SEOUL), nights={SECOND}, version=3)
    assert [n.date for n in compiled.night_file.nights] == ["2025-08-29"]
    assert set(compiled.night_file.sequences) == {"pattern:facade-loop", "pattern:laser"}
    assert compiled.night_file.version == 3


def test_a_night_that_the_festival_does_not_have() -> None:
    with pytest.raises(FestivalFaults) as caught:
        compile_nights(decode(SEOUL), nights=[date(2025, 10, 1)])
    (fault,) = caught.value.faults
    assert fault.path == "festival.nights"
    assert str(fault).endswith("its nights are 2025-08-28 to 2025-09-07")


def test_all_that_planning_finds_is_raised_at_once() -> None:
    text = bent(bent(SMALL, '"30m"', '"10m"'), '"20:10"', '"29:55"')
    with pytest.raises(FestivalFaults) as caught:
        compile_nights(decode(text))
    assert [f.path for f in caught.value.faults] == ["patterns[0]", "slots[0]"]


def test_slots_are_by_start() -> None:
    def starts(found: Night) -> list[int]:
        return [slot.starts for slot in found.slots]

    for text in (SEOUL, RIVER, GALLERY):
        for each in compile_nights(decode(text)).night_file.nights:
            assert starts(each) == sorted(starts(each))
            assert all(isinstance(slot, Slot) for slot in each.slots)


def test_a_generic_server_without_all_messages_is_told_of() -> None:
    text = bent(SMALL, 'messages.level = { address = "/level", args = [{ f = "{value}" }] }\n', "")
    assert any(
        "any has no message for level" in str(n) for n in compile_nights(decode(text)).notices
    )


def test_an_exception_on_no_night_is_told_of() -> None:
    text = bent(SMALL, "passes = 2", "passes = 2\nexcept = [2025-12-01]")
    assert any("2025-12-01" in str(n) for n in compile_nights(decode(text)).notices)


def test_a_slot_carries_its_rule_and_its_latest_start() -> None:
    text = bent(
        SMALL, 'sequence = "show"', 'sequence = "show"\nmeets = "take over"\nlatest_start = "20:40"'
    )
    text = bent(text, "passes = 2", 'passes = 2\nmeets = "skip"')
    slots = [s for n in compile_nights(decode(text)).night_file.nights for s in n.slots]
    (gala,) = [s for s in slots if s.id == "gala"]
    assert (gala.meets, gala.latest_start) == ("take over", gala.starts + 30 * 60_000)
    assert {(s.meets, s.latest_start) for s in slots if s.id != "gala"} == {("skip", None)}


def test_a_sequence_that_is_only_ended_is_known_to_the_player() -> None:
    """Which refuses a file whose cues name what it does not have."""
    ends = 'clip = 7 }, { action = "end", sequence = "spare" }'
    spare = '\n[[sequences]]\nid = "spare"\ncues = [{ number = "1" }]\n'
    file = compile_nights(decode(bent(SMALL, "clip = 7 }", ends) + spare)).night_file
    assert "spare" in file.sequences
    assert faults(file) == []
