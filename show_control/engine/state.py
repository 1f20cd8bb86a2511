"""The engine's state, and the patch that makes one state of another.

The journal keeps patches: a restarted player, the service and the console fold them to the same
state, whatever engine made them.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from show_control.documents import Routing, Which
from show_control.events import TimecodeStatus, TimecodeWhy
from show_control.frames import Rate
from show_control.looks import Look
from show_control.model import Millis, NightFile, Sequence, Simulator, Slot, Text
from show_control.sentences import Sentence

Phase = Literal["waiting", "standing by", "running", "holding", "ended", "lapsed", "skipped"]
MINIMUM_SPAN: Millis = 300
"""Two GOs on one run are at least this far apart, unless the installation sets another span."""
LIVE: frozenset[Phase] = frozenset({"waiting", "standing by", "running", "holding"})
UNDER_WAY: frozenset[Phase] = frozenset({"running", "holding"})


class Part(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What every part of the state is."""


class Control(Part, frozen=True):
    """Who has control of a run, and since when.

    `asked_by` is who asked for it last; `before` from whom it was taken over.
    """

    by: str
    since: Millis
    asked_by: str | None = None
    asked_at: Millis | None = None
    before: str | None = None


class Looping(Part, frozen=True):
    """A loop under way: the index of the cue that loops, and of the one that it calls again.

    `turn` counts the passes, from 1. `leaving`: this pass is the last. `out`: what follows it goes then.
    """

    cue: int
    to: int
    turn: int = 1
    leaving: bool = False
    out: bool = False


class Run(Part, frozen=True):
    """One performance of a slot's sequence, on the file (`file`, its hash) it stood by with.

    `standby` is an index into the cues; `count` rises at each change of it. `head` is the cue that
    the last GO, or the schedule, fired; `called_at` when; `went` and `pending` are (index, instant)
    pairs of what that set off, the first to go first; `awaits` are the cues that wait for a timecode
    which does not run, and `reached` is where that was when it stopped. `anchor` is where the 0 of its
    timeline lies, `entered` the cue by which that was entered. `loop` is the loop that it is in; the next
    pass begins at `turns_at`. `parent` is the run of which a cue started it. `moved_at` is when a person
    changed the standby after it. `past` is every cue that went in this run; `skipped` and `dropped` are
    those that did not and have not since. `closed` once its slot's end has been dealt with; `early` where
    a person started its slot before its instant, at which it does not start again. `reason` is why it is
    over, or waits, and `said` the same as a sentence, which an older engine did not keep. `by` is the last
    hand on it, `control` who alone may call it while it is not over.
    """

    id: str
    slot: str
    night: str
    surface: str
    file: str
    sequence: str
    start: Literal["auto", "manual"]
    starts: Millis
    ends: Millis
    outputs: tuple[str, ...]
    phase: Phase = "standing by"
    reason: str | None = None
    said: Sentence | None = None
    in_hand: bool = False
    by: str | None = None
    control: Control | None = None
    started_at: Millis | None = None
    ended_at: Millis | None = None
    standby: int | None = None
    count: int = 0
    head: int | None = None
    called_at: Millis = 0
    went: tuple[tuple[int, Millis], ...] = ()
    pending: tuple[tuple[int, Millis], ...] = ()
    anchor: Millis | None = None
    awaits: tuple[int, ...] = ()
    reached: Millis | None = None
    entered: int = 0
    loop: Looping | None = None
    turns_at: Millis | None = None
    parent: str | None = None
    past: tuple[tuple[int, Millis], ...] = ()
    skipped: tuple[int, ...] = ()
    dropped: tuple[int, ...] = ()
    how: Literal["GO", "auto"] = "GO"
    last_go: str | None = None
    last_go_at: Millis | None = None
    last_go_by: str | None = None
    moved_at: Millis | None = None
    moved_by: str | None = None
    held_at: Millis | None = None
    faded: bool = False
    ends_at: Millis | None = None
    closed: bool = False
    latest_start: Millis | None = None
    early: bool = False

    @property
    def name(self) -> str:
        """What people call it: its slot's id, and where another run started it, its sequence's."""
        return self.slot + "".join(self.id.partition(":")[1:])

    @property
    def live(self) -> bool:
        """Not over yet."""
        return self.phase in LIVE

    @property
    def whose(self) -> str | None:
        """Who has control of it, else the last hand on it."""
        return self.control.by if self.control is not None else self.by

    @property
    def why(self) -> Sentence | str:
        """Why it is over, or waits."""
        return self.said or self.reason or self.phase


