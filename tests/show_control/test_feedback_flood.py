"""Servers that say far too much: what is kept of it stays small, and what they are asked is still heard."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from show_control.hearing import Hearing
from show_control.looks import Look
from show_control.model import Argument, NightFile, Output, Server, Surface
from show_control.osc import encode
from show_control.strangeness import TOLD_EVERY, Strangeness
from show_control.transport import Heard

FLOOD = 5000  # a second of it
CLIP = Look(clip=7, since=0)


def hearing(dialect: str) -> Hearing:
    file = NightFile(
        festival="f",
        time_zone="UTC",
        servers={"s": Server(id="s", dialect=dialect, main="udp://h:1")},
        outputs={"o": Output(id="o", server="s", surface="x", params={"layer": 1})},
        surfaces={"x": Surface(id="x")},
    )
    found = Hearing(lambda *_: None)
    found.open(file, 0)
    return found


def said(dialect: str) -> Iterator[bytes]:
    """Each message another clip, another name, another time."""
    for n in range(FLOOD):
        text, number = Argument(tag="s", value=f"n{n}"), Argument(tag="f", value=n / 100)
        told = json.dumps({"status": "ok", "data": True})
        yield {
            "resolume": encode(
                f"/composition/layers/1/clips/{n}/connected", [Argument(tag="i", value=3)]
            ),
            "disguise": encode("/d3/showcontrol/trackname", [text]),
            "millumin": encode("/millumin/layer:1/media/time", [number, number]),
            "qlab": encode(f"/reply/cue/{n}/isRunning", [Argument(tag="s", value=told)]),
            "generic": encode(f"/{n}", [text]),
        }[dialect]


@pytest.mark.parametrize("dialect", ["resolume", "disguise", "millumin", "qlab", "generic"])
def test_memory_stays_bounded(dialect: str) -> None:
    there = hearing(dialect)
    looks, sizes = {"o": Look(since=0)}, []
    for n, packet in enumerate(said(dialect)):
        now = n // 5
        if n % 160 == 0:
            there.ask_due(looks, now)
            there.judge(looks, now)
        there.hear(Heard("s", "main", packet), now)
        if n % 1000 == 999:
            sizes.append(len(repr(there.known)))
    assert max(sizes) < 200_000, "characters, of all that is known"
    assert sizes[-1] <= sizes[0] * 1.1


def test_what_was_asked_is_heard_in_a_flood() -> None:
    there = hearing("resolume")
    there.ask_due({"o": CLIP}, 0)
    for n in range(5000):
        packet = encode(f"/composition/layers/2/clips/{n}/connected", [Argument(tag="i", value=3)])
        there.hear(Heard("s", "main", packet), n // 5)
    answers = {
        "/composition/layers/1/clips/7/connected": Argument(tag="i", value=3),
        "/composition/layers/1/video/opacity": Argument(tag="f", value=1.0),
    }
    for address, value in answers.items():
        there.hear(Heard("s", "main", encode(address, [value])), 1000)
    there.judge({"o": CLIP}, 1001)
    assert there.known.servers["s", "main"].outputs["o"].agreement == "confirmed"


def test_nonsense_is_counted_by_who_sent_it_and_told_of_not_too_often() -> None:
    there = hearing("resolume")
    strangeness, lines = Strangeness(), []
    for n in range(FLOOD):
        there.hear(Heard("s", "main", b"\xff" * 8), n // 5)
        if line := strangeness.told(there, None, n // 5):
            lines.append(line)
    assert there.malformed == {("s", "main"): FLOOD}
    assert lines == ["1 malformed packets from s main"]
    assert strangeness.told(there, None, TOLD_EVERY) == f"{FLOOD - 1} malformed packets from s main"
