"""The machines of the festival file as frozen types, and the dialects that media servers speak."""

from __future__ import annotations

from typing import Annotated, Literal

from schedules.catalogue.table import Table
from schedules.catalogue.values import (
    Between,
    OneOrMany,
    OwnId,
    PeopleText,
    Ref,
    Scalar,
    TimecodeRate,
)

Port = Annotated[int, Between(1, 65535)]


class Message(Table, frozen=True, kw_only=True):
    """What a `generic` server is sent for one action; each argument is `{ TAG = value }`."""

    address: str
    args: tuple[dict[str, Scalar], ...] = ()


class Messages(Table, frozen=True, kw_only=True):
    """The messages of a `generic` server, by action."""

    play: Message | None = None
    stop: Message | None = None
    level: Message | None = None
    blackout: Message | None = None
    load: Message | None = None
    seek: Message | None = None


class Param(Table, frozen=True, kw_only=True):
    """What a param, or a clip, of a dialect may be: `i` whole, `f` a number, `s` text."""

    type: Literal["i", "f", "s"] = "s"
    least: float | None = None
    needed: bool = True


class Told(Table, frozen=True, kw_only=True):
    """What a dialect sends for an action, and what doing it again does."""

    send: Annotated[tuple[Message, ...], OneOrMany()]
    repeating: Literal["same", "restarts", "unknown"] = "unknown"


class Actions(Table, frozen=True, kw_only=True):
    """The actions that a dialect has."""

    play: Told
    stop: Told
    level: Told | None = None
    blackout: Told | None = None
    load: Told | None = None
    seek: Told | None = None


class Feedback(Table, frozen=True, kw_only=True):
    """What a message from a server says of an output."""

    address: str
    says: Literal[
        "alive",
        "clip",
        "shows",
        "ended",
        "playing",
        "clip_name",
        "brightness",
        "position",
        "duration",
    ]
    arg: Annotated[int, Between(0, 63)] = 0
    when: tuple[Scalar, ...] = ()
    scale: float = 1.0


class Dialect(Table, frozen=True, kw_only=True):
    """What a make of media server speaks: docs/dialects.md."""

    name: OwnId
    page: str = ""
    udp: bool = True
    tcp: Literal["slip", "length"] | None = None
    tells: bool = False
    replaces: bool = True
    params: dict[str, Param] = {}
    server_params: dict[str, Param] = {}
    clip: Param = Param()
    actions: Actions
    greet: tuple[Message, ...] = ()
    ping: Message | None = None
    ask: tuple[Message, ...] = ()
    hear: tuple[Feedback, ...] = ()


class Timecode(Table, frozen=True, kw_only=True):
    """A timecode that sequences follow: where it is listened for, and its frames a second."""

    id: OwnId
    title: PeopleText = {}
    kind: Literal["artnet", "mtc"]
    listen: str
    rate: TimecodeRate
    stream: Annotated[int, Between(0, 255)] = 0
    interface: str | None = None


class Says(Table, frozen=True, kw_only=True):
    """What a switch says of which is on, and how it is asked, where it does not say it unasked."""

    address: str
    arg: Annotated[int, Between(0, 63)] = 0
    main: Scalar
    backup: Scalar
    ask: Message | None = None


class OnAir(Table, frozen=True, kw_only=True):
    """How a server's main or backup is put on the picture: what `via` is told, and what it says."""

    via: Annotated[str, Ref("servers")]
    main: Message
    backup: Message
    says: Says | None = None


class Server(Table, frozen=True, kw_only=True):
    """A media server, with where it listens and where its answers arrive.

    `in_step` is what keeps it in step with the servers beside it, which a message does not.
    """

    id: OwnId
    title: PeopleText = {}
    dialect: str
    main: str
    backup: str | None = None
    feedback_port: Port | None = None
    messages: Messages | None = None
    params: dict[str, Scalar] = {}
    in_step: Literal["timecode", "genlock"] | None = None
    on_air: OnAir | None = None


class Place(Table, frozen=True, kw_only=True):
    """Where an output lies along its surface, in metres."""

    x: Annotated[float, Between(-100_000, 100_000)]
    width: Annotated[float, Between(0.001, 100_000)]


class Output(Table, frozen=True, kw_only=True):
    """One head of a server on a surface."""

    id: OwnId
    title: PeopleText = {}
    server: Annotated[str, Ref("servers")]
    surface: Annotated[str, Ref("surfaces")]
    place: Place | None = None
    params: dict[str, Scalar] = {}
    hazard: Literal["laser", "flame"] | None = None
    on_restart: Literal["keep", "assert"] = "keep"


class Projector(Table, frozen=True, kw_only=True):
    """A lamp, reached by PJLink, and the output that feeds it."""

    id: OwnId
    title: PeopleText = {}
    address: str
    output: Annotated[str, Ref("outputs")] | None = None


class Node(Table, frozen=True, kw_only=True):
    """A switch or a power feed, and what hangs on it."""

    id: OwnId
    title: PeopleText = {}
    kind: Literal["switch", "power"] | None = None
    address: str | None = None
    feeds: tuple[Annotated[str, Ref("servers projectors nodes outputs")], ...] = ()
