"""Every kind of fault, by bending one line of a good file: exactly one path is told."""

from __future__ import annotations

import tomllib
from typing import Any

import msgspec
import pytest

from schedules.catalogue.model import Festival
from schedules.catalogue.rules import cross_faults
from schedules.catalogue.walk import Walk
from schedules.faults import Fault, FestivalFaults
from schedules.festival_file import decode, read
from tests.schedules.examples import GALLERY, RIVER, SEOUL, SMALL, bent

CUE_1 = '{ outputs = ["surface:wall"], action = "play", clip = 7 }'
CUE_2 = '{ number = "2", do'
DO_1 = "sequences[0].cues[0].do[0]"


def faults_of(text: str) -> tuple[Fault, ...]:
    with pytest.raises(FestivalFaults) as caught:
        decode(text)
    return caught.value.faults


@pytest.mark.parametrize("text", [SEOUL, RIVER, GALLERY, SMALL])
def test_good_files_have_no_fault(text: str) -> None:
    assert read(text)[1] == ()


@pytest.mark.parametrize("text", [SEOUL, RIVER, GALLERY, SMALL])
def test_a_decoded_festival_can_be_stored(text: str) -> None:
    festival = decode(text)
    assert msgspec.json.decode(msgspec.json.encode(festival), type=Festival) == festival
    assert msgspec.convert(msgspec.to_builtins(festival), type=Festival) == festival


# ------------------------------------------------------- single values, told by the walk

