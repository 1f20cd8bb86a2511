"""What can happen to the engine. The counterpart of commands."""

from __future__ import annotations

from typing import Literal

import msgspec

from show_control.documents import Routing, Which
from show_control.frames import Rate
from show_control.model import Millis, NightFile, Simulator

CallName = Literal[
    "standby",
    "back",
    "go",
    "hold",
    "resume",
    "skip",
    "leave",
    "end",
    "start",
    "fade_out",
    "show_stop",
    "restore",
    "automation_off",
    "automation_on",
    "enable",
    "disable",
    "route",
    "on_air",
    "ask",
    "take_over",
    "hand_back",
    "note",
]


class Event(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What every event is."""


class Call(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an operator asks.

    `run` is a run's id or its slot's alone; where it is left out and one run alone can be meant, that
    one is. `standby` is the number of the cue that GO expects, or that standby wants; `standby_count`
    the count that the caller saw. `request` makes a repeat harmless. `made_at` is when it was asked:
    a call older than its validity is refused. `reason` is entered with the call; it is a note's words.
    `surface` is the one whose next slot is to `start`, or, as `outputs`, what is to be routed `to`
    somewhere; `which` of a `server`'s addresses is to be on air. `where` is from where it was made, where
    that is an address and no person's page: a remote's.
    """

    call: CallName
    by: str = ""
    run: str | None = None
    standby: str | None = None
    standby_count: int | None = None
    output: str | None = None
    outputs: tuple[str, ...] = ()
    surface: str | None = None
    to: Routing | None = None
    server: str | None = None
    which: Which | None = None
    reason: str | None = None
    request: str | None = None
    made_at: Millis | None = None
    where: str | None = None


class Called(Event, frozen=True):
    """A person, or the program in a person's name, asked something."""

    call: Call


class Tick(Event, frozen=True):
    """An instant came that the state waited for."""


class Loaded(Event, frozen=True):
    """A night file takes the place of the one before; runs end on the file they stood by with."""

    hash: str
    file: NightFile
    by: str = ""


class Restarted(Event, frozen=True):
    """The player came back with the state of its journal. `same_engine` false holds every run."""

    same_engine: bool = True


class SimulatorsFound(Event, frozen=True):
    """Which servers have a simulator to rehearse with now, and where; all others have none."""

    simulators: dict[str, Simulator]


class Settled(Event, frozen=True):
    """What the installation sets: how far apart two GOs on one run are at least."""

    minimum_span: Millis


TimecodeStatus = Literal["silent", "running", "freewheeling", "stopped", "lost"]
TimecodeWhy = Literal["still", "reverse", "rate", "unheard", "astray", "restarted"]
"""Why it does not run: it stands, runs backwards, is of another rate, was not heard for a second, what was
heard for a second does not run at its speed, or the player has come back and has not heard it yet."""


class Timecode(Event, frozen=True):
    """A timecode begins to run, stops, or lies elsewhere than before.

    `zero` is the instant at which its 00:00:00:00 lies, None where it does not run; `position` is where
    it is now, or was heard last, in milliseconds. `told` is the rate that its sender says.
    """

    timecode: str
    status: TimecodeStatus
    position: Millis
    zero: Millis | None = None
    why: TimecodeWhy | None = None
    told: Rate | None = None
    sender: str | None = None


AnyEvent = Called | Tick | Loaded | Restarted | Settled | SimulatorsFound | Timecode
