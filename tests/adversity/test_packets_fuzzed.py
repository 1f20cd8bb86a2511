"""Answers of any bytes from every make of server, and frames of any values over the link, at the real player.

Each is counted, refused or of no meaning; every cue goes as without them.
"""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest

from show_control.events import Call, Tick
from show_control.evidence import Which
from show_control.journal import read
from show_control.link import CallFrame, EntriesAfter, Hello, LoadFrame, Received, StoredUpTo
from show_control.link.frames import Malformed, allowed, pack, to_player
from show_control.loading import load
from show_control.model import Millis, NightFile
from show_control.testing import RecordingTransport
from tests.adversity.mutating import odd_inside, spoiled
from tests.adversity.processes import note
from tests.show_control.dialects.examples import EXAMPLES, output_of, server_of
from tests.show_control.house import cue, night_file, play, sequence, slot
from tests.show_control.playing import Playing, told
from tests.show_control.test_serving import Stage

SEED = 2_025


# --- answers


class Spoiling(RecordingTransport):
    """Beside each answer of a server several spoiled ones come, before it and after."""

    chance: random.Random
    count = 0
    most = 0

    def deliver(self, server: str, which: Which, datagram: bytes, at: Millis) -> None:
        super().deliver(server, which, datagram, at)
        for _ in range(4):
            if self.count < self.most:
                self.count += 1
                bad = spoiled(self.chance, datagram)
                super().deliver(server, which, bad, at + self.chance.randint(-1, 1))


def of_dialect(name: str) -> NightFile:
    """A night with one server of this dialect and cues of both its clips."""
    first, second = EXAMPLES[name].clips
    show = sequence(
        "show",
        cue("1", play(first, "o"), length=10_000),
        cue("2", play(second, "o"), length=10_000, then="follow"),
        cue("3", play(first, "o"), length=10_000, then="follow"),
    )
    file = night_file((show,), (slot("s", "20:00", "20:01", "show", outputs=("o",)),))
    surfaces = {k: msgspec.structs.replace(s, safe=(), idle=()) for k, s in file.surfaces.items()}
    output = msgspec.structs.replace(output_of(name), surface="wall")
    return msgspec.structs.replace(
        file, servers={"s": server_of(name)}, outputs={"o": output}, surfaces=surfaces
    )


class Besieged(Playing):
    """Servers' answers are spoiled, up to so many."""

    def __init__(self, file: NightFile, seed: int, most: int) -> None:
        self.siege = (seed, most)
        super().__init__(file, "19:59:50")

    def begin(self) -> Any:
        if not isinstance(self.transport, Spoiling):
            transport = Spoiling(self.clock, self.servers)
            transport.chance = random.Random(self.siege[0])  # noqa: S311 - the same nonsense
            transport.most = self.siege[1]
            self.transport = transport
        return super().begin()


def answers(name: str, number: int) -> None:
    file, count, seed, ended = of_dialect(name), 0, SEED, Counter[str]()
    plain = Playing(file, "19:59:50")
    expected = presses(plain)
    while count < number:
        playing = Besieged(file, seed, number - count)
        assert presses(playing) == expected
        assert isinstance(playing.transport, Spoiling)
        if not playing.transport.count:
            break  # it says nothing: nobody can spoil that
        count, seed = count + playing.transport.count, seed + 1
        ended["malformed"] += sum(playing.player.hearing.malformed.values())
    note(f"{name}: {count} spoiled answers, {dict(ended)}")
    assert not count or ended["malformed"]


def presses(playing: Playing) -> list[tuple[str | None, Millis]]:
    """The cues that went, and that something of each left."""
    for second in range(45):
        playing.until(playing.at("19:59:50") + second * 1_000)
        playing.transport.tell()  # some say unasked what they show
    assert told(playing.transport.sent)
    return [(e.cue, e.at) for e in playing.all_entries() if e.kind == "cue_went"]


EACH = 2_000 // len(EXAMPLES) + 1


@pytest.mark.parametrize("name", EXAMPLES)
def test_spoiled_answers_move_no_cue(name: str) -> None:
    answers(name, EACH)


@pytest.mark.soak
@pytest.mark.parametrize("name", EXAMPLES)
def test_very_many_spoiled_answers(name: str) -> None:
    answers(name, 100_000 // len(EXAMPLES) + 1)


# --- frames

GO = Call(call="go", run="opening-ceremony", standby="1", standby_count=1, by="Kim", request="one")
FRAMES = (
    CallFrame(id=1, call=GO, made=1),
    CallFrame(id=1, call=Call(call="route", to="simulator", outputs=("facade-west",)), made=1),
    CallFrame(id=1, call=Call(call="show_stop", reason="wind"), made=1),
    EntriesAfter(id=2, after=("p", 1, 1), limit=5),
    LoadFrame(id=3, packed=b"x" * 50, replaces="a" * 64, by="Kim"),
    StoredUpTo(id=4, key=("p", 1, 1)),
    Hello(name="x", ceiling="load"),
)


def odd_frame(chance: random.Random) -> bytes:
    """A frame with something odd in it; often one that is still a frame."""
    packed = pack(chance.choice(FRAMES))
    if chance.random() < 0.2:
        return spoiled(chance, packed)
    value = msgspec.msgpack.decode(packed)
    value = odd_inside(chance, value)
    return msgspec.msgpack.encode(value)


def frames(folder: Path, number: int) -> None:
    chance, ended = random.Random(SEED), Counter[str]()  # noqa: S311 - the same nonsense every time
    stage = Stage(folder)
    assert load(stage.player, stage.packed, None).accepted
    for _ in range(number):
        try:
            frame = to_player(odd_frame(chance))
        except Malformed:
            ended["refused"] += 1
            continue
        if not isinstance(frame, Hello) and not allowed(frame, "load"):
            continue
        if isinstance(frame, CallFrame) and chance.random() < 0.5:
            frame = msgspec.structs.replace(frame, made=stage.clock.boottime())
        stage.link.frames.append(Received(object(), frame))  # type: ignore[arg-type]  # no peer is needed
        stage.door.ready(stage.player, [object()], [])
        stage.clock.advance(chance.choice((0, 1, 400)))
        stage.player.take(Tick())
        stage.door.turn(stage.player)
        ended[type(frame).__name__] += 1
        stage.link.sent.clear()
    note(f"frames: {dict(ended)}")
    assert set(ended) == {"refused", *(type(f).__name__ for f in FRAMES)}
    faults = [e for e in read(folder) if e.kind == "alarm" and "fault" in e.data["code"]]
    assert faults == [], "no call failed in our own code"
    stage.journal.close()


def test_frames_of_any_values(tmp_path: Path) -> None:
    frames(tmp_path, 2_000)


@pytest.mark.soak
def test_a_hundred_thousand_frames(tmp_path: Path) -> None:
    frames(tmp_path, 100_000)