VALUES = [
    ("format = 1", "format = 2", "format", "out of range"),
    ("format = 1", 'format = "1"', "format", "not a whole number"),
    ("format = 1\n", "", "format", "missing"),
    ('id = "small"', 'id = "Small Night"', "festival.id", "not an id"),
    ('id = "small"\n', "", "festival.id", "missing"),
    ('kind = "festival"', 'kind = "festivl"', "festival.kind", "not known"),
    ('title = { en = "Small" }', "title = {}", "festival.title", "not a text"),
    ('title = { en = "Small" }', 'title = { en = "" }', "festival.title.en", "not a text"),
    ('title = { en = "Small" }', 'title = { "e n" = "x" }', "festival.title.e n", "language"),
    ('"Asia/Seoul"', '"Asia/Soul"', "festival.time_zone", "no time zone"),
    ('"Asia/Seoul"', '"../Seoul"', "festival.time_zone", "no time zone"),
    ('"Asia/Seoul"', "9", "festival.time_zone", "no time zone"),
    ('night_ends = "06:00"', 'night_ends = "6am"', "festival.night_ends", "not a night time"),
    ('night_ends = "06:00"', 'night_ends = "30:00"', "festival.night_ends", "wall time"),
    ('night_ends = "06:00"', "night_ends = 06:00:00", "festival.night_ends", "not a night time"),
    ("to = 2025-09-03", 'to = "2025-09-03"', "festival.nights.to", "not a date"),
    ("to = 2025-09-03", "to = 2025-09-03T00:00:00Z", "festival.nights.to", "date and a time"),
    ("to = 2025-09-03", "to = 2025-08-03", "festival.nights.to", "before"),
    ("to = 2025-09-03", "to = 2035-09-03", "festival.nights.to", "more than 1000"),
    ("nights = { from = 2025-09-01, to = 2025-09-03 }", "", "festival.nights", "missing"),
    ('[[venues]]\nid = "hall"', '[venues]\nid = "hall"', "venues", "not a list"),
    ("[[artists]]", "[[artist]]", "artist", "no key artist"),
    ('id = "hall"', 'id = "hall"\nlatitude = 91', "venues[0].latitude", "out of range"),
    ('id = "hall"', 'id = "hall"\nlongitude = nan', "venues[0].longitude", "not a number"),
    (
        '[[works]]\nid = "snow"\nduration = "10m"',
        '[[works]]\nid = "snow"\nduration = "10"',
        "works[1].duration",
        "not a length",
    ),
    (
        'id = "snow"\nduration = "10m"',
        'id = "snow"\nduration = "-10m"',
        "works[1].duration",
        "negative",
    ),
    (
        'id = "snow"\nduration = "10m"',
        'id = "snow"\nduration = 600',
        "works[1].duration",
        "not a length",
    ),
    (
        'id = "snow"\nduration = "10m"',
        'id = "snow"\nduration = "9999h"',
        "works[1].duration",
        "longer",
    ),
    ("clips = { wall = 2 }", "clips = { wall = 2.5 }", "works[1].clips.wall", "not a clip"),
    (
        "clips = { wall = 2 }",
        "clips = { wall = { att = 2, at = 2 } }",
        "works[1].clips.wall.att",
        "no key att",
    ),
    (
        "clips = { wall = 2 }",
        "clips = { wall = 2 }\ntools = { name = 1 }",
        "works[1].tools",
        "not a list",
    ),
    (
        "clips = { wall = 2 }",
        "clips = { wall = 2 }\ntools = [1]",
        "works[1].tools[0]",
        "not a table",
    ),
    (
        "params = { layer = 2 }",
        'params = { layer = 2 }\nhazard = "lasr"',
        "outputs[1].hazard",
        "not known",
    ),
    ("passes = 2", "passes = true", "patterns[0].passes", "not a whole number"),
    ("passes = 2", "passes = 0", "patterns[0].passes", "out of range"),
    ("passes = 2", "passes = 100000", "patterns[0].passes", "out of range"),
    ('works = ["rain", "snow"]', 'works = "rain"', "patterns[0].works", "not a list"),
    ('works = ["rain", "snow"]', 'works = ["rain", 7]', "patterns[0].works[1]", "not text"),
    (
        'works = ["rain", "snow"]',
        'works = ["rain", "snow"]\nweekdays = ["mon", "tues"]',
        "patterns[0].weekdays[1]",
        "not known",
    ),
    (
        'starts = { at = "20:00" }',
        'starts = { at = "20:60" }',
        "patterns[0].starts.at",
        "not a night time",
    ),
    (
        'starts = { at = "20:00" }',
        'starts = { at = "8:00 pm" }',
        "patterns[0].starts.at",
        "not a night time",
    ),
    (
        'starts = { at = "20:00" }',
        'starts = { att = "20:00", at = "20:00" }',
        "patterns[0].starts.att",
        "no key att",
    ),
    ('starts = { at = "20:00" }', 'starts = "20:00"', "patterns[0].starts", "not a table"),
    ('starts = { at = "20:00" }\n', "", "patterns[0].starts", "missing"),
    ('surface = "wall"\nstarts', "starts", "patterns[0].surface", "missing"),
    (CUE_2, "{ number = 2, do", "sequences[0].cues[1].number", "not text"),
    (CUE_2, '{ nmber = "3", number = "2", do', "sequences[0].cues[1].nmber", "no key nmber"),
    (CUE_2, '{ number = "2", continue = "auto", do', "sequences[0].cues[1].continue", "not known"),
    (CUE_2, '{ number = "2", warn = 30, do', "sequences[0].cues[1].warn", "not a length"),
    (CUE_1, CUE_1.replace("7", "-7"), f"{DO_1}.clip", "not a clip"),
    (CUE_1, CUE_1.replace('"play"', '"plai"'), f"{DO_1}.action", "not known"),
    (CUE_1, CUE_1.replace("7 }", '7, fade = "2 s" }'), f"{DO_1}.fade", "not a length"),
]


@pytest.mark.parametrize(
    ("old", "new", "right"),
    [
        ('starts = { at = "20:00" }', 'starts = "20:00"', 'write { at = "20:00" }'),
        ('starts = { at = "20:00" }', 'starts = "sunset"', 'write { sun = "sunset" }'),
        ('starts = { at = "20:00" }', 'starts = "8:00 pm"', "write { key = value, ... }"),
        ('{ address = "/stop" }', '"/stop"', 'write { address = "/stop" }'),
    ],
)
def test_what_stands_where_a_table_should_is_said_as_that_table(
    old: str, new: str, right: str
) -> None:
    (fault,) = faults_of(bent(SMALL, old, new))
    assert fault.right == right


@pytest.mark.parametrize(("old", "new", "path", "words"), VALUES)
def test_a_value_that_cannot_be_read(old: str, new: str, path: str, words: str) -> None:
    (fault,) = faults_of(bent(SMALL, old, new))
    assert fault.path.replace('"', "") == path
    assert words in fault.message
    assert fault.right
    assert fault.severity == "fault"


# ------------------------------------------------------------------ rules between parts

