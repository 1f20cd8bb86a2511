"""QLab's words for a workspace: `/go`, `/panic`, `/playhead/next`, `/cueLists` and their like.

The workspace is the installation; its lists of cues are the runs that can be called. Where a word
names no list, and several can be meant, it is refused as our own calls are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from show_control.events import Call, CallName
from show_control.remote.meaning import Unclear, current, faded_by, live_runs
from show_control.remote.qlab.asked import Asked, Do, NotThere, Outcome, Said, never_edited
from show_control.remote.qlab.cue_words import PLAYHEAD, loaded, moved, of_cues, started
from show_control.remote.qlab.values import Seen, active, listed, with_cues

FIXED: Final[dict[str, Any]] = {
    "showMode": True,
    "alwaysAudition": False,
    "auditionWindow": False,
    "auditionMonitors": False,
    "overrideWindow": False,
    "liveFadePreview": False,
    "fullScreen": False,
    "selectionIsPlayhead": True,
    "basePath": "",
}
"""What is asked by remotes made for QLab, and is always the same here."""


def of_workspace(asked: Asked) -> Outcome:
    """What a word of a workspace comes to; raises NotThere, Unclear and Denied."""
    word = "/".join(asked.parts)
    if asked.parts[0] in ("cue", "cue_id"):
        if len(asked.parts) < 2:
            raise NotThere
        return of_cues(asked)
    if word in DOES:
        return DOES[word](asked)
    if asked.parts[0] in (*PLAYHEAD, "select", "playheadID", "playbackPositionID", "select_id"):
        return _moved(asked)
    if asked.parts[0] == "go" and len(asked.parts) == 2:
        return started(asked, asked.numbered(asked.parts[1]))
    never_edited(asked)
    if word in FIXED:
        return Said(FIXED[word])
    if asked.parts[0] == "overrides":
        return Said(True)
    if (told := LISTS.get(asked.parts[0])) is not None:
        return Said(_in_form(told(asked), asked.parts[1:]))
    if word in SAYS:
        return Said(SAYS[word](asked))
    raise NotThere


def _moved(asked: Asked) -> Outcome:
    word, *to = asked.parts
    if not to:
        if asked.args:
            return moved(asked, asked.seen(current(asked.state, asked.surface)), str(asked.value))
        return Said(_playhead(asked))
    if len(to) > 1:
        raise NotThere
    if word.endswith(("ID", "_id")):
        return loaded(asked, asked.identified(to[0]))
    if to[0] in ("next", "previous", "nextSequence", "previousSequence"):
        return moved(asked, asked.seen(current(asked.state, asked.surface)), to[0])
    return loaded(asked, asked.numbered(to[0]))


def _playhead(asked: Asked) -> str:
    run = current(asked.state, asked.surface)
    if asked.parts[0].endswith("ID"):
        return asked.ids.cue_id(run, run.standby) if run.standby is not None else "none"
    return asked.seen(run, run.standby).number if run.standby is not None else "none"


# ------------------------------------------------------------ what is done


def _go(asked: Asked) -> Do:
    return Do((_called(asked, "go"),))


def _called(asked: Asked, call: CallName) -> Call:
    """A call for the surface's run; for the engine to find where no surface is named."""
    if asked.surface is None:
        return Call(call=call)
    return Call(call=call, run=current(asked.state, asked.surface).id)


def _panic(asked: Asked) -> Do:
    if asked.surface is None:
        return Do((Call(call="fade_out"),))
    runs = faded_by(asked.state, asked.surface)
    return Do(tuple(Call(call="fade_out", run=run) for run in runs))


def _all(call: CallName, phase: str) -> Callable[[Asked], Do]:
    """A call for every run in this phase: QLab's words for all that runs, or is paused."""

    def does(asked: Asked) -> Do:
        runs = [r for r in live_runs(asked.state, asked.surface) if r.phase == phase]
        calls = tuple(Call(call=call, run=run.id) for run in runs)
        return Do(calls or (_called(asked, call),))

    return does


DOES: Final[dict[str, Callable[[Asked], Outcome]]] = {
    "go": _go,
    "panic": _panic,
    "panicInTime": _panic,
    "stop": _panic,
    "hardStop": _panic,
    "pause": _all("hold", "running"),
    "resume": _all("resume", "holding"),
}


# ------------------------------------------------------------ what is said


def _lists(asked: Asked) -> list[Seen]:
    return [asked.seen(run) for run in live_runs(asked.state, asked.surface)]


def _active(asked: Asked, *, paused: bool) -> list[Seen]:
    return [cue for run in _lists(asked) for cue in active(run, paused=paused)]


def _standing_by(asked: Asked) -> list[Seen]:
    try:
        return [asked.at_playhead()]
    except (Unclear, NotThere):
        return []


LISTS: Final[dict[str, Callable[[Asked], list[Seen]]]] = {
    "cueLists": _lists,
    "selectedCues": _standing_by,
    "runningCues": lambda asked: _active(asked, paused=False),
    "runningOrPausedCues": lambda asked: _active(asked, paused=True),
}


def _in_form(found: list[Seen], form: tuple[str, ...]) -> list[Any]:
    """Whole, or as QLab's `/shallow` and `/uniqueIDs` have it."""
    match form:
        case ():
            return [with_cues(seen) if seen.index is None else _alone(seen) for seen in found]
        case ("shallow",):
            return [listed(seen) for seen in found]
        case ("uniqueIDs",) | ("uniqueIDs", "shallow"):
            return [{"uniqueID": seen.id} for seen in found]
        case _:
            raise NotThere


def _alone(seen: Seen) -> dict[str, Any]:
    return listed(seen) | {"cues": []}


def _left_of_span(asked: Asked) -> float:
    went = [r.last_go_at for r in live_runs(asked.state, asked.surface) if r.last_go_at is not None]
    return max((asked.state.minimum_span - (asked.now - at) for at in went), default=0) / 1000


SAYS: Final[dict[str, Callable[[Asked], Any]]] = {
    "settings/general/minGoTime": lambda asked: asked.state.minimum_span / 1000,
    "currentCueList": lambda asked: current(asked.state, asked.surface).surface,
    "currentCueListID": lambda asked: asked.ids.list_id(current(asked.state, asked.surface)),
    "doubleGoWindowRemaining": lambda asked: max(0.0, _left_of_span(asked)),
}
