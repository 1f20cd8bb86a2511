"""How timecode counts frames: SMPTE ST 12-1's labels at 24, 25, 29.97 drop-frame and 30 (pure).

A label is not a time: at 29.97 thirty labels take 1.001 s, and the labels 00 and 01 of each minute but
every tenth are left out, so that labels stay near the wall clock. Positions are nanoseconds from
00:00:00:00, and begin anew when the labels do, after 24 hours of them.
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple, get_args

Rate = Literal["24", "25", "29.97", "30"]
"""Frames a second. 29.97 is drop-frame, and drop-frame is 29.97: no stream here says one without the other."""

RATES: Final[tuple[Rate, ...]] = get_args(Rate)

_LABELS: Final[dict[Rate, int]] = {"24": 24, "25": 25, "29.97": 30, "30": 30}
_LEFT_OUT: Final = 2
_TEN_MINUTES: Final = 10 * 60 * 30 - 9 * _LEFT_OUT  # 17,982 frames at 29.97
_MINUTE: Final = 60 * 30 - _LEFT_OUT
_LABEL: Final = re.compile(r"(\d\d):(\d\d):(\d\d)([:;])(\d\d)", re.ASCII)


class Label(NamedTuple):
    """What a frame is called."""

    hours: int
    minutes: int
    seconds: int
    frames: int


class NoSuchFrame(ValueError):
    """A label that no frame has; the message says why."""


def counted(label: Label, rate: Rate) -> int:
    """The frames before this one, from 00:00:00:00. Raises NoSuchFrame."""
    hours, minutes, seconds, frames = label
    labels = _LABELS[rate]
    if not (0 <= hours < 24 and 0 <= minutes < 60 and 0 <= seconds < 60 and 0 <= frames < labels):
        raise NoSuchFrame(f"{written(label, rate)} is no label at {rate} frames a second")
    count = ((hours * 60 + minutes) * 60 + seconds) * labels + frames
    if rate != "29.97":
        return count
    if frames < _LEFT_OUT and seconds == 0 and minutes % 10:
        raise NoSuchFrame(
            f"{written(label, rate)} is left out at 29.97: that minute begins with ;02"
        )
    whole = hours * 60 + minutes
    return count - _LEFT_OUT * (whole - whole // 10)


def labelled(count: int, rate: Rate) -> Label:
    """What the frame after so many others is called; after the last of the day comes the first."""
    count %= a_day_of_frames(rate)
    if rate == "29.97":
        tens, left = divmod(count, _TEN_MINUTES)
        # The first minute of ten has all its labels.
        minutes = 0 if left < 1800 else 1 + (left - 1800) // _MINUTE
        count += _LEFT_OUT * (9 * tens + minutes)
    seconds, frames = divmod(count, _LABELS[rate])
    return Label(seconds // 3600, seconds // 60 % 60, seconds % 60, frames)


def a_day_of_frames(rate: Rate) -> int:
    """How many frames there are until labels begin anew."""
    return 144 * _TEN_MINUTES if rate == "29.97" else 86_400 * _LABELS[rate]


def nanos(frames: int, rate: Rate) -> int:
    """How long so many frames last; parts of a nanosecond are rounded up."""
    if rate == "29.97":
        return -(-frames * 1_001_000_000 // 30)
    return -(-frames * 1_000_000_000 // _LABELS[rate])


def a_day(rate: Rate) -> int:
    """How long the labels last until they begin anew: at 29.97 0.0864 s less than 24 hours."""
    return nanos(a_day_of_frames(rate), rate)


def position(label: Label, rate: Rate) -> int:
    """Where a frame begins, in nanoseconds from 00:00:00:00. Raises NoSuchFrame."""
    return nanos(counted(label, rate), rate)


def at_position(where: int, rate: Rate) -> Label:
    """The frame that lasts at a position."""
    if rate == "29.97":
        return labelled(where * 30 // 1_001_000_000, rate)
    return labelled(where * _LABELS[rate] // 1_000_000_000, rate)


def read(text: str) -> Label:
    """`HH:MM:SS:FF`, or `HH:MM:SS;FF` as drop-frame is often written. Raises ValueError."""
    found = _LABEL.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no timecode: HH:MM:SS:FF")
    hours, minutes, seconds, _, frames = found.groups()
    return Label(int(hours), int(minutes), int(seconds), int(frames))


def written(label: Label, rate: Rate) -> str:
    """As people write it: `01:00:00:00`, and `01:00:00;00` where it is drop-frame."""
    mark = ";" if rate == "29.97" else ":"
    return f"{label.hours:02}:{label.minutes:02}:{label.seconds:02}{mark}{label.frames:02}"
