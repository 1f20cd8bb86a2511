"""A board of two surfaces with a server each, and the people who may see which."""

from __future__ import annotations

import msgspec

from ops.access.rights import Grant, SignedIn
from ops.live.following import empty_board
from show_control.documents import Board, LineView, OutputView, ServerView, SlotView, SurfaceView

ALL = SignedIn(name="Kim", grants=(Grant(("see", "control")),))
FACADE = SignedIn(name="Lee", grants=(Grant(("see",), "lights", "facade"),))
ELSEWHERE = SignedIn(name="Park", grants=(Grant(("see",), "other"), Grant(("control",))))


def surface(name: str) -> SurfaceView:
    return SurfaceView(surface=name, title={}, kind="facade", length=None, curfew=None)


def slot(name: str) -> SlotView:
    return SlotView(
        slot=f"{name}-slot",
        run=None,
        surface=name,
        title={},
        status="planned",
        start="auto",
        starts=0,
        ends=1,
        reason=None,
        reasons={},
    )


def output(name: str) -> OutputView:
    return OutputView(
        output=f"{name}-1",
        surface=name,
        server=f"{name}-server",
        x=None,
        width=None,
        hazard=None,
        enabled_by=None,
        run=None,
        clip=None,
        clip_name=None,
        work=None,
        work_title={},
        level=1.0,
        dark=False,
        wants_light=False,
        since=0,
        sent_at=None,
        evidence=(),
        agreement="no reply",
        lit=False,
    )


def line(name: str | None, slot: str | None = None) -> LineView:
    return LineView(
        at=0,
        night_time="20:00:00",
        kind="call",
        surface=name,
        slot=slot,
        run=None,
        cue=None,
        text="said",
        texts={},
        by=None,
    )


BOARD: Board = msgspec.structs.replace(
    empty_board(0),
    festival="lights",
    title={"en": "Lights"},
    player="p",
    term=2,
    surfaces=(surface("facade"), surface("dome")),
    slots=(slot("facade"), slot("dome")),
    outputs=(output("facade"), output("dome")),
    servers=tuple(
        ServerView(server=f"{name}-server", dialect="generic", addresses=())
        for name in ("facade", "dome")
    ),
    lines=(line("facade"), line("dome"), line(None), line(None, "dome-slot")),
)


def lit(board: Board, which: str) -> Board:
    """The same with one surface's output lit."""
    outputs = tuple(
        msgspec.structs.replace(o, lit=o.surface == which or o.lit) for o in board.outputs
    )
    return msgspec.structs.replace(board, outputs=outputs)
