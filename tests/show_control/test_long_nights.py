"""Nights over midnight and over a change of the clocks, from the festival file to the packet.

Instants are written by hand, from the zones' own laws: Seoul has no summer time; Paris leaves out the
hour from 02:00 in March and has it twice in October, New York the one from 01:00 in November; Lord Howe
moves by half an hour, in October forward. The player is killed and comes back in the midst of each.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache

import pytest

from schedules.compile import compile_nights
from schedules.festival_file import decode
from show_control.model import Millis, NightFile
from show_control.timing import night_time
from tests.schedules.examples import SMALL, bent
from tests.show_control.playing import Playing

NIGHTS: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {
    ("Asia/Seoul", "2025-09-01"): (
        ("23:55", "2025-09-01T14:55"), ("24:10", "2025-09-01T15:10"), ("26:30", "2025-09-01T17:30"),
    ),
    ("Europe/Paris", "2026-03-28"): (
        ("23:55", "2026-03-28T22:55"), ("25:50", "2026-03-29T00:50"), ("26:30", "2026-03-29T01:30"),
        ("27:45", "2026-03-29T01:45"),
    ),
    ("Europe/Paris", "2025-10-25"): (
        ("24:10", "2025-10-25T22:10"), ("26:30", "2025-10-26T00:30"), ("27:10", "2025-10-26T02:10"),
    ),
    ("America/New_York", "2026-03-07"): (
        ("23:55", "2026-03-08T04:55"), ("26:30", "2026-03-08T07:30"), ("27:40", "2026-03-08T07:40"),
    ),
    ("America/New_York", "2025-11-01"): (
        ("24:10", "2025-11-02T04:10"), ("25:30", "2025-11-02T05:30"), ("26:10", "2025-11-02T07:10"),
    ),
    ("Australia/Lord_Howe", "2025-10-04"): (
        ("23:55", "2025-10-04T13:25"), ("26:15", "2025-10-04T15:45"), ("27:10", "2025-10-04T16:10"),
    ),
    ("Australia/Lord_Howe", "2026-04-04"): (
        ("23:55", "2026-04-04T12:55"), ("25:45", "2026-04-04T14:45"), ("26:00", "2026-04-04T15:30"),
    ),
}  # fmt: skip
"""Zone and night: each slot's night time, and the instant at which it is."""

RAIN: Millis = 300_000


@cache
def night_file(zone: str, night: str) -> NightFile:
    """A night with a slot of rain, five minutes, at each of its times."""
    text = SMALL[: SMALL.index("[[patterns]]")]
    text = bent(text, '"Asia/Seoul"', f'"{zone}"')
    text = bent(text, "from = 2025-09-01, to = 2025-09-03", f"from = {night}, to = {night}")
    for number, (at, _) in enumerate(NIGHTS[zone, night], start=1):
        text += (
            f'[[slots]]\nid = "s{number}"\nsurface = "wall"\nnight = {night}\n'
            f'starts = {{ at = "{at}" }}\nworks = ["rain"]\n'
        )
    return compile_nights(decode(text), nights=[date.fromisoformat(night)]).night_file


def instants(zone: str, night: str) -> list[Millis]:
    return [millis(instant) for _, instant in NIGHTS[zone, night]]


def millis(utc: str) -> Millis:
    return round(datetime.fromisoformat(utc).replace(tzinfo=UTC).timestamp() * 1000)


def presses(playing: Playing) -> list[Millis]:
    """When the main server was told to show clip 1 on the first layer."""
    return [
        s.at
        for s in playing.transport.sent
        if s.which == "main"
        for m in s.messages
        if m.address == "/composition/layers/1/clips/1/connect" and m.args[0].value == 1
    ]


every_night = pytest.mark.parametrize(
    ("zone", "night"), NIGHTS, ids=[f"{zone} {night}" for zone, night in NIGHTS]
)


@every_night
def test_each_slot_is_on_the_wire_at_its_instant(zone: str, night: str) -> None:
    playing = Playing(night_file(zone, night), "23:00", asking=False)
    playing.until(instants(zone, night)[-1] + 600_000)
    assert presses(playing) == instants(zone, night)
    ends = [e.at for e in playing.all_entries() if e.kind == "ended"]
    assert ends == [at + RAIN for at in instants(zone, night)], "minutes last as long as ever"


@every_night
def test_a_player_killed_between_and_within_its_slots_is_on_the_same_clock(
    zone: str, night: str
) -> None:
    playing = Playing(night_file(zone, night), "23:00", asking=False)
    for at in instants(zone, night):
        playing.until(at - 90_000)
        playing.come_back()
        playing.until(at + 90_000)
        playing.come_back()
    playing.until(instants(zone, night)[-1] + 600_000)
    assert presses(playing) == instants(zone, night)
    assert [e.data["late"] for e in playing.all_entries() if e.kind == "cue_went"] == [0] * len(
        NIGHTS[zone, night]
    )


@every_night
def test_a_player_away_over_the_change_of_the_clocks_joins_where_it_is(
    zone: str, night: str
) -> None:
    """Dead from before the first slot until a minute into the last: that one is joined, late."""
    *_, last = instants(zone, night)
    playing = Playing(night_file(zone, night), "23:00", asking=False)
    playing.kill()
    playing.clock.wait_exactly(last + 60_000)
    playing.come_back()
    playing.until(last + 600_000)
    (came,) = presses(playing)
    assert last + 60_000 <= came < last + 61_000


@every_night
def test_the_cue_sheet_tells_night_time(zone: str, night: str) -> None:
    """A removed time reads as the one that it became, a repeated one as the first."""
    told = [night_time(at, night, zone)[:5] for at in instants(zone, night)]
    written = [at for at, _ in NIGHTS[zone, night]]
    moved = {("Europe/Paris", "26:30"): "27:30", ("America/New_York", "26:30"): "27:30", ("Australia/Lord_Howe", "26:15"): "26:45"}  # fmt: skip
    assert told == [moved.get((zone, at), at) if "03-" in night or "10-04" in night else at for at in written]  # fmt: skip
