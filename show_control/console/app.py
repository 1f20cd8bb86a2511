"""The console on a terminal: a desk, its face, and the keys that it is called with."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, ClassVar

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Input

from show_control.console.acting import Acting
from show_control.console.desk import Desk
from show_control.console.face import Face, Rows
from show_control.console.keys import plain
from show_control.console.rows import Bit, Row
from show_control.console.scene import Scene, chosen, neighbour
from show_control.console.words import Language

PAINT_EVERY = 0.2
"""Seconds: countdowns are shown to the second; what the player tells is painted at once."""


class Console(App[None]):
    """A call carries what was on the screen when its key was pressed: `shown`."""

    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None
    CSS: ClassVar[str] = """
    Screen { background: #101010; }
    #help { height: auto; background: #1c1c1c; }
    #question { height: auto; background: #5f5f00; text-wrap: wrap; }
    Input { display: none; height: 1; border: none; padding: 0; background: #303030; }
    #keys { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, folder: Path, *, by: str, language: Language = "en") -> None:
        super().__init__()
        self.desk = Desk(folder, by=by, changed=self._changed)
        self.acting = Acting(self.desk, self, language)
        self.shown: Scene | None = None
        self._typed: Callable[[str], None] = lambda _: None
        self._to_paint = False

    # --- what is seen -------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """The face, and below it what is asked."""
        yield Face()
        yield Rows(id="help")
        yield Rows(id="question")
        yield Input()
        yield Rows(id="keys")

    def on_mount(self) -> None:
        """Follow the player for as long as the screen is there."""
        self.start(self.desk.run())
        self.set_interval(PAINT_EVERY, self.paint)
        self.call_after_refresh(self.paint)

    def on_resize(self) -> None:
        """Lists are as long as there is room."""
        self.call_after_refresh(self.paint)

    def paint(self) -> None:
        """Show the present."""
        self._to_paint = False
        if not self.is_running or not self.screen_stack:
            return
        self.shown = scene = self._scene()
        words = scene.words
        self.query_one(Face).paint(scene, self.desk.came, self.desk.safe_look)
        helped: list[Row] = [(Bit(line),) for line in words.help.splitlines()]
        helped.append((Bit(words.not_a_safety_system, "strong"),))
        self.query_one("#help", Rows).paint(helped if self.acting.helping else [])
        asked = self.acting.question(scene)
        self.query_one("#question", Rows).paint([(Bit(asked, "strong"),)] if asked else [])
        listed = words.keys if scene.connected else words.keys_dead
        self.query_one("#keys", Rows).paint([(Bit(listed, "quiet"),)])

    def _scene(self) -> Scene:
        desk, board = self.desk, self.desk.board()
        return Scene(
            board=board,
            now=desk.now,
            words=self.acting.words,
            by=desk.by,
            run=chosen(board.runs, self.acting.picked, desk.by),
            connected=desk.connected,
            stale=desk.stale,
            silent=desk.silent,
            unread=desk.unread,
        )

    def _changed(self) -> None:
        """Many changes in one turn are painted once."""
        if not self._to_paint and self.is_running:
            self._to_paint = True
            self.call_later(self.paint)

    # --- keys ---------------------------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Keys come here before anything else: Textual's own meanings of Tab and Esc are not ours."""
        if isinstance(event, events.Key) and self._takes(event):
            event.stop()
            return
        await super().on_event(event)

    def _takes(self, event: events.Key) -> bool:
        if self.focused is not None:
            return self._takes_beside_line(event.key)
        if event.key.startswith("ctrl+"):
            return False
        self.acting.press(plain(event.key, event.character), self.shown or self._scene())
        return True

    # --- for the keys' meaning ----------------------------------------------------------------------------------

    def start(self, calling: Coroutine[Any, Any, object]) -> None:
        """Have a call made, and do not wait for it."""
        self.run_worker(calling)

    def later(self, seconds: float, what: Callable[[], None]) -> None:
        """Do something in a moment."""
        self.set_timer(seconds, what)

    def leave(self) -> None:
        """The caller is done; the player goes on."""
        self.exit()

    def type_line(self, start: str, then: Callable[[str], None]) -> None:
        """Have a line typed: Enter hands it over, Esc does not."""
        self._typed = then
        line = self.query_one(Input)
        line.display = True
        line.value = start
        line.cursor_position = len(start)
        # At once: a number and its Enter may come in one burst.
        self.screen.set_focus(line)

    def _takes_beside_line(self, key: str) -> bool:
        """Keys that are no part of the line: up and down go through the cues."""
        line = self.query_one(Input)
        if key in ("up", "down") and self.shown is not None and self.shown.run is not None:
            line.value = neighbour(self.shown.run, line.value, -1 if key == "up" else 1)
            line.cursor_position = len(line.value)
        elif key == "escape":
            self._close_line()
        return key in ("up", "down", "escape", "tab", "shift+tab")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: do what the line was typed for."""
        self._close_line()
        self._typed(event.value.strip())

    def _close_line(self) -> None:
        self.acting.notice = None
        self.query_one(Input).display = False
        self.set_focus(None)
        self.paint()
