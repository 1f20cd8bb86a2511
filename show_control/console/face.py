"""How the rows are laid on a terminal: the only widgets there are, painted from a scene."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Digits, Static

from show_control.console import night, standby, top
from show_control.console.last_resort import SafeLook
from show_control.console.outcome import Came
from show_control.console.rows import Bit, Row, Tone, text_of
from show_control.console.scene import Scene

TONES: Mapping[Tone, str] = {
    "plain": "#d7d7d7",
    "quiet": "#9a9a9a",
    "strong": "bold #ffffff",
    "lamp": "bold #ffd75f",
    "good": "bold #5fd787",
    "sent": "#ffaf00",
    "bad": "bold #ff5f5f",
    "choose": "bold #87bfff",
}
GREY = "#6c6c6c"
"""Everything, while nothing shown counts."""


class Rows(Static):
    """Rows of words. It is laid out anew only where they have changed."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id, markup=False)
        self._shown: tuple[Sequence[Row], bool] | None = None

    @property
    def words(self) -> str:
        """What is shown, a row a line."""
        return "\n".join(text_of(row) for row in self._shown[0]) if self._shown else ""

    def paint(self, rows: Sequence[Row], *, grey: bool = False) -> None:
        """Show these, and nothing where there are none."""
        if self._shown == (rows, grey):
            return
        self._shown = (rows, grey)
        self.display = bool(rows)
        styled = (
            Content.assemble(*((b.text, GREY if grey else TONES[b.tone]) for b in row))
            for row in rows
        )
        self.update(Content("\n").join(styled))


class Face(Vertical):
    """All of the screen but what is asked at its bottom."""

    DEFAULT_CSS: ClassVar[str] = """
    Face { height: 1fr; }
    Face Rows { width: 1fr; height: auto; text-wrap: nowrap; text-overflow: ellipsis; }
    Face #rehearsal { background: #12304f; }
    Face #bands { background: #5f0000; text-wrap: wrap; }
    Face #body, Face #left, Face #right { height: 1fr; }
    Face #left { width: 11fr; padding-right: 2; }
    Face #right { width: 10fr; }
    Face #cue { height: auto; min-height: 3; margin-top: 1; }
    Face Digits { width: auto; color: #ffd75f; text-style: bold; padding-right: 2; }
    Face.stale Digits { color: #6c6c6c; }
    Face #name { content-align: left middle; min-height: 3; text-wrap: wrap; }
    Face #details { text-wrap: wrap; }
    Face #running { margin-top: 1; }
    Face #cues, Face #lines { height: 1fr; min-height: 1; }
    Face #answer { background: #262626; text-wrap: wrap; max-height: 3; }
    """

    def compose(self) -> ComposeResult:
        """The parts, as they lie."""
        yield Rows(id="top")
        yield Rows(id="rehearsal")
        yield Rows(id="bands")
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield Rows(id="head")
                with Horizontal(id="cue"):
                    yield Digits(id="number")
                    yield Rows(id="name")
                yield Rows(id="details")
                yield Rows(id="running")
                yield Rows(id="cues")
            with Vertical(id="right"):
                yield Rows(id="slots")
                yield Rows(id="outputs")
                yield Rows(id="lines")
        yield Rows(id="answer")

    def paint(self, scene: Scene, came: Came | None, looked: SafeLook | None) -> None:
        """Show a scene, and what the newest call came to."""
        self.set_class(scene.stale, "stale")
        width = self.size.width
        self._rows("top", [top.top(scene, width)], scene)
        self.query_one("#rehearsal", Rows).paint(top.rehearsal(scene, width))
        self.query_one("#bands", Rows).paint(top.bands(scene))
        self._paint_left(scene)
        self._paint_right(scene)
        self.query_one("#answer", Rows).paint([top.answer(scene, came, looked)])

    def _paint_left(self, scene: Scene) -> None:
        self._rows("head", [standby.head(scene), *standby.control(scene)], scene)
        number = self.query_one(Digits)
        number.display = scene.cue is not None
        number.update(scene.cue.number if scene.cue else "")
        self._rows("name", [standby.name(scene)], scene)
        self._rows("details", [*standby.loop(scene), *standby.details(scene)], scene)
        self._rows("running", _titled(scene.words.running, standby.running(scene)), scene)
        cues = self.query_one("#cues", Rows)
        rows = night.cues(scene, cues.size.width, max(1, cues.size.height - 1))
        self._rows("cues", _titled(scene.words.cues, rows), scene)

    def _paint_right(self, scene: Scene) -> None:
        right = self.query_one("#right").size
        third = max(3, right.height // 3 - 1)
        slots = night.predictions(scene, right.width) + night.slots(scene, right.width, third)
        outputs = night.outputs(scene, right.width, third)
        for more in (night.on_air, night.hazards, night.timecodes, night.remote):
            outputs += more(scene, right.width)
        self._rows("slots", _titled(scene.words.slots, slots), scene)
        self._rows("outputs", _titled(scene.words.outputs, outputs), scene)
        room = right.height - len(slots) - len(outputs) - 3
        lines = night.lines(scene, right.width, room) if room > 0 else []
        self._rows("lines", _titled(scene.words.lines, lines) if lines else [], scene)

    def _rows(self, name: str, rows: Sequence[Row], scene: Scene) -> None:
        self.query_one(f"#{name}", Rows).paint(rows, grey=scene.stale)


def _titled(title: str, rows: Sequence[Row]) -> list[Row]:
    return [(Bit(title, "quiet"),), *rows]
