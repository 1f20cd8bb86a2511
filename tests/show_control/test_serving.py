"""The player's door: calls with their age, acknowledgements, loads."""

from __future__ import annotations

import select
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from schedules.compile import compile_nights
from schedules.festival_file import decode
from show_control.clock import VirtualClock
from show_control.events import Call
from show_control.journal import Journal
from show_control.link import CallFrame, EntriesAfter, LoadFrame, Received, Reply, StoredUpTo
from show_control.loading import load
from show_control.night_file import content_hash, pack_night_file
from show_control.player import Player
from show_control.rehearsal import Nowhere
from show_control.sentences import said
from show_control.serving import Serving, look_at_wall
from tests.show_control.journals import flush

SEOUL = Path("festivals/seoullight-2025-fall.toml")
NIGHT = date(2025, 8, 28)
CEREMONY = 1756378800000  # 2025-08-28T11:00:00Z, 20:00 in Seoul


class Peers:
    """A link that keeps what is sent."""

    def __init__(self) -> None:
        self.sent: list[Any] = []
        self.frames: list[Received] = []

    def readable(self, sock: object) -> list[Received]:
        del sock
        frames, self.frames = self.frames, []
        return frames

    def send(self, peer: object, frame: object) -> None:
        del peer
        self.sent.append(frame)

    def broadcast(self, frame: object) -> None:
        self.sent.append(frame)

    def tidy(self) -> None:
        pass


class Stage:
    """A player behind its door, at the ceremony's instant."""

    def __init__(self, folder: Path) -> None:
        self.clock = VirtualClock(CEREMONY)
        self.clock.advance(60_000)
        self.journal = Journal.open(folder, self.clock, engine="1")
        self.link = Peers()
        self.door = Serving(self.link, self.journal)  # type: ignore[arg-type]  # a link of the test's
        self.player = Player(
            clock=self.clock,
            journal=self.journal,
            transport=Nowhere(),
            door=self.door,
            asks=False,
        )
        festival = decode(SEOUL.read_text("utf-8"))
        self.packed = pack_night_file(compile_nights(festival, nights=[NIGHT]).night_file)

    def call(self, call: Call, age: int = 0) -> Reply:
        """Make a call so many milliseconds ago, and wait for its acknowledgement."""
        made = self.clock.boottime() - age * 1_000_000
        self.door._call(self.player, object(), CallFrame(id=1, call=call, made=made))  # type: ignore[arg-type]  # no peer is needed
        return self.acknowledged()

    def acknowledged(self) -> Reply:
        """The reply, once the flush thread has done its work: the show's time stands still."""
        while not (replies := [f for f in self.link.sent if isinstance(f, Reply)]):
            assert select.select([self.journal.flushed_fd], [], [], 10)[0], "no flush"
            self.door._acknowledge(self.player, self.clock.now())
        self.link.sent.clear()
        return replies[0]


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path)
    yield stage
    stage.journal.close()


def go() -> Call:
    return Call(call="go", by="Kim", standby="1", request="one")


def test_a_call_is_answered_with_whether_it_is_on_disk(stage: Stage) -> None:
    assert load(stage.player, stage.packed, None).accepted
    reply = stage.call(go())
    assert (reply.answer.accepted, reply.answer.went) == (True, "1")
    assert reply.recorded == "on disk"
    assert reply.file == content_hash(stage.packed)


@pytest.mark.parametrize("age", [1_600, 60_000, -50])
def test_a_call_that_comes_late_or_from_another_boot_is_refused(stage: Stage, age: int) -> None:
    load(stage.player, stage.packed, None)
    reply = stage.call(go(), age)
    assert not reply.answer.accepted
    assert "late and was not carried out" in (reply.answer.reason or "")
    assert stage.call(Call(call="go", standby="1", request="two")).answer.went == "1"


def test_a_late_fade_out_is_still_carried_out(stage: Stage) -> None:
    load(stage.player, stage.packed, None)
    assert stage.call(Call(call="fade_out"), age=9_000).answer.accepted


def test_what_the_service_has_stored_and_is_old_is_trimmed(tmp_path: Path) -> None:
    for days in (40, 39):
        Journal.open(tmp_path, VirtualClock(CEREMONY - days * 86_400_000), engine="1").close()
    stage = Stage(tmp_path)
    stage.door.turn(stage.player)
    for key in (("another", 99, 1), (stage.journal.player, 3, 1)):
        stage.link.frames.append(Received(object(), StoredUpTo(id=1, key=key)))  # type: ignore[arg-type]  # no peer is needed
        stage.door.ready(stage.player, [object()], [])
        flush(stage.journal)
        stage.clock.advance(60_000)
        stage.door.turn(stage.player)
        trimmed = key[0] == stage.journal.player
        assert (tmp_path / "00000001.journal").exists() is not trimmed
    assert (tmp_path / "00000003.journal").exists(), "its last entry may not be stored"
    stage.journal.close()


