"""What the console says of a rehearsal and a remote, and the keys that route, start, and turn automation off."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from show_control import board
from show_control.console import night, top
from show_control.console.rows import Row, text_of
from show_control.console.scene import Scene
from show_control.documents import RemoteView, Routing
from show_control.entries import Entry
from tests.show_control.console.players import called, names, playing, tonight
from tests.show_control.console.test_console import console
from tests.show_control.console.test_screen import at, came, entries, seen, with_evidence

__all__ = ["entries"]  # the rehearsed night, as a fixture

LASER = "bridge-laser"


def told(rows: list[Row]) -> str:
    return "\n".join(text_of(row) for row in rows)


def rehearsed(entries: list[Entry], to: Routing, language: str = "en") -> Scene:
    """The facade off the wire, where its simulators confirm; the laser on it."""
    fold = with_evidence(entries, "confirmed", "confirmed", "20:10:01")
    shown = board.view(fold, at("20:10:01"))
    outputs = tuple(
        o if o.output == LASER else replace(o, routing=to, lit=False) for o in shown.outputs
    )
    shown = replace(shown, outputs=outputs, rehearsal=True)
    return seen(entries, "20:10:01", language, shown=shown)


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "REHEARSAL  on the wire: bridge-laser  simulator: facade"),
        ("ko", "리허설  실제 송출: bridge-laser  시뮬레이터: facade"),
    ],
)
def test_a_rehearsal_says_what_goes_where(entries: list[Entry], language: str, says: str) -> None:
    assert told(top.rehearsal(rehearsed(entries, "simulator", language), 90)).strip() == says
    assert top.rehearsal(seen(entries, "20:10:01"), 90) == []


def test_what_a_simulator_confirms_is_not_green(entries: list[Entry]) -> None:
    rows = night.outputs(rehearsed(entries, "simulator"), 60, 9)
    assert "facade-west   simulator: both confirmed" in told(rows)
    assert not any(bit.tone == "good" for row in rows for bit in row)


def test_a_go_that_is_rehearsed_is_not_confirmed(entries: list[Entry]) -> None:
    row = top.answer(rehearsed(entries, "simulator"), came(recorded="on disk"), None)
    assert text_of(row).endswith("on disk · 3 rehearsed, nothing lit")
    row = top.answer(rehearsed(entries, "record only"), came(recorded="on disk"), None)
    assert "confirmed" not in text_of(row)


def test_an_open_remote_says_where_it_is_heard(entries: list[Entry]) -> None:
    scene = seen(entries, "20:10:01")
    assert night.remote(scene, 90) == []
    remote = RemoteView(
        udp="0.0.0.0:53000", tcp=None, allow=("10.1.0.0/16",), rights=(), passcode=False, name="x"
    )
    open_ = replace(scene, board=replace(scene.board, remote=remote))
    row = told(night.remote(open_, 90))
    assert row.startswith("REMOTE open at udp 0.0.0.0:53000, for 10.1.0.0/16")
    assert row.endswith("NO PASSCODE")


async def test_automation_is_turned_off_with_a_reason_and_on_by_name(tmp_path: Path) -> None:
    with playing(tmp_path, tonight()):
        async with console(tmp_path) as screen:
            await screen.stands_by("1")
            await screen.press("o", *"rain", "enter")
            await screen.answers("AUTOMATION OFF: done")
            await screen.until(lambda: "Kim" in screen.words("bands"))
            assert "rain" in screen.words("bands")
            await screen.press("o")
            await screen.until(lambda: "Automation on" in screen.words("question"))
            await screen.press("y")
            await screen.answers("AUTOMATION ON: done")
            await screen.until(lambda: screen.words("bands") == "")
    assert names(called(tmp_path)) == ["automation_off", "automation_on"]


async def test_a_surface_is_routed_by_two_digits_and_a_yes(tmp_path: Path) -> None:
    with playing(tmp_path, tonight()):
        async with console(tmp_path, size=(100, 30)) as screen:
            await screen.stands_by("1")
            await screen.press("r", "1")
            await screen.until(lambda: "3 record only" in screen.words("question"))
            await screen.press("3")
            await screen.until(lambda: "Route all of wall" in screen.words("question"))
            await screen.press("y")
            await screen.answers("ROUTE wall: done")
            await screen.until(lambda: "record only: wall" in screen.words("rehearsal"))
            await screen.press("r", "1", "1", "n")
            await screen.press("w")
            await screen.until(lambda: "No slot is still to come" in screen.words("question"))
    (route,) = called(tmp_path)
    assert route.data["call"] == "route"
