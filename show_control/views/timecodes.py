"""Timecodes as the board shows them."""

from __future__ import annotations

from show_control.documents import TimecodeView
from show_control.engine.on_timecode import SILENT, label, place
from show_control.engine.state import Followed, State
from show_control.model import Timecode
from show_control.sentences import say, texts


def timecode_views(state: State) -> tuple[TimecodeView, ...]:
    """Those of the file in force, in its order."""
    timecodes = state.file.timecodes.values() if state.file else ()
    return tuple(_view(t, state.timecodes.get(t.id, SILENT)) for t in timecodes)


def _view(timecode: Timecode, followed: Followed) -> TimecodeView:
    why = place(timecode, followed)
    return TimecodeView(
        timecode=timecode.id,
        kind=timecode.kind,
        rate=timecode.rate,
        listen=timecode.listen,
        sender=followed.sender,
        status=followed.status,
        position=followed.position,
        label=label(timecode, followed.position),
        at=followed.at,
        since=followed.since or None,
        reason=say(why),
        reasons=texts(why),
    )
