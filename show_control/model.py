"""The night file: all that the player may run in the coming nights, frozen and plain.

Compiled from a festival file or a published version by `schedules.compile`, loaded by the player,
told apart by its content hash. Times are `Millis`; lengths of time are milliseconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from show_control.frames import Rate

Millis = int
"""An instant: milliseconds of UTC since 1970-01-01T00:00Z, as the player's adopted clock maps it."""

Text = dict[str, str]
"""Words for people by language (`en`, `ko`); `und` where the file gives no language."""

ActionKind = Literal[
    "play", "stop", "level", "blackout", "load", "seek", "osc", "start", "end", "on_air"
]
MOMENTARY: frozenset[ActionKind] = frozenset({"load", "seek", "osc"})
"""What is told once: it is never said again by a restart, and takes back nothing of a fade."""
Continue = Literal["none", "with", "follow"]
Late = Literal["fire", "skip", "hold"]
Hazard = Literal["laser", "flame"]
OscTag = Literal["i", "f", "s", "b", "T", "F", "N", "h", "d", "t"]
Params = dict[str, int | float | str | bool]
Framing = Literal["slip", "length", "pxr1", "none"]
"""How packets lie in a stream; `none` is for bytes that are framed already."""
Says = Literal[
    "alive", "clip", "shows", "ended", "playing", "clip_name", "brightness", "position", "duration"
]
Repeating = Literal["same", "restarts", "unknown"]
"""What doing an action again does to a server that has done it already."""


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What every part of the night file is: frozen, by keyword, defaults left out when encoded."""


class Argument(Record, frozen=True):
    """One OSC argument of a `generic` message: its type tag and a value, or a text with {clip},
    {value}, {fade} or {seconds} to fill in."""

    tag: OscTag
    value: int | float | str | bool | None = None


class Message(Record, frozen=True):
    """What a `generic` server is sent for one kind of action."""

    address: str
    args: tuple[Argument, ...] = ()


class Param(Record, frozen=True):
    """What a param of an output, or a clip, may be: `i` whole, `f` a number, `s` text."""

    type: Literal["i", "f", "s"] = "s"
    least: float | None = None
    needed: bool = True


class Told(Record, frozen=True):
    """What a dialect sends for an action, in order, and what repeating it does."""

    send: tuple[Message, ...]
    repeating: Repeating = "unknown"


class Feedback(Record, frozen=True):
    """A message from a server and what argument `arg` of it says of an output.

    `clip`: whether the `{clip}` of the address shows. `shows`: which clip shows, alone. `ended`: which
    clip does not show any more. `when` has the values that mean yes; without it all but 0 do. `scale`
    makes brightness of 0 to 1, and seconds. `alive` says nothing but that.
    """

    address: str
    says: Says
    arg: int = 0
    when: tuple[int | float | str | bool, ...] = ()
    scale: float = 1.0


class Declared(Record, frozen=True):
    """A dialect that is said and not programmed; docs/dialects.md has what each part means."""

    name: str
    page: str = ""
    udp: bool = True
    tcp: Framing | None = None
    tells: bool = False
    replaces: bool = True
    params: dict[str, Param] = {}
    server_params: dict[str, Param] = {}
    clip: Param = Param()
    actions: dict[str, Told] = {}
    greet: tuple[Message, ...] = ()
    ping: Message | None = None
    ask: tuple[Message, ...] = ()
    hear: tuple[Feedback, ...] = ()


class SwitchSays(Record, frozen=True):
    """What a switch says of which is on: argument `arg` is `main` or `backup`. Without `ask` it tells
    that unasked."""

    address: str
    main: int | float | str | bool
    backup: int | float | str | bool
    arg: int = 0
    ask: Message | None = None


class Switch(Record, frozen=True):
    """How a server's main or backup is put on the picture: what another server, `via`, is told."""

    via: str
    main: Message
    backup: Message
    says: SwitchSays | None = None


class Server(Record, frozen=True):
    """A media server, main and perhaps backup (`udp://` or `tcp://host:port`), and where its answers arrive.

    `declared` is its dialect where that is a user's own; `on_air` how one of its two addresses is put
    on the picture, where anything does.
    """

    id: str
    dialect: str
    main: str
    backup: str | None = None
    feedback_port: int | None = None
    messages: dict[str, Message] = {}
    params: Params = {}
    declared: Declared | None = None
    on_air: Switch | None = None


class Simulator(Record, frozen=True):
    """Where a server's simulator listens while outputs are rehearsed, and where it answers to."""

    main: str
    backup: str | None = None
    feedback_port: int | None = None


class Output(Record, frozen=True):
    """One head of a server on a surface. `x` and `width` are metres along the surface."""

    id: str
    server: str
    surface: str
    params: Params = {}
    x: float | None = None
    width: float | None = None
    hazard: Hazard | None = None
    on_restart: Literal["keep", "assert"] = "keep"


