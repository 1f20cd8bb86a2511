"""QLab's words for a cue: `/cue/{number}/...`, `/cue_id/{id}/...`, `/cue/playhead/...`, `/cue/active/...`.

A cue is started by standing by and GO at once; it is not stopped alone, as its run is. A list of
cues is a run: its words are the run's.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Callable
from typing import Any, Final

import msgspec

from show_control.events import Call
from show_control.remote.meaning import Unclear, live_runs
from show_control.remote.qlab.asked import Answers, Asked, Do, NotThere, Outcome, Said, never_edited
from show_control.remote.qlab.values import VALUES, Seen, active, values
from show_control.sentences import said

PLAYHEAD: Final = ("playhead", "playbackPosition", "selected")
MOST_ANSWERS: Final = 64
"""Cues that one pattern is answered for."""

MOST_KEYS: Final = 128

Words = Callable[[Asked, Seen], Outcome]


def of_cues(asked: Asked) -> Outcome:
    """A message below `cue` or `cue_id`; raises NotThere, Unclear and Denied."""
    kind, which, *rest = asked.parts
    if not rest:
        raise NotThere
    if kind == "cue_id":
        return of_cue(asked, asked.identified(which), rest)
    if which in PLAYHEAD:
        return of_cue(asked, asked.at_playhead(), rest, resolved=True)
    if which == "active" or "*" in which or "?" in which:
        found = [of_cue(asked, seen, rest, resolved=True) for seen in _matching(asked, which)]
        each = tuple(one for one in found if isinstance(one, Said))
        if not each or len(each) < len(found):
            raise NotThere  # a call is for one cue
        return Answers(each)
    return of_cue(asked, asked.numbered(which), rest)


def _matching(asked: Asked, pattern: str) -> list[Seen]:
    found: list[Seen] = []
    for run in live_runs(asked.state, asked.surface):
        if pattern == "active":
            found += active(asked.seen(run), paused=True)
        else:
            cues = enumerate(asked.state.sequence(run).cues)
            found += [asked.seen(run, i) for i, c in cues if fnmatch.fnmatchcase(c.number, pattern)]
    return found[:MOST_ANSWERS]


def of_cue(asked: Asked, seen: Seen, rest: list[str], *, resolved: bool = False) -> Outcome:
    """A word for one cue or list; `resolved` where QLab answers under the cue's own address."""
    word = "/".join(rest)
    if rest[0] in ("playhead", "playbackPosition", "playheadID", "playbackPositionID") and (
        len(rest) > 1 or asked.args
    ):
        return moved(asked, seen, rest[1] if len(rest) > 1 else str(asked.value))
    if acts := ACTS.get(word):
        return acts(asked, seen)
    if word == "valuesForKeys":
        return _answered(asked, seen, values(seen, keys_of(asked.value)), rest, resolved)
    if word == "valuesForKeysWithArguments":
        return _answered(asked, seen, values(seen, keys_of(asked.value)), rest, resolved)
    if word not in VALUES:
        raise NotThere
    never_edited(asked)
    return _answered(asked, seen, VALUES[word](seen), rest, resolved)


def _answered(asked: Asked, seen: Seen, data: Any, rest: list[str], resolved: bool) -> Said:
    if not resolved:
        return Said(data)
    before = asked.address[: asked.address.index("/cue/")]
    return Said(data, f"{before}/cue/{seen.number}/{'/'.join(rest)}")


def keys_of(told: Any) -> list[str]:
    """The keys of a JSON array, or object; raises NotThere for what is neither. A list's children are
    asked for alone, as their answer is long."""
    try:
        found = msgspec.json.decode(told) if isinstance(told, str) else None
    except msgspec.MsgspecError:
        found = None
    if not isinstance(found, list | dict):
        raise NotThere
    keys = [key for key in found if isinstance(key, str) and not key.startswith("children")]
    return keys[:MOST_KEYS]


def moved(asked: Asked, seen: Seen, to: str) -> Do:
    """Another cue of the run stands by: the next, the one before, the next group, or one by name."""
    run, cues = seen.run, asked.state.sequence(seen.run).cues
    at_now = len(cues) if run.standby is None else run.standby
    if to == "previous":
        return Do((Call(call="back", run=run.id),))
    if to in ("next", "nextSequence", "previousSequence"):
        heads = [i for i, cue in enumerate(cues) if to == "next" or cue.continues == "none"]
        ahead = to != "previousSequence"
        found = [i for i in heads if (i > at_now if ahead else i < at_now)]
        if not found:
            raise NotThere
        return _standby(run.id, cues[found[0 if ahead else -1]].number)
    known = asked.ids.find(asked.state, to)
    if known is not None and known[0].id == run.id and known[1] is not None:
        return _standby(run.id, cues[known[1]].number)
    return _standby(run.id, to)


def _standby(run: str, number: str) -> Do:
    return Do((Call(call="standby", run=run, standby=number),))


def started(asked: Asked, seen: Seen) -> Do:
    """GO for this cue, which stands by first if another does; of a list, GO for what stands by."""
    del asked
    if seen.cue is None:
        return Do((Call(call="go", run=seen.run.id),))
    number = seen.cue.number
    go = Call(call="go", run=seen.run.id, standby=number)
    if seen.run.standby == seen.index:
        return Do((go,))
    return Do((Call(call="standby", run=seen.run.id, standby=number), go), whole=True)


def loaded(asked: Asked, seen: Seen) -> Do:
    """It stands by."""
    del asked
    if seen.cue is None:
        raise NotThere
    return _standby(seen.run.id, seen.cue.number)


def faded(asked: Asked, seen: Seen) -> Do:
    """Its run's outputs fade to the safe look."""
    del asked
    return Do((Call(call="fade_out", run=seen.run.id),))


def stopped(asked: Asked, seen: Seen) -> Do:
    """A list fades out; one cue is not stopped alone."""
    if seen.index is not None:
        raise Unclear(said("remote_one_cue"))
    return faded(asked, seen)


def held(asked: Asked, seen: Seen) -> Do:
    """Its run is held."""
    del asked
    return Do((Call(call="hold", run=seen.run.id),))


def resumed(asked: Asked, seen: Seen) -> Do:
    """Its run goes on."""
    del asked
    return Do((Call(call="resume", run=seen.run.id),))


def toggled(asked: Asked, seen: Seen) -> Do:
    """Its run is held, or goes on if it is."""
    return resumed(asked, seen) if seen.run.phase == "holding" else held(asked, seen)


ACTS: Final[dict[str, Words]] = {
    "start": started,
    "go": started,
    "load": loaded,
    "panic": faded,
    "panicInTime": faded,
    "stop": stopped,
    "hardStop": stopped,
    "pause": held,
    "hardPause": held,
    "resume": resumed,
    "togglePause": toggled,
}
