"""Timecodes in the festival file: every fault with its place, and what becomes of the rest."""

from __future__ import annotations

import pytest

from schedules.catalogue.model import Cue
from schedules.compile import compile_nights
from schedules.compile_timecode import places
from schedules.faults import FestivalFaults
from schedules.festival_file import decode
from tests.schedules.examples import SMALL

TIMECODE = """
[[timecodes]]
id = "main"
kind = "artnet"
listen = "udp://0.0.0.0:6454"
rate = 25
"""
SHOW = """
[[sequences]]
id = "overture"
timecode = "main"
cues = [
  { number = "1", timecode = "10:00:00:00", do = { action = "play", clip = 1, outputs = ["left"] } },
  { number = "2", timecode = "10:00:30:12", do = { action = "stop", outputs = ["left"] } },
]

[[slots]]
id = "opening"
surface = "wall"
night = 2025-09-01
starts = { at = "22:00" }
duration = "10m"
sequence = "overture"
"""


MINE = SMALL.count("[[sequences]]")
"""The index of this sequence among those of the file."""


def file(timecode: str = TIMECODE, show: str = SHOW) -> str:
    return SMALL + timecode + show


def told(text: str) -> list[tuple[str, str]]:
    try:
        compile_nights(decode(text))
    except FestivalFaults as found:
        mine = f"sequences[{MINE}]"
        return [(f.path.replace(mine, "sequences[0]"), f.message) for f in found.faults]
    return []


def test_a_sequence_at_a_timecode_is_a_timeline_whose_places_are_its_frames() -> None:
    night = compile_nights(decode(file())).night_file
    assert night.timecodes["main"].rate == "25"
    assert night.timecodes["main"].listen == "udp://0.0.0.0:6454"
    show = night.sequences["overture"]
    assert show.timecode == "main"
    assert [(c.timecode, c.at) for c in show.cues] == [
        ("10:00:00:00", 36_000_000),
        ("10:00:30:12", 36_030_480),
    ]


@pytest.mark.parametrize(
    ("written", "rate"), [("24", "24"), ("25.0", "25"), ("29.97", "29.97"), ('"30"', "30")]
)
def test_rates(written: str, rate: str) -> None:
    text = file(TIMECODE.replace("rate = 25", f"rate = {written}"))
    assert compile_nights(decode(text)).night_file.timecodes["main"].rate == rate


@pytest.mark.parametrize(
    ("was", "becomes", "path", "message"),
    [
        ("rate = 25", "rate = 23.976", "timecodes[0].rate", "23.976 is no rate"),
        ("rate = 25", "rate = true", "timecodes[0].rate", "true is no rate"),
        ('"artnet"', '"ltc"', "timecodes[0].kind", '"ltc" is not known'),
        ("udp://0.0.0.0:6454", "tcp://0.0.0.0:6454", "timecodes[0].listen", "not an address"),
        ("udp://0.0.0.0:6454", "udp://desk:6454", "timecodes[0].listen", "not an address"),
        ("udp://0.0.0.0:6454", "udp://1.2.3.999:6454", "timecodes[0].listen", "not an address"),
        ("udp://0.0.0.0:6454", "udp://0.0.0.0:70000", "timecodes[0].listen", "not a port"),
        ("udp://0.0.0.0:6454", "udp://239.0.0.1:6454", "timecodes[0].listen", "Art-Net is broad"),
        ("rate = 25", "", "timecodes[0].rate", "rate is missing"),
        ("rate = 25", "rate = 25\nstream = 256", "timecodes[0].stream", "256 is out of range"),
        ("rate = 25", 'rate = 25\ninterface = "10.0.0.5"', "timecodes[0].interface", "only a mul"),
        ("rate = 25", "rate = 25\nport = 1", "timecodes[0].port", "no key port"),
        ('timecode = "main"', 'timecode = "mian"', "sequences[0].timecode", 'no timecode "mian"'),
        ('timecode = "main"\n', "", "sequences[0].cues[0].timecode", "follows no timecode"),
        ("10:00:30:12", "10:00:30:25", "sequences[0].cues[1].timecode", "is no label at 25"),
        ("10:00:30:12", "10:00:30", "sequences[0].cues[1].timecode", "is no timecode"),
        ('"2", ', '"2", continue = "with", ', "sequences[0].cues[1].continue", "at its timecode"),
        ('"2", ', '"2", pre_wait = "1s", ', "sequences[0].cues[1].pre_wait", "waits for nothing"),
        ('"2", ', '"2", at = "1s", ', "sequences[0].cues[1].at", "has a timecode already"),
        (
            '"2", timecode = "10:00:30:12"',
            '"2", at = "1s"',
            "sequences[0].cues[1].at",
            "is its tim",
        ),
        ('"2", ', '"2", loop = "1", ', "sequences[0].cues[1].loop", "does not loop"),
    ],
)
def test_each_fault_is_told_with_its_place(was: str, becomes: str, path: str, message: str) -> None:
    assert was in TIMECODE + SHOW
    found = told(SMALL + (TIMECODE + SHOW).replace(was, becomes, 1))
    assert [m for p, m in found if p == path and message in m], found