def test_a_load_replaces_only_what_it_names(stage: Stage) -> None:
    held = content_hash(stage.packed)
    assert load(stage.player, stage.packed, None).accepted
    assert load(stage.player, stage.packed, None).accepted, "the same again is no change"
    other = pack_night_file(compile_nights(decode(SEOUL.read_text("utf-8"))).night_file)
    refused = load(stage.player, other, "f" * 64)
    assert not refused.accepted
    assert held[:12] in (refused.reason or "")
    assert load(stage.player, other, held).accepted


def test_bytes_that_are_no_night_file_change_nothing(stage: Stage) -> None:
    load(stage.player, stage.packed, None)
    held = stage.player.state.loaded
    frame = LoadFrame(id=1, packed=b"\x93", replaces=held)
    stage.door._load(stage.player, object(), frame)  # type: ignore[arg-type]  # no peer is needed
    stage.clock.advance(200)
    while stage.door._loads:
        stage.door.turn(stage.player)
    reply = stage.acknowledged()
    assert (reply.answer.accepted, stage.player.state.loaded) == (False, held)


def test_a_stepped_wall_clock_is_an_alarm_and_changes_nothing(stage: Stage) -> None:
    load(stage.player, stage.packed, None)
    now = stage.clock.now()
    stage.clock.step_wall(3_600_000)
    look_at_wall(stage.player)
    assert stage.clock.now() == now
    assert stage.player._alarms == {"clock_stepped"}


def test_a_fault_of_ours_in_a_call_stops_no_night(stage: Stage) -> None:
    reply = stage.call(Call(call="nonsense", by="Kim"))  # type: ignore[arg-type]  # no such call
    assert not reply.answer.accepted
    assert "플레이어에 오류" in reply.answer.reasons["ko"]
    assert "fault: nonsense" in stage.player._alarms
    assert load(stage.player, stage.packed, None).accepted
    assert stage.call(go()).answer.accepted


def test_near_a_cue_one_frame_is_answered_and_the_others_after_it(stage: Stage) -> None:
    load(stage.player, stage.packed, None)
    asked = [Received(object(), EntriesAfter(id=n)) for n in (1, 2, 3)]  # type: ignore[arg-type]  # no peer is needed
    stage.link.frames = [*asked]
    assert stage.player.busy()
    stage.door.ready(stage.player, ["a peer"], [])
    assert [f.id for f in stage.link.sent] == [1]
    assert stage.door.has_more(stage.player)
    stage.door.ready(stage.player, ["a peer"], [])
    stage.door.ready(stage.player, [], [])
    assert [f.id for f in stage.link.sent] == [1, 2, 3]
    assert not stage.door.has_more(stage.player)


def test_a_load_waits_for_room_between_cues_and_then_goes_on_anyway(stage: Stage) -> None:
    load(stage.player, stage.packed, None)
    held = stage.player.state.loaded
    other = pack_night_file(compile_nights(decode(SEOUL.read_text("utf-8"))).night_file)
    frame = LoadFrame(id=1, packed=other, replaces=held)
    stage.door._load(stage.player, object(), frame)  # type: ignore[arg-type]  # no peer is needed
    assert stage.player.left() == 0, "a cue is near"
    for _ in range(1_000):
        stage.door.turn(stage.player)
    assert stage.player.state.loaded == held
    assert not stage.door.has_more(stage.player), "nothing is gained by hurrying"
    stage.clock.advance(200)
    for _ in range(1_000):
        stage.door.turn(stage.player)
    assert stage.player.state.loaded == content_hash(other)
    assert stage.acknowledged().answer.accepted


def test_what_nobody_waits_for_is_brought_to_disk_and_is_no_alarm(stage: Stage) -> None:
    """A first start enters its term and no more: the disk is not slow for want of being asked."""
    stage.player.alarm("a_test", said("alarm.safe_look", fault="no flush is asked for"))
    assert stage.journal.leaves < stage.journal.newest
    stage.door.turn(stage.player)
    stage.clock.advance(600)
    stage.door.turn(stage.player)
    assert stage.journal.flushed_fd is not None
    assert select.select([stage.journal.flushed_fd], [], [], 10)[0]
    stage.journal.poll_flushed()
    assert stage.journal.leaves == stage.journal.newest
    stage.clock.advance(3_000)
    stage.door.turn(stage.player)
    assert "disk_slow" not in stage.player._alarms