def ancestors(run: str) -> list[str]:
    """The runs by which a run was started, one by another, by its id: the nearest first."""
    parts = run.split(":")
    return [":".join(parts[:n]) for n in range(len(parts) - 1, 0, -1)]


class Enabled(Part, frozen=True):
    """Who enabled a hazard output for a night."""

    by: str
    at: Millis
    night: str


class Routed(Part, frozen=True):
    """Who took an output off the wire, when, and where what it is told goes to instead."""

    to: Routing
    by: str
    at: Millis


class OnAir(Part, frozen=True):
    """Which of a server's addresses was put on the picture last, by whom (a cue has nobody), when.

    In the state under the server's id; of one that is rehearsed under `simulator:ID`, `record only:ID`.
    """

    which: Which
    by: str
    at: Millis


class Stopped(Part, frozen=True):
    """A show stop in force, or automation that somebody turned off."""

    by: str
    at: Millis
    reason: str | None = None


class Followed(Part, frozen=True):
    """A timecode as the player follows it: `zero` is the instant of its 00:00:00:00, None where it does
    not run; `position` is where it was at the instant `at`, in milliseconds. `since` when it has been so.
    """

    status: TimecodeStatus
    position: Millis
    at: Millis
    since: Millis
    zero: Millis | None = None
    why: TimecodeWhy | None = None
    told: Rate | None = None
    sender: str | None = None


class Answered(Part, frozen=True):
    """What a request came to, so that its repeat is told the same and does nothing."""

    accepted: bool
    at: Millis
    reason: str | None = None
    run: str | None = None
    went: str | None = None
    standby: str | None = None
    standby_count: int | None = None
    by: str | None = None
    by_at: Millis | None = None
    reasons: Text = {}


class Point(Part, frozen=True, order=True):
    """An instant of the schedule. What ends is done before what starts: `rank` orders the kinds."""

    at: Millis
    rank: Literal[2, 3, 4]
    night: str
    ref: str

    @property
    def kind(self) -> Literal["curfew", "displaced", "start"]:
        """`ref` names a surface for a curfew, else a slot."""
        kinds: tuple[Literal["curfew", "displaced", "start"], ...] = (
            "curfew",
            "displaced",
            "start",
        )
        return kinds[self.rank - 2]


def agenda(file: NightFile | None) -> tuple[Point, ...]:
    """The file's curfews, displacements and slot starts, in order."""
    points = [
        point
        for night in (file.nights if file else ())
        for point in (
            *(Point(at=at, rank=2, night=night.date, ref=s) for s, at in night.curfews.items()),
            *(Point(at=d.starts, rank=3, night=night.date, ref=d.id) for d in night.displaced),
            *(Point(at=s.starts, rank=4, night=night.date, ref=s.id) for s in night.slots),
        )
    ]
    return tuple(sorted(points))


