"""The festival file, format 1, as frozen types: every key that the format knows (machines in `machines`).

Lengths and night times are milliseconds here, texts for people are tables by language
(`und` where the file gives none); nothing else differs from the file, so that a decoded
festival can be stored and written back. The tables keep the order of the file.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import field

from schedules.catalogue.machines import Dialect, Node, Output, Projector, Server, Timecode
from schedules.catalogue.table import Table
from schedules.catalogue.values import (
    Between,
    ClipPlace,
    FrameRate,
    Length,
    NightTime,
    Offset,
    OneOrMany,
    OwnId,
    PeopleText,
    Ref,
    Scalar,
    Short,
    TimecodeLabel,
    WallTime,
    Zone,
)

Programme = Literal["base", "special"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
SunEvent = Literal["sunset", "civil_dusk", "nautical_dusk", "sunrise"]
Count = Annotated[int, Between(1, 1_000_000)]
OutputRef = Annotated[str, Ref("outputs", all_of=True)]


class DateSpan(Table, frozen=True, kw_only=True):
    """From one date to another, both included."""

    first: date = field(name="from")
    last: date = field(name="to")


class Head(Table, frozen=True, kw_only=True):
    """The festival itself. `night_ends` is when one night gives way to the next."""

    id: OwnId
    kind: Literal["festival", "exhibition", "lab"]
    title: PeopleText
    theme: PeopleText = {}
    time_zone: Zone
    night_ends: WallTime
    nights: DateSpan


class Venue(Table, frozen=True, kw_only=True):
    """A place; its position is needed only where the sun is used."""

    id: OwnId
    title: PeopleText = {}
    latitude: Annotated[float, Between(-90, 90)] | None = None
    longitude: Annotated[float, Between(-180, 180)] | None = None


class Canvas(Table, frozen=True, kw_only=True):
    """The pixels of a surface."""

    width: Count
    height: Count
    frame_rate: FrameRate | None = None


class Action(Table, frozen=True, kw_only=True):
    """What outputs are told; `start` and `end` tell a sequence, `on_air` what moves a server's
    picture, and no outputs."""

    action: Literal[
        "play", "stop", "level", "blackout", "load", "seek", "osc", "start", "end", "on_air"
    ]
    outputs: tuple[OutputRef, ...] = ()
    clip: ClipPlace | None = None
    work: Annotated[str, Ref("works")] | None = None
    value: Annotated[float, Between(0, 1)] | None = None
    fade: Length = 0
    to: Length | None = None
    address: str | None = None
    args: tuple[dict[str, Scalar], ...] = ()
    sequence: Annotated[str, Ref("sequences")] | None = None
    server: Annotated[str, Ref("servers")] | None = None
    which: Literal["main", "backup"] | None = None


class NightSpan(Table, frozen=True, kw_only=True):
    """From one night time to another, the second not included."""

    first: NightTime = field(name="from")
    last: NightTime = field(name="to")


class Closure(Table, frozen=True, kw_only=True):
    """Nights on which a surface is closed: whole, or for some hours of each."""

    first: date = field(name="from")
    last: date = field(name="to")
    hours: NightSpan | None = None
    reason: PeopleText = {}


class Permits(Table, frozen=True, kw_only=True):
    """What a surface may do by its papers; what is absent is no limit.

    `minutes_an_hour` is of picture in each hour by the clock, `luminance` in cd/m2.
    """

    light: NightSpan | None = None
    sound: NightSpan | None = None
    minutes_an_hour: Annotated[int, Between(0, 60)] | None = None
    luminance: Annotated[float, Between(0, 1_000_000)] | None = None
    advertising: bool | None = None
    contact: str | None = None
    paper: str | None = None


class Presence(Table, frozen=True, kw_only=True):
    """Nights on which a person is there: whole, or for some hours of each."""

    first: date = field(name="from")
    last: date = field(name="to")
    hours: NightSpan | None = None


class Rights(Table, frozen=True, kw_only=True):
    """When, and on which surfaces, a work may be shown; what is absent is not known."""

    window: DateSpan | None = None
    surfaces: tuple[Annotated[str, Ref("surfaces")], ...] = ()


class Surface(Table, frozen=True, kw_only=True):
    """What is shown on, and how it looks when a run is faded out (`safe`) or none runs (`idle`)."""

    id: OwnId
    venue: Annotated[str, Ref("venues")]
    kind: str = "facade"
    title: PeopleText = {}
    canvas: Canvas | None = None
    codecs: tuple[str, ...] = ()
    opening: NightTime | None = None
    curfew: NightTime | None = None
    closures: tuple[Closure, ...] = ()
    permits: Permits | None = None
    changeover: Length = 0
    safe: Annotated[tuple[Action, ...], OneOrMany()] | None = None
    idle: Annotated[tuple[Action, ...], OneOrMany()] | None = None


class Artist(Table, frozen=True, kw_only=True):
    """A maker of works; `there` says on which nights, and is absent where nobody knows."""

    id: OwnId
    name: PeopleText = {}
    there: tuple[Presence, ...] | None = None


class Staff(Table, frozen=True, kw_only=True):
    """One of those who work on the nights; `there` as an artist's."""

    id: OwnId
    name: PeopleText = {}
    there: tuple[Presence, ...] | None = None


class Clip(Table, frozen=True, kw_only=True):
    """Where a work lies on the servers of a surface, and what it should be called there."""

    at: ClipPlace
    name: str | None = None


class Tool(Table, frozen=True, kw_only=True):
    """A tool that a work was made with, and its share in it."""

    name: str
    share: str | None = None


