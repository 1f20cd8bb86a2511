"""How the values of a festival file are written, and the marks that say so on its types.

`Annotated[int, As(length)]` is read by `length`; `Ref` and `Id` are gathered by the walk
and judged once all tables are read (catalogue/walk.py).
"""

from __future__ import annotations

import math
import re
import zoneinfo
from collections.abc import Callable
from typing import Annotated, Any, NamedTuple
from zoneinfo import ZoneInfo

from schedules.faults import Wrong, nearest
from schedules.nights import night_time
from show_control import frames

_LENGTH = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?(?:(\d+)ms)?", re.ASCII)
_RATE = re.compile(r"[1-9]\d*(\.\d+|/[1-9]\d*)?", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)
_LONGEST = 1000 * night_time.HOUR


class As(NamedTuple):
    """Read the value by this function, which raises Wrong."""

    read: Callable[[Any], Any]


class Id(NamedTuple):
    """An id of the table that it stands in."""


class Ref(NamedTuple):
    """The id of something in another table; `all_of` admits `surface:ID` too."""

    table: str
    all_of: bool = False


class Wall(NamedTuple):
    """A night time, judged against `night_ends` once that is known."""


class Short(NamedTuple):
    """A bare value stands for a table that has only this key."""

    key: str


class OneOrMany(NamedTuple):
    """A table stands for a list that has only it."""


class Between(NamedTuple):
    """A number from `low` to `high`, both included."""

    low: float
    high: float


def shown(value: object) -> str:
    """A value as its file would show it, cut where it is long."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = f'"{value}"' if isinstance(value, str) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "..."


def length(value: object) -> int:
    """`90s`, `2500ms`, `5m`, `1h30m` in milliseconds."""
    right = "write a text with units, such as 90s, 2500ms, 5m or 1h30m"
    if not isinstance(value, str):
        raise Wrong(f"{shown(value)} is not a length of time", right)
    if value.startswith("-"):
        raise Wrong(f"{shown(value)} is a negative length of time", right)
    match = _LENGTH.fullmatch(value)
    if match is None or not value:
        raise Wrong(f"{shown(value)} is not a length of time", right)
    hours, minutes, seconds, millis = match.groups()
    total = int(hours or 0) * night_time.HOUR + int(minutes or 0) * night_time.MINUTE
    total += round(float(seconds or 0) * night_time.SECOND) + int(millis or 0)
    if total > _LONGEST:
        raise Wrong(f"{shown(value)} is longer than any night", "at most 1000h")
    return total


def offset(value: object) -> int:
    """A length of time that may be negative: `45m`, `-10m`."""
    if isinstance(value, str) and value.startswith("-"):
        return -length(value[1:])
    return length(value)


def night_time_of_day(value: object) -> int:
    """`HH:MM[:SS[.mmm]]`, which may pass 24:00."""
    right = 'write HH:MM, HH:MM:SS or HH:MM:SS.mmm as text, such as "20:00" or "26:30"'
    if not isinstance(value, str):
        raise Wrong(f"{shown(value)} is not a night time", right)
    try:
        return night_time.parse(value)
    except ValueError:
        raise Wrong(f"{shown(value)} is not a night time", right) from None


def wall_time(value: object) -> int:
    """A wall time of the day, 00:00 to 23:59:59.999."""
    at = night_time_of_day(value)
    if at >= night_time.DAY:
        raise Wrong(
            f"{shown(value)} is not a wall time of the day",
            f"write {night_time.brief(at - night_time.DAY)}",
        )
    return at


def zone(value: object) -> str:
    """The name of an IANA time zone."""
    try:
        ZoneInfo(str(value))
    except (KeyError, ValueError, OSError):
        near = nearest(str(value), zoneinfo.available_timezones())
        raise Wrong(
            f"there is no time zone {shown(value)}",
            f"write {near}" if near else "write an IANA name, such as Europe/Berlin",
        ) from None
    return str(value)


def people_text(value: object) -> dict[str, str]:
    """Text for people by language; a plain text is in no language in particular (`und`)."""
    right = 'write { en = "..." }, { ko = "..." } or both'
    if isinstance(value, str) and value.strip():
        return {"und": value}
    if not isinstance(value, dict) or not value:
        raise Wrong(f"{shown(value)} is not a text for people", right)
    for language, words in value.items():
        if language != "und" and not _LANGUAGE.fullmatch(language):
            raise Wrong(f"{language} is not a language", "write en or ko", f".{language}")
        if not isinstance(words, str) or not words.strip():
            raise Wrong(f"{shown(words)} is not a text", 'write "..."', f".{language}")
    return value


def clip_place(value: object) -> int | str:
    """A clip's place on a server: a number from 0, or the name that it has there."""
    right = 'write its number, such as 4, or its name, such as "LASER"'
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise Wrong(f"{shown(value)} is not a clip's place", right)
    if value == "" or (isinstance(value, int) and not 0 <= value < 2**31):
        raise Wrong(f"{shown(value)} is not a clip's place", right)
    return value


def frame_rate(value: object) -> str:
    """Frames a second as text, exact: `60`, `29.97`, `30000/1001`."""
    if not isinstance(value, str) or not _RATE.fullmatch(value):
        right = 'write it as text, such as "60" or "30000/1001"'
        raise Wrong(f"{shown(value)} is not a frame rate", right)
    return value


def timecode_rate(value: object) -> frames.Rate:
    """Frames a second of a timecode: 24, 25, 29.97 (drop-frame) or 30."""
    written = f"{value:g}" if isinstance(value, int | float) else value
    for rate in frames.RATES:
        if written == rate and not isinstance(value, bool):
            return rate
    right = "write 24, 25, 29.97 (which is drop-frame) or 30"
    raise Wrong(f"{shown(value)} is no rate of a timecode", right)


def timecode_label(value: object) -> str:
    """A frame of a timecode, `HH:MM:SS:FF`; whether its rate has it is judged with its sequence."""
    try:
        frames.read(value if isinstance(value, str) else "")
    except ValueError:
        raise Wrong(
            f"{shown(value)} is no timecode", 'write HH:MM:SS:FF as text, such as "01:00:00:00"'
        ) from None
    return str(value)


def scalar(value: object) -> int | float | str | bool:
    """A plain value that a message can carry."""
    if isinstance(value, float) and not math.isfinite(value):
        raise Wrong(f"{value} is not a number", "write a finite number")
    if not isinstance(value, bool | int | float | str):
        raise Wrong(f"{shown(value)} is not a plain value", "write a number, text, true or false")
    return value


Length = Annotated[int, As(length)]
Offset = Annotated[int, As(offset)]
NightTime = Annotated[int, As(night_time_of_day), Wall()]
WallTime = Annotated[int, As(wall_time)]
Zone = Annotated[str, As(zone)]
PeopleText = Annotated[dict[str, str], As(people_text)]
ClipPlace = Annotated[int | str, As(clip_place)]
FrameRate = Annotated[str, As(frame_rate)]
TimecodeRate = Annotated[frames.Rate, As(timecode_rate)]
TimecodeLabel = Annotated[str, As(timecode_label)]
Scalar = Annotated[int | float | str | bool, As(scalar)]
OwnId = Annotated[str, Id()]
