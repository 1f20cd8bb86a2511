"""The board document: what page, feed, console and API show, as frozen Structs.

Instants are `Millis`. The document is made by `board.py`; nothing here computes.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from show_control.model import Millis, Text


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """What every part of the document is."""


SlotStatus = Literal[
    "planned",
    "displaced",
    "waiting",
    "standing by",
    "running",
    "holding",
    "ended",
    "lapsed",
    "skipped",
]
CueStatus = Literal["to come", "standing by", "pending", "running", "ended", "skipped", "dropped"]
Agreement = Literal["confirmed", "no reply", "differs", "cannot be asked", "record only"]
Life = Literal["alive", "silent", "unreachable", "not asked"]
Which = Literal["main", "backup"]
Routing = Literal["wire", "simulator", "record only"]
"""Where what an output is told goes to."""


class SayView(Part, frozen=True):
    """Words to be said, and to whom."""

    to: str
    say: str


class DoView(Part, frozen=True):
    """One action of a cue; `clip` or `value` where its kind has one, `to` for a seek, `address` and
    `args` (each its type and value) for raw OSC, `sequence` for what starts and ends one,
    `server` and `which` for what is put on air."""

    kind: str
    outputs: tuple[str, ...]
    clip: int | str | None
    clip_name: str | None
    work: str | None
    value: float | None
    fade: Millis
    to: Millis | None
    address: str | None
    args: tuple[str, ...]
    sequence: str | None
    server: str | None
    which: Which | None


class CueView(Part, frozen=True):
    """A cue in its run. `due` for a pending one, `went` for one that went.

    `at` is its place on the timeline, `timecode` the frame there, `warn_at` the instant from which to
    warn of it, None where its own is not known yet. `skip`: it is passed over.
    """

    number: str
    name: Text
    status: CueStatus
    continues: Literal["none", "with", "follow"]
    does: tuple[DoView, ...]
    on: str | None
    calls: tuple[SayView, ...]
    note: str | None
    colour: str | None
    length: Millis | None
    due: Millis | None
    went: Millis | None
    at: Millis | None
    post_wait: Millis
    group: Text
    skip: bool
    warn_at: Millis | None
    timecode: str | None = None


class LoopView(Part, frozen=True):
    """A loop under way: `cue` turns back to `to`. `turn` counts the passes, of `times` where that is
    said. `leaving`: this pass is the last."""

    cue: str
    to: str
    turn: int
    times: int | None
    leaving: bool


class ControlView(Part, frozen=True):
    """Who has control of a run; who asked for it last; `before`: from whom it was taken over."""

    by: str
    since: Millis
    asked_by: str | None
    asked_at: Millis | None
    before: str | None


class RunView(Part, frozen=True):
    """One performance. `standby` is the cue's number; `drops` what GO would drop; `brings` what
    goes by itself after it.

    `rest` is how long the sequence takes from the GO of the cue that stands by to its end, were each
    GO given as soon as what runs has ended: None where a length is not known, 0 where no cue stands by.
    `ends_at` is when what was called will have ended, where no GO comes before.
    `faded`: a fade out holds it, and not a hold; a GO then goes. `parent` is the run of which a cue
    started it. `timeline`: some of its cues have a place on one.
    `waits`: why cues wait for a timecode, in each language; empty where none does.
    """

    run: str
    slot: str
    night: str
    surface: str
    title: Text
    status: SlotStatus
    start: Literal["auto", "manual"]
    starts: Millis
    ends: Millis
    in_hand: bool
    by: str | None
    standby: str | None
    standby_count: int
    drops: tuple[str, ...]
    brings: tuple[str, ...]
    cues: tuple[CueView, ...]
    outputs: tuple[str, ...]
    ends_at: Millis | None
    control: ControlView | None
    started_at: Millis | None
    ended_at: Millis | None
    rest: Millis | None
    faded: bool
    looping: LoopView | None
    parent: str | None
    timeline: bool
    waits: Text = {}


class SlotView(Part, frozen=True):
    """A slot of tonight; `run` once there is one. `reason` for displaced, skipped, waiting; `reasons`
    is the same in each language, empty where there is none. `meets` is what an auto slot does where a run
    in hand has its outputs; one that was started early has the window that it has now.
    `surfaces` are all that it may move: none of a displaced one."""

    slot: str
    run: str | None
    surface: str
    title: Text
    status: SlotStatus
    start: Literal["auto", "manual"]
    starts: Millis
    ends: Millis
    reason: str | None
    reasons: Text
    meets: Literal["wait", "take over", "skip"] = "wait"
    latest_start: Millis | None = None
    surfaces: tuple[str, ...] = ()


class EvidenceView(Part, frozen=True):
    """What one address of a server reports of an output, and when it did.

    `since` is when its agreement became what it is. What is confirmed, or differs, is reported anew at
    least every three seconds, or it becomes `no reply`; then `last_at` is the last instant that anything
    was reported of. `reported` has `clip`, and what else is known of it: `clip_name`, `brightness`,
    `position` and `duration` (milliseconds), `off`: how far it is ahead of its place by the look, or
    behind (below 0), where that is a second or more.
    """

    which: Which
    agreement: Agreement
    reported_at: Millis | None
    reported: dict[str, Any]
    since: Millis | None = None
    last_at: Millis | None = None


class OutputView(Part, frozen=True):
    """An output: the look wanted, who owns it, what is reported.

    `lit` is true only where a server confirms a look that gives light (invariant 14), at the address
    that is on the picture where that can be changed, at both where nobody knows; and never off
    the wire: of an output at a simulator the evidence is the simulator's, of one that is recorded only
    there is none. `sent_at` is the last send. `enabled_by` is set for a hazard output that is enabled
    tonight.
    """

    output: str
    surface: str
    server: str
    x: float | None
    width: float | None
    hazard: Literal["laser", "flame"] | None
    enabled_by: str | None
    run: str | None
    clip: int | str | None
    clip_name: str | None
    work: str | None
    work_title: Text
    level: float
    dark: bool
    wants_light: bool
    since: Millis
    sent_at: Millis | None
    evidence: tuple[EvidenceView, ...]
    agreement: Agreement
    lit: bool
    routing: Routing = "wire"


class AddressView(Part, frozen=True):
    """One address of a media server: main or backup."""

    which: Which
    address: str
    life: Life
    since: Millis | None


class OnAirView(Part, frozen=True):
    """Which address of a server is on the picture: `which` is wanted, since when and by whom (None
    where nobody has put one there); `agreement` whether its switch says so, `reported` what it says.
    `offered`: a take-over to the other side is proposed."""

    which: Which
    since: Millis | None
    by: str | None
    agreement: Agreement
    reported: Which | None
    reported_at: Millis | None
    offered: bool


class ServerView(Part, frozen=True):
    """A media server with its main and backup; `simulator`: whether it has one to rehearse with;
    `on_air` where something puts one of the two on the picture."""

    server: str
    dialect: str
    addresses: tuple[AddressView, ...]
    simulator: bool = False
    on_air: OnAirView | None = None


class SurfaceView(Part, frozen=True):
    """A surface tonight. `length` in metres: where its last output ends."""

    surface: str
    title: Text
    kind: str
    length: float | None
    curfew: Millis | None


class StopView(Part, frozen=True):
    """A show stop in force, or automation that somebody turned off."""

    by: str
    at: Millis
    reason: str | None


class LineView(Part, frozen=True):
    """A line of the cue sheet as it ran, newest last. `kind` is the entry's; `texts` in each language."""

    at: Millis
    night_time: str
    kind: str
    surface: str | None
    slot: str | None
    run: str | None
    cue: str | None
    text: str
    texts: Text
    by: str | None


