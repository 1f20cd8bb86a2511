"""Which run a word from a remote means: its surface's, where one alone can be meant. Pure.

Where several can be meant nothing is guessed: the refusal names them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from show_control.engine.asked import own_first
from show_control.engine.state import UNDER_WAY, Run, State
from show_control.events import CallName
from show_control.sentences import Sentence, said

_Wanted = Callable[[Run], bool]


def _live(run: Run) -> bool:
    return run.live


_WANTED: dict[CallName, _Wanted] = {
    "go": lambda r: r.live and r.standby is not None,
    "skip": lambda r: r.live and r.standby is not None,
    "standby": lambda r: r.live and r.phase != "waiting",
    "back": lambda r: r.live and r.phase != "waiting",
    "hold": lambda r: r.phase == "running",
    "resume": lambda r: r.phase == "holding",
    "leave": lambda r: r.phase in UNDER_WAY,
    "end": lambda r: r.phase in UNDER_WAY,
}
"""Which runs a call can be about; every other call, any that is live."""


class Unclear(Exception):
    """No run, or several, can be meant: `why` says so."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(why.code)
        self.why = why


def live_runs(state: State, surface: str | None = None) -> list[Run]:
    """What can be called, of one surface or all, in the order of their starts."""
    runs = (r for r in state.runs.values() if r.live and surface in (None, r.surface))
    return sorted(runs, key=lambda r: (r.starts, r.surface, r.id))


def the_run(state: State, call: CallName, surface: str) -> Run:
    """The surface's run that a call means; one that is over where there is no other, so that the
    engine says why not. Raises Unclear."""
    wanted = _WANTED.get(call, _live)
    here = [r for r in state.runs.values() if r.surface == surface]
    for among in ([r for r in here if wanted(r)], [r for r in here if r.live]):
        if among and (call != "end" or wanted(among[0])):
            return alone(among)
    if not here or call == "end":  # what only stands by is not ended because nothing runs
        raise Unclear(said("no_run_to"))
    return max(here, key=lambda r: (r.night, r.starts, len(r.id), r.id))


def alone(runs: Sequence[Run]) -> Run:
    """The only one, a slot's own before those that it started; raises Unclear where there are more."""
    runs = own_first(runs)
    if len(runs) > 1:
        raise Unclear(said("which_run", slots=sorted(r.name for r in runs)))
    return runs[0]


def faded_by(state: State, surface: str) -> list[str]:
    """The runs that a fade out of a surface means: all that run there, else all that could; a
    surface with none means all outputs, as a run that nobody knows does."""
    runs = live_runs(state, surface)
    under_way = [r.id for r in runs if r.phase in UNDER_WAY]
    return under_way or [r.id for r in runs] or [surface]


def current(state: State, surface: str | None) -> Run:
    """The run whose standby a word without a run means: QLab's current cue list. Raises Unclear."""
    runs = live_runs(state, surface)
    ready = [r for r in runs if r.standby is not None and r.phase != "waiting"]
    if not runs:
        raise Unclear(said("no_run_to"))
    return alone(ready or runs)
