"""Time travel: any window of any night, also of those that a zone makes longer or shorter."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.cli import main
from ops.night_window import Window, WindowFault, read_window
from ops.rehearse import cue_sheet, rehearsed, told
from schedules.compile import compile_nights
from schedules.festival_file import decode
from schedules.nights import night_time
from show_control.clock import PacedClock, VirtualClock
from show_control.model import Millis
from show_control.rehearsal import begins, playing, rehearse
from tests.schedules.examples import GALLERY, RIVER, SEOUL, SMALL, bent
from tests.show_control.house import at

HOUR = 3_600_000
CALLS = """\
at,call,run,standby,by
20:05,go,opening-ceremony,1,Kim
20:06,go,opening-ceremony,2,Kim
"""


def long_night(zone: str, night: str) -> str:
    """A loop from ten in the evening to five in the morning."""
    text = bent(SMALL, '"Asia/Seoul"', f'"{zone}"')
    text = bent(text, "from = 2025-09-01, to = 2025-09-03", f"from = {night}, to = {night}")
    text = text[: text.index("[[slots]]")]
    text = bent(text, '{ at = "20:00" }', '{ at = "22:00" }')
    return bent(text, "passes = 2", "passes = 14")


CHANGES = (
    ("Asia/Seoul", "2025-10-25", 24.0),
    ("Europe/Paris", "2026-03-28", 23.0),
    ("Europe/Paris", "2025-10-25", 25.0),
    ("America/New_York", "2026-03-07", 23.0),
    ("America/New_York", "2025-11-01", 25.0),
    ("Australia/Lord_Howe", "2025-10-04", 23.5),
    ("Australia/Lord_Howe", "2026-04-04", 24.5),
)
NIGHTS = (
    (SEOUL, "2025-08-28"),
    (RIVER, "2026-03-28"),
    (GALLERY, "2025-11-01"),
    *((long_night(zone, night), night) for zone, night, _ in CHANGES),
)
FILES = [compile_nights(decode(f), nights=[date.fromisoformat(n)]).night_file for f, n in NIGHTS]
PLAYED = [rehearse(file, ()) for file in FILES]


def printed(festival: str, night: str, *between: str | None, calls: str | None = None) -> list[str]:
    starts, ends = between or (None, None)
    day = date.fromisoformat(night)
    return list(rehearsed(festival, day, calls, as_json=False, between=(starts, ends)))


def window(festival: str, night: str, starts: str | None, ends: str | None) -> Window:
    return read_window(starts, ends, decode(festival), date.fromisoformat(night))


@settings(deadline=None, max_examples=30)
@given(st.integers(0, len(FILES) - 1), st.integers(0, 25 * 60), st.integers(0, 25 * 60))
def test_a_window_tells_of_the_night_what_lies_in_it(which: int, one: int, other: int) -> None:
    file = FILES[which]
    first, last = (begins(file) + m * 60_000 for m in sorted((one, other)))
    looked = Window(first, last)
    entries = [e for e in PLAYED[which].entries if looked.has(e.at)]
    sent = [s.packet.datagram for s in PLAYED[which].sent if looked.has(s.at)]
    parts = list(playing(file, (), None, last))
    assert list(told(parts, file, looked, as_json=False)) == [*cue_sheet(entries, file)]
    assert [s.packet.datagram for p in parts for s in p.sent if looked.has(s.at)] == sent


def test_over_midnight_runs_that_began_before_are_there() -> None:
    told_of = printed(long_night("Asia/Seoul", "2025-10-25"), "2025-10-25", "23:33", "00:10")
    assert [line.split("  ")[0] for line in told_of] == [
        "23:35:00.000",  # work 2 of the pass that began at half past
        "23:45:00.000",  # its end
        "24:00:00.000",
        "24:05:00.000",
    ]


@pytest.mark.parametrize(("first", "last"), [("23:55", "00:10"), ("23:55", "24:10")])
def test_past_midnight_is_written_either_way(first: str, last: str) -> None:
    assert window(SEOUL, "2025-08-28", first, last) == Window(
        at("23:55", "2025-08-28"), at("24:10", "2025-08-28")
    )


def test_a_night_ends_where_the_next_one_begins() -> None:
    whole = window(SEOUL, "2025-08-28", "06:00", "30:00")
    assert whole == Window(at("06:00", "2025-08-28"), at("06:00", "2025-08-29"))
    assert window(SEOUL, "2025-08-28", None, None) == Window(None, None)


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        ("8 pm", None, "--from 8 pm: a time is HH:MM[:SS[.mmm]], as 23:55, 00:10 or 24:10"),
        (None, "30:01", "--to 30:01: this night lasts from 06:00 to 30:00"),
        ("00:10", "23:55", "--to 23:55 is before --from 00:10: the night begins at 06:00"),
    ],
)
def test_what_is_no_window_of_the_night_is_refused(
    first: str | None, last: str | None, why: str
) -> None:
    with pytest.raises(WindowFault) as fault:
        window(SEOUL, "2025-08-28", first, last)
    assert str(fault.value) == why


def test_the_calls_of_a_window_are_made_and_those_before_it_were() -> None:
    told_of = printed(SEOUL, "2025-08-28", "20:05:30", "20:06:10", calls=CALLS)
    assert told_of[0].startswith("20:06:00.000  facade  opening-ceremony  2")
    assert "GO" in told_of[0]


# --- nights that are longer or shorter ---------------------------------------------------------------------------


@pytest.mark.parametrize(("zone", "night", "hours"), CHANGES)
def test_a_night_lasts_as_long_as_its_zone_has_it(zone: str, night: str, hours: float) -> None:
    (only,) = compile_nights(decode(long_night(zone, night))).night_file.nights
    assert (only.ends - only.starts) / HOUR == hours


@pytest.mark.parametrize(("zone", "night", "hours"), CHANGES)
def test_the_loop_goes_on_over_the_change_and_is_told_by_the_wall(
    zone: str, night: str, hours: float
) -> None:
    played = rehearse(compile_nights(decode(long_night(zone, night))).night_file, ())
    began = [e for e in played.entries if e.kind == "started"]
    assert {b.at - a.at for a, b in pairwise(began)} == {HOUR // 2}
    assert len(began) == 14
    lines = printed(long_night(zone, night), night, "04:30", "30:00")
    walls = {line.split(".")[0] for line in lines if "auto" in line}
    # Fourteen half hours from ten end at 05:00; an hour that is left out moves them on by it.
    moved = 24 - hours
    last = night_time.brief(round((28.5 + moved) * HOUR))
    assert (f"{last}:00" in walls) == (moved >= 0)


# --- paced --------------------------------------------------------------------------------------------------------


def test_paced_it_hurries_to_the_window_and_then_takes_its_time() -> None:
    file, real = FILES[0], VirtualClock(7)
    first, last = at("20:00", "2025-08-28"), at("20:30", "2025-08-28")
    clock = PacedClock(begins(file), first, 10, real)
    came: list[tuple[Millis, Millis]] = []
    for part in playing(file, (), clock, last):
        came += [(e.at, real.now()) for e in part.entries if e.at >= first]
    assert came
    assert all(now == 7 + (when - first) // 10 for when, now in came)
    assert real.now() == 7 + (last - first) // 10  # the whole window, also where nothing happens


def test_at_any_speed_the_same_is_printed() -> None:
    command = ["rehearse", "festivals/seoullight-2025-fall.toml", "--night", "2025-08-29"]
    between = ["--from", "21:50:29", "--to", "21:50:31"]
    slow, quick = (
        CliRunner().invoke(main, [*command, *between, *speed], catch_exceptions=False).output
        for speed in (["--speed", "20"], [])
    )
    assert slow == quick
    assert slow.startswith("21:50:30.000  facade  facade-loop.4  4")


def test_a_window_that_is_none_ends_the_command() -> None:
    command = ["rehearse", "festivals/seoullight-2025-fall.toml", "--night", "2025-08-29"]
    ran = CliRunner().invoke(main, [*command, "--from", "soon"])
    assert (ran.exit_code, "--from soon: a time is" in ran.output) == (1, True)
