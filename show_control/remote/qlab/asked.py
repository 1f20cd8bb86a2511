"""What a message with QLab's words asks, and what it comes to. Pure."""

from __future__ import annotations

from typing import Any

import msgspec

from show_control.engine.state import Run, State
from show_control.events import Call
from show_control.model import Argument, Millis
from show_control.remote.meaning import alone, current, live_runs
from show_control.remote.qlab.ids import Ids
from show_control.remote.qlab.values import Seen
from show_control.sentences import Sentence, said


class Asked(msgspec.Struct, frozen=True):
    """A message: its address, the parts of it below the workspace, and what the state is.

    `surface` is set where the workspace that was named is a surface.
    """

    address: str
    parts: tuple[str, ...]
    args: tuple[Argument, ...]
    state: State
    ids: Ids
    now: Millis
    surface: str | None = None

    @property
    def value(self) -> Any:
        """The first argument's value."""
        return self.args[0].value if self.args else None

    def seen(self, run: Run, index: int | None = None) -> Seen:
        """A run or a cue of it, now."""
        return Seen(self.state, self.ids, self.now, run, index)

    def at_playhead(self) -> Seen:
        """The cue that stands by in the run that is meant; raises Unclear, and NotThere."""
        run = current(self.state, self.surface)
        if run.standby is None:
            raise NotThere
        return self.seen(run, run.standby)

    def numbered(self, number: str) -> Seen:
        """The cue with this number, or a surface's run; raises Unclear, and NotThere."""
        runs = live_runs(self.state, self.surface)
        if lists := [run for run in runs if run.surface == number]:
            return self.seen(alone(lists))
        found = [
            (run, index)
            for run in runs
            for index, cue in enumerate(self.state.sequence(run).cues)
            if cue.number == number
        ]
        if not found:
            raise NotThere
        alone([run for run, _ in found])
        return self.seen(*found[0])

    def identified(self, told: str) -> Seen:
        """The cue, or run, with this unique id; raises NotThere."""
        found = self.ids.find(self.state, told)
        if found is None:
            raise NotThere
        return self.seen(*found)


class NotThere(Exception):
    """A cue, or a word, that there is not."""


class Said(msgspec.Struct, frozen=True):
    """An answer: what is asked for, under the address that it is answered as."""

    data: Any = msgspec.UNSET
    address: str | None = None


class Answers(msgspec.Struct, frozen=True):
    """Several answers to one message."""

    each: tuple[Said, ...]


class Do(msgspec.Struct, frozen=True):
    """Calls to be made. `whole`: all of them, or none."""

    calls: tuple[Call, ...]
    whole: bool = False


Outcome = Said | Answers | Do


class Denied(Exception):
    """What no right, or not yet, allows."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(why.code)
        self.why = why


def never_edited(asked: Asked) -> None:
    """Refuse what would set something: nothing is edited from a remote. Raises Denied."""
    if asked.args:
        raise Denied(said("remote_edits"))