def test_a_frame_that_drop_frame_leaves_out_is_a_fault_and_only_there() -> None:
    left_out = SHOW.replace("10:00:30:12", "10:01:00:01")
    assert told(file(show=left_out)) == []
    (fault,) = told(file(TIMECODE.replace("rate = 25", "rate = 29.97"), left_out))
    assert fault[0] == "sequences[0].cues[1].timecode"
    assert "10:01:00;01 is left out" in fault[1]


def test_a_sequence_without_a_cue_at_its_timecode() -> None:
    show = SHOW.replace('timecode = "10:00:00:00", ', "").replace('timecode = "10:00:30:12", ', "")
    assert told(file(show=show)) == [("sequences[0].timecode", "no cue goes at it")]


@pytest.mark.parametrize(
    ("first", "second", "fault"),
    [
        (("artnet", 6454, ""), ("artnet", 6454, ""), True),
        (("artnet", 6454, ""), ("artnet", 6454, "stream = 1"), False),
        (("mtc", 5004, ""), ("mtc", 5006, ""), False),
        (("mtc", 5004, ""), ("mtc", 5005, ""), True),  # a session takes the port above
        (("mtc", 5004, ""), ("mtc", 5004, ""), True),
    ],
)
def test_two_that_listen_to_the_same(
    first: tuple[str, int, str], second: tuple[str, int, str], fault: bool
) -> None:
    timecodes = "".join(
        f'\n[[timecodes]]\nid = "{name}"\nkind = "{kind}"\nlisten = "udp://0.0.0.0:{port}"\n'
        f"rate = 25\n{more}\n"
        for name, (kind, port, more) in (("main", first), ("other", second))
    )
    assert [p for p, _ in told(file(timecodes))] == (["timecodes[1].listen"] if fault else [])


def test_over_midnight_places_go_on() -> None:
    labels = ("23:59:50:00", "00:00:10:00", None, "00:01:00:00", "23:59:59:00")
    cues = [Cue(number=str(n), timecode=label) for n, label in enumerate(labels)]
    day = 86_400_000
    assert places(cues, "25") == [day - 10_000, day + 10_000, None, day + 60_000, 2 * day - 1000]


@pytest.mark.parametrize(
    ("kept", "warned"),
    [
        (("timecode", "timecode"), False),
        (("genlock", "genlock"), False),
        (("timecode", "genlock"), True),
        (("timecode", None), True),
        ((None, None), True),
    ],
)
def test_the_check_warns_where_servers_on_one_canvas_run_free(
    kept: tuple[str | None, str | None], warned: bool
) -> None:
    text = file().replace(
        'venue = "hall"\n', 'venue = "hall"\ncanvas = { width = 9, height = 9 }\n', 1
    )
    text = text.replace('id = "right"\nserver = "one"', 'id = "right"\nserver = "any"')
    for server, step in zip(('id = "one"', 'id = "any"'), kept, strict=True):
        text = text.replace(server, f'{server}\nin_step = "{step}"' if step else server)
    notices = [n.message for n in compile_nights(decode(text)).notices if "canvas" in n.path]
    assert len(notices) == warned
    if warned:
        assert "nothing of ours keeps them in step" in notices[0]
