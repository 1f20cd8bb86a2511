"""Nights of every shape, killed at any instants: what the servers are told is what they would have been told.

In virtual time, by the player's own loop against simulated servers that are asked and answer: fades,
follows, hazards, no backup, servers that cannot be asked, an hour that is not on the wall.
"""

from __future__ import annotations

from functools import cache

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from show_control.looks import Look
from show_control.model import Millis, NightFile
from show_control.player import SETTLES
from tests.schedules.examples import GALLERY, RIVER, SEOUL
from tests.show_control.any_night import compiled
from tests.show_control.playing import Playing

SOON: Millis = SETTLES + 100
"""What falls due as the player comes back waits so long, at most, for its servers' answers."""


class Part(msgspec.Struct, frozen=True):
    """Of a night: from when until when it is played, and what is called."""

    festival: str
    night: str
    begins: str
    ends: str
    calls: tuple[tuple[str, str], ...]

    @property
    def file(self) -> NightFile:
        return compiled(self.festival, self.night)


TORCHES = "river, torches that hold at a restart"
PARTS = {
    "seoul, by hand, with a laser": Part(
        SEOUL, "2025-08-28", "20:04:50", "20:08:40",
        (("20:05", "enable"), ("20:05:01", "standby opening-ceremony 4"), ("20:05:10", "go opening-ceremony 4")),
    ),
    "seoul, an attract loop by itself": Part(SEOUL, "2025-08-29", "19:59:50", "20:05:30", ()),
    "river, over the hour that is left out": Part(
        RIVER, "2026-03-28", "27:29:30", "27:37:00", (),
    ),
    TORCHES: Part(
        RIVER, "2026-03-27", "20:59:50", "21:02:30",
        (("21:00:05", "standby torches-first 2"), ("21:00:10", "enable"), ("21:00:20", "go torches-first 2")),
    ),
    "gallery, a talk in two rooms": Part(
        GALLERY, "2025-11-01", "14:59:50", "15:09:30",
        (("15:00:10", "go talk 1"), ("15:00:30", "go talk 2")),
    ),
}  # fmt: skip

Told = tuple[str, str, str, str]
"""Server, address, OSC address, arguments."""


def played(part: Part, kills: tuple[int, ...] = ()) -> Playing:
    """The part, with the player killed and started again so many milliseconds after its beginning."""
    playing = Playing(part.file, part.begins)
    hazards = [o.id for o in part.file.outputs.values() if o.hazard]
    deeds: list[tuple[Millis, str | None]] = [(playing.at(when), said) for when, said in part.calls]
    deeds += [(playing.at(part.begins) + after, None) for after in kills]
    for when, said in sorted(deeds, key=lambda deed: (deed[0], deed[1] or "")):
        playing.until(when)
        if said is None:
            playing.come_back()
        elif said == "enable":
            assert playing.call(said, output=hazards[0]).accepted
        else:
            answer = playing.call(said)
            assert answer.accepted, answer
    playing.until(part.ends)
    return playing


@cache
def undisturbed(name: str) -> Playing:
    return played(PARTS[name])


def shown(playing: Playing, part: Part) -> list[tuple[Millis, Told]]:
    """What puts a clip on, or takes one away; of servers that say `assert` a repeat is meant."""
    repeats = {o.server for o in part.file.outputs.values() if o.on_restart == "assert"}
    return [
        (s.at, (s.server, s.which, m.address, str([a.value for a in m.args])))
        for s in playing.transport.sent
        if s.server not in repeats
        for m in s.messages
        if not any(a.value in ("?", 0) for a in m.args) and "opacity" not in m.address
        if "level" not in m.address
    ]


def instants(name: str) -> st.SearchStrategy[tuple[int, ...]]:
    """Up to four: anywhere, or about something that is sent."""
    part = PARTS[name]
    playing = undisturbed(name)
    begins = playing.at(part.begins)
    length = playing.at(part.ends) - begins
    about = sorted({at - begins for at, _ in shown(playing, part)}) or [0]
    near = st.builds(
        lambda at, off: max(1, min(at + off, length - 5_000)), st.sampled_from(about), st.integers(-60, 60)
    )  # fmt: skip
    return st.lists(near | st.integers(1, length - 5_000), min_size=1, max_size=4).map(tuple)


@pytest.mark.parametrize("name", PARTS)
@settings(max_examples=3)
@given(data=st.data())
def test_a_night_is_the_same_whenever_its_player_dies(name: str, data: st.DataObject) -> None:
    """Nothing lost, nothing repeated, nothing late by more than its servers' answers take."""
    judge(name, data.draw(instants(name)))


@pytest.mark.soak
@pytest.mark.parametrize("name", PARTS)
@settings(max_examples=60)
@given(data=st.data())
def test_a_night_killed_many_times(name: str, data: st.DataObject) -> None:
    judge(name, data.draw(instants(name)))


def judge(name: str, kills: tuple[int, ...]) -> None:
    part = PARTS[name]
    plain, disturbed = undisturbed(name), played(part, kills)
    if name == TORCHES:
        judge_torches(disturbed, kills)
        return
    before, after = shown(plain, part), shown(disturbed, part)
    assert sorted(t for _, t in after) == sorted(t for _, t in before)
    first = {told: at for at, told in reversed(before)}
    for at, told in after:
        if sum(t == told for _, t in before) == 1:
            assert 0 <= at - first[told] <= SOON, told
    assert went(disturbed) == went(plain)
    assert looks(disturbed) == looks(plain)


def judge_torches(playing: Playing, kills: tuple[int, ...]) -> None:
    """A flame is lit once, by a hand; no restart lights it again, and the run holds."""
    part = PARTS[TORCHES]
    assert [told for _, told in shown(playing, part)] == [
        told for _, told in shown(undisturbed(TORCHES), part)
    ]
    called = playing.at("21:00:20")
    run = next(r for r in playing.player.state.runs.values() if r.slot == "torches-first")
    after = [k for k in kills if playing.at(part.begins) + k > called]
    assert run.phase == ("holding" if after else "running")


def went(playing: Playing) -> list[tuple[str | None, str | None, Millis]]:
    return [(e.run, e.cue, e.at) for e in playing.all_entries() if e.kind == "cue_went"]


def looks(playing: Playing) -> dict[str, Look]:
    return playing.player.state.looks
