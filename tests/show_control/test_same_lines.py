"""A night played by the player's loop, with a journal on disk and servers that answer, has the lines
that its rehearsal prints: both are asked of the same festival file, for the same calls."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from ops.journals import shown, verified
from ops.rehearse import read_calls, rehearsed
from schedules.compile import compile_nights
from schedules.festival_file import decode
from show_control.clock import VirtualClock
from show_control.events import Call, Loaded
from show_control.journal import Journal
from show_control.model import Millis, NightFile
from show_control.night_file import content_hash, pack_night_file
from show_control.player import ENGINE, Player
from show_control.process import player_folder
from show_control.rehearsal import Script
from show_control.simulator import simulated
from show_control.testing import RecordingTransport

SEOUL = (files("festivals") / "seoullight-2025-fall.toml").read_text("utf-8")
OTHERS = Path(__file__).parents[1] / "festivals"
BEFORE: Millis = 60_000
"""The player starts this long before the night's first instant: nothing happens until then."""
CALM: Millis = 4_000
"""What is watched of a quiet time, at its beginning and its end; the soak watches all of it."""

CEREMONY = """
at,call,run,standby,output,by,reason
20:00:20,enable,,,bridge-laser,Kim,
20:01:00,go,opening-ceremony,1,,Kim,
20:01:30,go,opening-ceremony,2,,Kim,
20:02:00,go,opening-ceremony,3,,Kim,
20:06:10,go,opening-ceremony,3.5,,Kim,
20:06:40,go,opening-ceremony,4,,Kim,
20:06:40.100,go,opening-ceremony,4,,Lee,
20:08:00,hold,opening-ceremony,,,Kim,
20:08:30,resume,opening-ceremony,,,Kim,
20:14:00,go,opening-ceremony,8,,Kim,
20:15:30,go,opening-ceremony,9,,Kim,
21:10:00,fade_out,,,,Kim,smoke on the plaza
21:45:00,show_stop,,,,Kim,rain
21:50:00,restore,,,,Kim,
"""
LASER = """
at,call,output,by
19:50:00,enable,bridge-laser,Kim
"""
TALK = """
at,call,run,standby,by
15:05,go,talk,1,Ana
15:10,go,talk,2,Ana
15:12,standby,talk,2,Ana
15:13,go,talk,2,Ana
15:40,go,talk,,Ana
15:41,end,talk,,Ana
"""
TORCHES = """
at,call,run,standby,output,by
20:59,enable,,,torch-row,Jo
21:01,go,torches-first,1,,Jo
21:02,go,torches-first,2,,Jo
21:05,fade_out,torches-first,,,Jo
21:06,enable,,,torch-row,Jo
"""
LOST_HOUR = """
at,call,run,output,by
28:10,show_stop,,,Jo
28:20,restore,,,Jo
"""
GALLERY = (OTHERS / "gallery-by-day.toml").read_text("utf-8")
RIVER = (OTHERS / "river-and-dome.toml").read_text("utf-8")
NIGHTS = [
    pytest.param(SEOUL, "2025-08-28", CEREMONY, id="seoul-opening"),
    pytest.param(SEOUL, "2025-08-29", LASER, id="seoul-laser"),
    pytest.param(GALLERY, "2025-11-01", TALK, id="gallery-talk"),
    pytest.param(RIVER, "2026-03-27", TORCHES, id="river-torches"),
    pytest.param(RIVER, "2026-03-28", LOST_HOUR, id="river-lost-hour"),
]


class AlsoHears(Script):
    """The door of a rehearsal, and what arrives without a socket: virtual servers' answers."""

    def __init__(self, calls: list[tuple[Millis, Call]], transport: RecordingTransport) -> None:
        super().__init__(calls)
        self._transport = transport

    @property
    def next_call(self) -> Millis | None:
        """When the next call is made."""
        return super().next_at()

    def next_at(self) -> Millis | None:
        instants = [self.next_call, self._transport.next_arrival()]
        return min((i for i in instants if i is not None), default=None)

    def turn(self, player: Player) -> None:
        if heard := self._transport.arrived():
            player.hear(heard)
        super().turn(player)


def first_instant(file: NightFile) -> Millis:
    (night,) = file.nights
    slots = [*night.slots, *night.displaced]
    return min([s.starts for s in slots] + list(night.curfews.values()))


def last_instant(file: NightFile) -> Millis:
    (night,) = file.nights
    return max([s.ends for s in night.slots] + list(night.curfews.values()))


def play(
    data_dir: Path, file: NightFile, calls: list[tuple[Millis, Call]], *, all_of_it: bool
) -> Player:
    """The player's night, from shortly before its first instant to shortly after its last."""
    starts = min([first_instant(file), *(at for at, _ in calls)]) - BEFORE
    clock = VirtualClock(starts)
    transport = RecordingTransport(clock, simulated(file))
    journal = Journal.open(player_folder(data_dir), clock, engine=ENGINE)
    calling = AlsoHears(calls, transport)
    player = Player(clock=clock, journal=journal, transport=transport, door=calling)
    player.load(Loaded(hash=content_hash(pack_night_file(file)), file=file))
    ends = last_instant(file) + BEFORE
    calm = clock.now()
    while clock.now() < ends:
        comes = min(i for i in (player.next_instant(), calling.next_call, ends) if i is not None)
        if comes - clock.now() > CALM:
            if not all_of_it and clock.now() - calm > CALM and comes - clock.now() > 2 * CALM:
                clock.advance(comes - clock.now() - CALM)
        else:
            calm = comes
        player.turn()
    journal.close()
    return player


def has_the_same_lines(
    folder: Path, text: str, night: str, calls: str, *, all_of_it: bool = False
) -> None:
    festival, day = decode(text), date.fromisoformat(night)
    file = compile_nights(festival, nights=[day]).night_file
    called = read_calls(calls.strip(), festival, day)
    player = play(folder, file, called, all_of_it=all_of_it)
    lines = list(shown(folder, day, as_json=False))
    sheet = rehearsed(text, day, calls.strip(), as_json=False)
    assert lines == [told for told in sheet if " alarm: " not in told], (
        "alarms are in no journal's sheet"
    )
    messages = list(shown(folder, day, as_json=True))
    assert messages == list(rehearsed(text, day, calls.strip(), as_json=True))
    assert not any(
        o.agreement == "differs"
        for s in player.hearing.known.servers.values()
        for o in s.outputs.values()
    )
    told = ["sound"], True
    assert verified(folder, as_json=False) == told


@pytest.mark.parametrize(("text", "night", "calls"), NIGHTS)
def test_the_journal_of_a_night_has_the_lines_of_its_rehearsal(
    tmp_path: Path, text: str, night: str, calls: str
) -> None:
    has_the_same_lines(tmp_path, text, night, calls)


@pytest.mark.soak
@pytest.mark.parametrize(("text", "night", "calls"), NIGHTS)
def test_so_it_has_where_every_second_of_the_night_is_watched(
    tmp_path: Path, text: str, night: str, calls: str
) -> None:
    has_the_same_lines(tmp_path, text, night, calls, all_of_it=True)