class Work(Table, frozen=True, kw_only=True):
    """A piece; `clips` is by surface."""

    id: OwnId
    title: PeopleText = {}
    artists: tuple[Annotated[str, Ref("artists")], ...] = ()
    duration: Length | None = None
    clips: dict[Annotated[str, Ref("surfaces")], Annotated[Clip, Short("at")]] = {}
    owner: Annotated[str, Ref("artists")] | None = None
    tools: tuple[Tool, ...] = ()
    limits: PeopleText = {}
    rights: Rights | None = None
    luminance: Annotated[float, Between(0, 1_000_000)] | None = None
    advertising: bool = False
    sound: bool = False


class Call(Table, frozen=True, kw_only=True):
    """Words that the caller says, and to whom."""

    to: str
    say: str


class Cue(Table, frozen=True, kw_only=True):
    """One numbered instruction; without `do` a memo. `at` is its place on the sequence's timeline."""

    number: str
    name: PeopleText = {}
    do: Annotated[tuple[Action, ...], OneOrMany()] = ()
    duration: Length | None = None
    pre_wait: Length = 0
    post_wait: Length = 0
    continues: Literal["none", "with", "follow"] = field(name="continue", default="none")
    at: Length | None = None
    loop: str | None = None
    times: Annotated[int, Between(2, 1_000_000)] | None = None
    group: PeopleText = {}
    timecode: TimecodeLabel | None = None
    on: PeopleText = {}
    calls: Annotated[tuple[Call, ...], OneOrMany()] = ()
    warn: Length | None = None
    note: PeopleText = {}
    colour: str | None = None
    skip: bool = False


class Sequence(Table, frozen=True, kw_only=True):
    """Ordered cues."""

    id: OwnId
    title: PeopleText = {}
    cues: tuple[Cue, ...]
    late: Literal["fire", "skip", "hold"] = "fire"
    resume: Literal["rejoin", "hold"] = "rejoin"
    timecode: Annotated[str, Ref("timecodes")] | None = None


class Starts(Table, frozen=True, kw_only=True):
    """When a slot starts: `at` a night time, or by the sun, moved by `offset`, then clamped."""

    at: NightTime | None = None
    sun: SunEvent | None = None
    offset: Offset = 0
    not_before: NightTime | None = None
    not_after: NightTime | None = None


class Nights(Table, frozen=True, kw_only=True):
    """Some nights: a span of dates, or a list."""

    dates: tuple[date, ...] = ()
    first: date | None = field(name="from", default=None)
    last: date | None = field(name="to", default=None)


class Pattern(Table, frozen=True, kw_only=True):
    """The rule that makes slots each night: `passes` of its works, one `every` so long."""

    id: OwnId
    title: PeopleText = {}
    surface: Annotated[str, Ref("surfaces")]
    programme: Programme = "base"
    starts: Starts
    every: Length | None = None
    passes: Annotated[int, Between(1, 1440)] = 1
    works: tuple[Annotated[str, Ref("works")], ...]
    nights: Annotated[Nights, Short("dates")] | None = None
    weekdays: tuple[Weekday, ...] = ()
    excepted: tuple[date, ...] = field(name="except", default=())
    start: Literal["auto", "manual"] = "auto"
    meets: Literal["wait", "take over", "skip"] = "wait"
    shares: tuple[Annotated[str, Ref("surfaces")], ...] = ()
    needs: tuple[Annotated[str, Ref("artists staff")], ...] = ()


class Slot(Table, frozen=True, kw_only=True):
    """A single window on a surface, with a sequence or works to play."""

    id: OwnId
    title: PeopleText = {}
    surface: Annotated[str, Ref("surfaces")]
    programme: Programme = "base"
    night: date
    starts: Starts
    duration: Length | None = None
    sequence: Annotated[str, Ref("sequences")] | None = None
    works: tuple[Annotated[str, Ref("works")], ...] = ()
    latest_start: NightTime | None = None
    start: Literal["auto", "manual"] = "auto"
    meets: Literal["wait", "take over", "skip"] = "wait"
    shares: tuple[Annotated[str, Ref("surfaces")], ...] = ()
    needs: tuple[Annotated[str, Ref("artists staff")], ...] = ()


class Cohort(Table, frozen=True, kw_only=True):
    """Artists who work together for a term, with its tools and principles."""

    id: OwnId
    title: PeopleText = {}
    capacity: Count | None = None
    term: DateSpan | None = None
    members: tuple[Annotated[str, Ref("artists")], ...] = ()
    tools: tuple[str, ...] = ()
    principles: tuple[str, ...] = ()


class Reveals(Table, frozen=True, kw_only=True):
    """Whose works a channel reveals, in which order, how far apart."""

    cohort: Annotated[str, Ref("cohorts")]
    order: Literal["sequential"] = "sequential"
    min_gap: Length = 0


class Channel(Table, frozen=True, kw_only=True):
    """Where works are shown to the public beside the surfaces."""

    id: OwnId
    title: PeopleText = {}
    reveals: Reveals | None = None


class Festival(Table, frozen=True, kw_only=True):
    """A whole festival file."""

    format: Annotated[int, Between(1, 1)]
    festival: Head
    venues: tuple[Venue, ...] = ()
    surfaces: tuple[Surface, ...] = ()
    dialects: tuple[Dialect, ...] = ()
    timecodes: tuple[Timecode, ...] = ()
    servers: tuple[Server, ...] = ()
    outputs: tuple[Output, ...] = ()
    projectors: tuple[Projector, ...] = ()
    nodes: tuple[Node, ...] = ()
    artists: tuple[Artist, ...] = ()
    staff: tuple[Staff, ...] = ()
    works: tuple[Work, ...] = ()
    sequences: tuple[Sequence, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    slots: tuple[Slot, ...] = ()
    cohorts: tuple[Cohort, ...] = ()
    channels: tuple[Channel, ...] = ()