RULES = [
    # references
    ('id = "floor"\nvenue = "hall"', 'id = "floor"\nvenue = "hal"', "surfaces[1].venue", "hall"),
    ('server = "any"', 'server = "an"', "outputs[2].server", "any"),
    ('starts = { at = "20:00" }', 'starts = { at = "20:00" }\nshares = ["flor"]',
     "patterns[0].shares[0]", "floor"),
    ('sequence = "show"', 'sequence = "shows"', "slots[0].sequence", "write show"),
    ('works = ["rain", "snow"]', 'works = ["rain", "sno"]', "patterns[0].works[1]", "write snow"),
    ('"surface:wall", "below"', '"surface:wal", "below"',
     "sequences[0].cues[1].do[0].outputs[0]", "write surface:wall"),
    ('"surface:wall", "below"', '"surface:wall", "belov"',
     "sequences[0].cues[1].do[0].outputs[1]", "write below"),
    ('clips = { wall = 2 }', 'clips = { wall = 2, walls = 3 }', "works[1].clips.walls", "write wall"),
    ('id = "kim"', 'id = "kim"\n[[cohorts]]\nid = "lab"\nmembers = ["kin"]',
     "cohorts[0].members[0]", "write kim"),
    ('id = "kim"', 'id = "kim"\n[[nodes]]\nid = "power"\nfeeds = ["one", "two"]',
     "nodes[0].feeds[1]", "one of"),
    ('id = "kim"', 'id = "kim"\n[[projectors]]\nid = "lamp"\naddress = "10.0.0.1:4352"\noutput = "lft"',
     "projectors[0].output", "write left"),
    # ids
    ('id = "right"', 'id = "left"', "outputs[1].id", "give each its own"),
    ('id = "gala"', 'id = "loop"', "slots[0].id", "another id"),
    # machines
    ('main = "udp://127.0.0.1:7000"', 'main = "127.0.0.1:7000"', "servers[0].main", "udp://"),
    ('main = "udp://127.0.0.1:7000"', 'main = "udp://127.0.0.1"', "servers[0].main", "udp://"),
    ('main = "udp://127.0.0.1:7000"', 'main = "udp://127.0.0.1:70000"', "servers[0].main", "65535"),
    ('main = "udp://127.0.0.1:7000"', 'main = "udp://[::1]:7000"', "servers[0].main", "IPv4 address"),
    ('main = "udp://127.0.0.1:7000"', 'main = "udp://127.0.0.1:7000"\nbackup = "udp://[fe80::7]:7000"',
     "servers[0].backup", "IPv4 address"),
    ('main = "udp://127.0.0.1:7000"', 'main = "udp://127.0.0.1:7000"\nbackup = "udp://127.0.0.1:7000"',
     "servers[0].backup", "its own"),
    ('main = "udp://127.0.0.1:7000"', 'main = "udp://127.0.0.1:7000"\nfeedback_port = 0',
     "servers[0].feedback_port", "from 1"),
    ('main = "udp://127.0.0.1:7000"', 'main = "udp://127.0.0.1:7000"\nmessages.play = { address = "/x" }',
     "servers[0].messages", "generic"),
    ("params = { layer = 1 }", "params = { layr = 1, layer = 1 }", "outputs[0].params.layr", "layer"),
    ("params = { layer = 1 }", "params = { layer = 0 }", "outputs[0].params.layer", "from 1"),
    ("params = { layer = 1 }\n", "", "outputs[0].params", "layer"),
    ('{ s = "{clip}" }', '{ s = "{clop}" }', "servers[1].messages.play.args[0].s", "write clip"),
    ('{ s = "{clip}" }', '{ s = "{clip" }', "servers[1].messages.play.args[0].s", "{clip}"),
    ('{ s = "{clip}" }', '{ i = "seven" }', "servers[1].messages.play.args[0].i", "or a text as s"),
    ('{ s = "{clip}" }', "{ i = 1.5 }", "servers[1].messages.play.args[0].i", "i = 1"),
    ('{ s = "{clip}" }', "{ i = 3000000000 }", "servers[1].messages.play.args[0].i", "i = 1"),
    ('{ s = "{clip}" }', "{ s = 4 }", "servers[1].messages.play.args[0].s", 's = "..."'),
    ('{ s = "{clip}" }', "{ T = 1 }", "servers[1].messages.play.args[0].T", "T = true"),
    ('{ s = "{clip}" }', '{ b = "0g" }', "servers[1].messages.play.args[0].b", "hex"),
    ('{ s = "{clip}" }', '{ x = 1 }', "servers[1].messages.play.args[0].x", "one of i f s"),
    ('{ s = "{clip}" }', '{ s = "a", i = 1 }', "servers[1].messages.play.args[0]", "{ i = 1 }"),
    ('"/play"', '"play"', "servers[1].messages.play.address", "begin with /"),
    ('"/play"', '"/play it"', "servers[1].messages.play.address", "no spaces"),
    ('"/play"', '"/{clips}/play"', "servers[1].messages.play.address", "write clip"),
    ('id = "kim"', 'id = "kim"\n[[projectors]]\nid = "lamp"\naddress = "10.0.0.1 4352"',
     "projectors[0].address", "host:port"),
    # surfaces
    ('id = "floor"\nvenue = "hall"',
     'id = "floor"\nvenue = "hall"\nsafe = [{ action = "stop", outputs = ["left"] }]',
     "surfaces[1].safe[0].outputs[0]", "of the surface"),
    ('id = "floor"\nvenue = "hall"',
     'id = "floor"\nvenue = "hall"\nidle = { action = "play", work = "snow" }',
     "surfaces[1].idle[0].work", "clips.floor"),
    ('id = "floor"\nvenue = "hall"',
     'id = "floor"\nvenue = "hall"\nopening = "20:00"\ncurfew = "19:00"',
     "surfaces[1].curfew", "after its opening"),
    # night times
    ('id = "floor"\nvenue = "hall"', 'id = "floor"\nvenue = "hall"\ncurfew = "05:00"',
     "surfaces[1].curfew", "write 29:00 of the night before"),
    ('starts = { at = "20:00" }', 'starts = { at = "05:59:59.999" }',
     "patterns[0].starts.at", "write 29:59:59.999 of the night before"),
    ('starts = { at = "20:00" }', 'starts = { at = "31:00" }',
     "patterns[0].starts.at", "write 07:00 of the next night"),
    # actions
    (CUE_1, CUE_1.replace("play", "stop"), f"{DO_1}.clip", "leave it out"),
    (CUE_1, CUE_1.replace('"play", clip = 7', '"level"'), f"{DO_1}.value", "from 0 to 1"),
    (CUE_1, CUE_1.replace('"play", clip = 7', '"level", value = 1.5'), f"{DO_1}.value", "from 0 to 1"),
    (CUE_1, CUE_1.replace('"play", clip = 7', '"level", value = inf'), f"{DO_1}.value", "a number"),
    (CUE_1, CUE_1.replace(", clip = 7", ""), f"{DO_1}.clip", "clip or work"),
    (CUE_1, CUE_1.replace("clip = 7", 'clip = 7, work = "rain"'), f"{DO_1}.work", "clip or work"),
    (CUE_1, CUE_1.replace("clip = 7", 'clip = "seven"'), f"{DO_1}.clip", "its number"),
    (CUE_1, CUE_1.replace("clip = 7", "clip = 0"), f"{DO_1}.clip", "its number"),
    (CUE_1, CUE_1.replace('"surface:wall"', ""), f"{DO_1}.outputs", "surface:ID"),
    ('action = "play", work = "rain"', 'action = "play", work = "snow"',
     "sequences[0].cues[1].do[0].work", "clips.floor"),
    ("clips = { wall = 2 }", 'clips = { wall = "two" }', "works[1].clips.wall", "its number"),
    # cues
    (CUE_2, '{ number = "1", do', "sequences[0].cues[1].number", "its own"),
    (CUE_2, '{ number = "2", continue = "follow", do', "sequences[0].cues[1].continue", "duration"),
    ('{ number = "1", do', '{ number = "1", continue = "with", do',
     "sequences[0].cues[0].continue", "none"),
    # the hand and the schedule
    ('sequence = "show"', 'sequence = "show"\nstart = "manual"\nmeets = "take over"',
     "slots[0].meets", "auto"),
    ("passes = 2", 'passes = 2\nstart = "manual"\nmeets = "skip"', "patterns[0].meets", "auto"),
    ('sequence = "show"', 'sequence = "show"\nlatest_start = "05:30"',
     "slots[0].latest_start", "write 29:30 of the night before"),
    ('main = "udp://127.0.0.1:7000"', 'main = "tcp://127.0.0.1:7000"', "servers[0].main", "udp://"),
    ('dialect = "resolume"', 'dialect = "resolum"', "servers[0].dialect", "resolume"),
    # plan
    ('every = "30m"\n', "", "patterns[0].every", "30m"),
    ('every = "30m"', 'every = "0s"', "patterns[0].every", "30m"),
    ('works = ["rain", "snow"]', "works = []", "patterns[0].works", "at least one"),
    ('works = ["rain", "snow"]', 'works = ["rain", "snow"]\nnights = [2025-09-09]',
     "patterns[0].nights[0]", "2025-09-01 to 2025-09-03"),
    ('works = ["rain", "snow"]', 'works = ["rain", "snow"]\nnights = { from = 2025-09-02 }',
     "patterns[0].nights", "both"),
    ('surface = "wall"\nstarts', 'surface = "floor"\nstarts', "patterns[0].works[1]", "clips.floor"),
    ('id = "snow"\nduration = "10m"', 'id = "snow"', "patterns[0].works[1]", "duration"),
    ("night = 2025-09-02", "night = 2025-09-22", "slots[0].night", "2025-09-01 to 2025-09-03"),
    ('duration = "10m"\nsequence', "sequence", "slots[0].duration", "30m"),
    ('duration = "10m"\nsequence', 'duration = "0m"\nsequence', "slots[0].duration", "30m"),
    ('sequence = "show"', 'sequence = "show"\nworks = ["rain"]', "slots[0].works", "sequence or works"),
    ('sequence = "show"', "", "slots[0].sequence", "sequence or works"),
    ('sequence = "show"', 'sequence = "show"\nshares = ["wall"]', "slots[0].shares[0]", "leave it out"),
    ('starts = { at = "20:00" }', "starts = {}", "patterns[0].starts.at", "sunset"),
    ('starts = { at = "20:00" }', 'starts = { at = "20:00", sun = "sunset" }',
     "patterns[0].starts.sun", "latitude"),
    ('starts = { at = "20:00" }', 'starts = { at = "20:00", offset = "5m" }',
     "patterns[0].starts.offset", "leave it out"),
    ('starts = { at = "20:00" }', 'starts = { sun = "sunset" }', "patterns[0].starts.sun", "latitude"),
    # people
    ('id = "kim"', 'id = "kim"\n[[cohorts]]\nid = "lab"\ncapacity = 1\nmembers = ["kim", "kim"]',
     "cohorts[0].members", "capacity"),
    ('id = "kim"', 'id = "kim"\n[[cohorts]]\nid = "lab"\nterm = { from = 2025-09-02, to = 2025-09-01 }',
     "cohorts[0].term.to", "turn them round"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "path", "right"), RULES)