class AlarmView(Part, frozen=True):
    """What a person must know: `code` is stable, `text` says it, `texts` in each language.

    `outputs` are those that it touches: None for every one, none for what touches no picture.
    """

    code: str
    at: Millis
    text: str
    texts: Text
    outputs: tuple[str, ...] | None


class TimecodeView(Part, frozen=True):
    """A timecode of the file: at the instant `at` its position was `position` ms, and it goes on from
    there while it is running or freewheeling; `label` is the frame that it was then. `reason` says how it
    is with it, `reasons` in each language.
    """

    timecode: str
    kind: Literal["artnet", "mtc"]
    rate: str
    listen: str
    sender: str | None
    status: Literal["running", "freewheeling", "lost", "stopped", "silent"]
    position: Millis
    label: str
    at: Millis
    since: Millis | None
    reason: str
    reasons: Text


class Promptness(Part, frozen=True):
    """What the player got of what keeps its instants on a busy machine: real-time priority for its
    loop, memory that stays in memory, no garbage collected near a cue."""

    realtime: bool
    memory: bool
    collector: bool


class RemoteView(Part, frozen=True):
    """Where a remote is heard, `host:port`, from which networks, and what it may do at most.

    `passcode`: whether one is asked for. `name` is in whose name its calls are made.
    """

    udp: str | None
    tcp: str | None
    allow: tuple[str, ...]
    rights: tuple[str, ...]
    passcode: bool
    name: str


class CutView(Part, frozen=True):
    """Slots to drop, and by how many milliseconds that shortens an overrun; `texts` says so."""

    slots: tuple[str, ...]
    saves: Millis
    texts: Text


class PredictionView(Part, frozen=True):
    """When tonight will have ended on a surface, at the earliest. `over` is how far past its curfew it goes
    by hand, or a slot of it past its latest start: 0 where neither. `cuts` would mend it, in this order."""

    surface: str
    ends: Millis
    curfew: Millis | None
    over: Millis
    cuts: tuple[CutView, ...]


class Board(Part, frozen=True):
    """The whole document; a change replaces one of its top-level values.

    `rehearsal`: some output is off the wire.
    """

    festival: str | None
    title: Text
    time_zone: str
    night: str | None
    night_starts: Millis | None
    version: int | None
    file: str | None
    player: str | None
    term: int | None
    automation: bool
    stopped: StopView | None
    surfaces: tuple[SurfaceView, ...]
    slots: tuple[SlotView, ...]
    runs: tuple[RunView, ...]
    outputs: tuple[OutputView, ...]
    servers: tuple[ServerView, ...]
    lines: tuple[LineView, ...]
    alarms: tuple[AlarmView, ...]
    volatile: bool
    promptness: Promptness | None = None
    rehearsal: bool = False
    remote: RemoteView | None = None
    automation_off: StopView | None = None
    predictions: tuple[PredictionView, ...] = ()
    timecodes: tuple[TimecodeView, ...] = ()
