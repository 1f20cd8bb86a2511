"""Timecode in a rehearsal: from the slot's start, or as the calls file says; and what `simulate` sends."""

from __future__ import annotations

import socket
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from ops.cli import main
from ops.rehearse import CallsFault, read_calls, rehearsed
from schedules.festival_file import decode
from show_control.frames import RATES, Rate, a_day_of_frames, labelled, nanos
from show_control.model import NightFile, Timecode
from show_control.simulator.timecode import (
    Sender,
    after,
    art_net,
    before,
    give_timecode_fault,
    read_label,
    senders,
)
from show_control.timecode import artnet, mtc
from show_control.timecode.seen import Seen
from tests.schedules.catalogue.test_timecode_rules import file

NIGHT = date(2025, 9, 1)


def sheet(calls: str | None = None) -> list[str]:
    """The lines of the run at a timecode."""
    found = rehearsed(file(), NIGHT, calls, as_json=False)
    return [line.replace("  wall  opening", "") for line in found if "opening" in line]


def test_a_timecode_runs_from_its_slots_start() -> None:
    assert sheet() == [
        "22:00:00.000  timecode main runs, 10:00:00:00",
        "22:00:00.000  1  timecode  clip 1 -> left",
        "22:00:30.480  2  timecode  stop -> left",
        "22:00:30.480  ends: its last cue ended",
    ]


def test_the_calls_file_says_what_it_does() -> None:
    calls = """at,call,timecode,to
22:01,timecode,main,09:59:50:00
22:01:05,timecode,main,stopped
22:03,timecode,main,09:59:55:00
22:03:10,timecode,main,lost
22:04,timecode,main,running
"""
    assert sheet(calls) == [
        "22:01:00.000  timecode main runs, 09:59:50:00",
        "22:01:05.000  timecode main stands at 09:59:55:00",
        "22:03:00.000  timecode main runs, 09:59:55:00",
        "22:03:05.000  1  timecode  clip 1 -> left",
        "22:03:11.000  timecode main is lost, last at 10:00:06:00",
        "22:04:00.000  timecode main runs, 10:00:55:00",
        "22:04:00.000  2  timecode  late 24520ms  stop -> left",
        "22:04:00.000  ends: its last cue ended",
    ]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("22:00,timecode,other,10:00:00:00", "line 2: timecode = 'other': it is one of main"),
        ("22:00,timecode,main,10:00", "line 2: '10:00' is no timecode: HH:MM:SS:FF"),
        ("22:00,timecode,main,10:00:00:25", "line 2: 10:00:00:25 is no label at 25"),
    ],
)
def test_a_line_that_cannot_be_used_is_told_of(row: str, fault: str) -> None:
    with pytest.raises(CallsFault) as raised:
        read_calls(f"at,call,timecode,to\n{row}\n", decode(file()), NIGHT)
    assert str(raised.value).startswith(fault)


# --- what `simulate` sends --------------------------------------------------------------------------------------


@pytest.mark.parametrize("rate", RATES)
def test_labels_counted_one_by_one_are_those_that_are_worked_out(rate: Rate) -> None:
    day = a_day_of_frames(rate)
    for first in (0, 17_000, day - 2000):
        label = tuple(labelled(first, rate))
        for n in range(first, first + 4000):
            assert label == tuple(labelled(n, rate))
            assert before(after(label, rate), rate) == label
            label = after(label, rate)


def sender(kind: str, rate: str = "25", start: str = "10:00:00:00") -> tuple[Sender, list[bytes]]:
    timecode = Timecode(id="main", kind=kind, listen="udp://127.0.0.1:9", rate=rate)  # type: ignore[arg-type]
    found, sent = Sender(timecode, read_label(start)), list[bytes]()
    found._say = sent.append  # type: ignore[method-assign]
    found.close()
    return found, sent