def test_a_rule_that_does_not_hold(old: str, new: str, path: str, right: str) -> None:
    faults = {fault.path: fault for fault in faults_of(bent(SMALL, old, new))}
    assert path in faults
    assert right in faults[path].right
    beside = [f for f in faults.values() if f.path != path and not _follows(path, f)]
    assert beside == []


def _follows(path: str, fault: Fault) -> bool:
    """What an unknown reference takes with it: a slot without its sequence has no length."""
    return "no duration" in fault.message and path.startswith("works")


def test_a_duplicate_says_where_the_first_one_is() -> None:
    (fault,) = faults_of(bent(SMALL, 'id = "right"', 'id = "left"'))
    assert "the first is at outputs[0].id" in fault.message


def test_following_a_group_whose_with_cue_has_no_known_end() -> None:
    cues = """cues = [
      { number = "1", duration = "5s", do = [{ outputs = ["left"], action = "play", clip = 1 }] },
      { number = "1.5", continue = "with", do = [{ outputs = ["right"], action = "play", clip = 1 }] },
      { number = "2", continue = "follow" },
    ]
    """
    start, end = SMALL.index("cues = ["), SMALL.index("[[patterns]]")
    (fault,) = faults_of(SMALL[:start] + cues + SMALL[end:])
    assert fault.path == "sequences[0].cues[2].continue"
    assert "follows cue 1.5, whose end is not known" in fault.message


