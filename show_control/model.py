"""The night file: all that the player may run in the coming nights, frozen and plain.

Compiled from a festival file or a published version by `schedules.compile`, loaded by the player,
told apart by its content hash. Times are `Millis`; lengths of time are milliseconds.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

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
    once each. `start` and `end` have a `sequence` and no outputs, `on_air` a `server` and
    `which` of its addresses is put on the picture.

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

    `at` is its place on its sequence's timeline; where that is a timecode's, `timecode` is the frame there. `loop` is the number of the cue that is called again
    when this one, and all that went with it, have ended, `times` in all or until somebody leaves it.
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


class IllegalNightFile(ValueError):
    """A night file whose parts do not fit together; the message lists every fault."""


class _Outline(NightFile, frozen=True):
    """A night file whose sequences are still packed."""

    sequences: dict[str, msgspec.Raw] = {}  # type: ignore[assignment]


Shown = dict[str, dict[int | str, None]]
"""By output, the clips that it may be told to show, each once, in the order of the file."""


def note_clips(shown: Shown, actions: Iterable[Action]) -> None:
    """Add those of some actions."""
    for action in actions:
        if action.clip is not None:
            for output in action.outputs:
                shown.setdefault(output, {})[action.clip] = None


class Sequences(Mapping[str, Sequence]):
    """Sequences that stay packed until they are asked for: of a festival's thousands of cues a night
    plays some. The newest asked for are kept."""

    KEPT = 16

    def __init__(self, packed: dict[str, msgspec.Raw]) -> None:
        self.packed = packed
        self.shown: Shown | None = None
        """What they show, where that has been gathered already: it takes unpacking all of them."""
        self._newest: OrderedDict[str, Sequence] = OrderedDict()

    def __getitem__(self, key: str) -> Sequence:
        found = self._newest.get(key)
        if found is None:
            found = _sequence_decoder.decode(self.packed[key])
            self._newest[key] = found
            if len(self._newest) > self.KEPT:
                self._newest.popitem(last=False)
        return found

    def __contains__(self, key: object) -> bool:
        return key in self.packed

    def __iter__(self) -> Iterator[str]:
        return iter(self.packed)

    def __len__(self) -> int:
        return len(self.packed)


def _packed_alike(part: Any) -> Any:
    if isinstance(part, Sequences):
        return part.packed
    raise NotImplementedError(type(part).__name__)


_encoder = msgspec.msgpack.Encoder(enc_hook=_packed_alike)
_decoder = msgspec.msgpack.Decoder(NightFile)
_outline_decoder = msgspec.msgpack.Decoder(_Outline)
_sequence_decoder = msgspec.msgpack.Decoder(Sequence)


def pack_night_file(file: NightFile) -> bytes:
    """The one byte form of a night file: the same file always packs to the same bytes."""
    return _encoder.encode(file)


def unpack_night_file(packed: bytes) -> NightFile:
    """Decode and check; raises msgspec.ValidationError or IllegalNightFile."""
    file = _decoder.decode(packed)
    if found := faults(file):
        raise IllegalNightFile("; ".join(found))
    return file


def open_night_file(packed: bytes) -> NightFile:
    """A night file that was checked before, its sequences unpacked as they are asked for."""
    outline = _outline_decoder.decode(packed)
    parts = {f: getattr(outline, f) for f in outline.__struct_fields__}
    return NightFile(**{**parts, "sequences": Sequences(outline.sequences)})


def check_in_pieces(file: NightFile) -> Iterator[None]:
    """Check a file just opened, a sequence at a time; raises as `unpack_night_file`, and no later."""
    found, empty = _faults_but_cues(file), set[str]()
    packed = file.sequences.packed if isinstance(file.sequences, Sequences) else {}
    shown: Shown = {}
    for key, raw in packed.items():
        yield
        sequence = _sequence_decoder.decode(raw)
        note_clips(shown, (action for cue in sequence.cues for action in cue.do))
        found += _action_faults(file, _cued(sequence)) + _timecode_faults(file, sequence)
        if not sequence.cues:
            empty.add(key)
    found += [
        f"{_where(s)}: its sequence has no cues"
        for n in file.nights
        for s in n.slots
        if s.sequence in empty
    ]
    if found:
        raise IllegalNightFile("; ".join(found))
    if isinstance(file.sequences, Sequences):
        file.sequences.shown = shown


def content_hash(packed: bytes) -> str:
    """What a night file is told apart by: the sha256 of its byte form, in hex."""
    return hashlib.sha256(packed).hexdigest()


def words(text: Text, language: str = "en") -> str:
    """The text in a language, else in English, else in any."""
    return text.get(language) or text.get("en") or next(iter(text.values()), "")


def faults(file: NightFile) -> list[str]:
    """What makes a night file illegal, each in a sentence; empty for a legal one."""
    found = _faults_but_cues(file)
    for sequence in file.sequences.values():
        found += _action_faults(file, _cued(sequence)) + _timecode_faults(file, sequence)
    return found + [
        f"{_where(s)}: its sequence has no cues"
        for n in file.nights
        for s in n.slots
        if s.sequence in file.sequences and not file.sequences[s.sequence].cues
    ]


def _faults_but_cues(file: NightFile) -> list[str]:
    found = [
        f"{what} {key}: it calls itself {of.id}"
        for what, parts in (
            ("server", file.servers),
            ("output", file.outputs),
            ("surface", file.surfaces),
        )
        for key, of in parts.items()
        if of.id != key
    ]
    found += [
        f"output {o.id}: there is no {what} {ref}"
        for o in file.outputs.values()
        for what, ref, known in (
            ("server", o.server, file.servers),
            ("surface", o.surface, file.surfaces),
        )
        if ref not in known
    ]
    found += [
        f"server {s.id}: there is no server {s.on_air.via}"
        for s in file.servers.values()
        if s.on_air is not None and s.on_air.via not in file.servers
    ]
    for surface in file.surfaces.values():
        actions = [(f"surface {surface.id}", a) for a in (*surface.safe, *surface.idle)]
        found += _action_faults(file, actions)
    for night in file.nights:
        for slot in night.slots:
            found += _slot_faults(file, slot)
    return found


def _cued(sequence: Sequence) -> list[tuple[str, Action]]:
    return [(f"sequence {sequence.id}, cue {c.number}", a) for c in sequence.cues for a in c.do]


def _action_faults(file: NightFile, actions: list[tuple[str, Action]]) -> list[str]:
    found = []
    for where, action in actions:
        found += [
            f"{where}: there is no output {o}" for o in action.outputs if o not in file.outputs
        ]
        if action.kind in NEEDS and getattr(action, NEEDS[action.kind]) is None:
            found.append(f"{where}: {action.kind} without {NEEDS[action.kind]}")
        if action.sequence is not None and action.sequence not in file.sequences:
            found.append(f"{where}: there is no sequence {action.sequence}")
        switched = file.servers.get(action.server or "")
        if action.kind == "on_air" and (
            switched is None or switched.on_air is None or action.which is None
        ):
            found.append(f"{where}: nothing puts {action.server} {action.which} on the picture")
        if action.kind == "level" and not (action.value is not None and 0 <= action.value <= 1):
            found.append(f"{where}: a level is from 0 to 1")
    return found


NEEDS: dict[ActionKind, str] = {
    "play": "clip",
    "load": "clip",
    "seek": "to",
    "osc": "address",
    "start": "sequence",
    "end": "sequence",
    "on_air": "server",
}
"""What an action says nothing without."""


def _timecode_faults(file: NightFile, sequence: Sequence) -> list[str]:
    where = f"sequence {sequence.id}"
    if sequence.timecode is not None and sequence.timecode not in file.timecodes:
        return [f"{where}: there is no timecode {sequence.timecode}"]
    return [
        f"{where}, cue {cue.number}: it has no place on a timecode"
        for cue in sequence.cues
        if cue.timecode is not None and (cue.at is None or sequence.timecode is None)
    ]


def _where(slot: Slot) -> str:
    return f"slot {slot.id} of {slot.night}"


def _slot_faults(file: NightFile, slot: Slot) -> list[str]:
    where = _where(slot)
    found = []
    if slot.surface not in file.surfaces:
        found.append(f"{where}: there is no surface {slot.surface}")
    if slot.sequence not in file.sequences:
        found.append(f"{where}: there is no sequence {slot.sequence}")
    if slot.ends <= slot.starts:
        found.append(f"{where}: it ends before it starts")
    return found + [
        f"{where}: there is no output {o}" for o in slot.outputs if o not in file.outputs
    ]
