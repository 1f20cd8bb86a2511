"""The demo at another moment: the installation itself, with the example moved so that it is then."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import tomli_w
from click.testing import CliRunner

from ops.cli import main
from ops.coming_nights import coming_nights
from ops.night_window import WindowFault
from ops.services.example import example, seconds_from, tonight
from schedules.festival_file import decode
from show_control import engine
from show_control.engine import State
from show_control.events import Tick
from show_control.model import NightFile
from tests.show_control.playbook import loaded

NOW = datetime(2026, 11, 24, 3, 20, tzinfo=UTC)
NOW_MS = int(NOW.timestamp()) * 1000


def moved(starts: str, night: date | None = None) -> NightFile:
    seconds = seconds_from(example(), night, starts)
    festival = decode(tomli_w.dumps(tonight(example(), NOW, seconds)))
    return coming_nights(festival, NOW_MS)


def begun(file: NightFile, after: int = 0) -> State:
    """What a player that loads it now is at, after so many milliseconds."""
    state, _ = engine.step(engine.EMPTY, loaded(file), NOW_MS)
    while (due := engine.deadline(state)) is not None and due <= NOW_MS + after:
        state, _ = engine.step(state, Tick(), due)
    return state


def test_the_moment_is_now() -> None:
    file = moved("19:58")
    (ceremony,) = [s for n in file.nights for s in n.slots if s.id == "opening-ceremony"]
    assert ceremony.starts == NOW_MS + 120_000


def test_what_began_before_is_under_way() -> None:
    state = begun(moved("21:50", date(2025, 8, 29)), 40_000)
    running = {run.slot: run for run in state.runs.values() if run.phase == "running"}
    assert "facade-loop.4" in running
    run = running["facade-loop.4"]
    cues = state.sequence(run).cues
    assert cues[run.past[-1][0]].number == "4"  # as it would be at 21:50:40


def test_past_midnight_it_is_the_same_night() -> None:
    file = moved("00:10")
    assert file.nights[0].starts < NOW_MS < file.nights[0].ends
    assert not [s for s in file.nights[0].slots if s.starts > NOW_MS]


@pytest.mark.parametrize(
    ("night", "starts", "why"),
    [
        (None, "soon", "--from soon: a time is HH:MM[:SS[.mmm]], as 23:55, 00:10 or 24:10"),
        (date(2025, 9, 30), "20:00", "--night 2025-09-30: the nights are 2025-08-28 to 2025-09-07"),
    ],
)
def test_what_is_no_moment_of_it_is_refused(night: date | None, starts: str, why: str) -> None:
    with pytest.raises(WindowFault) as fault:
        seconds_from(example(), night, starts)
    assert str(fault.value) == why


def test_a_night_without_a_moment_says_nothing() -> None:
    ran = CliRunner().invoke(main, ["demo", "--night", "2025-08-29"])
    assert (ran.exit_code, "--night needs --from" in ran.output) == (1, True)