def test_a_hazard_that_could_not_be_put_out_is_a_fault() -> None:
    text = bent(SMALL, 'surface = "floor"\n', 'surface = "floor"\nhazard = "laser"\n')
    assert read(text)[1] == ()
    (fault,) = faults_of(bent(text, 'messages.stop = { address = "/stop" }\n', ""))
    assert fault.path == "outputs[2].hazard"
    assert "could not be put out" in fault.message


def test_a_generic_server_that_takes_numbers_is_not_sent_names() -> None:
    (fault,) = faults_of(bent(SMALL, '{ s = "{clip}" }', '{ i = "{clip}" }'))
    assert fault.path == "works[0].clips.floor"


def test_generic_servers_take_every_osc_type() -> None:
    args = '{ i = 1 }, { f = 1 }, { s = "a {value} b" }, { b = "00ff" }, { T = true },'
    args += ' { F = false }, { N = true }, { h = 1 }, { d = "{fade}" }, { t = 1 }'
    assert read(bent(SMALL, '{ s = "{clip}" }', f'{{ s = "{{clip}}" }}, {args}'))[1] == ()


def test_all_faults_are_told_at_once() -> None:
    text = SMALL
    for old, new in [
        ('kind = "festival"', 'kind = "fair"'),
        ('main = "udp://127.0.0.1:7000"', 'main = "tcp://127.0.0.1:7000"'),
        ("clips = { wall = 2 }", "clips = { wall = 2, roof = 2 }"),
        (CUE_2, '{ number = "2", nmae = "x", continue = "follow", do'),
        ("night = 2025-09-02", "night = 2025-10-02"),
    ]:
        text = bent(text, old, new)
    assert [fault.path for fault in faults_of(text)] == [
        "festival.kind",
        "sequences[0].cues[1].continue",
        "sequences[0].cues[1].nmae",
        "servers[0].main",
        "slots[0].night",
        "works[1].clips.roof",
    ]


