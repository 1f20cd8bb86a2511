"""A user's own dialect in the data folder: the page's example, checked, compiled, rehearsed, and its faults told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ops.own_dialects import own_dialects
from schedules.compile import compile_nights
from schedules.faults import FestivalFaults
from schedules.festival_file import decode
from show_control.dialects import dialect_of
from show_control.night_file import pack_night_file, unpack_night_file
from tests.show_control.dialects.examples import of_the_page

FESTIVAL = """
format = 1
[festival]
id = "f"
kind = "festival"
title = "F"
time_zone = "UTC"
night_ends = "06:00"
nights = { from = 2026-01-01, to = 2026-01-01 }
[[venues]]
id = "v"
[[surfaces]]
id = "facade"
venue = "v"
[[servers]]
id = "wall"
dialect = "lampwall"
main = "udp://127.0.0.1:9100"
[[outputs]]
id = "wall-2"
server = "wall"
surface = "facade"
params = { head = 2 }
[[sequences]]
id = "s"
[[sequences.cues]]
number = "1"
do = [{ action = "play", clip = "Aurora", outputs = ["wall-2"], fade = "1s" }]
[[slots]]
id = "one"
surface = "facade"
night = 2026-01-01
starts = { at = "20:00" }
duration = "10m"
sequence = "s"
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "dialects").mkdir()
    (tmp_path / "dialects" / "lampwall.toml").write_text(of_the_page(), "utf-8")
    return tmp_path


def test_the_night_file_carries_the_dialect(data: Path) -> None:
    file = compile_nights(decode(FESTIVAL, own_dialects(data))).night_file
    assert unpack_night_file(pack_night_file(file)) == file
    server = file.servers["wall"]
    assert server.declared is not None
    assert dialect_of(server).name == "lampwall"
    assert dialect_of(server).repeating["play"] == "restarts"


def test_without_its_file_the_dialect_is_not_known(tmp_path: Path) -> None:
    with pytest.raises(FestivalFaults, match=r"servers\[0\].dialect.*lampwall"):
        decode(FESTIVAL, own_dialects(tmp_path))


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("head = 0", r"outputs\[0\].params.head: 0 is not a head"),
        ("haed = 2", r"outputs\[0\].params.haed: lampwall has no param haed; write head"),
    ],
)
def test_its_params_are_checked(data: Path, wrong: str, right: str) -> None:
    with pytest.raises(FestivalFaults, match=right):
        decode(FESTIVAL.replace("head = 2", wrong), own_dialects(data))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[actions.play]", "[actions.plya]", "dialects/lampwall.toml: actions.play"),
        ("{head}/show", "{haed}/show", "nothing is filled in for {haed}; write head"),
        ('name = "lampwall"', 'name = "lampwal"', "the file is called lampwall"),
        ('says = "position"', 'says = "positoin"', "write position"),
        ('says = "shows"', 'says = "clip"', "put {clip} into the address"),
        ('{ s = "{clip}" }', '{ x = "{clip}" }', "there is no OSC type x"),
        ("[clip]", "[clip", "not TOML"),
    ],
)
def test_what_is_wrong_in_it_is_told_with_its_place(
    data: Path, old: str, new: str, told: str
) -> None:
    path = data / "dialects" / "lampwall.toml"
    path.write_text(of_the_page().replace(old, new, 1), "utf-8")
    with pytest.raises(FestivalFaults) as found:
        own_dialects(data)
    assert told in str(found.value)


def test_a_user_checks_and_rehearses_with_the_data_folder(data: Path) -> None:
    file = data / "festival.toml"
    file.write_text(FESTIVAL, "utf-8")

    def lamplighter(*arguments: str) -> str:
        command = [sys.executable, "-m", "ops", *arguments, "--data-dir", str(data)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert "no faults" in lamplighter("check", str(file))
    told = lamplighter("rehearse", str(file), "--night", "2026-01-01", "--json")
    assert '"address": "/head/2/show", "args": ["Aurora"]' in told
    assert told.count("/head/2/dim") >= 25, "a fade is a ramp"