class State(Part, frozen=True):
    """All that the engine knows.

    `looks` are wanted now; `cued` is what the cues made of an output, which `restore` brings back.
    `faded` tells when an output was last faded out, until something else acts on it. `routing` has the
    outputs that are off the wire, also those that no file in use knows any more; `simulators` the servers
    that can be rehearsed with. The schedule up to `through` has been dealt with; `agenda` is the file's
    schedule, in order (derived, never in a patch). `automation_off` is who turned it off; `automation`
    is false while it is or the show is stopped. Dicts are never changed in place.
    """

    files: dict[str, NightFile] = {}
    loaded: str | None = None
    through: Millis = 0
    automation: bool = True
    automation_off: Stopped | None = None
    minimum_span: Millis = MINIMUM_SPAN
    stopped: Stopped | None = None
    runs: dict[str, Run] = {}
    owners: dict[str, str] = {}
    looks: dict[str, Look] = {}
    cued: dict[str, Look] = {}
    faded: dict[str, Millis] = {}
    enabled: dict[str, Enabled] = {}
    routing: dict[str, Routed] = {}
    on_air: dict[str, OnAir] = {}
    simulators: dict[str, Simulator] = {}
    answered: dict[str, Answered] = {}
    timecodes: dict[str, Followed] = {}
    agenda: tuple[Point, ...] = ()

    @property
    def file(self) -> NightFile | None:
        """The night file in force."""
        return self.files[self.loaded] if self.loaded is not None else None

    def route(self, output: str) -> Routing:
        """Where what an output is told goes to."""
        routed = self.routing.get(output)
        return "wire" if routed is None else routed.to

    def wants_on_air(self, server: str) -> Which:
        """Which of a server's addresses should be on the picture: main, unless somebody said otherwise."""
        wanted = self.on_air.get(server)
        return "main" if wanted is None else wanted.which

    def sequence(self, run: Run) -> Sequence:
        """A run's sequence, of the file that it stood by with."""
        return self.files[run.file].sequences[run.sequence]

    def slot(self, run: Run) -> Slot | None:
        """A run's slot in the file it stood by with."""
        nights = self.files[run.file].nights
        return next(
            (s for n in nights if n.date == run.night for s in n.slots if s.id == run.slot), None
        )


EMPTY = State()

_ITEMS: dict[str, Any] = {
    "runs": Run,
    "owners": str,
    "looks": Look,
    "cued": Look,
    "faded": int,
    "enabled": Enabled,
    "routing": Routed,
    "on_air": OnAir,
    "simulators": Simulator,
    "answered": Answered,
    "timecodes": Followed,
}
_VALUES: dict[str, Any] = {
    "loaded": str | None,
    "through": int,
    "automation": bool,
    "automation_off": Stopped | None,
    "minimum_span": int,
    "stopped": Stopped | None,
}


def patch(old: State, new: State) -> dict[str, Any]:
    """What changed, in plain values: for dicts the changed items, None for those that went.

    Night files are not in it: they are entries of their own, told apart by hash.
    """
    changed: dict[str, Any] = {
        name: msgspec.to_builtins(getattr(new, name))
        for name in _VALUES
        if getattr(old, name) != getattr(new, name)
    }
    for name in _ITEMS:
        before, now = getattr(old, name), getattr(new, name)
        if before is now:
            continue
        items = {k: msgspec.to_builtins(v) for k, v in now.items() if before.get(k) != v}
        items |= {k: None for k in before if k not in now}
        if items:
            changed[name] = items
    if old.files is not new.files and old.files.keys() != new.files.keys():
        changed["files"] = sorted(new.files)
    return changed


def apply(state: State, changed: dict[str, Any], files: dict[str, NightFile]) -> State:
    """The state after a patch; `files` holds every night file told of so far, by hash.

    Raises msgspec.ValidationError for a patch of another shape.
    """
    values: dict[str, Any] = {
        name: msgspec.convert(changed[name], kind)
        for name, kind in _VALUES.items()
        if name in changed
    }
    for name, kind in _ITEMS.items():
        if name in changed:
            values[name] = _patched(getattr(state, name), changed[name], kind)
    if "files" in changed:
        values["files"] = {h: files[h] for h in changed["files"]}
    state = msgspec.structs.replace(state, **values)
    if "loaded" in changed:
        state = msgspec.structs.replace(state, agenda=agenda(state.file))
    return state


def _patched(items: dict[str, Any], changed: dict[str, Any], kind: Any) -> dict[str, Any]:
    """In the same order as the engine's own: what changed keeps its place, what is new comes last."""
    gone = {k for k, v in changed.items() if v is None}
    new = {k: msgspec.convert(v, kind) for k, v in changed.items() if v is not None}
    return {k: new.get(k, v) for k, v in items.items() if k not in gone} | new