def test_lists_are_told_by_number() -> None:
    cues = ", ".join('{ number = "a", warn = 1 }' for _ in range(12))
    text = bent(SMALL, '{ number = "2", do', f'{cues}, {{ number = "2", do')
    paths = [fault.path for fault in faults_of(text) if fault.path.endswith("warn")]
    assert paths == [f"sequences[0].cues[{n}].warn" for n in range(1, 13)]


# ------------------------------------------------------------------------------- syntax


@pytest.mark.parametrize(
    ("text", "path", "words"),
    [
        ("format = 1\nfestival = [", "line 2, column 13", "Invalid value"),
        ("format 1", "line 1, column 8", "Expected '='"),
        ("a = 1\na = 2", "line 2, column 6", "Cannot overwrite"),
        ("a = 2025-02-30", "line 1, column 5", "Invalid date"),
        ('a = "\n"', "line 1, column 6", "Illegal character"),
        ("[a", "line 1, column 3", "Expected ']'"),
    ],
)
def test_what_is_not_toml_is_told_by_line_and_column(text: str, path: str, words: str) -> None:
    (fault,) = faults_of(text)
    assert fault.path == path
    assert words in fault.message


def test_an_empty_file_and_one_of_another_shape_are_faults_not_crashes() -> None:
    assert {f.path for f in faults_of("")} == {"format", "festival"}
    assert {f.path for f in faults_of("format = 1\nfestival = 3\nvenues = 4\nslots = [1]")} == {
        "festival",
        "venues",
        "slots[0]",
    }
    assert faults_of("a = " + "[" * 5000)
    assert faults_of("a = " + "9" * 5000)


def test_a_byte_order_mark_is_no_fault() -> None:
    assert read("\ufeff" + SMALL)[1] == ()


def test_line_ends_of_windows_are_no_fault() -> None:
    assert decode(SMALL.replace("\n", "\r\n")) == decode(SMALL)


# ------------------------------------------------------------- nothing crashes the walk


def _leaves(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(value, dict):
        return [p for k, v in value.items() for p in [(*path, k), *_leaves(v, (*path, k))]]
    if isinstance(value, list):
        return [p for n, v in enumerate(value) for p in [(*path, n), *_leaves(v, (*path, n))]]
    return []


JUNK: list[object] = [0, -1, 1.5, True, "", "x", [], {}, [{}], {"x": 1}]


@pytest.mark.parametrize("text", [SEOUL, RIVER, GALLERY])
def test_any_value_anywhere_is_read_or_told(text: str) -> None:
    document = tomllib.loads(text)
    for n, path in enumerate(_leaves(document)):
        inner: Any = document
        for step in path[:-1]:
            inner = inner[step]
        kept, inner[path[-1]] = inner[path[-1]], JUNK[n % len(JUNK)]
        walk = Walk()
        festival = walk.table(document, Festival)
        for fault in [*walk.faults, *cross_faults(festival, walk)]:
            assert fault.path
            assert fault.message
        inner[path[-1]] = kept