class Timecode(Record, frozen=True):
    """A timecode that is followed: what comes to `listen` (`udp://HOST:PORT`), at frames a second.

    `stream` is Art-Net's; `interface` the address of ours by which a multicast group is joined.
    """

    id: str
    kind: Literal["artnet", "mtc"]
    listen: str
    rate: Rate
    stream: int = 0
    interface: str | None = None


class Action(Record, frozen=True):
    """What outputs are told to do. `clip` is set for `play` and `load`, `value` (0 to 1) for `level`, `to`
    (the place in what plays) for `seek`, `address` and `args` for `osc`, which its outputs' servers get
    once each. `start` and `end` have a `sequence` and no outputs, `on_air` a `server` and `which` of its
    addresses is put on the picture.

    A `play` of a work is compiled to one action for each surface, with that surface's clip.
    """

    kind: ActionKind
    outputs: tuple[str, ...]
    clip: int | str | None = None
    clip_name: str | None = None
    work: str | None = None
    value: float | None = None
    fade: Millis = 0
    to: Millis | None = None
    address: str | None = None
    args: tuple[Argument, ...] = ()
    sequence: str | None = None
    server: str | None = None
    which: Literal["main", "backup"] | None = None


class Surface(Record, frozen=True):
    """What is shown on; `safe` is its look for fade out and show stop, `idle` for when nothing runs."""

    id: str
    kind: str = "facade"
    title: Text = {}
    safe: tuple[Action, ...] = ()
    idle: tuple[Action, ...] = ()


class Say(Record, frozen=True):
    """Words that the caller says, and to whom."""

    to: str
    say: str


class Cue(Record, frozen=True):
    """One numbered instruction. `length` is None where its end is not known; a memo has no `do`.

    `at` is its place on its sequence's timeline; where that is a timecode's, `timecode` is the frame
    there. `loop` is the number of the cue that is called again when this one, and all that went with it,
    have ended, `times` in all or until somebody leaves it.
    """

    number: str
    name: Text = {}
    do: tuple[Action, ...] = ()
    length: Millis | None = 0
    pre_wait: Millis = 0
    post_wait: Millis = 0
    continues: Continue = "none"
    at: Millis | None = None
    timecode: str | None = None
    loop: str | None = None
    times: int | None = None
    group: Text = {}
    skip: bool = False
    on: str | None = None
    calls: tuple[Say, ...] = ()
    warn: Millis | None = None
    note: str | None = None
    colour: str | None = None


class Sequence(Record, frozen=True):
    """Ordered cues; `late` says what a cue does that could not go at its instant, `timecode` which
    timecode sets where the 0 of its timeline lies."""

    id: str
    title: Text = {}
    cues: tuple[Cue, ...] = ()
    late: Late = "fire"
    resume: Literal["rejoin", "hold"] = "rejoin"
    timecode: str | None = None


class Slot(Record, frozen=True):
    """A window on a surface. `outputs` are those that its run claims (shared ones are not in it).

    `meets` is what an auto slot does where a run in hand has one of them.
    """

    id: str
    night: str
    surface: str
    sequence: str
    starts: Millis
    ends: Millis
    title: Text = {}
    programme: Literal["base", "special"] = "base"
    start: Literal["auto", "manual"] = "auto"
    meets: Literal["wait", "take over", "skip"] = "wait"
    outputs: tuple[str, ...] = ()
    latest_start: Millis | None = None


class Displaced(Record, frozen=True):
    """A base slot that a special one displaces, whole; `by` is the special slot's id."""

    id: str
    night: str
    surface: str
    starts: Millis
    ends: Millis
    by: str
    title: Text = {}


class Night(Record, frozen=True):
    """One night: its bounds (`night_ends` to `night_ends`), curfews by surface, slots by start."""

    date: str
    starts: Millis
    ends: Millis
    curfews: dict[str, Millis] = {}
    slots: tuple[Slot, ...] = ()
    displaced: tuple[Displaced, ...] = ()


class NightFile(Record, frozen=True):
    """All that the player holds. References are ids into the dicts beside them."""

    festival: str
    time_zone: str
    format: int = 1
    title: Text = {}
    version: int | None = None
    servers: dict[str, Server] = {}
    outputs: dict[str, Output] = {}
    timecodes: dict[str, Timecode] = {}
    surfaces: dict[str, Surface] = {}
    sequences: Mapping[str, Sequence] = {}
    works: dict[str, Text] = {}
    nights: tuple[Night, ...] = ()

    def run_id(self, slot: Slot, performance: int = 1) -> str:
        """`FESTIVAL.NIGHT.SLOT`, a second performance `.2`."""
        first = f"{self.festival}.{slot.night}.{slot.id}"
        return first if performance == 1 else f"{first}.{performance}"


def words(text: Text, language: str = "en") -> str:
    """The text in a language, else in English, else in any."""
    return text.get(language) or text.get("en") or next(iter(text.values()), "")
