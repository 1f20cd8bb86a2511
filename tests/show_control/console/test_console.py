"""The console's screen and keys against a real player, as Textual's pilot presses them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Digits, Input

from show_control.console.app import Console
from show_control.console.face import Rows
from tests.show_control.console.players import called, names, playing, tonight, written


class Screen:
    """What is read from the screen, and keys for it."""

    def __init__(self, app: Console, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    def words(self, part: str) -> str:
        return self.app.query_one(f"#{part}", Rows).words

    @property
    def number(self) -> str:
        return self.app.query_one(Digits).value

    async def until(self, holds: Callable[[], object]) -> None:
        try:
            async with asyncio.timeout(10):
                while not holds():
                    await self.pilot.pause(0.01)
        except TimeoutError:
            parts = ("top", "bands", "head", "details", "slots", "answer", "question")
            pytest.fail("\n".join(f"{p}: {self.words(p)}" for p in parts))

    async def stands_by(self, number: str) -> None:
        await self.until(lambda: self.number == number)

    async def answers(self, text: str) -> None:
        await self.until(lambda: text in self.words("answer"))

    async def wait_a_moment(self) -> None:
        """Until two presses are two, for the console and for the engine."""
        at = self.app.desk.uptime
        await self.until(lambda: self.app.desk.uptime - at > 310)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)


@asynccontextmanager
async def console(
    folder: Path, size: tuple[int, int] = (80, 24), by: str = "Kim"
) -> AsyncIterator[Screen]:
    app = Console(folder, by=by)
    async with app.run_test(size=size) as pilot:
        yield Screen(app, pilot)


async def test_space_is_go_and_a_held_space_is_one(tmp_path: Path) -> None:
    with playing(tmp_path, tonight()):
        async with console(tmp_path) as screen:
            await screen.stands_by("1")
            await screen.press("space", "space", "space", "space")
            await screen.answers("GO 1: went")
            await screen.stands_by("2")
            assert "on disk" in screen.words("answer")
            await screen.until(lambda: "Key held" in screen.words("question"))
            assert "● 1" in screen.words("cues")
    assert names(called(tmp_path)) == ["go"]


async def test_go_after_go_fires_cue_after_cue(tmp_path: Path) -> None:
    with playing(tmp_path, tonight()):
        async with console(tmp_path) as screen:
            for number in ("1", "2"):
                await screen.stands_by(number)
                await screen.wait_a_moment()
                await screen.press("space")
                await screen.answers(f"GO {number}: went")
            await screen.stands_by("3")


async def test_hold_and_resume(tmp_path: Path) -> None:
    with playing(tmp_path, tonight()):
        async with console(tmp_path) as screen:
            await screen.stands_by("1")
            await screen.press("space")
            await screen.stands_by("2")
            await screen.press("h")
            await screen.until(lambda: "held" in screen.words("head"))
            await screen.wait_a_moment()
            await screen.press("space")
            await screen.answers("GO 2 REFUSED: the run is held")
            await screen.press("h")
            await screen.until(lambda: "running" in screen.words("head"))


async def test_control_is_seen_taken_over_in_one_press_and_handed_back(tmp_path: Path) -> None:
    with playing(tmp_path, tonight()):
        async with console(tmp_path) as kim, console(tmp_path, by="Lee") as lee:
            await kim.stands_by("1")
            await kim.until(lambda: "nobody has control" in kim.words("head"))
            await kim.press("space")
            await kim.until(lambda: "you have control since" in kim.words("head"))
            await lee.until(lambda: "Kim has control since" in lee.words("head"))
            await lee.stands_by("2")
            await lee.wait_a_moment()
            await lee.press("space")
            await lee.answers("GO 2 REFUSED: Kim has control. t: take over")
            await lee.press("t")
            await lee.answers("TAKE OVER gala: done")
            await lee.until(lambda: "you have control since" in lee.words("head"))
            await kim.until(lambda: "Lee took control from you" in kim.words("bands"))
            await kim.press("a")
            await lee.until(lambda: "Kim asks for control" in lee.words("bands"))
            await lee.press("space")
            await lee.answers("GO 2: went")
            await lee.press("b")
            await kim.until(lambda: "you have control since" in kim.words("head"))
            assert kim.words("bands") == ""
    assert names(called(tmp_path)) == ["go", "go", "take_over", "ask", "go", "hand_back"]


async def test_a_note_is_typed_and_entered(tmp_path: Path) -> None:
    with playing(tmp_path, tonight()):
        async with console(tmp_path, (120, 40)) as screen:
            await screen.stands_by("1")
            await screen.press("n", "f", "o", "g", "enter")
            await screen.answers("NOTE: done")
            await screen.until(lambda: "note by Kim: fog" in screen.words("lines"))
            await screen.press("n", "escape", "n", "enter")
            assert not screen.app.query_one(Input).display
    assert [e.reason for e in written(tmp_path) if e.kind == "note"] == ["fog"]


async def test_standby_by_number_and_by_arrows(tmp_path: Path) -> None:
    with playing(tmp_path, tonight()):
        async with console(tmp_path) as screen:
            await screen.stands_by("1")
            await screen.press("s", "3", "enter")
            await screen.stands_by("3")
            await screen.press("down", "down", "enter")
            await screen.stands_by("5")
            await screen.press("2", "enter")
            await screen.stands_by("2")
            await screen.press("s", "9", "9", "enter")
            await screen.answers("there is no cue 99")
            await screen.press("s", "space", "escape")
            assert not screen.app.query_one(Input).display
    assert names(called(tmp_path)) == ["standby"] * 4


async def test_fade_out_at_once_and_escape_closes_before_it_fades(tmp_path: Path) -> None:
    with playing(tmp_path, tonight()):
        async with console(tmp_path) as screen:
            await screen.stands_by("1")
            await screen.press("question_mark")
            await screen.until(lambda: "quit" in screen.words("help"))
            await screen.press("f")
            await screen.answers("FADE OUT gala: done")
            assert screen.words("help") == ""
    (call,) = called(tmp_path)
    assert (call.data["call"], call.by) == ("fade_out", "Kim")
    assert call.run is not None


async def test_a_show_stop_is_asked_back_and_restarted_by_name(tmp_path: Path) -> None:
    with playing(tmp_path, tonight()):
        async with console(tmp_path, (120, 40)) as screen:
            await screen.stands_by("1")
            await screen.press("R")
            await screen.until(lambda: "No show is stopped" in screen.words("question"))
            await screen.press("X")
            await screen.until(lambda: "X again" in screen.words("question"))
            await screen.press("r", *"rain", "enter")
            await screen.until(lambda: "SHOW STOP by Kim" in screen.words("bands"))
            assert ": rain" in screen.words("bands")
            await screen.press("R", "n")
            await screen.press("R", "y")
            await screen.until(lambda: "SHOW STOP" not in screen.words("bands"))
    assert names(called(tmp_path)) == ["show_stop", "restore"]


async def test_a_hazard_is_enabled_by_y_and_by_nothing_else(tmp_path: Path) -> None:
    with playing(tmp_path, tonight()):
        async with console(tmp_path) as screen:
            await screen.stands_by("1")
            await screen.press("d")
            await screen.until(lambda: "No hazard output" in screen.words("question"))
            await screen.press("e", "n")
            await screen.press("e")
            await screen.until(lambda: "Enable LASER beam" in screen.words("question"))
            await screen.press("y")
            await screen.until(lambda: "LASER enabled by Kim" in screen.words("outputs"))
            await screen.press("d", "y")
            await screen.until(lambda: "LASER not enabled" in screen.words("outputs"))
    assert names(called(tmp_path)) == ["enable", "disable"]


async def test_tab_brings_the_next_run_in_front_and_end_ends_that(tmp_path: Path) -> None:
    with playing(tmp_path, tonight(beam=True)):
        async with console(tmp_path, (120, 40)) as screen:
            await screen.until(lambda: "of 2" in screen.words("head"))
            first = screen.words("head")
            await screen.press("tab")
            await screen.until(lambda: screen.words("head") != first)
            await screen.press("tab", "space")
            await screen.until(lambda: "running" in screen.words("head"))
            await screen.press("E")
            await screen.until(lambda: "? y" in screen.words("question"))
            assert "small." not in screen.words("question")
            await screen.press("y")
            await screen.until(lambda: "of 2" not in screen.words("head"))
            await screen.press("l")
            await screen.until(lambda: "대기" in screen.words("head"))


async def test_without_a_player_it_is_grey_and_calls_nothing(tmp_path: Path) -> None:
    with playing(tmp_path, tonight()):
        pass
    async with console(tmp_path) as screen:
        await screen.until(lambda: "No player answers" in screen.words("bands"))
        assert screen.app.query_one("Face").has_class("stale")
        await screen.press("space")
        await screen.until(lambda: "No word from the player" in screen.words("question"))
        await screen.press("f")
        await screen.answers("NOT SENT")
        await screen.press("S")
        await screen.answers("datagrams left")
        with playing(tmp_path):
            await screen.until(lambda: screen.app.desk.connected)
            await screen.until(lambda: screen.words("bands") == "")
    assert called(tmp_path) == []


async def test_quitting_leaves_the_player_as_it_is(tmp_path: Path) -> None:
    with playing(tmp_path, tonight()):
        async with console(tmp_path) as screen:
            await screen.stands_by("1")
            await screen.press("q")
        assert screen.app.return_code == 0
    assert called(tmp_path) == []