def runs(it: Sender, millis: int, at: int = 0) -> int:
    """Its turns; gives the instant after them, in nanoseconds."""
    for now in range(at, at + millis * 1_000_000, 1_000_000):
        it.turn(now)
    return at + millis * 1_000_000


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("kind", ["artnet", "mtc"])
def test_what_is_sent_is_heard_as_it_was_meant(kind: str, rate: Rate) -> None:
    it, sent = sender(kind, rate, "23:59:59:10")
    runs(it, 1500)
    quarters, heard = mtc.NONE_YET, list[Seen]()
    for packet in sent:
        if kind == "artnet":
            seen = artnet.read(packet, 0)
        else:
            quarters, seen = mtc.hear(quarters, packet)
        heard += [seen] if seen is not None else []
    each = nanos(1, rate) / (4 if kind == "mtc" else 1)
    assert {s.rate for s in heard} == {rate}
    apart = [b.position - a.position for a, b in pairwise(heard)]
    day = nanos(a_day_of_frames(rate), rate)
    assert all(a % day == pytest.approx(each, abs=2) for a in apart)
    assert len(heard) == pytest.approx(1500e6 / each, abs=9)


def test_faults_of_a_sender() -> None:
    it, sent = sender("artnet")
    now = runs(it, 200)
    count = len(sent)
    assert give_timecode_fault([it], "timecode/main=loss:400ms", now) is None
    now = runs(it, 400, now)
    assert len(sent) == count
    now = runs(it, 100, now)
    assert sent[-1] == art_net((10, 0, 0, 17), "25")
    assert give_timecode_fault([it], "timecode/main=stop", now) is None
    now = runs(it, 200, now)
    assert len(set(sent[-4:])) == 1
    for fault in ("ok", "jump:11:00:00:00", "rate:30"):
        assert give_timecode_fault([it], f"timecode/main={fault}", now) is None
    now = runs(it, 200, now)
    assert sent[-1][14:] == bytes((sent[-1][14], 0, 0, 11, 3))
    assert give_timecode_fault([it], "timecode/main=reverse", now) is None
    now = runs(it, 400, now)
    assert artnet.read(sent[-1], 0).position < artnet.read(sent[-3], 0).position  # type: ignore[union-attr]
    for wrong in ("timecode/other=ok", "timecode/main=fast", "timecode/main=jump:1"):
        assert give_timecode_fault([it], wrong, now)


def test_senders_begin_at_the_first_cue_or_where_it_is_said() -> None:
    night = NightFile(
        festival="f",
        time_zone="UTC",
        timecodes={"main": Timecode(id="main", kind="mtc", listen="udp://0.0.0.0:5004", rate="25")},
    )
    for text, label in (("main", (0, 0, 0, 0)), ("main@01:02:03:04", (1, 2, 3, 4))):
        (found,) = senders(night, [text])
        found.close()
        assert found.label == label
        assert found._to == ("127.0.0.1", 5004)
    for wrong in ("other", "main@1"):
        with pytest.raises(ValueError, match=r"other|HH:MM:SS:FF"):
            senders(night, [wrong])


def test_simulate_says_which_timecode_a_file_does_not_have(tmp_path: Path) -> None:
    path = tmp_path / "festival.toml"
    path.write_text(file(), "utf-8")
    args = ["simulate", str(path), "--timecode", "mian", "--data-dir", str(tmp_path)]
    result = CliRunner().invoke(main, args)
    assert result.exit_code == 1
    assert "there is no timecode 'mian': main" in result.output


def test_a_sender_is_heard_at_a_socket() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as heard:
        heard.bind(("127.0.0.1", 0))
        heard.settimeout(5)
        listen = f"udp://127.0.0.1:{heard.getsockname()[1]}"
        timecode = Timecode(id="main", kind="artnet", listen=listen, rate="25", stream=3)
        it = Sender(timecode, (1, 2, 3, 4))
        it.turn(0)
        it.close()
        assert artnet.read(heard.recv(64), 3) == Seen(3723 * 10**9 + 160_000_000, "25")
