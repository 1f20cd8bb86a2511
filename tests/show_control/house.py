"""A small house for playbooks: a wall of two outputs, a bridge with a laser, and whatever slots."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from show_control.model import (
    Action,
    Argument,
    Continue,
    Cue,
    Displaced,
    Message,
    Millis,
    Night,
    NightFile,
    Output,
    Sequence,
    Server,
    Slot,
    Surface,
)

NIGHT = "2025-09-02"
ZONE = "Asia/Seoul"
WALL = ("left", "right")
LASER = "beam"


def at(text: str, night: str = NIGHT, zone: str = ZONE) -> Millis:
    """`20:05`, `20:05:01.250`, `25:30` of the night."""
    hours, minutes, seconds = [*text.split(":"), "0"][:3]
    day = datetime.combine(date.fromisoformat(night), time(), ZoneInfo(zone))
    past = timedelta(days=int(hours) // 24)
    wall = (day + past).replace(hour=int(hours) % 24, minute=int(minutes))
    return round(wall.timestamp()) * 1000 + round(float(seconds) * 1000)


def play(clip: int | str, *outputs: str, fade: Millis = 0) -> Action:
    return Action(kind="play", clip=clip, outputs=outputs or WALL, fade=fade)


def level(value: float, *outputs: str, fade: Millis = 0) -> Action:
    return Action(kind="level", value=value, outputs=outputs or WALL, fade=fade)


def stop(*outputs: str, fade: Millis = 0) -> Action:
    return Action(kind="stop", outputs=outputs or WALL, fade=fade)


def blackout(*outputs: str, fade: Millis = 0) -> Action:
    return Action(kind="blackout", outputs=outputs or WALL, fade=fade)


def cue(
    number: str,
    *do: Action,
    length: Millis | None = 0,
    then: Continue = "none",
    pre: Millis = 0,
    **rest: Any,
) -> Cue:
    return Cue(number=number, do=do, length=length, continues=then, pre_wait=pre, **rest)


def sequence(name: str, *cues: Cue, **rest: Any) -> Sequence:
    return Sequence(id=name, cues=cues, **rest)


def slot(name: str, starts: str, ends: str, runs: str, **rest: Any) -> Slot:
    """A slot on the wall; `auto` unless it is said."""
    given = {"surface": "wall", "outputs": WALL} | rest
    return Slot(id=name, night=NIGHT, sequence=runs, starts=at(starts), ends=at(ends), **given)


def displaced(name: str, starts: str, ends: str, by: str) -> Displaced:
    return Displaced(id=name, night=NIGHT, surface="wall", starts=at(starts), ends=at(ends), by=by)


def night_file(
    sequences: tuple[Sequence, ...],
    slots: tuple[Slot, ...],
    *,
    curfew: str | None = "23:00",
    gone: tuple[Displaced, ...] = (),
    surfaces: dict[str, Surface] | None = None,
) -> NightFile:
    """The house with these sequences and slots."""
    night = Night(
        date=NIGHT,
        starts=at("06:00"),
        ends=at("30:00"),
        curfews={"wall": at(curfew), "bridge": at(curfew)} if curfew else {},
        slots=tuple(sorted(slots, key=lambda s: s.starts)),
        displaced=gone,
    )
    return NightFile(
        festival="small",
        time_zone=ZONE,
        servers=SERVERS,
        outputs=OUTPUTS,
        surfaces=surfaces or SURFACES,
        sequences={s.id: s for s in sequences},
        nights=(night,),
    )


def with_night(file: NightFile, **changed: Any) -> NightFile:
    """The file with its one night changed."""
    night = msgspec.structs.replace(file.nights[0], **changed)
    return msgspec.structs.replace(file, nights=(night,))


SERVERS = {
    "one": Server(
        id="one", dialect="resolume", main="udp://10.0.0.1:7000", backup="udp://10.0.0.2:7000"
    ),
    "any": Server(
        id="any",
        dialect="generic",
        main="udp://10.0.0.3:9000",
        messages={
            "play": Message(address="/play", args=(Argument(tag="s", value="{clip}"),)),
            "stop": Message(address="/stop"),
            "level": Message(address="/level", args=(Argument(tag="f", value="{value}"),)),
            "blackout": Message(address="/dark"),
        },
    ),
}
OUTPUTS = {
    "left": Output(id="left", server="one", surface="wall", params={"layer": 1}, x=0.0, width=4.0),
    "right": Output(
        id="right", server="one", surface="wall", params={"layer": 2}, x=4.0, width=6.0
    ),
    LASER: Output(id=LASER, server="any", surface="bridge", hazard="laser"),
}
SURFACES = {
    "wall": Surface(id="wall", safe=(blackout(fade=2000),), idle=(stop(),)),
    "bridge": Surface(id="bridge", safe=(blackout(LASER, fade=2000),), idle=(stop(LASER),)),
}

LOOP = sequence(
    "loop", cue("1", play(1), length=300_000), cue("2", play(2), length=300_000, then="follow")
)
GALA = sequence(
    "gala",
    cue("1", play(7), length=60_000),
    cue("2", level(0.5, fade=1000)),
    cue("3", play(8), length=10_000),
    cue("4", play(9), then="follow", length=20_000),
    cue("5", stop(fade=1000), length=1000),
)
FILE = night_file(
    (LOOP, GALA),
    (
        slot("loop.1", "20:00", "20:10", "loop"),
        slot("gala", "20:10", "20:30", "gala", start="manual"),
        slot("loop.2", "21:00", "21:10", "loop"),
    ),
)
