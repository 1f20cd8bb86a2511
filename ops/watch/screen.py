"""The board as rows for a terminal, with the console's own: one column, nothing to press. Pure."""

from __future__ import annotations

import msgspec
from rich.text import Text as Painted

from ops.watch.words import Said
from show_control.console import night, standby, top
from show_control.console.face import GREY, TONES
from show_control.console.rows import Bit, Row, span, spread, trim
from show_control.console.scene import Scene, chosen
from show_control.documents import Board
from show_control.model import Millis

MOST_LINES = 6


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to show: `lost` tells that the service does not answer, and
    why; None while it does."""

    board: Board | None
    now: Millis | None
    age: Millis | None
    stale: bool
    lost: str | None
    where: str


def screen(looked: Looked, said: Said, width: int, height: int) -> list[Row]:
    """Everything, cut to the terminal."""
    if looked.board is None:
        waiting = said.waiting.format(where=looked.where)
        rows: list[Row] = [(Bit(waiting, "quiet"),)]
        if looked.lost:
            rows.append((Bit(looked.lost, "bad"),))
        return rows
    scene = _scene(looked, looked.board, said)
    listed = [
        top.top(scene, width),
        _feed(looked, said, width),
        *top.rehearsal(scene, width),
        *_bands(looked, scene),
        *_runs(scene),
        *_part(scene.words.running, standby.running(scene)),
        *_part(scene.words.outputs, _outputs(scene, width)),
    ]
    room = max(0, min(MOST_LINES, height - len(listed) - 2))
    if room:
        listed += _part(scene.words.lines, night.lines(scene, width, room))
    return [trim(row, width) for row in listed[:height]]


def painted(rows: list[Row], *, grey: bool) -> Painted:
    """In the console's colours; all grey while nothing shown counts."""
    lines = [
        Painted.assemble(
            *((b.text, GREY if grey and b.tone != "bad" else TONES[b.tone]) for b in row)
        )
        for row in rows
    ]
    return Painted("\n").join(lines)


def _scene(looked: Looked, board: Board, said: Said) -> Scene:
    return Scene(
        board=board,
        now=looked.now or 0,
        words=said.board,
        by="",
        run=chosen(board.runs, None),
        connected=True,
        stale=looked.stale,
        silent=looked.age,
    )


def _feed(looked: Looked, said: Said, width: int) -> Row:
    age = "" if looked.age is None else said.age.format(age=span(looked.age // 100 * 100))
    return spread(width, (Bit(looked.where, "quiet"),), (Bit(age, "quiet"),))


def _bands(looked: Looked, scene: Scene) -> list[Row]:
    lost: list[Row] = [] if looked.lost is None else [(Bit(looked.lost, "bad"),)]
    return lost + top.bands(scene)


def _runs(scene: Scene) -> list[Row]:
    """Each run that is not over: what stands by in it, and who has control."""
    rows: list[Row] = []
    for run in scene.live or (scene.run,):
        each = msgspec.structs.replace(scene, run=run)
        rows += [(), standby.head(each), *standby.control(each)]
        number = (Bit(f"{each.cue.number}  ", "lamp"),) if each.cue else ()
        rows += [(*number, *standby.name(each)), *standby.loop(each), *standby.details(each)]
    return rows


def _outputs(scene: Scene, width: int) -> list[Row]:
    return [
        *night.outputs(scene, width, len(scene.board.outputs)),
        *night.on_air(scene, width),
        *night.hazards(scene, width),
        *night.timecodes(scene, width),
        *night.remote(scene, width),
    ]


def _part(title: str, rows: list[Row]) -> list[Row]:
    return [(), (Bit(title, "quiet"),), *rows] if rows else []
